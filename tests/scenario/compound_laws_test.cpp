// SPDX-License-Identifier: Apache-2.0
// Distributions made of others, of quantiles and of observations, as a scenario writes them; what
// is written out reads back as the same distribution, without any other file.
#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

#include "sim/scenario/leaf.hpp"

namespace truce::scenario {
namespace {

namespace fs = std::filesystem;

struct Said {
  Code code;
  std::string text;
};

template <class Q>
std::pair<Variate<Q>, std::vector<Said>> read_one(std::string_view text, std::string_view file) {
  Variate<Q> out{-1.0};
  std::vector<Said> said;
  read_leaf(parse(text, file), out, optional,
            [&](const Node&, Code code, std::string what, std::string accepted) {
              said.push_back({code, std::move(what) + ". " + std::move(accepted)});
            });
  return {out, said};
}

random::Distribution days(std::string_view text, std::string_view file = "f") {
  auto [out, said] = read_one<Days>(text, file);
  EXPECT_TRUE(said.empty()) << text << ": " << said.front().text;
  return out.law;
}

std::string refusal(std::string_view text, Code code = Code::bad_distribution,
                    std::string_view file = "f") {
  const auto [out, said] = read_one<Days>(text, file);
  if (said.size() != 1) return std::to_string(said.size()) + " reports";
  EXPECT_EQ(said.front().code, code) << text;
  EXPECT_EQ(out.mean(), -1.0) << "a refused value was taken: " << text;
  return said.front().text;
}

void expect_same(const random::Distribution& a, const random::Distribution& b,
                 std::string_view what) {
  for (const double u : {0x1p-53, 0.01, 0.2, 0.5, 0.77, 0.95, 1 - 0x1p-53}) {
    EXPECT_EQ(a.quantile(u), b.quantile(u)) << what << " at " << u;
  }
  EXPECT_EQ(a.mean(), b.mean()) << what;
  EXPECT_EQ(a.kind().index(), b.kind().index()) << what;
}

TEST(CompoundLaws, ReadBackAsTheyWereWritten) {
  for (const std::string_view text : {
           "{truncated: {of: {lognormal: {median: 20 days, p95: 45 days}}, min: 5 days, max: 90 "
           "days}}",
           "{truncated: {of: {gamma: {mean: 20 days, cv: 0.4}}, max: 30 days}}",
           "{truncated: {of: {pert: [1 day, 4 days, 20 days]}, min: 48 h}}",
           "{truncated: {of: {poisson: 12 days}, min: 3 days}}",
           "{gamma: {mean: 20 days, cv: 0.4, max: 5 weeks}}",
           "{weibull: {shape: 0.7, mean: 30 days, min: 1 h, max: 90 days}}",
           "{normal: {p10: 5 days, p90: 20 days, min: 0 days}}",
           "{mixture: [{weight: 0.7, of: 10 days}, {weight: 30 %, of: {gamma: {mean: 20 days, cv: "
           "0.4}}}]}",
           "{mixture: [{weight: 1, of: {mixture: [{weight: 2, of: {exponential: 3 days}}, "
           "{weight: 1, of: {quantiles: {p10: 1 day, p90: 4 days}}}]}}, {weight: 1, of: "
           "{lognormal: {median: 20 days, p95: 45 days, max: 60 days}}}]}",
           "{truncated: {of: {mixture: [{weight: 1, of: 10 days}, {weight: 1, of: {exponential: 9 "
           "days}}]}, min: 2 days}}",
           "{quantiles: {p5: 10 days, p50: 20 days, p95: 60 days}}",
           "{quantiles: {p0: 1 day, p2.5: 3 days, p100: 1 week}}",
           "{quantiles: {p7: 1 day, p14: 3 days, p29: 1 week}}",
           "{empirical: {values: [7 days, 36 h, 7 days, 3 days], weights: [1, 0.1, 2, 5]}}",
           "{empirical: {values: [3 days, 1 day, 3 days]}}",
       }) {
    const auto law = days(text);
    EXPECT_FALSE(law.constant()) << text;
    const Node written = write_law(law, dimension::time);
    expect_same(law, days(to_yaml(written)), text);
    EXPECT_EQ(to_yaml(written), to_yaml(write_law(days(to_yaml(written)), dimension::time)));
  }
}

TEST(CompoundLaws, MeanWhatTheySay) {
  const auto bounded = days("{lognormal: {median: 20 days, p95: 45 days, max: 90 days}}");
  EXPECT_EQ(bounded.most(), 90.0);
  expect_same(bounded,
              days("{truncated: {of: {lognormal: {median: 20 days, p95: 45 days}}, max: 90 days}}"),
              "both ways to write it");
  const auto mixture =
      days("{mixture: [{weight: 3, of: 10 days}, {weight: 1, of: {uniform: [20 days, 40 days]}}]}");
  EXPECT_DOUBLE_EQ(mixture.mean(), 0.75 * 10 + 0.25 * 30);
  EXPECT_EQ(mixture.quantile(0.5), 10.0);
  EXPECT_NEAR(mixture.quantile(0.875), 30.0, 1e-12);
  const auto elicited = days("{quantiles: {p95: 60 days, p50: 20 days, p5: 10 days}}");
  EXPECT_DOUBLE_EQ(elicited.quantile(0.5), 20.0);
  EXPECT_EQ(elicited.least(), 5.0);
  EXPECT_EQ(elicited.most(), 65.0);
  const auto observed = days("{empirical: {values: [1 week, 1 day, 1 week, 3 days]}}");
  EXPECT_DOUBLE_EQ(observed.mean(), 4.5);
}

TEST(CompoundLaws, RefuseWhatTheyDoNotMean) {
  const std::string bounds =
      " does not define a truncated distribution. Write truncated: {of: DISTRIBUTION, min: VALUE, "
      "max: VALUE}; one of the bounds may be left out.";
  EXPECT_EQ(refusal("{truncated: {of: {exponential: 3 days}}}"),
            "'{of: {exponential: 3 days}}'" + bounds);
  EXPECT_EQ(refusal("{truncated: {of: 3 days, mx: 4 days}}"),
            "'{of: 3 days, mx: 4 days}'" + bounds);
  EXPECT_EQ(refusal("{truncated: 3 days}"), "'3 days'" + bounds);
  EXPECT_EQ(refusal("{exponential: {mean: 3 days, min: 5 days, max: 4 days}}"),
            "'{exponential: {mean: 3 days, min: 5 days, max: 4 days}}' is no distribution: min "
            "must be below max. ");
  EXPECT_EQ(refusal("{exponential: {mean: 3 days, min: 500 days}}"),
            "'{exponential: {mean: 3 days, min: 500 days}}' is no distribution: almost none of the "
            "distribution lies between min and max. ");
  // What has a min and max of its own is not truncated by them.
  EXPECT_EQ(refusal("{uniform: {p10: 1 day, p90: 3 days, min: 0 days}}").substr(41, 40),
            "does not define a uniform distribution. ");
  EXPECT_EQ(
      refusal("{triangular: {p10: 1 day, mode: 2 days, p90: 3 days, max: 4 days}}").substr(55, 24),
      "does not define a triang");
  const std::string parts = " Write mixture: [{weight: NUMBER, of: DISTRIBUTION}, ...].";
  EXPECT_EQ(refusal("{mixture: []}"), "'[]' does not define a mixture distribution." + parts);
  EXPECT_EQ(refusal("{mixture: {weight: 1, of: 3 days}}"),
            "'{weight: 1, of: 3 days}' does not define a mixture distribution." + parts);
  EXPECT_EQ(refusal("{mixture: [{of: 3 days}]}"),
            "'{of: 3 days}' is not a part of a mixture." + parts);
  EXPECT_EQ(refusal("{mixture: [3 days]}"), "'3 days' is not a part of a mixture." + parts);
  EXPECT_EQ(refusal("{mixture: [{weight: -1, of: 3 days}]}"),
            "'{mixture: [{weight: -1, of: 3 days}]}' is no distribution: weights must not be "
            "negative, and one must be above 0. ");
  const std::string points =
      " Write quantiles: {p5: VALUE, p50: VALUE, p95: VALUE}; p0 and p100 are the ends.";
  EXPECT_EQ(refusal("{quantiles: {median: 3 days, p95: 9 days}}"),
            "'median' is not a quantile." + points);
  EXPECT_EQ(refusal("{quantiles: {p5x: 3 days}}"), "'p5x' is not a quantile." + points);
  EXPECT_EQ(refusal("{quantiles: [3 days]}"),
            "'[3 days]' does not define a quantiles distribution." + points);
  EXPECT_EQ(refusal("{quantiles: {p5: 3 days, p95: 1 day}}"),
            "'{quantiles: {p5: 3 days, p95: 1 day}}' is no distribution: the values must rise with "
            "their percentages. ");
  EXPECT_EQ(refusal("{quantiles: {p5: 3 days, p5.0: 4 days}}"),
            "'{quantiles: {p5: 3 days, p5.0: 4 days}}' is no distribution: the percentages must "
            "ascend between p0 and p100. ");
  EXPECT_EQ(refusal("{quantiles: {p5: 3, p95: 9 days}}", Code::wrong_unit).substr(0, 15),
            "'3' has no unit");
  EXPECT_EQ(refusal("{empirical: [3 days]}").substr(0, 44),
            "'[3 days]' is not an empirical distribution.");
  EXPECT_EQ(
      refusal("{empirical: {values: [3 days], weights: [1, 2]}}"),
      "'{empirical: {values: [3 days], weights: [1, 2]}}' is no distribution: as many weights "
      "as values are needed, at least one. ");
  EXPECT_EQ(refusal("{mixture: [{weight: 1, of: {gamma: {mean: 3, cv: 1}}}]}", Code::wrong_unit)
                .substr(0, 15),
            "'3' has no unit");
}

class TableLaws : public testing::Test {
 protected:
  TableLaws() {
    folder_ = fs::temp_directory_path() / ("truce-table-" + std::to_string(::getpid()));
    fs::create_directories(folder_);
    write("delays.csv", "hours,count,sign\n48,3,1\n24,1,1\n48,1,-1\n");
  }
  ~TableLaws() override { fs::remove_all(folder_); }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
  }
  std::string scenario() const { return (folder_ / "s.yaml").string(); }

