// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/progress.hpp"

#include <cmath>

#include "sim/report/narrative.hpp"

#include "sim/cli/console.hpp"

namespace truce::cli {
namespace {

constexpr std::chrono::seconds between_lines{10};

/// "0:27", "1:02:03"
std::string clock_text(double seconds) {
  const auto whole = static_cast<std::int64_t>(std::ceil(seconds));
  const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  const auto minutes = whole / 60;
  if (minutes < 60) return std::to_string(minutes) + ":" + two(whole % 60);
  return std::to_string(minutes / 60) + ":" + two(minutes % 60) + ":" + two(whole % 60);
}

}  // namespace

std::string progress_text(std::uint64_t done, std::uint64_t planned, double seconds) {
  std::string text = report::grouped(static_cast<double>(done), 0) + " of " +
                     report::grouped(static_cast<double>(planned), 0) + " replications";
  if (done == 0 || seconds <= 0.0) return text;
  const double rate = static_cast<double>(done) / seconds;
  text += ", " + report::grouped(rate, rate < 100.0 ? 1 : 0) + " a second";
  if (done < planned) {
    text += ", " + clock_text(static_cast<double>(planned - done) / rate) + " left";
  }
  return text;
}

Progress::Progress(ProgressStyle style) : style_(style), start_(Clock::now()), last_line_(start_) {}

void Progress::update(std::uint64_t done, std::uint64_t planned) {
  if (style_ == ProgressStyle::none) return;
  const auto now = Clock::now();
  const auto text =
      progress_text(done, planned, std::chrono::duration<double>(now - start_).count());
  if (style_ == ProgressStyle::terminal) {
    complain("\r" + text + "\x1b[K");
    line_is_open_ = true;
    return;
  }
  const auto tenth = done * 10 / planned;
  if (tenth == last_tenth_ && now - last_line_ < between_lines) return;
  last_tenth_ = tenth;
  last_line_ = now;
  complain(text + "\n");
}

void Progress::finish() {
  if (line_is_open_) complain("\n");
  line_is_open_ = false;
}

}  // namespace truce::cli
