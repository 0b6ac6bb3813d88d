// SPDX-License-Identifier: Apache-2.0
// One assumption changed from the command line: --set path=value.
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "sim/scenario/document.hpp"
#include "sim/scenario/leaf.hpp"
#include "sim/scenario/merge.hpp"

#include "tests/scenario/samples.hpp"

namespace truce::scenario {
namespace {

constexpr std::string_view text = "a: 1\nlist: [x, y]\nsectors:\n  north: {length: 3 km}\nempty:\n";

// The tree after one edit, or the problem.
std::string after(std::string_view assignment) {
  Node root = parse(text, "f");
  const std::string before = one_line(root);
  Problems problems;
  set_value(root, assignment, problems);
  if (problems.empty()) return one_line(root);
  EXPECT_EQ(one_line(root), before) << "a refused edit changed something";
  EXPECT_EQ(problems.all().size(), 1U);
  return to_string(problems.all().front());
}

TEST(SetValue, ReplacesAValue) {
  EXPECT_EQ(after("a=2"), "{a: 2, list: [x, y], sectors: {north: {length: 3 km}}, empty: }");
  EXPECT_EQ(after("sectors.north.length=40 km"),
            "{a: 1, list: [x, y], sectors: {north: {length: 40 km}}, empty: }");
  EXPECT_EQ(after(" a = {uniform: [1, 2]} "),
            "{a: {uniform: [1, 2]}, list: [x, y], sectors: {north: {length: 3 km}}, empty: }");
  EXPECT_EQ(after("a=b=c"), "{a: b=c, list: [x, y], sectors: {north: {length: 3 km}}, empty: }");
}

TEST(SetValue, ReplacesAnItemOfAList) {
  EXPECT_EQ(after("list.1=z"), "{a: 1, list: [x, z], sectors: {north: {length: 3 km}}, empty: }");
  EXPECT_EQ(after("list=[z]"), "{a: 1, list: [z], sectors: {north: {length: 3 km}}, empty: }");
  const std::string counted = "Items are counted from 0; it has 2.";
  EXPECT_EQ(after("list.2=z"),
            "--set list.2=z: error[T0410]: list.2: the list has no item '2'. " + counted);
  EXPECT_EQ(after("list.-1=z"),
            "--set list.-1=z: error[T0410]: list.-1: the list has no item '-1'. " + counted);
  EXPECT_EQ(after("list.x=z"),
            "--set list.x=z: error[T0410]: list.x: the list has no item 'x'. " + counted);
}

TEST(SetValue, AddsWhatIsMissing) {
  EXPECT_EQ(after("b=2"), "{a: 1, list: [x, y], sectors: {north: {length: 3 km}}, empty: , b: 2}");
  EXPECT_EQ(
      after("experiment.seed=5"),
      "{a: 1, list: [x, y], sectors: {north: {length: 3 km}}, empty: , experiment: {seed: 5}}");
  EXPECT_EQ(after("empty.x=1"),
            "{a: 1, list: [x, y], sectors: {north: {length: 3 km}}, empty: {x: 1}}");
}

TEST(SetValue, TakesASlipOnTheWayForAMistake) {
  EXPECT_EQ(after("sector.north.length=4 km"),
            "--set sector.north.length=4 km: error[T0410]: sector.north.length: there is no "
            "'sector'. Did "
            "you mean 'sectors'?");
  EXPECT_EQ(after("sectors.nort.length=4 km"),
            "--set sectors.nort.length=4 km: error[T0410]: sectors.nort.length: there is no "
            "'nort'. Did you "
            "mean 'north'?");
  EXPECT_EQ(after("a.b=1"),
            "--set a.b=1: error[T0410]: a.b: 'b' leads into a single value. Shorten the path.");
}

TEST(SetValue, NeedsAPathAndAValue) {
  const std::string form = "For example --set \"sectors.donetsk.access_denied=0.3\".";
  EXPECT_EQ(after("a"), "--set a: error[T0411]: this is not path=value. " + form);
  EXPECT_EQ(after("=3"), "--set =3: error[T0411]: this is not path=value. " + form);
  EXPECT_EQ(after(""), "--set : error[T0411]: this is not path=value. " + form);
  EXPECT_EQ(after("a="),
            "--set a=: error[T0407]: a: no value is given. Write a=VALUE, or ~ to remove what "
            "stands there.");
  EXPECT_EQ(after("a=[1,"),
            "--set a=[1,:2:1: error[T0001]: a: not valid YAML: end of sequence flow not found.");
}

// What is set is read as strictly as what is in the file, and the message names the option.
TEST(SetValue, IsReadByTheOneReader) {
  Node root = parse(test::small_text, "f");
  Problems problems;
  set_value(root, "sectors.north.length=40", problems);
  set_value(root, "sectors.north.lenght=40 km", problems);
  ASSERT_TRUE(problems.empty());
  try {
    read(root);
    FAIL() << "accepted";
  } catch (const ScenarioError& error) {
    EXPECT_STREQ(
        error.what(),
        "--set sectors.north.length=40:1:1: error[T0203]: sectors.north.length: '40' has no unit. "
        "Units that fit: m or km.\n"
        "--set sectors.north.lenght=40 km: error[T0101]: sectors.north.lenght: unknown key "
        "'lenght'. Did you mean 'length'?");
  }
}

}  // namespace
}  // namespace truce::scenario
