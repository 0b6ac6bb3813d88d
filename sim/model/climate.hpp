// SPDX-License-Identifier: Apache-2.0
// Climate: what no rule of the model explains, the will of the parties and its daily noise.
//
// The factor on the baseline of a sector is the multiplier of the regime of the whole line, a
// continuous-time Markov chain with exponential stays and with erosion m exp(g t) up to a ceiling,
// times the daily factor of the sector's region, exp(sigma z_d - sigma^2/2) with
// z_d = phi z_(d-1) + sqrt(1 - phi^2) e_d, e_d standard normal. The weather of a region is bad on a
// day if a second such series falls below the quantile of the day's share of bad weather.
#pragma once

#include <vector>

#include "sim/model/stage.hpp"

namespace truce::model {

class Climate {
 public:
  explicit Climate(Stage& stage);

  /// The first day.
  void start() { draw_day(0); }
  void on(const CeasefireTakesEffect&);
  void on(const RegimeChanges&);
  /// A new day of the scenario begins.
  void new_day(std::size_t day);

  /// Factor on the baseline of the sectors of a region.
  double factor(std::size_t region) const;
  bool bad_weather(std::size_t region) const { return regions_[region].bad_weather; }
  RegimeId regime() const { return regime_; }

 private:
  struct Region {
    random::Source climate;
    random::Source weather;
    double z = 0.0;
    double w = 0.0;
    bool bad_weather = false;
  };
  void draw_day(std::size_t day);
  void enter(RegimeId regime);
  double bad_share(std::size_t day) const;

  Stage& stage_;
  std::vector<Region> regions_;
  RegimeId regime_;
  std::uint64_t regimes_entered_ = 0;
  Time entered_ = start_of_time;
};

}  // namespace truce::model
