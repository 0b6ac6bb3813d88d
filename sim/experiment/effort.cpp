// SPDX-License-Identifier: Apache-2.0
#include "sim/experiment/effort.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/contract.hpp"

#include "sim/stats/moments.hpp"

#include "sim/experiment/crew.hpp"

namespace truce::experiment {
namespace {

/// Values that a column keeps before it counts them in bins: the default of stats::Quantiles.
constexpr double values_exact = 16384;
/// Memory of a value that is kept: vectors grow to twice their size. Bins take no more than these.
constexpr double bytes_of_kept_value = 2 * sizeof(double);

double at_a_time(const Plan& plan, const Machine& machine) {
  return std::max(1u, std::min(plan.threads, machine.cores));
}

}  // namespace

Effort effort_of(const Plan& plan, const Pilot& pilot, const Machine& machine) {
  const auto replications = static_cast<double>(plan.replications);
  const auto columns = static_cast<double>(plan.columns.size());
  const auto cells = static_cast<double>(pilot.days * plan.series.size());
  const double block = static_cast<double>(block_size) * sizeof(double) * (cells + columns) +
                       static_cast<double>(sizeof(stats::Moments)) * (cells + columns);
  const double blocks = std::min(static_cast<double>(blocks_ahead(plan.threads)),
                                 std::ceil(replications / static_cast<double>(block_size)));
  const double kept =
      std::min(replications * cells, std::max(cells, static_cast<double>(values_kept)));
  Effort effort;
  effort.seconds = replications * pilot.seconds / at_a_time(plan, machine);
  effort.disk_bytes = replications * pilot.row_bytes;
  effort.memory_bytes = pilot.resident_bytes + kept * sizeof(double) +
                        columns * std::min(replications, values_exact) * bytes_of_kept_value +
                        blocks * block;
  return effort;
}

std::uint64_t most_that_fit(const Plan& plan, const Pilot& pilot, const Machine& machine) {
  TRUCE_EXPECT(pilot.seconds > 0, "replications played on trial take time");
  double most = longest_run * at_a_time(plan, machine) / pilot.seconds;
  if (pilot.row_bytes > 0) most = std::min(most, machine.free_bytes / pilot.row_bytes);
  if (most < 1) return 0;
  const double unit = std::pow(10.0, std::max(0.0, std::floor(std::log10(most)) - 1));
  return static_cast<std::uint64_t>(std::floor(most / unit) * unit);
}

}  // namespace truce::experiment
