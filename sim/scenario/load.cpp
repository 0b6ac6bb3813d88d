// SPDX-License-Identifier: Apache-2.0
// YAML text to tree. yaml-cpp 0.7 is used for its events only: its own tree forgets duplicate
// keys, guesses types and drops what follows the first document.
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include "sim/core/text.hpp"

#include "sim/scenario/document.hpp"

namespace truce::scenario {
namespace {

constexpr std::size_t most_depth = 64;
constexpr std::size_t most_nodes = 500'000;
constexpr std::size_t longest_value = 1U << 16U;
constexpr std::uintmax_t most_bytes = 8U << 20U;

// Byte offset of the first place that is not well-formed UTF-8 or is a control character.
std::optional<std::size_t> first_bad_byte(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    const auto byte = [&](std::size_t k) {
      return i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0U;
    };
    const unsigned first = byte(0);
    std::size_t length = 1;
    unsigned code = first;
    if (first >= 0x80) {
      length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
      if (first < 0xc2 || first > 0xf4) return i;
      code = first & (0xffU >> (length + 1));
      for (std::size_t k = 1; k < length; ++k) {
        if ((byte(k) & 0xc0U) != 0x80U) return i;
        code = (code << 6U) | (byte(k) & 0x3fU);
      }
      const unsigned least = length == 4 ? 0x10000U : length == 3 ? 0x800U : 0x80U;
      if (code < least || code > 0x10ffffU || (code >= 0xd800U && code < 0xe000U)) return i;
    } else if ((first < 0x20 && first != '\t' && first != '\n' && first != '\r') || first == 0x7f) {
      return i;
    }
    i += length;
  }
  return std::nullopt;
}

// Byte offset of the first opening bracket in a row of more than can be meant; yaml-cpp would look
// ahead for all their ends at once, in memory that grows with their number.
std::optional<std::size_t> first_bracket_too_deep(std::string_view text) {
  std::size_t row = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '[' || c == '{') {
      if (++row > most_depth + 1) return i;
    } else if (c != ' ' && c != '\n' && c != '\r') {
      row = 0;
    }
  }
  return std::nullopt;
}

class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(std::string_view text, std::string file, Problems& problems)
      : text_(text), file_(std::move(file)), problems_(problems) {
    root_.at = {file_, 1, 1};
  }

  Node take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    Node node;
    node.at = at(mark);
    if (is_written(mark)) node.text = "~";
    place(std::move(node), anchor);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    check_tag(mark, tag);
    if (value.size() > longest_value) {
      throw ScenarioError({Problem{Code::too_large, at(mark), "", "the value is longer than 64 KiB",
                                   "Texts of a scenario are sentences, not files."}});
    }
    Node node;
    node.kind = Node::Kind::scalar;
    node.text = value;
    node.at = at(mark);
    place(std::move(node), anchor);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end()) fail(mark, Code::endless_alias, "an alias refers to itself");
    count(found->second);
    place(found->second, 0);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    check_tag(mark, tag);
    open(Node::Kind::list, mark, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    check_tag(mark, tag);
    open(Node::Kind::mapping, mark, anchor);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Open {
    Node node;
    YAML::anchor_t anchor = 0;
    std::optional<Node::Entry> key;
    std::map<std::string, Position, std::less<>> seen;
  };

  Position at(const YAML::Mark& mark) const { return {file_, mark.line + 1, mark.column + 1}; }

  // Whether `~` or `null` stands here, rather than nothing at all.
  bool is_written(const YAML::Mark& mark) const {
    const auto from = static_cast<std::size_t>(std::max(mark.pos, 0));
    const auto rest = text_.substr(std::min(from, text_.size()));
    const auto word = rest.substr(0, rest.find_first_of(" \t\r\n,]}:#"));
    return word == "~" || word == "null" || word == "Null" || word == "NULL";
  }

  [[noreturn]] void fail(const YAML::Mark& mark, Code code, std::string what) {
    throw ScenarioError({Problem{code, at(mark), "", std::move(what), ""}});
  }

  // Copies made for anchors and aliases count like values written out.
  void count(const Node& node) {
    if (++nodes_ > most_nodes) {
      throw ScenarioError(
          {Problem{Code::too_large, node.at, "",
                   "the file has more than " + std::to_string(most_nodes) + " values", ""}});
    }
    for (const auto& item : node.items) count(item);
    for (const auto& entry : node.entries) count(entry.value);
  }

  void check_tag(const YAML::Mark& mark, const std::string& tag) {
    if (tag.empty() || tag == "?" || tag == "!" || tag.starts_with("tag:yaml.org,2002:")) return;
    problems_.add({Code::unknown_tag, at(mark), "", "the tag '" + printable(tag) + "' is not known",
                   "Values need no tags."});
  }

  void open(Node::Kind kind, const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (stack_.size() >= most_depth) {
      fail(mark, Code::too_deep, "values are nested deeper than " + std::to_string(most_depth));
    }
    Open level;
    level.node.kind = kind;
    level.node.at = at(mark);
    level.anchor = anchor;
    stack_.push_back(std::move(level));
  }

  void close() {
    Open level = std::move(stack_.back());
    stack_.pop_back();
    place(std::move(level.node), level.anchor);
  }

  void place(Node node, YAML::anchor_t anchor) {
    if (++nodes_ > most_nodes) {
      throw ScenarioError(
          {Problem{Code::too_large, node.at, "",
                   "the file has more than " + std::to_string(most_nodes) + " values", ""}});
    }
    if (anchor != 0) {
      count(node);
      anchors_[anchor] = node;
    }
    if (stack_.empty()) {
      root_ = std::move(node);
      return;
    }
    Open& level = stack_.back();
    if (level.node.kind == Node::Kind::list) {
      level.node.items.push_back(std::move(node));
    } else if (!level.key) {
      take_key(level, std::move(node));
    } else {
      level.key->value = std::move(node);
      level.node.entries.push_back(std::move(*level.key));
      level.key.reset();
    }
  }

  void take_key(Open& level, Node node) {
    if (node.kind != Node::Kind::scalar || node.text.empty()) {
      throw ScenarioError({Problem{Code::bad_key, node.at, "", "a key must be a plain word", ""}});
    }
    if (node.text == "<<") {
      problems_.add({Code::merge_key, node.at, "", "merge keys ('<<') are not supported",
                     "Write the values out, or use an alias for a whole value."});
    }
    const auto [first, inserted] = level.seen.emplace(node.text, node.at);
    if (!inserted) {
      problems_.add({Code::duplicate_key, node.at, "",
                     "duplicate key '" + printable(node.text) + "'",
                     "It was given first on line " + std::to_string(first->second.line) +
                         "; keep one of the two."});
    }
    level.key = Node::Entry{node.text, node.at, {}};
  }

  std::string_view text_;
  std::string file_;
  Problems& problems_;
  Node root_;
  std::vector<Open> stack_;
  std::map<YAML::anchor_t, Node> anchors_;
  std::size_t nodes_ = 0;
};

}  // namespace

