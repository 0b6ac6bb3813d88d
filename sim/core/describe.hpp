// SPDX-License-Identifier: Apache-2.0
// The contract of "described once": a field is named in one place, beside the variable that holds
// it, with its range and its meaning; its unit is its type's. Reader, writer, reference, columns
// and dictionaries are visitors of that one line.
//
//   struct LegSpec {
//     Kilometres length;
//     template <class Self, class Visitor>
//     static void describe(Self& self, Visitor& visit) {
//       visit("length", self.length, needed | above(0), "Length of the leg.");
//     }
//   };
#pragma once

#include <cstddef>
#include <limits>
#include <string_view>
#include <type_traits>
#include <utility>

namespace truce {

/// What the reader demands of a field, in the canonical unit of its type.
struct Rule {
  bool required = false;
  double least = -std::numeric_limits<double>::infinity();
  double most = std::numeric_limits<double>::infinity();
  bool above = false;  ///< `least` itself is refused
  bool below = false;  ///< `most` itself is refused
};

/// The value must be given.
inline constexpr Rule needed{.required = true};
/// The value may be left out; the member's initialiser is the default.
inline constexpr Rule optional{};
constexpr Rule between(double least, double most) {
  return {.least = least, .most = most};
}
constexpr Rule at_least(double least) {
  return {.least = least};
}
constexpr Rule above(double least) {
  return {.least = least, .above = true};
}
constexpr Rule between_open(double least, double most) {
  return {.least = least, .most = most, .above = true, .below = true};
}
constexpr Rule from_up_to(double least, double below) {
  return {.least = least, .most = below, .below = true};
}
/// Both rules at once, in whichever order: `needed | above(0)`, `above(0) | between(-5, 5)`.
constexpr Rule operator|(Rule a, Rule b) {
  const bool equal_least = a.least == b.least;
  const bool equal_most = a.most == b.most;
  return {.required = a.required || b.required,
          .least = a.least > b.least ? a.least : b.least,
          .most = a.most < b.most ? a.most : b.most,
          .above = equal_least         ? a.above || b.above
                   : a.least > b.least ? a.above
                                       : b.above,
          .below = equal_most        ? a.below || b.below
                   : a.most < b.most ? a.below
                                     : b.below};
}

/// A value that converts to anything, to probe how many fields an aggregate has.
struct AnyField {
  template <class T>
  operator T() const;  // NOLINT(google-explicit-constructor)
};

/// Number of fields of an aggregate.
template <class T, class... Probes>
constexpr std::size_t count_fields() {
  static_assert(std::is_aggregate_v<T>);
  if constexpr (requires { T{Probes{}..., AnyField{}}; }) {
    return count_fields<T, Probes..., AnyField>();
  } else {
    return sizeof...(Probes);
  }
}

/// The visitor that only counts.
struct FieldCounter {
  std::size_t fields = 0;
  template <class Field, class... Rest>
  void operator()(std::string_view, Field&, Rest&&...) {
    ++fields;
  }
};

/// Number of fields that `T::describe` names; a test holds it to count_fields<T>().
template <class T>
std::size_t count_described() {
  FieldCounter counter;
  T value{};
  T::describe(value, counter);
  return counter.fields;
}

/// A type that describes its fields.
template <class T>
concept Described = std::is_class_v<T> && requires(T& value) {
  T::describe(value, std::declval<FieldCounter&>());
};

/// Names of an enumeration's values as users write them; specialised beside each enumeration with
/// `static constexpr std::array<std::string_view, n> names`, in the order of the values from 0.
template <class E>
struct EnumNames;

template <class E>
constexpr std::string_view name_of(E value) {
  return EnumNames<E>::names[static_cast<std::size_t>(value)];
}

}  // namespace truce
