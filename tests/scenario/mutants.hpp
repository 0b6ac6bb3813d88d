// SPDX-License-Identifier: Apache-2.0
// Scenarios with one change each, as an author might make it: most are mistakes, some are good.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/scenario/document.hpp"

namespace truce::scenario::test {

/// A changed scenario.
struct Mutant {
  std::string text;  ///< YAML
  std::string how;   ///< "unit of another dimension at hubs.lviv.beds: 300 days"
};

/// `count` mutants of a scenario, the same for the same seed; every kind of change in turn.
std::vector<Mutant> mutants_of(const Node& scenario, std::size_t count, std::uint64_t seed);

}  // namespace truce::scenario::test
