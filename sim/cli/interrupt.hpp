// SPDX-License-Identifier: Apache-2.0
// Ctrl-C once: stop and keep what is finished. Twice: quit at once.
#pragma once

#include <atomic>

namespace truce::cli {

/// While it lives, the first SIGINT or SIGTERM is a request, and the next one does what it always
/// does. A signal that the program was started to ignore stays ignored.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  /// True from the first signal on.
  const std::atomic<bool>& requested() const;
};

}  // namespace truce::cli
