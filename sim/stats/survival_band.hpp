// SPDX-License-Identifier: Apache-2.0
// A band that contains the whole curve of how long something lasts, not each of its points alone.
//
// The equal-precision band (Nair, "Confidence bands for survival functions with censored data: a
// comparative study", Technometrics 26, 1984) is c standard errors wide wherever the pointwise
// interval is z; taken of log(-log S), as Borgan and Liestoel propose (Scand. J. Statist. 17,
// 1990), it stays within (0, 1). With a = n s^2 / (1 + n s^2), s^2 = var(S) / S^2, from a_L to a_U,
//
//   4 f(c) / c + f(c) (c - 1 / c) log(a_U (1 - a_L) / (a_L (1 - a_U))) = 1 - level
//
// for the normal density f (Miller and Siegmund, "Maximally selected chi square statistics",
// Biometrics 38, 1982).
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "sim/core/time.hpp"

#include "sim/stats/survival.hpp"

namespace truce::stats {

/// The curve between the first and the last time at which enough has ended and enough lasts.
struct SurvivalBand {
  struct Point {
    Duration time{0};
    Chance lasts;  ///< S and the band around it
  };
  double factor = 0.0;  ///< c, standard errors to either side
  std::vector<Point> points;
};

/// The band at some times, as Survival::at() takes them, where a lies in [0.05, 0.95]: before, too
/// few have ended, and after, too few are left for the law that c comes from. Absent if it does
/// nowhere. Contract: 0 < level < 1.
std::optional<SurvivalBand> survival_band(const Survival& survival, std::span<const Duration> times,
                                          double level);

}  // namespace truce::stats
