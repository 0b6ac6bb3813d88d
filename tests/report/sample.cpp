// SPDX-License-Identifier: Apache-2.0
#include "tests/report/sample.hpp"

#include <string>
#include <utility>

#include "sim/scenario/document.hpp"

#include "sim/experiment/block.hpp"

namespace truce::report {

const std::string_view scenario_text = R"(truce: 1
name: Sample
start: 2026-07-01
horizon: 90 days
ceasefire: {takes_effect: 2026-07-15}
places:
  depot: {at: [50.0, 22.0], country: PL}
  town: {at: [49.8, 24.0], country: UA}
routes:
  road: {from: depot, to: town, time: {uniform: [1 day, 2 days]}}
contributors:
  norway:
    title: "=Norway, \"NO\""
    pledges:
      monitors: {function: monitoring, troops: 80 troops, from: depot, hubs: [town], note: assumption}
hubs:
  town: {place: town}
incident_types:
  shelling: {share: 1, grade: serious}
sectors:
  east: {from: [49.0, 37.0], to: [48.0, 38.0], length: 150 km, incidents: {rate: 2 /day}}
cells:
  cell-1: {hub: town, watches: [east], teams: 4}
verification:
  {work: 6 h, analysis: 1 day, expires_after: 30 days, attribution: {in_country: 0.8, neighbouring: 0.5, remote: 20 %}}
)";

scenario::Loaded sample_scenario() {
  return scenario::read(scenario::parse(scenario_text, "sample.yaml"));
}

model::Column column_of(std::string_view outcome, std::string_view label, std::string_view unit,
                        std::string_view breakdown, std::string_view key) {
  model::Column column;
  column.outcome = outcome;
  column.breakdown = breakdown;
  column.key = key;
  column.id = column.outcome + (key.empty() ? "" : "." + column.key);
  column.label = std::string(label) + (key.empty() ? "" : ": " + column.key);
  column.unit = unit;
  column.meaning = "Meaning of " + column.id + ".";
  return column;
}

experiment::Results sample_results(std::uint64_t replications) {
  experiment::Results results;
  results.seed = 20260106;
  results.planned = replications;
  results.columns = {column_of("incidents_per_day", "Incidents a day", "incidents/day"),
                     column_of("initial_capability", "Initial capability reached", ""),
                     column_of("coverage", "Coverage of the line", "", "sector", "east"),
                     column_of("handling_delay", "Incident to end of handling", "days"),
                     column_of("detection_delay", "Incident to detection", "days")};
  results.columns[1].scale = model::Scale::proportion;
  results.columns[2].better = model::Direction::higher;
  results.series = {{"troops.air", "Troops in place: air", "troops", "At the end of the day."},
                    {"incidents", "Incidents", "incidents", ""}};
  experiment::Block block;
  for (std::uint64_t i = 0; i < replications; ++i) {
    const auto x = static_cast<double>(i);
    block.add({.row = {1234.0 + x, i % 4 == 0 ? 1.0 : 0.0, 0.125, model::absent,
                       i % 2 == 0 ? 0.25 : model::absent},
               .timeline = {.days = 3, .values = {0.0, x, 10.0, x, 20.0, -x}}},
              results.columns);
    if (block.played().size() == experiment::block_size || i + 1 == replications) {
      results.fold(std::exchange(block, {}));
    }
  }
  return results;
}

}  // namespace truce::report
