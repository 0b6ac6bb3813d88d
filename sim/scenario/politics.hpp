// SPDX-License-Identifier: Apache-2.0
// The political frame: facts that hold or not, effects, layers of security assurances, shocks, and
// the climate of political will.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/terms.hpp"

namespace truce::scenario {

/// A political fact that holds or not in a replication, such as a backstop that is given.
struct FactSpec {
  Variate<Number> probability{1.0};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("probability", self.probability, needed | between(0, 1),
          "Chance that it holds; drawn and decided once a replication.");
  }
};

/// What an effect does to its target.
enum class Operation : std::uint8_t { times, plus, set };

/// One effect: multiplies, adds to, or sets the quantity at a path of the scenario.
struct Effect {
  std::string target;  ///< path; a step may be * for all
  Operation operation = Operation::times;
  double value = 1.0;  ///< in the canonical unit of its dimension
  Dimension dimension{};
};

/// Effects of one cause: {sectors.*.incidents.rate: {times: 0.5}, ...}.
struct Effects {
  std::vector<Effect> items;
};

/// What starts a layer.
struct Trigger {
  enum class Kind : std::uint8_t {
    start,
    ceasefire,
    initial_capability,
    full_capability,
    crisis,
    breakdown,
    renewed_hostilities,
    restoration,
    date,
    layer
  };
  Kind kind = Kind::ceasefire;
  Date date{};
  std::string layer;  ///< name of another layer
};

/// One layer of the security assurances.
struct LayerSpec {
  std::string title;
  Trigger trigger;
  std::vector<Ref<FactSpec>> needs;
  Variate<Days> delay{0.0};
  std::optional<Variate<Days>> lasts;
  Effects effects;
  std::optional<Tonnes> stock;
  Effects while_stocked;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("title", self.title, optional, "Name for people.");
    visit("trigger", self.trigger, needed,
          "What starts it: start, ceasefire, initial-capability, full-capability, crisis, "
          "breakdown, renewed-hostilities, restoration, a date, or layer NAME.");
    visit("needs", self.needs, optional, "Facts without which it stays dormant.");
    visit("delay", self.delay, optional | at_least(0),
          "Time from trigger to activation; drawn per activation.");
    visit("lasts", self.lasts, optional | above(0),
          "Time it stays active; for good if left out. Drawn per activation.");
    visit("effects", self.effects, optional, "What it changes while it is active.");
    visit("stock", self.stock, optional | above(0),
          "What the hubs' stores must hold together for while_stocked; looked at once a day and "
          "when a store is hit.");
    visit("while_stocked", self.while_stocked, optional,
          "What it changes besides while it is active and the stores hold so much.");
  }
};

struct MemberSpec;

/// A political event.
struct ShockSpec {
  std::string title;
  std::optional<Moment> at;
  std::optional<Days> by;
  std::optional<PerDay> rate;
  Variate<Number> probability{1.0};
  std::vector<Ref<FactSpec>> needs;
  std::optional<Variate<Days>> lasts;
  Effects effects;
  std::vector<std::string> withdraws;
  Variate<Days> notice{0.0};
  std::vector<Ref<MemberSpec>> members_out;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("title", self.title, optional, "Name for people.");
    visit("at", self.at, optional, "When it comes: a date or a time after the start.");
    visit("by", self.by, optional | above(0),
          "Instead: it comes at a time drawn evenly between the ceasefire and so long after it.");
    visit(
        "rate", self.rate, optional | above(0),
        "Instead: it comes again and again from the ceasefire on, at random at this rate, but not "
        "while it lasts.");
    visit("probability", self.probability, optional | between(0, 1),
          "Chance that it comes at all (with rate: each time); drawn once a replication.");
    visit("needs", self.needs, optional, "Facts without which it does not come.");
    visit("lasts", self.lasts, optional | above(0),
          "How long effects and absences last; for good if left out. Drawn per occurrence.");
    visit("effects", self.effects, optional, "What it changes while it lasts.");
    visit("withdraws", self.withdraws, optional,
          "Contributors, or pledges as contributor.pledge, that go home for good.");
    visit("notice", self.notice, optional | at_least(0),
          "Time from the shock until withdrawn troops leave; drawn per contingent.");
    visit("members_out", self.members_out, optional,
          "Members of the coordination cell that are out while it lasts.");
  }
};

/// A regime of political will along the whole line.
struct RegimeSpec {
  double multiplier = 1.0;
  PerDay growth{0.0};
  double ceiling = 1000.0;
  std::optional<Days> mean_stay;
  Numbers<RegimeSpec, double> next;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("multiplier", self.multiplier, needed | above(0),
          "Factor on all baselines when the regime begins.");
    visit("growth", self.growth, optional | at_least(0),
          "Erosion: rate at which the factor grows exponentially, day by day.");
    visit("ceiling", self.ceiling, optional | above(0), "Where erosion stops.");
    visit("mean_stay", self.mean_stay, optional | above(0),
          "Mean of the exponential stay; the regime lasts if left out.");
    visit("next", self.next, optional | at_least(0), "Weights of the regimes that may follow.");
  }
};

/// What no rule of the model explains: the will of the parties, and its day-to-day noise.
struct ClimateSpec {
  Table<RegimeSpec> regimes;
  Numbers<RegimeSpec, double> start;
  double daily_sd = 0.0;
  double daily_persistence = 0.0;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("regimes", self.regimes, needed, "Regimes of political will, by name.");
    visit("start", self.start, needed | at_least(0),
          "Weights of the regimes in which the ceasefire begins.");
    visit("daily_sd", self.daily_sd, optional | at_least(0),
          "Standard deviation of the daily factor of a region (lognormal, mean 1).");
    visit("daily_persistence", self.daily_persistence, optional | from_up_to(0, 1),
          "Correlation of its logarithm from one day to the next (AR(1)).");
  }
};

}  // namespace truce::scenario

namespace truce {
template <>
struct EnumNames<scenario::Operation> {
  static constexpr std::array<std::string_view, 3> names{"times", "plus", "set"};
};
template <>
struct EnumNames<scenario::Trigger::Kind> {
  static constexpr std::array<std::string_view, 10> names{
      "start",  "ceasefire", "initial-capability",  "full-capability",
      "crisis", "breakdown", "renewed-hostilities", "restoration",
      "date",   "layer"};
};
}  // namespace truce
