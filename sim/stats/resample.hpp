// SPDX-License-Identifier: Apache-2.0
// Samples drawn again from a sample, to see how far an estimate could have come out otherwise.
//
// Bootstrap (Efron, "Bootstrap methods: another look at the jackknife", Ann. Statist. 7, 1979): n
// rows are drawn with replacement from n. Draws are keyed by seed, purpose and number of the
// bootstrap sample: none depends on another or on threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "sim/random/stream.hpp"

#include "sim/stats/interval.hpp"

namespace truce::stats {

/// How an interval is made by resampling.
struct Bootstrap {
  std::uint64_t seed = 0;
  std::size_t samples = 1000;
  double level = 0.95;
};

/// How often each row occurs in bootstrap samples for one purpose.
class Resampling {
 public:
  Resampling(std::string_view purpose, std::uint64_t seed)
      : source_("bootstrap", purpose), seed_(seed) {}

  /// Overwrites `counts` with those of bootstrap sample `number`; they sum to its size, which is
  /// below 2^32.
  void draw(std::uint64_t number, std::span<double> counts) const;

 private:
  random::Source source_;
  std::uint64_t seed_;
};

/// The interval between the (1 -+ level) / 2 quantiles of an estimate over bootstrap samples, read
/// linearly between the ranks beside (samples + 1) p. Absent below two values.
std::optional<Interval> percentile_interval(std::vector<double> estimates, double level);

}  // namespace truce::stats
