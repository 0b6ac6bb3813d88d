// SPDX-License-Identifier: Apache-2.0
// Text to tree: positions, and everything that YAML would let pass in silence.
#include "sim/scenario/document.hpp"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/scenario/compose.hpp"
#include "sim/scenario/leaf.hpp"

namespace truce::scenario {
namespace {

// The problems of a text, one to a line; empty if it parses.
std::string refusal(std::string_view text) {
  try {
    parse(text, "f");
  } catch (const ScenarioError& error) {
    return error.what();
  }
  return "";
}

std::string position(const Position& at) {
  return at.file + ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
}

TEST(Document, RemembersWhereEachValueCameFrom) {
  const Node root =
      parse("a: 1\nb:\n  c: [x, yy]\n  d: {e: \"5\"}\n# comment\nlong key:  text\n", "f");
  EXPECT_EQ(position(root.at), "f:1:1");
  EXPECT_EQ(position(root.find("a")->at), "f:1:4");
  EXPECT_EQ(position(root.entries[1].at), "f:2:1");
  const Node& b = *root.find("b");
  EXPECT_EQ(position(b.find("c")->items[1].at), "f:3:10");
  EXPECT_EQ(position(b.find("d")->find("e")->at), "f:4:10");
  EXPECT_EQ(position(b.find("d")->entries[0].at), "f:4:7");
  EXPECT_EQ(position(root.find("long key")->at), "f:6:12");
  EXPECT_EQ(root.find("none"), nullptr);
  EXPECT_EQ(one_line(root), "{a: 1, b: {c: [x, yy], d: {e: 5}}, long key: text}");
}

TEST(Document, KeepsTextAsText) {
  const Node root = parse("a: NO\nb: 010\nc: yes\nd: 1e3\ne: !!str 7\nf: \"~\"\nno: y\n", "f");
  EXPECT_EQ(one_line(root), "{a: NO, b: 010, c: yes, d: 1e3, e: 7, f: ~, no: y}");
  for (const auto& entry : root.entries) EXPECT_EQ(entry.value.kind, Node::Kind::scalar);
  const Node empty = parse("a: ~\nb: null\nc:\nd: \"\"\n", "f");
  EXPECT_EQ(empty.find("a")->kind, Node::Kind::empty);
  EXPECT_EQ(empty.find("b")->kind, Node::Kind::empty);
  EXPECT_EQ(empty.find("c")->kind, Node::Kind::empty);
  EXPECT_EQ(empty.find("d")->kind, Node::Kind::scalar);
}

TEST(Document, ReadsBlockTextAndWindowsLines) {
  EXPECT_EQ(one_line(parse("a: >-\n  one\n  two\nb: |\n  x\n  y\n", "f")),
            "{a: one two, b: x\ny\n}");
  EXPECT_EQ(one_line(parse("a:\r\n  b: 1\r\n  c: 2\r\n", "f")), "{a: {b: 1, c: 2}}");
}

TEST(Document, OfNothingIsEmptyAndStillHasAPlace) {
  for (const std::string_view text : {"", "# only a comment\n", "---\n", "\n\n"}) {
    const Node root = parse(text, "f");
    EXPECT_EQ(root.kind, Node::Kind::empty) << text;
    EXPECT_EQ(root.at.file, "f") << text;
    EXPECT_GE(root.at.line, 1) << text;
  }
}

TEST(Document, ReportsEveryDuplicateKey) {
  EXPECT_EQ(
      refusal("a: 1\nb: {c: 1, c: 2}\na: 3\na: 4\n"),
      "f:2:11: error[T0003]: duplicate key 'c'. It was given first on line 2; keep one of the "
      "two.\n"
      "f:3:1: error[T0003]: duplicate key 'a'. It was given first on line 1; keep one of the two.\n"
      "f:4:1: error[T0003]: duplicate key 'a'. It was given first on line 1; keep one of the two.");
  EXPECT_EQ(refusal("a: {x: 1}\nb: {x: 1}\n"), "");
}

TEST(Document, ReadsAliasesAsCopies) {
  EXPECT_EQ(one_line(parse("a: &x {b: [1, 2]}\nc: *x\nd: &y 5\ne: *y\n", "f")),
            "{a: {b: [1, 2]}, c: {b: [1, 2]}, d: 5, e: 5}");
  EXPECT_EQ(refusal("a: *x\n"),
            "f:1:4: error[T0001]: not valid YAML: the referenced anchor is not defined.");
}

TEST(Document, RefusesCyclesAndBombs) {
  EXPECT_EQ(refusal("&a [*a]"), "f:1:5: error[T0009]: an alias refers to itself.");
  EXPECT_EQ(refusal("a: &a {b: {c: *a}}"), "f:1:15: error[T0009]: an alias refers to itself.");
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i != 30; ++i) {
    const std::string name = "a" + std::to_string(i);
    const std::string alias = "*a" + std::to_string(i - 1);
    bomb += name + ": &" + name + " [" + alias;
    for (int k = 0; k != 8; ++k) bomb += ", " + alias;
    bomb += "]\n";
  }
  EXPECT_NE(refusal(bomb).find("the file has more than 500000 values"), std::string::npos);
  // One large value, many times.
  std::string many = "a: &a [x";
  for (int i = 0; i != 1000; ++i) many += ", x";
  many += "]\nb: [*a";
  for (int i = 0; i != 600; ++i) many += ", *a";
  EXPECT_NE(refusal(many + "]\n").find("the file has more than 500000 values"), std::string::npos);
  // Nested anchors: each level would keep a copy of all that is below.
  std::string nested;
  for (int i = 0; i != 50; ++i) nested += "&n" + std::to_string(i) + " [";
  for (int i = 0; i != 20'000; ++i) nested += "x, ";
  nested += std::string(50, ']');
  EXPECT_NE(refusal(nested).find("the file has more than 500000 values"), std::string::npos);
}

TEST(Document, LimitsDepthAndSize) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + "x" + std::string(depth, ']');
  };
  EXPECT_EQ(refusal(nested(64)), "");
  EXPECT_EQ(refusal(nested(65)), "f:1:65: error[T0006]: values are nested deeper than 64.");
  EXPECT_NE(refusal(std::string(100'000, '[')).find("values are nested deeper than 64"),
            std::string::npos);
  std::string wide;
  for (int i = 0; i != 499'999; ++i) wide += "- x\n";
  EXPECT_EQ(refusal(wide), "");
  EXPECT_EQ(refusal(wide + "- x\n").substr(0, 11), "f:1:1: erro");
}

TEST(Document, RefusesWhatFollowsTheEnd) {
  const std::string tail =
      "error[T0008]: text after the end of the scenario (a second document). A file holds one "
      "scenario; "
      "is "
      "the indentation of this line right?";
  EXPECT_EQ(refusal("a: 1\n---\nb: 2\n"), "f:3:1: " + tail);
  EXPECT_EQ(refusal("a: 1\n...\nb: 2\n"), "f:3:1: " + tail);
  // An item that lost its dash ends the list, and would be dropped without a word.
  EXPECT_EQ(refusal("- a\n- b\nc\n"), "f:3:1: " + tail);
  EXPECT_EQ(refusal("---\na: 1\n...\n"), "");
  EXPECT_EQ(refusal("a: 1\n..."), "");
}

TEST(Document, RefusesOpenQuotes) {
  const std::string open = "not valid YAML: a quotation mark before this line is not closed.";
  EXPECT_EQ(refusal("a: 1\nb: \"text\n"), "f:3:1: error[T0001]: " + open);
  EXPECT_EQ(refusal("b: 'text"), "f:2:1: error[T0001]: " + open);
  EXPECT_EQ(refusal("b: 'te''xt'"), "");
}

TEST(Document, RefusesBytesThatAreNotText) {
  EXPECT_EQ(refusal("\xef\xbb\xbf"
                    "a: 1\n"),
            "");  // a byte order mark is allowed
  EXPECT_EQ(position(parse("\xef\xbb\xbf"
                           "a: 1\n",
                           "f")
                         .find("a")
                         ->at),
            "f:1:4");
  EXPECT_EQ(refusal("a: \xc3\xa9\nb: \xf0\x9f\x98\x80\nc: \xe2\x82\xac\n"), "");
  const std::string bad = ": error[T0002]: a byte that is not UTF-8 text. Save the file as UTF-8.";
  for (const std::string_view bytes :
       {"\xe9", "\xff", "\xc3", "\xc0\xaf", "\xc1\xbf", "\xe0\x80\xaf", "\xed\xa0\x80",
        "\xf0\x80\x80\x80", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xe2\x82", "\x80"}) {
    EXPECT_EQ(refusal("a: 1\nb: " + std::string(bytes) + "\n"), "f:2:4" + bad);
  }
  const std::string control = ": error[T0002]: a control character. Delete it.";
  EXPECT_EQ(refusal("a: b\x07\n"), "f:1:5" + control);
  EXPECT_EQ(refusal(std::string("a\0b: 1\n", 7)), "f:1:2" + control);
  EXPECT_EQ(refusal("a: \x7f\n"), "f:1:4" + control);
  EXPECT_EQ(refusal("a: \"x\ty\"\n"), "");
}

TEST(Document, RefusesMergeKeysTagsAndOddKeys) {
  EXPECT_EQ(
      refusal("<<: {a: 1}\nb: 2\n"),
      "f:1:1: error[T0004]: merge keys ('<<') are not supported. Write the values out, or use an "
      "alias for a whole value.");
  EXPECT_EQ(refusal("a: !foo 3\nb: !bar [1]\n"),
            "f:1:4: error[T0005]: the tag '!foo' is not known. Values need no tags.\n"
            "f:2:4: error[T0005]: the tag '!bar' is not known. Values need no tags.");
  EXPECT_EQ(refusal("? [a]\n: 1\n"), "f:1:3: error[T0010]: a key must be a plain word.");
  EXPECT_EQ(refusal("\"\": 1\n"), "f:1:1: error[T0010]: a key must be a plain word.");
  EXPECT_EQ(refusal("~: 1\n"), "f:1:1: error[T0010]: a key must be a plain word.");
}

TEST(Document, ReportsSyntaxWithItsPlace) {
  EXPECT_EQ(refusal("a:\n\tb: 1\n"), "f:2:3: error[T0001]: not valid YAML: illegal map value.");
  EXPECT_EQ(refusal("a: 1\n b: 2\n"), "f:2:3: error[T0001]: not valid YAML: illegal map value.");
  EXPECT_EQ(refusal("a: @x\n"), "f:1:4: error[T0001]: not valid YAML: unknown token.");
  EXPECT_EQ(refusal("a: [1, 2\n"),
            "f:2:1: error[T0001]: not valid YAML: end of sequence flow not found.");
}

class Folder {
 public:
  Folder() : path_(std::filesystem::path(testing::TempDir()) / "truce-document-test") {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

std::string loading(const std::string& path) {
  try {
    return one_line(load(path));
  } catch (const WorldError& error) {
    return error.what();
  }
}

TEST(Document, IsLoadedFromAFile) {
  const Folder folder;
  std::ofstream(folder / "good.yaml") << "a: [1, 2]\n";
  EXPECT_EQ(loading(folder / "good.yaml"), "{a: [1, 2]}");
  EXPECT_EQ(load(folder / "good.yaml").at.file, folder / "good.yaml");
  EXPECT_EQ(loading(folder / "none.yaml"), folder / "none.yaml: no such file");
  EXPECT_EQ(loading(folder / ""), folder / ": is not a file");
  std::ofstream(folder / "large.yaml") << std::string((16U << 20U) + 1, '#');
  EXPECT_EQ(loading(folder / "large.yaml"), folder / "large.yaml: is larger than 8 MiB");
}

}  // namespace
}  // namespace truce::scenario
