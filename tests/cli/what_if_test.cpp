// SPDX-License-Identifier: Apache-2.0
// What-ifs that extend another scenario, at the command line: they are validated, played, traced
// and changed like any other, on the luck of what they extend.
#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/cli/program.hpp"

namespace truce::test {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

class WhatIf : public ::testing::Test {
 protected:
  WhatIf() { write_file(folder_.path() / "small.yaml", small_scenario); }

  Ended play(const std::string& file, const std::string& out, std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"run", file, "--out", out, "--quiet"});
    return truce(folder_.path(), std::move(more));
  }
  std::string text(const std::string& file) { return read_file(folder_.path() / file); }
  void what_if(std::string_view changes) {
    write_file(folder_.path() / "if.yaml",
               std::string("extends: small.yaml\nname: What if\n").append(changes));
  }

  TemporaryFolder folder_;
};

// Chance is keyed by names and never by the scenario.
TEST_F(WhatIf, ThatChangesNothingGivesTheSameBytes) {
  what_if("summary: Nothing is changed.\nhubs: {camp: {beds: 500 troops}}\n");
  ASSERT_EQ(play("small.yaml", "base").code, 0);
  ASSERT_EQ(play("if.yaml", "same").code, 0);
  EXPECT_EQ(text("same/replications.csv"), text("base/replications.csv"));
  EXPECT_EQ(text("same/timeline.csv"), text("base/timeline.csv"));
  // What stands at the end of a table and touches nothing changes nothing either.
  what_if("places: {elsewhere: {at: [60, 10], country: NO}}\n");
  ASSERT_EQ(play("if.yaml", "more").code, 0);
  EXPECT_EQ(text("more/replications.csv"), text("base/replications.csv"));
  what_if("sectors: {east: {access_denied: 0.5}}\n");
  ASSERT_EQ(play("if.yaml", "other").code, 0);
  EXPECT_NE(text("other/replications.csv"), text("base/replications.csv"));
}

TEST_F(WhatIf, IsWhatSetWouldMakeOfIt) {
  what_if("sectors: {east: {access_denied: 0.5}}\ncells: {near: {sensors: {camera: 4}}}\n");
  ASSERT_EQ(play("if.yaml", "if", {"--set", "verification.access_retries=1"}).code, 0);
  ASSERT_EQ(play("small.yaml", "set",
                 {"--set", "sectors.east.access_denied=0.5", "--set", "cells.near.sensors.camera=4",
                  "--set", "verification.access_retries=1"})
                .code,
            0);
  EXPECT_EQ(text("if/replications.csv"), text("set/replications.csv"));
}

// The manifest holds the merged scenario, which needs no other file.
TEST_F(WhatIf, IsWholeInItsManifest) {
  what_if("sectors: {east: {access_denied: 0.5}}\n");
  ASSERT_EQ(play("small.yaml", "base").code, 0);
  ASSERT_EQ(play("if.yaml", "first").code, 0);
  const auto json = Json::parse(text("first/manifest.json"));
  EXPECT_FALSE(json["scenario"].contains("extends"));
  EXPECT_EQ(json["scenario"]["name"], "What if");
  EXPECT_NE(json["digest"], Json::parse(text("base/manifest.json"))["digest"]);
  fs::create_directory(folder_.path() / "alone");
  write_file(folder_.path() / "alone/again.json", json["scenario"].dump());
  ASSERT_EQ(play("alone/again.json", "second").code, 0);
  EXPECT_EQ(Json::parse(text("second/manifest.json"))["digest"], json["digest"]);
  EXPECT_EQ(text("second/replications.csv"), text("first/replications.csv"));
}

TEST_F(WhatIf, SaysInWhichFileAValueStands) {
  what_if("sectors: {east: {access_denied: 0.5}}\n");
  ASSERT_EQ(play("if.yaml", "if", {"--replications", "1"}).code, 0);
  const auto table = text("if/assumptions.csv");
  const auto line = [&](const std::string& path) {
    const auto from = table.find("\r\n" + path + ",") + 2;
    return table.substr(from, table.find("\r\n", from) - from);
  };
  EXPECT_TRUE(line("sectors.east.access_denied").ends_with(",given by if.yaml,,yes,0.1,if.yaml,3"))
      << line("sectors.east.access_denied");
  EXPECT_TRUE(line("sectors.east.length").ends_with(",,,no,,small.yaml,30"))
      << line("sectors.east.length");
}

