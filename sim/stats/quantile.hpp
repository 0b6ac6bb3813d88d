// SPDX-License-Identifier: Apache-2.0
// Quantiles of a sample, such as the median or the worst 5 %, with intervals that assume nothing
// about the distribution, in bounded memory.
//
// Up to `exact_limit` values are kept as they are. Beyond, they are counted in bins that split
// each power of two evenly, so that a bin is never wider than `relative_width` of its values. The
// bin is read off the bits of the double: no logarithm, hence no difference between processors. A
// bin holds its count and its least and greatest value; these, unlike a sum of doubles, do not
// depend on the order or grouping of additions, and equal values stay exact. With the default
// width this holds for every integer up to 2048.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "sim/stats/interval.hpp"

namespace truce::stats {

/// Ranks in the ordered sample, counted from 1.
struct Ranks {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  bool operator==(const Ranks&) const = default;
};

/// The ranks l < u of `n` independent values between which the `p`-quantile of their distribution
/// lies with at least probability `level`: P(l <= B < u) >= level for B ~ Binomial(n, p), with at
/// most (1 - level) / 2 on either side (David and Nagaraja, Order Statistics, 3rd ed., 7.1).
/// Absent if n is too small for that. Needs 0 < p < 1 and 0 < level < 1.
std::optional<Ranks> quantile_ranks(std::uint64_t n, double p, double level);

/// Sample quantiles. The state depends on the values and their order, not on how they were split
/// into parts before merging.
class Quantiles {
 public:
  /// `relative_width` is between 1e-5 and 0.5; it is rounded down to a power of two.
  explicit Quantiles(std::size_t exact_limit = 16384, double relative_width = 0.001);

  /// Takes one value in. One that is not finite is a contract violation.
  void add(double value);
  /// Takes in what `other`, made with the same parameters, has seen.
  void merge(const Quantiles& other);

  std::uint64_t count() const { return count_; }
  /// Whether every value is still kept.
  bool exact() const { return bins_.empty(); }

  /// The value of rank `k`, 1 <= k <= count(). In bins it is read between the least and the
  /// greatest value of its bin, so that it is wrong by less than `relative_width` of itself (for
  /// magnitudes above 1e-307), and least and greatest of all are exact.
  double value_at_rank(std::uint64_t k) const;

  /// The sample quantile, 0 <= p <= 1: linear between the values of the ranks beside
  /// 1 + (n - 1) p (type 7 of Hyndman and Fan, "Sample quantiles in statistical packages", Am.
  /// Stat. 50, 1996). Absent for no value.
  std::optional<double> quantile(double p) const;

  /// The interval of the distribution's `p`-quantile between the values of quantile_ranks();
  /// absent as those are.
  std::optional<Interval> interval(double p, double level) const;

  /// Memory in use [bytes]: 8 per value while exact, then 32 per bin (up to twice that, as vectors
  /// grow), with at most 3,402 bins per sign and decade of magnitude for the default width.
  std::size_t memory_bytes() const;

  bool operator==(const Quantiles&) const = default;

 private:
  struct Bin {
    std::int32_t key = 0;
    std::uint64_t count = 0;
    double min = 0.0;
    double max = 0.0;
    bool operator==(const Bin&) const = default;
  };

  std::int32_t key_of(double value) const;
  void collapse();
  void put(const Bin& bin);

  std::size_t exact_limit_;
  unsigned key_shift_;  ///< bits of a double below those that choose the bin
  std::uint64_t count_ = 0;
  std::vector<double> values_;  ///< in the order of addition, while exact
  std::vector<Bin> bins_;       ///< by key, that is by value; afterwards
};

}  // namespace truce::stats
