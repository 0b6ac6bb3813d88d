// SPDX-License-Identifier: Apache-2.0
// A replication that would not end is stopped, and shows the last events so that its circle can be
// seen.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/time.hpp"

namespace truce::engine {

/// How many events are too many. Counts, not wall-clock time, so that a run fails on every machine
/// or on none.
struct Limits {
  std::uint64_t at_one_instant = 100'000;  ///< events that share one simulated time
  std::uint64_t in_total = 100'000'000;    ///< events of one run
};

/// One event that happened.
struct Step {
  Time time;
  std::string_view event;
};

/// The last events of a run; remembering one costs two stores.
class Trail {
 public:
  static constexpr std::size_t length = 20;

  void record(Time time, std::size_t kind) { steps_[count_++ % ring] = {time, kind}; }
  /// At most the last 20 steps, oldest first; `names` by kind.
  std::vector<Step> last(std::span<const std::string_view> names) const;

 private:
  static constexpr std::size_t ring = 32;
  struct Mark {
    Time time;
    std::size_t kind = 0;
  };
  std::array<Mark, ring> steps_{};
  std::size_t count_ = 0;
};

/// A run exceeded one of its Limits: two events that keep causing each other, or a scenario much
/// too large. what() names the limit, the simulated time and the last events.
class RunAway : public std::runtime_error {
 public:
  /// `limit` names the limit and `allowed` its value; the last of `steps` went beyond it.
  RunAway(std::string_view limit, std::uint64_t allowed, std::span<const Step> steps);
  /// Adds a line of context, such as seed and replication.
  void add(std::string_view context);
  const char* what() const noexcept override { return text_.c_str(); }

 private:
  std::string text_;
};

}  // namespace truce::engine
