// SPDX-License-Identifier: Apache-2.0
// The commands about scenario files: where values come from, what differs, a new scenario.
#include <filesystem>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/cli/program.hpp"

namespace truce::test {
namespace {

class Documents : public ::testing::Test {
 protected:
  Documents() {
    write_file(folder_.path() / "base.yaml", small_scenario);
    write_file(folder_.path() / "if.yaml",
               "extends: base.yaml\nname: What if\nsectors:\n  east:\n    access_denied: 0.4\n"
               "variations:\n  open: {set: {sectors.*.access_denied: 0}}\n");
  }
  Ended run(std::vector<std::string> words) { return truce(folder_.path(), std::move(words)); }

  const TemporaryFolder folder_;
};

TEST_F(Documents, ExplainTellsOriginLayerAndWhatWasReplaced) {
  const auto ended = run({"explain", "if.yaml", "sectors.east.access_denied", "--variation", "open",
                          "--set", "sectors.east.access_denied={beta: {mean: 0.5, sd: 0.1}}"});
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_EQ(
      ended.out,
      "sectors.east.access_denied = {beta: {mean: 0.5, sd: 0.1}}\n"
      "    --set sectors.east.access_denied={beta: {mean: 0.5, sd: 0.1}}:1:1  (command line)\n"
      "    mean 0.5, 5 % 0.3351, 95 % 0.6649\n"
      "    note: given by --set sectors.east.access_denied={beta: {mean: 0.5, sd: 0.1}}\n"
      "    replaces 0  if.yaml:7:41  (variation open)\n"
      "    replaces 0.4  if.yaml:5:20\n"
      "    replaces 0.1  base.yaml:33:20\n");
}

TEST_F(Documents, ExplainTellsAnOriginForEveryValue) {
  const auto ended = run({"explain", "if.yaml", "--json"});
  ASSERT_EQ(ended.code, 0) << ended.err;
  const auto json = nlohmann::json::parse(ended.out);
  ASSERT_GT(json["values"].size(), 50U);
  std::size_t defaults = 0;
  for (const auto& value : json["values"]) {
    const auto& origin = value["origin"];
    if (origin.is_string()) {
      ++defaults;
      continue;
    }
    const auto file = origin["file"].get<std::string>();
    EXPECT_TRUE(file == "base.yaml" || file == "if.yaml") << value;
    EXPECT_GT(origin["line"].get<int>(), 0) << value;
    EXPECT_FALSE(origin["layer"].get<std::string>().empty()) << value;
  }
  EXPECT_GT(defaults, 5U);
}

TEST_F(Documents, ExplainKnowsWhatIsNotThere) {
  const auto ended = run({"explain", "base.yaml", "sectors.east.acces_denied"});
  EXPECT_EQ(ended.code, 2);
  EXPECT_NE(ended.err.find("Did you mean 'sectors.east.access_denied'?"), std::string::npos)
      << ended.err;
}

TEST_F(Documents, DiffTellsValuesNotSpelling) {
  EXPECT_EQ(run({"diff", "base.yaml", "--set", "sectors.east.length=150000 m"}).out,
            "No difference.\n");
  EXPECT_EQ(run({"diff", "base.yaml", "if.yaml", "--set", "name=Small"}).out.find("name"),
            std::string::npos);
  const auto ended = run({"diff", "base.yaml", "if.yaml", "--json"});
  const auto json = nlohmann::json::parse(ended.out);
  bool found = false;
  for (const auto& one : json["differences"]) {
    found = found || (one["path"] == "sectors.east.access_denied" && one["left"] == "0.1" &&
                      one["right"] == "0.4");
  }
  EXPECT_TRUE(found) << ended.out;
  EXPECT_EQ(run({"diff", "base.yaml"}).code, 2);
}

TEST_F(Documents, ResultsAreCompared) {
  ASSERT_EQ(run({"run", "base.yaml", "--replications", "2", "--out", "a"}).code, 0);
  ASSERT_EQ(run({"run", "base.yaml", "--replications", "3", "--out", "b", "--set",
                 "sectors.east.access_denied=0.3"})
                .code,
            0);
  EXPECT_EQ(run({"diff", "a", "b"}).out,
            "- a\n+ b\nsectors.east.access_denied\n  - 0.1\n  + 0.3\nrun.replications\n  - 2\n  + "
            "3\n");
}

TEST_F(Documents, NewWritesAScenarioThatIsGood) {
  EXPECT_EQ(run({"new", "mine.yaml", "--name", "A \"name\" with: signs"}).code, 0);
  EXPECT_TRUE(std::filesystem::exists(folder_.path() / "truce.schema.json"));
  const auto ended = run({"validate", "mine.yaml"});
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_EQ(ended.err, "");
  EXPECT_NE(ended.out.find("A \"name\" with: signs"), std::string::npos) << ended.out;
  const auto again = run({"new", "mine.yaml"});
  EXPECT_EQ(again.code, 1);
  EXPECT_NE(again.err.find("nothing is overwritten"), std::string::npos);
}

TEST_F(Documents, ValidateTellsProblemsAsJson) {
  const auto good = nlohmann::json::parse(run({"validate", "if.yaml", "--json"}).out);
  EXPECT_EQ(good["ok"], true);
  const auto bad = run({"validate", "base.yaml", "--json", "--set", "sectors.east.length=3"});
  EXPECT_EQ(bad.code, 2);
  const auto json = nlohmann::json::parse(bad.out);
  EXPECT_EQ(json["ok"], false);
  EXPECT_EQ(json["problems"][0]["code"], "T0203");
  EXPECT_EQ(json["problems"][0]["path"], "sectors.east.length");
}

TEST_F(Documents, ValidateChecksVariations) {
  write_file(folder_.path() / "bad.yaml",
             "extends: base.yaml\nname: What if\nvariations:\n"
             "  shut: {set: {sectors.*.access_denied: 1.4}}\n");
  const auto ended = run({"validate", "bad.yaml"});
  EXPECT_EQ(ended.code, 2);
  EXPECT_NE(ended.err.find("bad.yaml:4:41: error[T0204]"), std::string::npos) << ended.err;
  EXPECT_NE(ended.err.find("in variation shut"), std::string::npos) << ended.err;
}

// Parameters are drawn by name: what a what-if changes elsewhere moves no draw, and a replication
// replayed from the result is the same.
TEST_F(Documents, DrawnParametersAreColumnsAndCanBeReplayed) {
  write_file(folder_.path() / "drawn.yaml",
             "extends: base.yaml\nname: Drawn\nparameters:\n  denied: {uniform: [0, 1]}\n"
             "sectors: {east: {access_denied: $denied}}\n");
  ASSERT_EQ(run({"run", "drawn.yaml", "--replications", "5", "--out", "a"}).code, 0);
  ASSERT_EQ(
      run({"run", "drawn.yaml", "--replications", "5", "--out", "b", "--set", "cells.near.teams=1"})
          .code,
      0);
  const auto column = [&](const std::string& folder) {
    const auto lines = read_file(folder_.path() / folder / "replications.csv");
    std::string values;
    std::size_t start = 0;
    while (start < lines.size()) {
      const auto end = lines.find('\n', start);
      const auto comma = lines.rfind(',', end);
      values += lines.substr(comma + 1, end - comma);
      start = end + 1;
    }
    return values;
  };
  EXPECT_TRUE(column("a").starts_with("parameters.denied")) << column("a");
  EXPECT_EQ(column("a"), column("b"));
  EXPECT_EQ(run({"trace", "--from", "a", "--replication", "3"}).out,
            run({"trace", "drawn.yaml", "--replication", "3"}).out);
}

}  // namespace
}  // namespace truce::test
