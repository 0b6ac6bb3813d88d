// SPDX-License-Identifier: Apache-2.0
// Studies: read strictly, all mistakes at once; and what each factor does to the scenario.
#include "sim/scenario/study.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/scenario/study_scenario.hpp"

#include "tests/report/files.hpp"
#include "tests/scenario/samples.hpp"

namespace truce::scenario::test {
namespace {

using truce::test::TemporaryFolder;
using truce::test::write_file;

constexpr std::string_view study_text = R"(study: 1
name: A study
question: What matters?
scenario: full.yaml
variation: closed
set: {crisis.defusal: 0.7}
replications: 20
seed: 7
note: "assumption: all of it"
factors:
  heat: {parameter: heat}
  denied: {path: sectors.*.access_denied, set: {uniform: [0, 20 %]}, source: "a book"}
  patience: {path: crisis.patience, times: {uniform: [0.5, 2]}}
  both: {path: [hubs.town.opens_after, hubs.port.opens_after], values: [10 days, 2 weeks]}
  rule: {path: coordination.decision_rule, values: [lead, any, all], confidence: low}
design: {method: sobol, points: 64, replicates: 2}
where: ["heat < 2 /day", "rule != any"]
silence: [undocumented-factor]
)";

class Studies : public ::testing::Test {
 protected:
  void SetUp() override { write_file(folder_.path() / "full.yaml", full_text); }

  Study read(std::string_view text) const {
    return read_study(parse(text, (folder_.path() / "x.study.yaml").string()), Reach::own_folder);
  }
  /// The study with its factors replaced by these lines.
  static std::string with_factors(const std::string& lines, const std::string& design = "",
                                  const std::string& more = "") {
    return "study: 1\nname: A\nscenario: full.yaml\nreplications: 2\n" + more + "factors:\n" +
           lines + "design: " + (design.empty() ? "{method: latin_hypercube, points: 9}" : design) +
           "\n";
  }
  /// "T0701 path: what" of each problem.
  std::vector<std::string> problems(std::string_view text) const {
    std::vector<std::string> lines;
    try {
      auto study = read(text);
      const StudyScenario scenario(study);
    } catch (const ScenarioError& error) {
      for (const auto& one : error.problems()) {
        lines.push_back(std::string(text_of(one.code).id) + " " + one.path + ": " + one.what +
                        ". " + one.accepted);
        // What is asked for by name stands in no line of the scenario.
        EXPECT_TRUE(one.at.line > 0 || one.code == Code::no_such_variation) << lines.back();
      }
    }
    return lines;
  }
  void expect_problem(const std::string& text, const std::vector<std::string>& parts) const {
    const auto lines = problems(text);
    const bool found = std::ranges::any_of(lines, [&](const auto& line) {
      return std::ranges::all_of(
          parts, [&](const auto& part) { return line.find(part) != std::string::npos; });
    });
    std::string all;
    for (const auto& line : lines) all += line + "\n";
    EXPECT_TRUE(found) << parts.front() << " is not among:\n" << all;
  }
  /// The text at a path of full_text, after a single factor has the value.
  std::string after(const std::string& factor, const FactorValue& value,
                    const std::string& path) const {
    auto study = read(with_factors("  f: " + factor + "\n"));
    const StudyScenario scenario(study);
    const std::vector<FactorValue> values{value};
    const auto loaded = scenario.at(values);
    for (const auto& row : loaded.assumptions) {
      if (row.path == path) return row.value;
    }
    return "";
  }