  fs::path folder_;
};

TEST_F(TableLaws, AreReadBesideTheScenarioAndWrittenOut) {
  const auto law = days("{empirical: {csv: delays.csv, column: hours, unit: h}}", scenario());
  expect_same(law, days("{discrete: {values: [1 day, 2 days], weights: [1, 2]}}"), "no weights");
  const auto weighted =
      days("{empirical: {csv: delays.csv, column: hours, unit: h, weights: count}}", scenario());
  expect_same(weighted, days("{discrete: {values: [1 day, 2 days], weights: [1, 4]}}"), "weights");
  fs::remove(folder_ / "delays.csv");
  expect_same(weighted, days(to_yaml(write_law(weighted, dimension::time))), "written out");
}

// A parameter has no field that would tell its dimension: the unit of the column does.
TEST_F(TableLaws, TellTheDimensionOfAParameter) {
  Worth worth;
  const std::string text = "{empirical: {csv: delays.csv, column: hours, unit: h}}";
  read_leaf(parse(text, scenario()), worth, optional,
            [](const Node&, Code, std::string what, std::string) { ADD_FAILURE() << what; });
  EXPECT_EQ(worth.dimension, dimension::time);
  EXPECT_DOUBLE_EQ(worth.law.most(), 2.0);
}

TEST_F(TableLaws, SayWhatIsWrong) {
  const auto said = [&](std::string_view text, Code code) {
    return refusal(text, code, scenario());
  };
  const std::string times = " Units that fit: min, h, days, weeks, months or years.";
  EXPECT_EQ(said("{empirical: {csv: delays.csv, column: hours}}", Code::wrong_unit),
            "the values of the column have no unit." + times);
  EXPECT_EQ(said("{empirical: {csv: delays.csv, column: hours, unit: km}}", Code::wrong_unit),
            "the unit 'km' does not fit." + times);
  EXPECT_EQ(said("{empirical: {csv: delays.csv, column: hours, unit: hrs}}", Code::unknown_unit),
            "the unit 'hrs' is not known." + times);
  EXPECT_EQ(said("{empirical: {csv: delays.csv, column: hour, unit: h}}", Code::bad_table),
            "'delays.csv' has no column 'hour'. Did you mean 'hours'? It has: hours, count, sign.");
  EXPECT_EQ(said("{empirical: {csv: none.csv, column: hours, unit: h}}", Code::missing_file),
            "there is no file 'none.csv'. The path counts from the folder of the scenario file.");
  EXPECT_EQ(
      said("{empirical: {csv: ../x.csv, column: hours, unit: h}}", Code::outside_folder),
      "'../x.csv' lies outside the folder of the scenario. Copy the file beside the scenario.");
  EXPECT_EQ(said("{empirical: {csv: delays.csv, column: hours, unit: h, weights: sign}}",
                 Code::bad_distribution)
                .substr(72),
            "is no distribution: weights must not be negative, and one must be above 0. ");
  EXPECT_EQ(said("{empirical: {csv: delays.csv, unit: h}}", Code::bad_distribution).substr(0, 30),
            "'{csv: delays.csv, unit: h}' d");
  EXPECT_EQ(said("{empirical: {csv: delays.csv, column: hours, units: h}}", Code::bad_distribution)
                .substr(0, 30),
            "'{csv: delays.csv, column: hou");
  EXPECT_EQ(refusal("{empirical: {csv: delays.csv, column: hours, unit: h}}", Code::missing_file,
                    "--set x=1")
                .substr(0, 49),
            "a CSV file can't be named on the command line. It");
}

TEST_F(TableLaws, RefuseMoreValuesThanAResultCanKeep) {
  std::string table = "hours\n";
  for (int i = 0; i <= 50'000; ++i) table += std::to_string(i) + "\n";
  write("many.csv", table);
  EXPECT_EQ(
      refusal("{empirical: {csv: many.csv, column: hours, unit: h}}", Code::too_large, scenario()),
      "there are more than 50,000 different values. Round them, or choose a distribution that "
      "fits them.");
  // Fewer different ones are merged, however often each is listed.
  for (int i = 0; i != 60'000; ++i) table += "7\n";
  table.erase(6, 2);
  write("many.csv", table);
  const auto law = days("{empirical: {csv: many.csv, column: hours, unit: h}}", scenario());
  EXPECT_DOUBLE_EQ(law.quantile(0.4), 7.0 / 24);
  expect_same(law, days(to_yaml(write_law(law, dimension::time))), "written out");
}

}  // namespace
}  // namespace truce::scenario
