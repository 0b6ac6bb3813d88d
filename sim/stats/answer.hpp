// SPDX-License-Identifier: Apache-2.0
// An estimate, or the reason why the sample does not give one.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

#include "sim/core/contract.hpp"

namespace truce::stats {

/// Why there is no estimate.
enum class Refusal {
  too_few,           ///< not enough rows for so many inputs
  constant_outcome,  ///< the outcome is the same in all rows: there is nothing to explain
  constant_input,    ///< an input is the same in all rows
  collinear_inputs,  ///< an input is a linear function of the others
};

/// The reason as the end of a sentence that begins with "not estimated: ".
constexpr std::string_view in_words(Refusal why) {
  switch (why) {
    case Refusal::too_few:
      return "too few rows";
    case Refusal::constant_outcome:
      return "the outcome is the same in all rows";
    case Refusal::constant_input:
      return "an input is the same in all rows";
    case Refusal::collinear_inputs:
      return "an input follows from the others";
  }
  return "";
}

/// A refusal and, where it is about one, the input.
struct Refused {
  Refusal why = Refusal::too_few;
  std::optional<std::size_t> input = {};
  bool operator==(const Refused&) const = default;
};

/// One or the other.
template <class T>
class Answer {
 public:
  // Either is an answer where one is returned.
  Answer(T value) : value_(std::move(value)) {}   // NOLINT(google-explicit-constructor)
  Answer(Refused refused) : refused_(refused) {}  // NOLINT(google-explicit-constructor)

  explicit operator bool() const { return value_.has_value(); }
  /// Contract: there is one.
  const T& operator*() const {
    TRUCE_EXPECT(value_.has_value(), "a refused estimate has no value");
    return *value_;
  }
  const T* operator->() const { return &**this; }
  /// Contract: it was refused.
  const Refused& refused() const {
    TRUCE_EXPECT(!value_.has_value(), "an estimate that was made has no refusal");
    return refused_;
  }

 private:
  std::optional<T> value_;
  Refused refused_;
};

}  // namespace truce::stats