  TemporaryFolder folder_;
};

FactorValue times(double number) {
  return {std::to_string(number), number};
}

TEST_F(Studies, AreRead) {
  auto study = read(study_text);
  const StudyScenario scenario(study);
  EXPECT_EQ(study.name, "A study");
  EXPECT_EQ(study.replications, 20U);
  EXPECT_EQ(study.seed, 7U);
  EXPECT_EQ(study.design.method, Method::sobol);
  EXPECT_EQ(study.design.points, 64U);
  EXPECT_EQ(study.design.replicates, 2U);
  EXPECT_EQ(study.where.size(), 2U);
  ASSERT_EQ(study.factors.size(), 5U);
  const auto& heat = study.factors[0];
  EXPECT_TRUE(std::holds_alternative<random::Lognormal>(heat.law->kind()));
  EXPECT_EQ(heat.dimension, PerDay::dimension);
  EXPECT_EQ(heat.note, "assumption: all of it");
  EXPECT_EQ(study.factors[1].source, "a book");
  EXPECT_EQ(study.factors[1].note, "");
  EXPECT_EQ(study.factors[2].act, Act::times);
  EXPECT_EQ(study.factors[3].listed[1].number, 14.0);
  EXPECT_FALSE(study.factors[4].numeric);
  EXPECT_EQ(study.factors[4].confidence, "low");
  EXPECT_EQ(scenario.loaded().scenario.crisis->defusal.law.mean(), 0.7);
  EXPECT_EQ(scenario.standing(1),
            "sectors.north.access_denied: 0.5; sectors.south.access_denied: 0.5");
  EXPECT_EQ(scenario.standing(3),
            "hubs.town.opens_after: {gamma: {mean: 20 days, cv: 0.4}}; "
            "hubs.port.opens_after: 0 days (default)");
  ASSERT_EQ(scenario.warnings().size(), 1U);
  EXPECT_EQ(scenario.warnings().front().code, Code::correlation_left_out);
}

TEST_F(Studies, AreWrittenSoThatTheyReadBackTheSame) {
  auto study = read(study_text);
  const StudyScenario scenario(study);
  const std::string once = to_yaml(write(study));
  for (const auto* part : {"What matters?", "a book", "assumption: all of it", "confidence: low"}) {
    EXPECT_NE(once.find(part), std::string::npos) << part << "\n" << once;
  }
  auto again = read(once);
  const StudyScenario same(again);
  EXPECT_EQ(to_yaml(write(again)), once);
}

TEST_F(Studies, TellAllMistakesAtOnce) {
  const std::string text = R"(study: 1
nme: A
scenario: ful.yaml
replications: none
factors:
  9: {path: a.b, values: [1]}
  a: {path: a.b, tims: {uniform: [1, 2]}}
  b: {path: a.b, times: {uniform: [1, 2]}, set: {uniform: [1, 2]}}
  c: {times: {uniform: [1, 2]}}
  d: {path: a.b, times: {uniform: [-1, 2]}}
  e: {path: a.b, times: {uniform: [1 day, 2 days]}}
  f: {path: a.b, set: 3}
  g: {path: a.b, values: 3}
  h: {path: a.b, values: [1, 1]}
  i: {path: a..b, values: [1]}
  j: {path: a.b, set: {unifrm: [1, 2]}}
  k: {path: a.b, values: [1], unit: miles, confidence: some}
  l: {path: a.b, set: {uniform: [$heat, 2]}}
design: {method: sobl, points: 0}
where: 3
silence: [no-such]
)";
  const auto lines = problems(text);
  const auto line = [](const std::string& part) { return part; };
  for (const auto& part :
       {line("T0101 nme: unknown key 'nme'. Did you mean 'name'?"),
        line("T0102 name"),
        line("T0403 scenario"),
        line("T0211 replications"),
        line("T0104 factors.9"),
        line("T0101 factors.a.tims: unknown key 'tims'. Did you mean 'times'?"),
        line("T0701 factors.b: more than one of times, set and values"),
        line("T0701 factors.c: it is not said what it is about"),
        line("T0701 factors.d.times: '{uniform: [-1, 2]}' can't multiply"),
        line("T0701 factors.e.times: '{uniform: [1 day, 2 days]}' can't multiply"),
        line("T0701 factors.f.set: '3' is a single value"),
        line("T0701 factors.g.values: '3' stands where a list"),
        line("T0309 factors.h.values: '1' is listed twice"),
        line("T0410 factors.i.path: a step of 'a..b' is empty"),
        line("T0207 factors.j.set: 'unifrm' is not a distribution. Did you mean 'uniform'?"),
        line("T0202 factors.k.unit"),
        line("T0205 factors.k.confidence"),
        line("T0701 factors.l.set: parameters of the scenario can't stand here"),
        line("T0205 design.method: 'sobl' is not one of the choices. Did you mean 'sobol'?"),
        line("T0205 silence: there is no warning 'no-such'")}) {
    const bool found =
        std::ranges::any_of(lines, [&](const auto& one) { return one.starts_with(part); });
    EXPECT_TRUE(found) << part;
  }
}

