// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/console.hpp"

#include <cerrno>
#include <csignal>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

#include "sim/core/problem.hpp"

namespace truce::cli {
namespace {

/// Writes all of it; false with the cause in errno.
bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const auto written = ::write(descriptor, text.data(), text.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return false;
    }
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

void prepare_console() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    // A new descriptor takes the lowest free number: that of the closed stream.
    if (::fcntl(stream, F_GETFD) < 0 && ::open("/dev/null", O_RDWR) != stream) ::_exit(1);
  }
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

void say(std::string_view text) {
  if (!write_all(STDOUT_FILENO, text) && errno != EPIPE) {
    throw WorldError("standard output", std::generic_category().message(errno));
  }
}

void complain(std::string_view text) {
  write_all(STDERR_FILENO, text);
}

bool error_is_terminal() {
  return ::isatty(STDERR_FILENO) != 0;
}

}  // namespace truce::cli
