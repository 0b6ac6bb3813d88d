// SPDX-License-Identifier: Apache-2.0
// What the program says of what is allowed but odd: on standard error, before anything else, and
// not if it is silenced.
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/cli/program.hpp"

namespace truce::test {
namespace {

class Warnings : public ::testing::Test {
 protected:
  Warnings() { write_file(folder_.path() / "x.yaml", text_); }

  Ended play(std::vector<std::string> words) {
    words.insert(words.begin() + 1, "x.yaml");
    return truce(folder_.path(), std::move(words));
  }

  const TemporaryFolder folder_;
  const std::string text_ = with(small_scenario, "beds: 500 troops", "beds: 150 troops");
  const std::string told_ = "x.yaml:22:29: warning[W0003]: hubs.camp.beds: 150 beds for 200";
};

TEST_F(Warnings, AreToldByEachCommandThatReadsAScenario) {
  for (const std::vector<std::string>& words : {std::vector<std::string>{"validate"},
                                                {"trace", "--digest"},
                                                {"run", "--replications", "1"}}) {
    const auto ended = play(words);
    EXPECT_EQ(ended.code, 0);
    EXPECT_TRUE(ended.err.starts_with(told_)) << words.front() << ": " << ended.err;
    EXPECT_EQ(ended.out.find("warning"), std::string::npos);
  }
}

TEST_F(Warnings, AreSilencedByNameAndCode) {
  for (const std::string name : {"too-few-beds", "W0003", "w0003"}) {
    EXPECT_EQ(play({"validate", "--silence", name}).err, "") << name;
  }
  EXPECT_TRUE(play({"validate", "--silence", "blind-sensor"}).err.starts_with(told_));
  EXPECT_EQ(play({"validate", "--set", "lint={silence: [too-few-beds]}"}).err, "");
  EXPECT_EQ(play({"run", "--replications", "1", "--quiet"}).err, "");
}

TEST_F(Warnings, OnlyWarningsCanBeSilenced) {
  const auto slip = play({"validate", "--silence", "too-few-bed"});
  EXPECT_EQ(slip.code, 2);
  EXPECT_TRUE(
      slip.err.starts_with("error: --silence: there is no warning 'too-few-bed'. Did you mean "
                           "'too-few-beds'?"))
      << slip.err;
  const auto error = play({"run", "--silence", "unknown-key"});
  EXPECT_EQ(error.code, 2);
  EXPECT_NE(error.err.find("That is an error"), std::string::npos) << error.err;
}

TEST_F(Warnings, AreInTheJsonAndStillOk) {
  const auto ended = play({"validate", "--json"});
  EXPECT_EQ(ended.code, 0);
  EXPECT_EQ(ended.err, "");
  const auto json = nlohmann::json::parse(ended.out);
  EXPECT_TRUE(json["ok"]);
  ASSERT_EQ(json["problems"].size(), 1U);
  EXPECT_EQ(json["problems"][0]["severity"], "warning");
  EXPECT_EQ(json["problems"][0]["name"], "too-few-beds");
}

TEST_F(Warnings, OfVariationsAreToldOnceEach) {
  write_file(folder_.path() / "x.yaml",
             text_ +
                 "variations:\n  same: {set: {experiment.seed: 8}}\n"
                 "  blind: {set: {sensors.camera.detects: {shelling: 0, shooting: 0}}}\n");
  const auto err = play({"validate"}).err;
  EXPECT_TRUE(err.starts_with(told_)) << err;
  EXPECT_EQ(err.find("W0003", err.find("W0003") + 1), std::string::npos) << err;
  EXPECT_NE(err.find("warning[W0009]: sensors.camera.detects"), std::string::npos) << err;
}

}  // namespace
}  // namespace truce::test
