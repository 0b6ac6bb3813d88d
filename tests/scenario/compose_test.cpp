// SPDX-License-Identifier: Apache-2.0
// The layers of a scenario: variations, overlays, paths with wildcards, and what they leave behind.
#include "sim/scenario/compose.hpp"

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "sim/scenario/leaf.hpp"
#include "sim/scenario/merge.hpp"

#include "tests/report/files.hpp"
#include "tests/scenario/samples.hpp"

namespace truce::scenario {
namespace {

using truce::test::TemporaryFolder;
using truce::test::write_file;

const Node* at(const Node& root, std::string_view path) {
  const Node* node = &root;
  for (const auto& step : steps_of(path)) {
    if (node == nullptr) return nullptr;
    node = node->kind == Node::Kind::list ? &node->items[std::stoul(step)] : node->find(step);
  }
  return node;
}

std::string value(const Node& root, std::string_view path) {
  const Node* node = at(root, path);
  return node == nullptr ? "nothing" : one_line(*node);
}

Node changed(std::string_view assignment) {
  Node root = parse(test::full_text, "test.yaml");
  Problems problems;
  set_value(root, assignment, problems);
  problems.raise();
  return root;
}

std::string refusal(std::string_view assignment) {
  try {
    changed(assignment);
  } catch (const ScenarioError& error) {
    return error.what();
  }
  return "";
}

TEST(Paths, WildcardsStandForWhatIsThere) {
  const Node all = changed("sectors.*.access_denied=0.7");
  EXPECT_EQ(value(all, "sectors.north.access_denied"), "0.7");
  EXPECT_EQ(value(all, "sectors.south.access_denied"), "0.7");
  // Entries that lack what the path names on its way are left out.
  const Node some = changed("hubs.*.supply.convoys=9 t/day");
  EXPECT_EQ(value(some, "hubs.town.supply.convoys"), "9 t/day");
  EXPECT_EQ(value(some, "hubs.port.supply"), "nothing");
  EXPECT_NE(refusal("hubs.*.suply.convoys=9 t/day").find("nothing fits the path"),
            std::string::npos);
}

TEST(Paths, LeadIntoValues) {
  EXPECT_EQ(value(changed("hubs.town.opens_after.gamma.mean=40 days"), "hubs.town.opens_after"),
            "{gamma: {mean: 40 days, cv: 0.4}}");
  EXPECT_EQ(value(changed("parameters.haste.value.triangular.2=3"), "parameters.haste.value"),
            "{triangular: [0.5, 1, 3]}");
  EXPECT_EQ(value(changed("correlations.0.rank=0.2"), "correlations.0.rank"), "0.2");
  EXPECT_EQ(value(changed("layers.assistance.effects.\"crisis.spread\".times=0.5"),
                  "layers.assistance.effects"),
            "{crisis.spread: {times: 0.5}, crisis.patience: {times: 1.1}}");
  EXPECT_EQ(value(changed("start.value=2026-08-01"), "start"),
            "{value: 2026-08-01, source: a plan, confidence: high}");
}

TEST(Paths, RemoveWithATilde) {
  EXPECT_EQ(value(changed("sectors.north.region=~"), "sectors.north.region"), "nothing");
  EXPECT_EQ(value(changed("shocks.winter=~"), "shocks.winter"), "nothing");
  EXPECT_NE(refusal("sectors.south.region=~").find("T0405"), std::string::npos);
  EXPECT_NE(refusal("contributors.coalition.pledges.guards.hubs.0=~").find("can't be removed"),
            std::string::npos);
}

TEST(Paths, MergeSections) {
  const Node root = changed("hubs.town={beds: 90 troops}");
  EXPECT_EQ(value(root, "hubs.town.beds"), "90 troops");
  EXPECT_EQ(value(root, "hubs.town.place"), "town");
}

TEST(Paths, RememberWhatStoodThere) {
  Node root = changed("sectors.north.length=50 km");
  Problems problems;
  set_value(root, "sectors.north.length=60 km", problems);
  const Node* length = at(root, "sectors.north.length");
  ASSERT_EQ(length->replaced.size(), 2U);
  EXPECT_EQ(length->replaced[0].text, "40 km");
  EXPECT_EQ(length->replaced[0].at.file, "test.yaml");
  EXPECT_EQ(length->replaced[1].text, "50 km");
  set_value(root, "shocks.winter=~", problems);
  ASSERT_EQ(at(root, "shocks")->removed.size(), 1U);
  EXPECT_EQ(at(root, "shocks")->removed[0].key, "winter");
}

class Layers : public ::testing::Test {
 protected:
  std::string path(const std::string& name) const { return (folder_.path() / name).string(); }
  void put(const std::string& name, std::string_view text) const {
    write_file(folder_.path() / name, text);
  }
  std::string refused(const Recipe& recipe) const {
    try {
      read(compose(recipe));
    } catch (const ScenarioError& error) {
      return error.what();
    }
    return "";
  }
  const TemporaryFolder folder_;
};

TEST_F(Layers, LieOverEachOtherInTheirOrder) {
  put("base.yaml", test::full_text);
  put("if.yaml", "extends: base.yaml\nname: If\nsectors: {north: {access_denied: 0.3}}\n");
  put("over.yaml", "sectors: {north: {access_denied: 0.6}}\n");
  Recipe recipe{.file = path("if.yaml")};
  EXPECT_EQ(value(compose(recipe).root, "sectors.north.access_denied"), "0.3");
  recipe.variations = {"closed"};
  EXPECT_EQ(value(compose(recipe).root, "sectors.north.access_denied"), "0.5");
  EXPECT_EQ(value(compose(recipe).root, "name"), "If, closed");
  recipe.overlays = {path("over.yaml")};
  EXPECT_EQ(value(compose(recipe).root, "sectors.north.access_denied"), "0.6");
  recipe.changes = {"sectors.north.access_denied=0.8"};
  const Document document = compose(recipe);
  const Node* last = at(document.root, "sectors.north.access_denied");
  EXPECT_EQ(one_line(*last), "0.8");
  ASSERT_EQ(last->replaced.size(), 4U);
  EXPECT_EQ(last->replaced[2].at.layer, "variation closed");
}

TEST_F(Layers, ProblemsTellHowTheirTextCameIn) {
  put("base.yaml", test::replaced(test::full_text, "length: 40 km", "length: 40"));
  put("if.yaml", "extends: base.yaml\nname: If\n");
  try {
    read(compose(Recipe{.file = path("if.yaml")}));
    FAIL() << "accepted";
  } catch (const ScenarioError& error) {
    ASSERT_EQ(error.problems().size(), 1U);
    EXPECT_EQ(error.problems()[0].trail,
              std::vector<std::string>{"extended by " + path("if.yaml") + ":1:10"});
  }
}

TEST_F(Layers, FilesOutsideTheFolderNeedLeave) {
  std::filesystem::create_directory(folder_.path() / "in");
  put("base.yaml", test::full_text);
  put("in/if.yaml", "extends: ../base.yaml\nname: If\n");
  put("in/link.yaml", "extends: other.yaml\nname: If\n");
  std::filesystem::create_symlink(folder_.path() / "base.yaml", folder_.path() / "in/other.yaml");
  for (const auto* name : {"in/if.yaml", "in/link.yaml"}) {
    Recipe recipe{.file = path(name)};
    EXPECT_NE(refused(recipe).find("T0404"), std::string::npos) << name;
    recipe.reach = Reach::anywhere;
    EXPECT_EQ(refused(recipe), "") << name;
  }
  put("in/device.yaml", "extends: /dev/zero\nname: If\n");
  EXPECT_NE(refused(Recipe{.file = path("in/device.yaml")}).find("T0404"), std::string::npos);
  Recipe open{.file = path("in/device.yaml")};
  open.reach = Reach::anywhere;
  EXPECT_NE(refused(open).find("is not a file"), std::string::npos);
}

TEST_F(Layers, RingsPrintTheirLine) {
  put("a.yaml", "extends: b.yaml\nname: A\n");
  put("b.yaml", "extends: a.yaml\nname: B\n");
  const auto told = refused(Recipe{.file = path("a.yaml")});
  EXPECT_NE(told.find(path("a.yaml") + " -> " + path("b.yaml") + " -> " + path("a.yaml")),
            std::string::npos)
      << told;
}

}  // namespace
}  // namespace truce::scenario
