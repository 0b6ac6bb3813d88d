// SPDX-License-Identifier: Apache-2.0
// The command line itself: help, version, and what can't be understood.
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/cli/program.hpp"

namespace truce::test {
namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(Usage, HelpGoesToStandardOutput) {
  const TemporaryFolder folder;
  for (const std::vector<std::string>& words : {std::vector<std::string>{"--help"},
                                                {"-h"},
                                                {"run", "--help"},
                                                {"validate", "-h"},
                                                {"schema", "--help"},
                                                {"new", "--help"},
                                                {"explain", "--help"},
                                                {"diff", "--help"},
                                                {"export", "--help"},
                                                {"sensitivity", "--help"}}) {
    const auto ended = truce(folder.path(), words);
    EXPECT_EQ(ended.code, 0);
    EXPECT_TRUE(has(ended.out, "Usage: truce")) << ended.out;
    EXPECT_TRUE(has(ended.out, "Example")) << ended.out;
    EXPECT_EQ(ended.err, "");
  }
  const auto help = truce(folder.path(), {"run", "--help"}).out;
  for (const auto* option : {"--replications", "--seed", "--threads", "--out", "--force", "--set",
                             "--horizon", "--first", "--quiet"}) {
    EXPECT_TRUE(has(help, option)) << option;
  }
}

TEST(Usage, Version) {
  const TemporaryFolder folder;
  const auto ended = truce(folder.path(), {"--version"});
  EXPECT_EQ(ended.code, 0);
  EXPECT_TRUE(ended.out.starts_with("truce 0.")) << ended.out;
}

TEST(Usage, WhatIsWrongIsSaidOnStandardError) {
  struct Case {
    std::vector<std::string> words;
    std::string says;
  };
  const std::vector<Case> cases{
      {{}, "Usage: truce"},
      {{"rum"}, "unknown command 'rum'. Did you mean 'run'?"},
      {{"--versoin"}, "Did you mean '--version'?"},
      {{"run"}, "no scenario is given"},
      {{"run", "a.yaml", "b.yaml"}, "unexpected argument 'b.yaml'"},
      {{"run", "a.yaml", "--replication", "3"}, "Did you mean '--replications'?"},
      {{"schema", "a.yaml"}, "unexpected argument 'a.yaml': the schema is that of all"},
      {{"schema", "--markdwon"}, "Did you mean '--markdown'?"},
      {{"run", "a.yaml", "--replications"}, "'--replications' is missing"},
      {{"run", "a.yaml", "--replications", "0"},
       "--replications: '0' is not a whole number from 1"},
      {{"run", "a.yaml", "--replications", "-5"}, "'-5' is not a whole number from 1"},
      {{"run", "a.yaml", "--replications", "1.5"}, "'1.5' is not a whole number"},
      {{"run", "a.yaml", "--replications", "many"}, "'many' is not a whole number"},
      {{"run", "a.yaml", "--replications", "1e10"},
       "'1e10' is not a whole number from 1 to 1000000000"},
      {{"run", "a.yaml", "--threads", "0"}, "--threads: '0' is not"},
      {{"run", "a.yaml", "--threads", "-2"}, "--threads: '-2' is not"},
      {{"run", "a.yaml", "--threads", "all"}, "--threads: 'all' is not"},
      {{"run", "a.yaml", "--threads", "1025"},
       "--threads: '1025' is not a whole number from 1 to 1024"},
      {{"run", "a.yaml", "--seed", "-1"}, "--seed: '-1' is not"},
      {{"run", "a.yaml", "--first=-1"}, "--first: '-1' is not"},
      {{"run", "a.yaml", "--seed", "1", "--seed", "2"}, "more than once"},
      {{"validate"}, "no scenario is given"},
      {{"validate", "a.yaml", "--seed", "1"}, "unknown option '--seed'"}};
  const TemporaryFolder folder;
  for (const auto& [words, says] : cases) {
    const auto ended = truce(folder.path(), words);
    EXPECT_EQ(ended.code, 2) << says;
    EXPECT_TRUE(has(ended.err, says)) << ended.err;
    EXPECT_EQ(ended.out, "");
  }
}

TEST(Usage, AllWrongValuesAtOnce) {
  const TemporaryFolder folder;
  const auto ended =
      truce(folder.path(), {"run", "a.yaml", "--seed", "x", "--threads", "0", "--first", "y"});
  EXPECT_EQ(ended.code, 2);
  for (const auto* option : {"--seed: ", "--threads: ", "--first: "}) {
    EXPECT_TRUE(has(ended.err, std::string("error[T0601]: ") + option)) << ended.err;
  }
}

TEST(Usage, ControlCharactersDoNotReachTheTerminal) {
  const TemporaryFolder folder;
  for (const std::vector<std::string>& words : {std::vector<std::string>{"\x1b[31mred"},
                                                {"run", "\x1b[31mred"},
                                                {"run", "a", "\x1b[31m"},
                                                {"run", "a", "--\x1b[31m"},
                                                {"run", "a", "--seed", "\x1b[31m"}}) {
    const auto ended = truce(folder.path(), words);
    EXPECT_NE(ended.code, 0);
    EXPECT_FALSE(has(ended.err, "\x1b")) << ended.err;
  }
}

TEST(Usage, SchemaGoesToStandardOutput) {
  const TemporaryFolder folder;
  const auto json = truce(folder.path(), {"schema"});
  EXPECT_EQ(json.code, 0) << json.err;
  EXPECT_EQ(json.err, "");
  EXPECT_EQ(nlohmann::json::parse(json.out)["$schema"], "http://json-schema.org/draft-07/schema#");
  const auto page = truce(folder.path(), {"schema", "--markdown"});
  EXPECT_EQ(page.code, 0) << page.err;
  EXPECT_TRUE(has(page.out, "\n## hubs\n")) << page.out;
  EXPECT_TRUE(has(page.out, "| `hubs.NAME.beds` | `troops` | - | above 0 troops |")) << page.out;
}

TEST(Usage, ValidateTellsWhatAScenarioHolds) {
  const TemporaryFolder folder;
  write_file(folder.path() / "x.yaml", small_scenario);
  const auto ended = truce(folder.path(), {"validate", "x.yaml", "--set", "horizon=1 year"});
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_TRUE(has(ended.out, "x.yaml: ok")) << ended.out;
  EXPECT_TRUE(has(ended.out, "2026-07-01 to 2027-07-01")) << ended.out;
  EXPECT_TRUE(has(ended.out, "2 contributors with 2 pledges")) << ended.out;
  EXPECT_TRUE(has(ended.out, "2 sectors with 330 km of line")) << ended.out;
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "results"));
}

}  // namespace
}  // namespace truce::test
