// SPDX-License-Identifier: Apache-2.0
// What the world shows at a moment and at the end, and the contracts that hold at any time.
#include "sim/model/ledger.hpp"
#include "sim/model/world.hpp"

namespace truce::model {

using scenario::Function;

Snapshot World::snapshot() const {
  Snapshot now;
  for (std::size_t f = 0; f < scenario::function_count; ++f) {
    now.troops[f] = pledges_.troops(static_cast<Function>(f));
  }
  now.troops_total = pledges_.troops();
  now.incidents_today = incidents_.today();
  now.recorded_today = verification_.recorded_today();
  now.open_cases = verification_.open_cases();
  now.teams_at_work = verification_.teams_at_work();
  now.coverage = sensing_.coverage();
  now.verified_today = verification_.verified_today();
  now.team_queue = verification_.queue();
  now.desk_queue = coordination_.queue();
  return now;
}

void World::check() const {
  pledges_.check();
  verification_.check();
  services_.check();
}

Replication World::report(std::uint64_t events) {
  const Time until = ended_.value_or(stage_.theatre.horizon);
  const double days = record_.days_of_ceasefire(until);
  Replication replication{Outcome::of(scenario_), {}, {}};
  Outcome& outcome = replication.outcome;
  pledges_.report(outcome, until);
  incidents_.report(outcome, days);
  sensing_.report(outcome, until);
  verification_.report(outcome, days, until);
  coordination_.report(outcome, until);
  for (const auto hub : stage_.theatre.hubs.ids()) services_.settle(hub);
  services_.report(outcome, until);
  layers_.report(outcome, until);
  outcome.shocks = shocks_.strikes();
  record_.report(outcome);
  crisis_.report(outcome, record_.ceasefire(), stage_.theatre.horizon);
  report_costs(outcome, stage_, pledges_, sensing_, services_, hubs_built_, until);
  outcome.events = static_cast<double>(events);
  replication.timeline = record_.take_timeline();
  replication.ceasefire = crisis_.fate(record_.ceasefire(), until);
  return replication;
}

}  // namespace truce::model
