// SPDX-License-Identifier: Apache-2.0
// Effects at work: the one mechanism by which layers, shocks and answers change the model.
//
// A quantity on which effects act is (base or, with set, the value set last) times all factors in
// force plus all terms in force: the order in which effects began matters only between two that
// set. A quantity on which no effect of the scenario could ever act has no target, and costs
// nothing.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "sim/core/contract.hpp"
#include "sim/core/id.hpp"

#include "sim/model/theatre.hpp"

namespace truce::model {

class Quantities {
 public:
  explicit Quantities(const Theatre& theatre) : in_force_(theatre.targets.size()) {}

  /// The value of a quantity whose base value is `base`.
  double of(TargetId target, double base) const {
    return target ? changed(in_force_[target], base) : base;
  }
  /// The same for a chance: kept to [0, 1].
  double chance(TargetId target, double base) const {
    return std::clamp(of(target, base), 0.0, 1.0);
  }
  /// The same for what can't be negative.
  double positive(TargetId target, double base) const { return std::max(0.0, of(target, base)); }

  /// Puts effects in force; the number of this occurrence.
  std::uint32_t begin(const EffectsPlan& effects) {
    const auto occurrence = static_cast<std::uint32_t>(occurrences_.size());
    occurrences_.push_back(&effects);
    for (const auto& effect : effects) in_force_[effect.target].push_back({occurrence, effect});
    return occurrence;
  }
  /// Ends them; what was in force.
  const EffectsPlan& end(std::uint32_t occurrence) {
    TRUCE_EXPECT(occurrences_[occurrence] != nullptr, "effects end once");
    const EffectsPlan& effects = *occurrences_[occurrence];
    occurrences_[occurrence] = nullptr;
    for (const auto& effect : effects) {
      std::erase_if(in_force_[effect.target],
                    [&](const InForce& one) { return one.occurrence == occurrence; });
    }
    return effects;
  }

 private:
  struct InForce {
    std::uint32_t occurrence = 0;
    EffectPlan effect;
  };

  static double changed(const std::vector<InForce>& effects, double base) {
    double factor = 1.0;
    double term = 0.0;
    for (const auto& one : effects) {
      switch (one.effect.operation) {
        case scenario::Operation::times:
          factor *= one.effect.value;
          break;
        case scenario::Operation::plus:
          term += one.effect.value;
          break;
        case scenario::Operation::set:
          base = one.effect.value;
          break;
      }
    }
    return base * factor + term;
  }

  IdVector<TargetTag, std::vector<InForce>> in_force_;
  std::vector<const EffectsPlan*> occurrences_;
};

/// Which political facts hold in this replication.
class Facts {
 public:
  Facts(const Theatre& theatre, random::ReplicationKey key) {
    for (const auto& fact : theatre.facts) holds_.push_back(fact.holds(key));
  }
  bool hold(const std::vector<FactId>& needed) const {
    return std::all_of(needed.begin(), needed.end(), [&](FactId id) { return holds_[id]; });
  }
  bool holds(FactId id) const { return holds_[id]; }

 private:
  IdVector<scenario::FactSpec, char> holds_;
};

}  // namespace truce::model