TEST_F(Studies, RefuseWhatIsNoneAndFilesOutside) {
  expect_problem("truce: 1\n", {"T0706", "This is a scenario"});
  expect_problem("[1, 2]\n", {"T0706"});
  expect_problem(replaced(study_text, "full.yaml", "/etc/passwd"), {"T0404 scenario"});
  expect_problem(replaced(study_text, "full.yaml", "../full.yaml"), {"T0404 scenario"});
  expect_problem(replaced(study_text, "study: 1", "study: 2"), {"T0204 study"});
  expect_problem(replaced(study_text, "closed", "closd"), {"T0412"});
  expect_problem(replaced(study_text, "crisis.defusal: 0.7", "crisis.defusl: 0.7"), {"T0101"});
}

TEST_F(Studies, RefuseDesignsThatCantBe) {
  const std::string f = "  f: {path: crisis.spread, values: [0.1, 0.2]}\n";
  expect_problem(with_factors(f, "{method: sobol}"), {"T0102 design.points"});
  expect_problem(with_factors(f, "{method: sobol, points: 0}"), {"T0204 design.points"});
  expect_problem(with_factors(f, "{method: factorial, points: 3}"),
                 {"T0702 design.points", "means nothing to factorial", "levels"});
  expect_problem(with_factors(f, "{method: factorial, pionts: 3}"), {"T0101 design.pionts"});
  expect_problem(with_factors(f, "{method: morris, trajectories: 4, levels: 5}"),
                 {"T0702 design.levels", "even"});
  expect_problem(with_factors(f, "{method: one_at_a_time, low: 60, high: 40}"), {"T0702 design"});
  expect_problem(with_factors(f, "{method: table, file: nowhere.csv}"), {"T0403 design.file"});
  expect_problem(with_factors(f, "sobol"), {"T0103 design"});
}

TEST_F(Studies, RefuseFactorsThatDontFitTheScenario) {
  const auto expect = [&](const std::string& factor, const std::vector<std::string>& parts) {
    expect_problem(with_factors("  f: " + factor + "\n"), parts);
  };
  expect("{path: sectors.nort.length, values: [3 km]}",
         {"T0410 factors.f.path", "Did you mean 'north'?"});
  expect("{path: \"nothing.*.here\", values: [0.1]}", {"T0410 factors.f.path"});
  expect("{path: crisis.spread}", {"T0701 factors.f", "it is not said what it may be"});
  expect("{parameter: heta}", {"T0501 factors.f", "Did you mean 'heat'?"});
  expect("{parameter: beds}", {"T0701 factors.f", "no distribution of its own"});
  expect("{path: coordination.decision_rule, times: [0.5, 2]}",
         {"T0701 factors.f", "'majority', which is no number"});
  expect("{path: start, times: [0.5, 2]}", {"T0701 factors.f", "no number"});
  expect("{path: incident_types.fire.violations, times: [0.5, 2]}",
         {"T0701 factors.f", "a count has no unit"});
  expect("{path: sectors, times: [0.5, 2]}", {"T0701 factors.f", "no number and no distribution"});
  expect("{path: hubs.port.reception, times: [0.5, 2]}",
         {"T0701 factors.f", "nothing that can be multiplied"});
  expect_problem(with_factors("  f: {path: sectors.*.access_denied, values: [0, 1]}\n"
                              "  g: {path: sectors.north.access_denied, values: [0, 1]}\n"),
                 {"T0701 factors.g", "is changed by factor f too"});
  expect_problem(with_factors("  f: {path: crisis.patience.gamma.mean, values: [40 h]}\n"
                              "  g: {path: crisis.patience, values: [40 h, 50 h]}\n"),
                 {"T0701 factors.g", "is changed by factor f too"});
}

