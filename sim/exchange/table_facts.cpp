// SPDX-License-Identifier: Apache-2.0
#include "sim/exchange/table_facts.hpp"

#include <algorithm>
#include <array>

namespace truce::exchange {
namespace {

constexpr std::array<std::string_view, 1> by_id{"id"};
constexpr std::array<std::string_view, 1> by_replication{"replication"};
constexpr std::array<std::string_view, 2> by_day_and_series{"day", "series"};
constexpr std::array<std::string_view, 1> by_day{"day"};
constexpr std::array<std::string_view, 1> by_path{"path"};
constexpr std::array<std::string_view, 1> by_scenario{"scenario"};
constexpr std::array<std::string_view, 2> by_outcome_and_what_if{"outcome", "what_if"};
constexpr std::array<std::string_view, 2> by_outcome_and_scenario{"outcome", "scenario"};
constexpr std::array<std::string_view, 3> by_quantile{"outcome", "what_if", "percent"};
constexpr std::array<std::string_view, 2> by_what_if_and_day{"what_if", "day"};
constexpr std::array<std::string_view, 3> by_what_if_day_and_series{"what_if", "day", "series"};
constexpr std::array<std::string_view, 1> by_point{"point"};
constexpr std::array<std::string_view, 2> by_point_and_replication{"point", "replication"};
constexpr std::array<std::string_view, 1> by_name{"name"};

constexpr std::array what_if_of{ForeignKey{"what_if", "scenarios", "scenario"}};
constexpr std::array scenario_of{ForeignKey{"scenario", "scenarios", "scenario"}};
constexpr std::array point_of{ForeignKey{"point", "points", "point"}};

// The dictionary has no key: its column "entry" is empty in most rows. Neither have the tables of
// an analysis, where an empty input means all of them.
const std::array all_facts{
    TableFacts{
        "run", "summary", "A row for each outcome, and for each part of its breakdown.", by_id, {}},
    TableFacts{"run",
               "replications",
               "A row for each replication, with every outcome.",
               by_replication,
               {}},
    TableFacts{"run", "timeline", "A row for each day and series.", by_day_and_series, {}},
    TableFacts{
        "run", "survival", "A row for each day since the ceasefire took effect.", by_day, {}},
    TableFacts{"run",
               "assumptions",
               "A row for each value of the scenario, with its source.",
               by_path,
               {}},
    TableFacts{
        "compare", "scenarios", "A row for each scenario that is compared.", by_scenario, {}},
    TableFacts{"compare", "compare", "A row for each outcome and what-if: what it changes.",
               by_outcome_and_what_if, what_if_of},
    TableFacts{"compare", "best", "A row for each outcome and scenario: how near to the best.",
               by_outcome_and_scenario, scenario_of},
    TableFacts{"compare", "quantiles", "A row for each outcome, what-if and percentage.",
               by_quantile, what_if_of},
    TableFacts{"compare", "survival_compare", "A row for each what-if and length of time.",
               by_what_if_and_day, what_if_of},
    TableFacts{"compare", "timeline_compare", "A row for each what-if, day and series.",
               by_what_if_day_and_series, what_if_of},
    TableFacts{"sweep", "points", "A row for each point of the design.", by_point, {}},
    TableFacts{"sweep", "replications", "A row for each point and replication, with every outcome.",
               by_point_and_replication, point_of},
    TableFacts{"sweep", "factors", "A row for each factor.", by_name, {}},
    TableFacts{"sensitivity", "sensitivity", "A row for each outcome, input and measure.", {}, {}},
    TableFacts{
        "sensitivity", "tornado", "A row for each outcome and factor: from low to high.", {}, {}},
    TableFacts{
        "sensitivity", "variance", "A row for each outcome and way to split its variance.", {}, {}},
    TableFacts{
        "sensitivity", "left_out", "A row for each analysis that was not made, and why.", {}, {}}};

constexpr std::string_view dictionary_meaning =
    "A row for each column of every table: unit, type and meaning.";

}  // namespace

TableFacts table_facts(std::string_view kind, std::string_view table) {
  if (table == "dictionary") return {kind, table, dictionary_meaning, {}, {}};
  const auto* found = std::ranges::find_if(
      all_facts, [&](const auto& one) { return one.kind == kind && one.table == table; });
  return found == all_facts.end() ? TableFacts{kind, table, {}, {}, {}} : *found;
}

}  // namespace truce::exchange
