// SPDX-License-Identifier: Apache-2.0
// A study of the small scenario, and truce sweep of it.
#pragma once

#include <filesystem>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "sim/core/text.hpp"

#include "tests/cli/program.hpp"

namespace truce::test {

using Json = nlohmann::ordered_json;
using Words = std::vector<std::string>;

inline constexpr std::string_view study_text = R"(study: 1
name: A study
question: What matters?
scenario: small.yaml
replications: 5
seed: 11
note: "assumption: all of it"
factors:
  incidents: {path: sectors.*.incidents.rate, times: {uniform: [0.5, 2]}}
  denied: {path: sectors.east.access_denied, set: {uniform: [0, 0.4]}}
  teams: {path: [cells.near.teams, cells.far.teams], values: [2, 4]}
  supply: {path: hubs.camp.beds, values: [300 troops, 500 troops]}
design: {method: sobol, points: 8}
)";

/// The cells of a table that has no quotes.
inline std::vector<Words> cells_of(const std::string& text) {
  std::vector<Words> rows;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.ends_with('\r')) line.pop_back();
    auto& row = rows.emplace_back();
    for (const auto cell : split(line, ',')) row.emplace_back(cell);
  }
  return rows;
}

/// A folder with the small scenario and a study of it.
class SweepFixture : public ::testing::Test {
 protected:
  void SetUp() override {
    write_file(folder_.path() / "small.yaml", small_scenario);
    study(std::string(study_text));
  }
  static std::string replace(std::string text, const std::string& from, const std::string& to) {
    return with(text, from, to);
  }
  void study(const std::string& text) { write_file(folder_.path() / "x.study.yaml", text); }
  Ended sweep(Words more = {}) {
    more.insert(more.begin(), {"sweep", "x.study.yaml"});
    return truce(folder_.path(), std::move(more));
  }
  std::string text(const std::string& file) const { return read_file(folder_.path() / file); }
  Json manifest(const std::string& folder) const {
    return Json::parse(text(folder + "/manifest.json"));
  }
  std::vector<Words> rows(const std::string& file) const { return cells_of(text(file)); }
  /// The study is refused with each of these, and nothing is made.
  void expect_refused(const Ended& ended, const Words& parts) {
    EXPECT_EQ(ended.code, 2) << ended.err;
    EXPECT_EQ(ended.out, "");
    for (const auto& part : parts) {
      EXPECT_NE(ended.err.find(part), std::string::npos) << part << "\n" << ended.err;
    }
    EXPECT_FALSE(std::filesystem::exists(folder_.path() / "results"));
  }

  TemporaryFolder folder_;
};

}  // namespace truce::test