TEST_F(Studies, MultiplyWhatStandsThere) {
  const auto by = [&](const std::string& path, double factor, const std::string& row = "") {
    return after("{path: " + path + ", times: {uniform: [0, 2]}}", times(factor),
                 row.empty() ? path : row);
  };
  EXPECT_EQ(by("sectors.south.incidents.rate", 1.5), "4.5 /week");
  EXPECT_EQ(by("sectors.north.length", 0.5), "20 km");
  EXPECT_EQ(by("horizon", 0.5), "9 months");
  EXPECT_EQ(by("deterrence.reassurance.effect", 0.5), "15 %");
  EXPECT_EQ(by("routes.base-town.time", 2),
            "{triangular: {min: 4 days, mode: 6 days, max: 12 days}}");
  EXPECT_EQ(by("hubs.town.opens_after.gamma.mean", 2, "hubs.town.opens_after"),
            "{gamma: {mean: 40 days, cv: 0.4}}");
  EXPECT_EQ(by("hubs.town.opens_after", 0), "0 days");
  EXPECT_EQ(by("facts.backstop.probability", 0.5), "{uniform: {min: 0.1, max: 0.3}}");
  // The default of sectors.south.access_denied is 0.
  EXPECT_EQ(by("sectors.*.access_denied", 0.5, "sectors.north.access_denied"), "0.1");
  EXPECT_EQ(by("sectors.*.access_denied", 0.5, "sectors.south.access_denied"), "0");
  EXPECT_EQ(by("cells.north-1.ready_after", 0.5), "5 days");
  EXPECT_EQ(by("sensors.patrol.at_night", 0.5), "0.5");  // the default is 1
  EXPECT_EQ(by("crisis.breakdown_rate", 0.5), "1.5");
  // {value: ..., note: ...} keeps what stands beside the value.
  EXPECT_EQ(by("parameters.beds", 1.5, "parameters.beds.value"), "120 troops");
  EXPECT_EQ(by("parameters.haste", 2, "parameters.haste.value"),
            "{triangular: {min: 1, mode: 2, max: 4}}");
  EXPECT_EQ(after("{parameter: haste, times: [0.5, 2]}", times(2), "parameters.haste.value"),
            "{triangular: {min: 1, mode: 2, max: 4}}");
}

TEST_F(Studies, MultiplyExpressionsOfParameters) {
  write_file(folder_.path() / "full.yaml",
             replaced(full_text, "incidents: {rate: 3 /week}", "incidents: {rate: $heat}"));
  EXPECT_EQ(after("{path: sectors.south.incidents.rate, times: [0.5, 2]}", times(2),
                  "sectors.south.incidents.rate"),
            "{times: [$heat, 2]}");
  write_file(folder_.path() / "full.yaml",
             replaced(full_text, "incidents: {rate: 3 /week}",
                      "incidents: {rate: {uniform: [$heat, 90 /day]}}"));
  expect_problem(with_factors("  f: {path: sectors.south.incidents.rate, times: [0.5, 2]}\n"),
                 {"T0701 factors.f", "a distribution that parameters shape"});
}

TEST_F(Studies, SetValuesOfAnyKind) {
  EXPECT_EQ(after("{path: coordination.decision_rule, values: [lead, any]}", {"any", {}},
                  "coordination.decision_rule"),
            "any");
  EXPECT_EQ(after("{path: crisis.ends_with_collapse, values: [true, false]}", {"false", {}},
                  "crisis.ends_with_collapse"),
            "false");
  EXPECT_EQ(after("{parameter: heat, set: {uniform: [1 /day, 2 /day]}}", {"1.5 /day", 1.5},
                  "parameters.heat.value"),
            "1.5 /day");
  EXPECT_EQ(after("{path: hubs.town.opens_after, values: [5 days, {uniform: [1 day, 2 days]}]}",
                  {"{uniform: [1 day, 2 days]}", {}}, "hubs.town.opens_after"),
            "{uniform: [1 day, 2 days]}");
}

TEST_F(Studies, GiveUnitsToNumbersThatHaveNone) {
  const auto study =
      read(with_factors("  f: {path: hubs.town.opens_after, set: {uniform: [5, 9]}, unit: days}\n"
                        "  g: {path: hubs.port.opens_after, values: [1, 2 weeks], unit: days}\n"));
  EXPECT_EQ(study.factors[0].dimension, Days::dimension);
  EXPECT_EQ(value_at(study.factors[0], 0.5).text, "7 days");
  EXPECT_EQ(study.factors[1].listed[0].text, "1 days");
  EXPECT_EQ(study.factors[1].listed[1].number, 14.0);
}

TEST_F(Studies, WarnOfFactorsWithoutSource) {
  const auto study =
      read(with_factors("  f: {path: crisis.spread, values: [0.1, 0.2]}\n"
                        "  g: {path: crisis.defusal, values: [0.1], note: x}\n"));
  const auto warnings = lint(study);
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_EQ(warnings.front().code, Code::undocumented_factor);
  EXPECT_EQ(warnings.front().path, "factors.f");
  EXPECT_TRUE(lint(read(with_factors("  f: {path: crisis.spread, values: [0.1]}\n", "",
                                     "source: a book\n")))
                  .empty());
}

}  // namespace
}  // namespace truce::scenario::test
