// SPDX-License-Identifier: Apache-2.0
// What a what-if changes, and how sure that is, from replications that two arms play on the same
// luck: the mean of the difference, or the difference of two probabilities.
//
//   mean(to - from) -+ t(1 - (1 - level) / 2, n - 1) sd(to - from) / sqrt(n)
//
// is Student's interval (Biometrika 6, 1908) of the n differences, exact if they are normal. What
// playing on the same luck has saved: independent arms would need n (v_from + v_to) / v_difference
// replications each for the same standard error (Glasserman and Yao, Management Science 38, 1992).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "sim/stats/interval.hpp"
#include "sim/stats/joint.hpp"

namespace truce::stats {

/// The difference of two means, to - from, in the unit of the values.
struct PairedDifference {
  std::uint64_t n = 0;  ///< replications
  double mean = 0.0;
  double standard_error = 0.0;
  Interval interval;
  double p = 1.0;  ///< two-sided, of no difference of means
  /// Of the two arms; absent where an arm does not vary.
  std::optional<double> correlation;
  /// Replications of each of two independent arms that would give the same standard error; absent
  /// where all differences are equal, which no number of them would give.
  std::optional<double> independent_n;
  /// independent_n / n: above 1 the same luck has saved replications.
  std::optional<double> gain;
};

/// Compares two arms. If all differences are equal, the interval is the point, and p is 1 for 0 and
/// 0 for any other. Absent below two replications. Contracts: arms of `joint`, 0 < level < 1.
std::optional<PairedDifference> paired_difference(const JointMoments& joint, std::size_t from,
                                                  std::size_t to, double level);

/// How often something happened in both arms of a replication, in one of them, in none.
struct PairedCounts {
  std::uint64_t both = 0;
  std::uint64_t only_from = 0;
  std::uint64_t only_to = 0;
  std::uint64_t neither = 0;

  /// Takes one replication in.
  void add(bool in_from, bool in_to);
  /// Takes in what `other` has seen.
  void merge(const PairedCounts& other);
  std::uint64_t n() const { return both + only_from + only_to + neither; }
  bool operator==(const PairedCounts&) const = default;
};

/// Interval of the difference of probabilities, P(to) - P(from): the differences that the score
/// test does not reject (Tango, "Equivalence test and confidence interval for the difference in
/// proportions for the paired-sample design", Statistics in Medicine 17, 1998). Within [-1, 1];
/// without any change it still says how much is possible. Absent for n = 0.
std::optional<Interval> tango_interval(const PairedCounts& counts, double level);

/// Two-sided p-value of equal probabilities: McNemar's test (Psychometrika 12, 1947) in its mid-p
/// form, P(X < x) + P(X = x) / 2, doubled, for the lesser x of the two counts of change, binomial
/// with 1/2. Its level comes closer to the nominal than that of the exact test, which is about half
/// of it at small counts (Fagerland, Lydersen and Laake, BMC Medical Research Methodology 13,
/// 2013). 1 if nothing changed.
double mcnemar_p(const PairedCounts& counts);

}  // namespace truce::stats
