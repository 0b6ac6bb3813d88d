// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "sim/core/text.hpp"

#include "sim/scenario/read.hpp"
#include "sim/scenario/realisation.hpp"
#include "sim/scenario/rules.hpp"

namespace truce::scenario {

void check_parameters(const Loaded& loaded, const Complain& complain) {
  const Scenario& s = loaded.scenario;
  for (const auto id : s.parameters.ids()) {
    const auto& spec = s.parameters[id];
    const std::string path = "parameters." + s.parameters.name(id);
    if (!spec.unit.empty() && !parse_unit(spec.unit)) {
      complain(Code::unknown_unit, path + ".unit",
               "the unit '" + printable(spec.unit) + "' is not known", "For example days or km/h.");
    }
    if (spec.kind == ParameterKind::uncertain && !spec.drawn()) {
      complain(Code::belong_together, path + ".kind",
               "the parameter is uncertain, but has no distribution",
               "Give a distribution, or kind: decision or fixed.");
    }
    if (spec.kind && spec.kind != ParameterKind::uncertain && spec.drawn()) {
      complain(Code::belong_together, path + ".kind",
               "a parameter that is decided or fixed has no distribution",
               "Give one value, or kind: uncertain.");
    }
  }
  constexpr std::size_t most_variations = 1000;
  if (s.variations.size() > most_variations) {
    complain(Code::too_large, "variations",
             "the scenario has more than " + std::to_string(most_variations) + " variations",
             "Each is checked as a whole scenario; sweep a parameter instead.");
  }
  std::set<std::set<std::string>> seen;
  bool sound = true;
  for (std::size_t i = 0; i < s.correlations.size(); ++i) {
    const auto& correlation = s.correlations[i];
    const std::string path = "correlations." + std::to_string(i);
    const auto wrong = [&](std::string what, std::string accepted) {
      sound = false;
      complain(Code::bad_correlation, path + ".between", std::move(what), std::move(accepted));
    };
    std::set<std::string> pair;
    for (const auto& ref : correlation.between) {
      pair.insert(ref.name);
      if (!s.parameters.find(ref)) sound = false;  // told with the other references
    }
    if (correlation.between.size() != 2 || pair.size() != 2) {
      wrong("a correlation is between two parameters", "Name two.");
    } else if (!seen.insert(pair).second) {
      wrong("the same two are correlated twice", "Keep one of the two.");
    }
  }
  if (!sound) return;
  const std::string entries = impossible_correlations(s);
  if (entries.empty()) return;
  complain(Code::impossible_correlations, "correlations",
           "no distribution has these correlations: " + entries,
           "Weaken one of them, or give those that are missing between the same parameters.");
}

}  // namespace truce::scenario
