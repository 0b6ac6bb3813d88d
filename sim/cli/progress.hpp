// SPDX-License-Identifier: Apache-2.0
// How far a run has come and how long it will take: one line that is rewritten on a terminal, a
// line now and then in a log.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace truce::cli {

enum class ProgressStyle : std::uint8_t { none, terminal, log };

/// Reports progress on standard error.
class Progress {
 public:
  using Clock = std::chrono::steady_clock;

  explicit Progress(ProgressStyle style);
  /// `done` of `planned` replications are done now. A log gets a line every 10 % or 10 seconds.
  void update(std::uint64_t done, std::uint64_t planned);
  /// Ends the line on a terminal.
  void finish();

 private:
  ProgressStyle style_;
  Clock::time_point start_;
  Clock::time_point last_line_;
  std::uint64_t last_tenth_ = 0;
  bool line_is_open_ = false;
};

/// "384 of 1,000 replications, 23.1 a second, 0:27 left"
std::string progress_text(std::uint64_t done, std::uint64_t planned, double seconds);

}  // namespace truce::cli
