// SPDX-License-Identifier: Apache-2.0
// Contracts: a broken promise of the program itself ends the run and says how to replay it.
//
// The check throws where it fails and carries what is known there; the loop adds simulated time
// and event, the experiment adds scenario, seed, replication and the command that replays it. No
// hidden global carries that context.
#pragma once

#include <source_location>
#include <stdexcept>
#include <string>
#include <string_view>

namespace truce {

/// A defect of the program (not of the scenario, not of the disk).
class ContractViolation : public std::logic_error {
 public:
  ContractViolation(std::string_view condition, std::string_view meaning,
                    std::source_location where);
  /// Adds a line of context; each level that knows more adds its own.
  void add(std::string_view context);
  const char* what() const noexcept override { return text_.c_str(); }

 private:
  std::string text_;
};

[[noreturn]] void fail_contract(std::string_view condition, std::string_view meaning,
                                std::source_location where);

}  // namespace truce

// The only macros of the program: they need the text of the condition. `meaning` says what the
// condition protects, for a reader who has never seen the code.
// NOLINTBEGIN(cppcoreguidelines-macro-usage)
#ifndef TRUCE_WITHOUT_CONTRACTS
#define TRUCE_EXPECT(condition, meaning) \
  ((condition) ? void()                  \
               : ::truce::fail_contract(#condition, meaning, std::source_location::current()))
#else  // only to measure what they cost (scripts/bench contracts)
#define TRUCE_EXPECT(condition, meaning) static_cast<void>(sizeof((condition) ? 1 : 0))
#endif
#define TRUCE_ENSURE(condition, meaning) TRUCE_EXPECT(condition, meaning)
// NOLINTEND(cppcoreguidelines-macro-usage)