Node parse(std::string_view text, std::string_view file) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  const auto position = [&](std::size_t byte) {
    const auto before = text.substr(0, byte);
    const auto end = before.rfind('\n');
    const auto line_start = end == std::string_view::npos ? 0 : end + 1;
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    return Position{std::string(file), static_cast<int>(line),
                    static_cast<int>(byte - line_start) + 1};
  };
  if (const auto bad = first_bad_byte(text)) {
    const bool control = static_cast<unsigned char>(text[*bad]) < 0x80;
    throw ScenarioError({Problem{Code::not_utf8, position(*bad), "",
                                 control ? "a control character" : "a byte that is not UTF-8 text",
                                 control ? "Delete it." : "Save the file as UTF-8."}});
  }
  if (const auto deep = first_bracket_too_deep(text)) {
    throw ScenarioError(
        {Problem{Code::too_deep, position(*deep), "",
                 "values are nested deeper than " + std::to_string(most_depth), ""}});
  }
  Problems problems;
  TreeBuilder builder(text, std::string(file), problems);
  try {
    // An end mark, so that yaml-cpp sees quotation marks that are never closed.
    std::istringstream stream{std::string(text) + (text.ends_with('\n') ? "...\n" : "\n...\n")};
    YAML::Parser parser(stream);
    parser.HandleNextDocument(builder);
    Problems ignored;
    TreeBuilder rest(text, std::string(file), ignored);
    if (parser.HandleNextDocument(rest)) {
      const Position at = rest.take().at;
      problems.add({Code::second_document, at, "",
                    "text after the end of the scenario (a second document)",
                    "A file holds one scenario; is the indentation of this line right?"});
    }
  } catch (const YAML::Exception& error) {
    const bool open_quote = error.msg == YAML::ErrorMsg::DOC_IN_SCALAR;
    problems.add({Code::not_yaml,
                  {std::string(file), error.mark.line + 1, error.mark.column + 1},
                  "",
                  "not valid YAML: " +
                      (open_quote ? "a quotation mark before this line is not closed" : error.msg),
                  ""});
  } catch (const ScenarioError& error) {
    for (const auto& problem : error.problems()) problems.add(problem);
  }
  problems.raise();
  return builder.take();
}

Node load_alone(const std::string& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) throw WorldError(path, "no such file");
  if (!std::filesystem::is_regular_file(status)) throw WorldError(path, "is not a file");
  const auto size = std::filesystem::file_size(path, error);
  if (!error && size > most_bytes) throw WorldError(path, "is larger than 8 MiB");
  std::ifstream stream(path, std::ios::binary);
  if (!stream) throw WorldError(path, std::strerror(errno));
  std::ostringstream text;
  text << stream.rdbuf();
  if (stream.bad()) throw WorldError(path, "can't be read");
  return parse(std::move(text).str(), path);
}

}  // namespace truce::scenario
