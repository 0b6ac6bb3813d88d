// SPDX-License-Identifier: Apache-2.0
// What a programmer without an engine would use: std::priority_queue of 24-byte events, in the
// order of time and of scheduling. The engine is measured beside it.
#pragma once

#include <cstdint>
#include <queue>
#include <vector>

namespace truce::bench {

struct Queued {
  std::int64_t time;
  std::uint64_t sequence;
  std::uint64_t detail;  ///< the event's kind, or whom it concerns
};
struct Later {
  bool operator()(const Queued& a, const Queued& b) const {
    return a.time != b.time ? a.time > b.time : a.sequence > b.sequence;
  }
};
using Queue = std::priority_queue<Queued, std::vector<Queued>, Later>;

}  // namespace truce::bench
