// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/interrupt.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <string_view>

#include <signal.h>  // NOLINT(modernize-deprecated-headers): sigaction
#include <unistd.h>

namespace truce::cli {
namespace {

constexpr std::array signals{SIGINT, SIGTERM};

// A signal handler can reach nothing but what outlives every function; hence the one variable of
// the program that does.
// NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables)
std::atomic<bool> stop_requested{false};
static_assert(std::atomic<bool>::is_always_lock_free);

extern "C" void on_signal(int) {
  const int saved = errno;
  stop_requested = true;
  constexpr std::string_view text =
      "\nStopping: the blocks at work are finished first. Once more quits at once, with nothing "
      "kept.\n";
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text.data(), text.size());
  for (const int signal : signals) std::signal(signal, SIG_DFL);
  errno = saved;
}

}  // namespace

Interrupt::Interrupt() {
  stop_requested = false;
  for (const int signal : signals) {
    struct sigaction before {};
    ::sigaction(signal, nullptr, &before);
    if (before.sa_handler == SIG_IGN) continue;
    struct sigaction action {};
    action.sa_handler = on_signal;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    ::sigaction(signal, &action, nullptr);
  }
}

Interrupt::~Interrupt() {
  for (const int signal : signals) {
    struct sigaction now {};
    ::sigaction(signal, nullptr, &now);
    if (now.sa_handler == on_signal) std::signal(signal, SIG_DFL);
  }
}

const std::atomic<bool>& Interrupt::requested() const {
  return stop_requested;
}

}  // namespace truce::cli