TEST_F(WhatIf, IsTracedLikeAnyOther) {
  what_if("sectors: {east: {access_denied: 0.5}}\n");
  const auto whole = truce(folder_.path(), {"trace", "if.yaml"});
  ASSERT_EQ(whole.code, 0) << whole.err;
  ASSERT_EQ(play("if.yaml", "if", {"--replications", "1"}).code, 0);
  const auto again = truce(folder_.path(), {"trace", "--from", "if"});
  ASSERT_EQ(again.code, 0) << again.err;
  const auto story = [](const std::string& out) { return out.substr(out.find('\n')); };
  EXPECT_EQ(story(again.out), story(whole.out));
}

TEST_F(WhatIf, IsRefusedBeforeAnythingIsPlayed) {
  what_if("sectors: {est: {access_denied: 0.5}}\n");
  const auto ended = truce(folder_.path(), {"validate", "if.yaml"});
  EXPECT_EQ(ended.code, 2);
  EXPECT_NE(ended.err.find(
                "if.yaml:3:11: error[T0408]: sectors.est: there is no 'est' to change. Did you "
                "mean 'east'?"),
            std::string::npos)
      << ended.err;
  fs::remove(folder_.path() / "small.yaml");
  const auto lost = truce(folder_.path(), {"run", "if.yaml"});
  EXPECT_EQ(lost.code, 2);
  EXPECT_NE(lost.err.find(
                "if.yaml:1:10: error[T0403]: extends: small.yaml: no such file. The path counts "
                "from this file's folder."),
            std::string::npos)
      << lost.err;
  EXPECT_FALSE(fs::exists(folder_.path() / "results"));
}

// From `extends:` to the next empty line or fence, without the indentation of a block.
std::string example_in(const std::string& guide) {
  const auto from = guide.find("extends: paris-2026.yaml");
  const auto indentation = from - guide.rfind('\n', from) - 1;
  std::string text;
  for (auto at = from - indentation; at < guide.size() && !guide.substr(at).starts_with("```");) {
    const auto end = guide.find('\n', at);
    if (end - at > indentation) {
      text += guide.substr(at + indentation, end - at - indentation) + "\n";
    } else if (indentation > 0) {
      break;
    }
    at = end + 1;
  }
  return text;
}

TEST_F(WhatIf, ExamplesOfTheGuidesAreValid) {
  const std::string folder = TRUCE_SCENARIOS;
  fs::copy(folder + "/paris-2026.yaml", folder_.path() / "paris-2026.yaml");
  for (const std::string guide : {"/../README.md", "/README.md"}) {
    const auto example = example_in(read_file(folder + guide));
    EXPECT_GE(std::ranges::count(example, '\n'), 6) << example;
    EXPECT_NE(example.find(": ~\n"), std::string::npos) << example;
    write_file(folder_.path() / "example.yaml", example);
    const auto ended = truce(folder_.path(), {"validate", "example.yaml"});
    EXPECT_EQ(ended.code, 0) << example << ended.err;
  }
}

TEST_F(WhatIf, EachOfTheProjectIsValid) {
  std::size_t what_ifs = 0;
  for (const auto& entry : fs::directory_iterator(TRUCE_SCENARIOS)) {
    const auto name = entry.path().filename().string();
    if (!name.starts_with("paris-2026.") || name == "paris-2026.yaml") continue;
    ++what_ifs;
    const auto ended = truce(folder_.path(), {"validate", entry.path().string()});
    EXPECT_EQ(ended.code, 0) << ended.err;
    EXPECT_NE(ended.out.find(": ok\n  Paris framework"), std::string::npos) << ended.out;
  }
  EXPECT_GE(what_ifs, 9U);
}

}  // namespace
}  // namespace truce::test
