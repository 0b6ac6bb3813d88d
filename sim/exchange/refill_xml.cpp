// SPDX-License-Identifier: Apache-2.0
#include "sim/exchange/refill_xml.hpp"

#include <array>

namespace truce::exchange::book {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD

/// Appends serialised XML to a text.
class Appender : public pugi::xml_writer {
 public:
  explicit Appender(std::string& text) : text_(text) {}
  void write(const void* bytes, std::size_t size) override {
    text_.append(static_cast<const char*>(bytes), size);
  }

 private:
  std::string& text_;
};

/// What a text begins with.
struct Character {
  std::size_t bytes = 1;
  bool is_one = false;  ///< of those that XML has
};

Character first_character(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned first = byte(0);
  if (first < 0x80) return {1, first >= 0x20 || first == '\t' || first == '\n' || first == '\r'};
  const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < size) return {};
  std::uint32_t code = first & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0U) != 0x80) return {};
    code = code << 6U | (byte(i) & 0x3FU);
  }
  constexpr std::array<std::uint32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
  if (code < least[size] || code > 0x10FFFF) return {};
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  return {size, !surrogate && code != 0xFFFE && code != 0xFFFF};
}

/// The code of "_x0041_" at the beginning of a text.
std::optional<std::uint32_t> escape_at(std::string_view text) {
  if (text.size() < 7 || !text.starts_with("_x") || text[6] != '_') return std::nullopt;
  std::uint32_t code = 0;
  for (const char c : text.substr(2, 4)) {
    const char lower = static_cast<char>(c | 0x20);
    const bool digit = c >= '0' && c <= '9';
    if (!digit && (lower < 'a' || lower > 'f')) return std::nullopt;
    code = code * 16 + static_cast<std::uint32_t>(digit ? c - '0' : lower - 'a' + 10);
  }
  return code;
}

void append_utf8(std::string& text, std::uint32_t code) {
  if (code < 0x80) {
    text += static_cast<char>(code);
  } else if (code < 0x800) {
    text += static_cast<char>(0xC0U | code >> 6U);
    text += static_cast<char>(0x80U | (code & 0x3FU));
  } else {
    text += static_cast<char>(0xE0U | code >> 12U);
    text += static_cast<char>(0x80U | (code >> 6U & 0x3FU));
    text += static_cast<char>(0x80U | (code & 0x3FU));
  }
}

/// A tag in a text.
struct Tag {
  enum class Kind : std::uint8_t { opens, closes, is_empty };
  std::string_view name;
  Kind kind = Kind::opens;
  std::size_t begin = 0;
  std::size_t end = 0;  ///< behind its >
};

/// Walks over the tags of a text. Comments, CDATA and instructions are passed over.
class Tags {
 public:
  explicit Tags(std::string_view text) : text_(text) {}

  /// The next tag; nothing at the end, or where the text is no XML.
  std::optional<Tag> next() {
    while (true) {
      const auto begin = text_.find('<', at_);
      if (begin == std::string_view::npos) return std::nullopt;
      const auto rest = text_.substr(begin);
      if (rest.starts_with("<!--")) {
        if (!pass(begin, "-->")) return std::nullopt;
      } else if (rest.starts_with("<![CDATA[")) {
        if (!pass(begin, "]]>")) return std::nullopt;
      } else if (rest.starts_with("<?")) {
        if (!pass(begin, "?>")) return std::nullopt;
      } else if (rest.starts_with("<!")) {
        return std::nullopt;  // a document type: Office Open XML has none
      } else {
        return tag(begin);
      }
    }
  }

 private:
  bool pass(std::size_t begin, std::string_view end) {
    const auto found = text_.find(end, begin + 2);
    if (found == std::string_view::npos) return false;
    at_ = found + end.size();
    return true;
  }

