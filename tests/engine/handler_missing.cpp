// SPDX-License-Identifier: Apache-2.0
// A model that leaves a kind of event unhandled must not compile: built once as it should be, and
// once for each mistake, which the compiler has to refuse in readable words.
#include <string_view>
#include <variant>

#include "sim/engine/loop.hpp"

namespace {

struct Opens {
  static constexpr std::string_view name = "Opens";
};
struct Closes {
#if !defined(NAMELESS)
  static constexpr std::string_view name = "Closes";
#endif
};
using Event = std::variant<Opens, Closes>;

struct Door {
  void now(truce::Time) {}
  void on(const Opens&) { open = true; }
#if !defined(MISSING)
  void on(const Closes&) {
    open = false;
  }
#endif
  bool open = false;
};

}  // namespace

int main() {
  Door door;
  truce::engine::Calendar<Event> calendar;
  truce::engine::run(door, calendar, truce::never);
  return door.open ? 1 : 0;
}
