// SPDX-License-Identifier: Apache-2.0
// A step function of time whose mean is wanted from the ceasefire on.
#pragma once

#include "sim/core/time.hpp"

#include "sim/stats/time_average.hpp"

namespace truce::model {

class Level {
 public:
  void add(Time now, double delta) { average_.add(now, delta); }
  void set(Time now, double value) { average_.set(now, value); }
  double current() const { return average_.current(); }
  double max() const { return average_.max(); }

  /// The past no longer counts: integrals and means begin now.
  void begin(Time now) {
    before_ = average_.integral(now);
    begin_ = now;
  }
  /// Since the beginning [unit of the value times days].
  double integral(Time until) const { return average_.integral(until) - before_; }
  /// Mean since the beginning; 0 over no time.
  double mean(Time until) const {
    return until > begin_ ? integral(until) / in_days(until - begin_) : 0.0;
  }

 private:
  stats::TimeAverage average_;
  double before_ = 0.0;
  Time begin_ = start_of_time;
};

}  // namespace truce::model