  std::optional<Tag> tag(std::size_t begin) {
    std::size_t i = begin + 1;
    for (; i < text_.size() && text_[i] != '>'; ++i) {
      if (text_[i] != '"' && text_[i] != '\'') continue;
      i = text_.find(text_[i], i + 1);
      if (i == std::string_view::npos) return std::nullopt;
    }
    if (i >= text_.size()) return std::nullopt;
    at_ = i + 1;
    Tag found;
    found.begin = begin;
    found.end = at_;
    auto inner = text_.substr(begin + 1, i - begin - 1);
    if (inner.starts_with('/')) {
      found.kind = Tag::Kind::closes;
      inner.remove_prefix(1);
    } else if (inner.ends_with('/')) {
      found.kind = Tag::Kind::is_empty;
      inner.remove_suffix(1);
    }
    found.name = inner.substr(0, inner.find_first_of(" \t\r\n"));
    return found;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

/// Whether the declaration of a text names no other encoding than UTF-8.
bool is_utf8(std::string_view text) {
  if (text.starts_with("\xFE\xFF") || text.starts_with("\xFF\xFE")) return false;
  pugi::xml_document document;
  const auto declaration = text.substr(0, text.find("?>") + 2);  // all of it, if there is none
  if (declaration.size() == 1 || declaration.size() > 500) return true;
  document.load_buffer(declaration.data(), declaration.size(), pugi::parse_declaration,
                       pugi::encoding_utf8);
  std::string encoding = document.first_child().attribute("encoding").value();
  for (char& c : encoding) c = static_cast<char>(c | 0x20);
  return encoding.empty() || encoding == "utf-8" || encoding == "us-ascii";
}

/// The elements `name` right below the element that has just been opened; `end` is where the tag
/// begins that closes it. Nothing if others stand there, or the text ends before.
std::optional<std::vector<std::string_view>> children(Tags& tags, std::string_view text,
                                                      std::string_view name, std::size_t& end) {
  std::vector<std::string_view> found;
  int depth = 0;
  std::size_t begin = 0;
  while (const auto tag = tags.next()) {
    if (depth == 0) {
      if (tag->kind == Tag::Kind::closes) {
        end = tag->begin;
        return found;
      }
      if (tag->name != name) return std::nullopt;
      begin = tag->begin;
    }
    if (tag->kind == Tag::Kind::opens) ++depth;
    if (tag->kind == Tag::Kind::closes) --depth;
    if (depth == 0) found.push_back(text.substr(begin, tag->end - begin));
  }
  return std::nullopt;
}

}  // namespace

void append_xml(std::string& text, const pugi::xml_node& node) {
  const auto begin = text.size();
  Appender appender(text);
  node.print(appender, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
  // pugixml writes carriage returns as they are, which the next reader takes for line ends.
  for (auto at = text.find('\r', begin); at != std::string::npos; at = text.find('\r', at)) {
    text.replace(at, 1, "&#13;");
  }
}

void append_escaped(std::string& text, std::string_view plain) {
  while (!plain.empty()) {
    const auto [bytes, is_one] = first_character(plain);
    const char c = plain.front();
    if (!is_one) {
      text += replacement;
    } else if (bytes > 1) {
      text += plain.substr(0, bytes);
    } else if (c == '&') {
      text += "&amp;";
    } else if (c == '<') {
      text += "&lt;";
    } else if (c == '>') {
      text += "&gt;";
    } else if (c == '\r') {
      text += "&#13;";
    } else if (c == '_' && escape_at(plain)) {
      text += "_x005F_";
    } else {
      text += c;
    }
    plain.remove_prefix(bytes);
  }
}

std::size_t length_in_cell(std::string_view text) {
  std::size_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) != 0x80) units += byte >= 0xF0 ? 2 : 1;
  }
  return units;
}

std::string unescaped(std::string_view text) {
  std::string plain;
  while (!text.empty()) {
    if (const auto code = escape_at(text)) {
      append_utf8(plain, *code);
      text.remove_prefix(7);
    } else {
      plain += text.front();
      text.remove_prefix(1);
    }
  }
  return plain;
}

bool is_on(const pugi::xml_attribute& attribute) {
  const std::string_view value = attribute.value();
  return value == "1" || value == "true" || value == "on";
}

std::optional<SheetText> split_sheet(std::string_view text) {
  if (!is_utf8(text)) return std::nullopt;
  Tags tags(text);
  auto tag = tags.next();
  if (!tag || tag->name != "worksheet" || tag->kind != Tag::Kind::opens) return std::nullopt;
  int depth = 0;
  while ((tag = tags.next())) {
    if (depth == 0 && tag->name == "sheetData" && tag->kind != Tag::Kind::closes) break;
    if (tag->kind == Tag::Kind::opens) ++depth;
    if (tag->kind == Tag::Kind::closes && --depth < 0) return std::nullopt;
  }
  if (!tag) return std::nullopt;
  if (tag->kind == Tag::Kind::is_empty) {
    return SheetText{text.substr(0, tag->begin), {}, text.substr(tag->end)};
  }
  std::size_t end = 0;
  auto rows = children(tags, text, "row", end);
  if (!rows) return std::nullopt;
  const auto tail = text.substr(end);
  return SheetText{text.substr(0, tag->begin), std::move(*rows), tail.substr(tail.find('>') + 1)};
}

std::optional<std::vector<std::string_view>> split_strings(std::string_view text) {
  if (!is_utf8(text)) return std::nullopt;
  Tags tags(text);
  const auto tag = tags.next();
  if (!tag || tag->name != "sst") return std::nullopt;
  if (tag->kind == Tag::Kind::is_empty) return std::vector<std::string_view>{};
  std::size_t end = 0;
  return children(tags, text, "si", end);
}

std::vector<std::string_view> tags_of(std::string_view text, std::string_view name) {
  std::vector<std::string_view> found;
  Tags tags(text);
  while (const auto tag = tags.next()) {
    if (tag->name == name && tag->kind != Tag::Kind::closes) {
      found.push_back(text.substr(tag->begin, tag->end - tag->begin));
    }
  }
  return found;
}

}  // namespace truce::exchange::book
