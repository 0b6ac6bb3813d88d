// SPDX-License-Identifier: Apache-2.0
// Single values: text to value under a rule, and value to text. The only place where scalars of a
// scenario are interpreted.
#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <type_traits>

#include "sim/core/describe.hpp"
#include "sim/core/quantity.hpp"
#include "sim/core/text.hpp"

#include "sim/random/form.hpp"

#include "sim/scenario/document.hpp"
#include "sim/scenario/parameters.hpp"
#include "sim/scenario/pledges.hpp"
#include "sim/scenario/politics.hpp"
#include "sim/scenario/terms.hpp"

namespace truce::scenario {

/// Where a leaf reports what is wrong: (node, code, what, accepted).
using Report = std::function<void(const Node&, Code, std::string, std::string)>;

void read_leaf(const Node& node, std::string& out, const Rule& rule, const Report& report);
void read_leaf(const Node& node, bool& out, const Rule& rule, const Report& report);
void read_leaf(const Node& node, std::int64_t& out, const Rule& rule, const Report& report);
void read_leaf(const Node& node, Date& out, const Rule& rule, const Report& report);
void read_leaf(const Node& node, CalendarSpan& out, const Rule& rule, const Report& report);
void read_leaf(const Node& node, Moment& out, const Rule& rule, const Report& report);
void read_leaf(const Node& node, Coordinates& out, const Rule& rule, const Report& report);
void read_leaf(const Node& node, PledgeRef& out, const Rule& rule, const Report& report);
void read_leaf(const Node& node, Trigger& out, const Rule& rule, const Report& report);
void read_leaf(const Node& node, Effects& out, const Rule& rule, const Report& report);
void read_leaf(const Node& node, Worth& out, const Rule& rule, const Report& report);
void read_leaf(const Node& node, Changes& out, const Rule& rule, const Report& report);

/// The name of something: text that is not empty.
void read_name(const Node& node, std::string& out, const Report& report);
/// A measure in the canonical unit of `dimension`.
void read_measure(const Node& node, double& out, Dimension dimension, const Rule& rule,
                  const Report& report);
/// A constant or a distribution of a quantity of `dimension` (law.cpp).
void read_law(const Node& node, random::Distribution& out, Dimension dimension, const Rule& rule,
              const Report& report);
/// One of `names`; the index, or nothing with a report.
std::optional<std::size_t> read_choice(const Node& node, std::span<const std::string_view> names,
                                       const Report& report);

inline void read_leaf(const Node& node, double& out, const Rule& rule, const Report& report) {
  read_measure(node, out, dimension::none, rule, report);
}
template <Dimension D>
void read_leaf(const Node& node, Quantity<D>& out, const Rule& rule, const Report& report) {
  read_measure(node, out.value, D, rule, report);
}
template <class Q>
void read_leaf(const Node& node, Variate<Q>& out, const Rule& rule, const Report& report) {
  read_law(node, out.law, Q::dimension, rule, report);
}
template <class E>
requires std::is_enum_v<E>
void read_leaf(const Node& node, E& out, const Rule&, const Report& report) {
  const auto& names = EnumNames<E>::names;
  if (const auto choice = read_choice(node, names, report)) out = static_cast<E>(*choice);
}
template <class Spec>
void read_leaf(const Node& node, Ref<Spec>& out, const Rule&, const Report& report) {
  read_name(node, out.name, report);
}

Node scalar(std::string text);
Node write_leaf(const std::string& value);
Node write_leaf(bool value);
Node write_leaf(std::int64_t value);
Node write_leaf(double value);
Node write_leaf(Date value);
Node write_leaf(CalendarSpan value);
Node write_leaf(const Moment& value);
Node write_leaf(const Coordinates& value);
Node write_leaf(const PledgeRef& value);
Node write_leaf(const Trigger& value);
Node write_leaf(const Effects& value);
Node write_leaf(const Worth& value);
Node write_leaf(const Changes& value);
Node write_law(const random::Distribution& law, Dimension dimension);
template <Dimension D>
Node write_leaf(Quantity<D> value) {
  return scalar(measure_text(value.value, D));
}
template <class Q>
Node write_leaf(const Variate<Q>& value) {
  return write_law(value.law, Q::dimension);
}
template <class E>
requires std::is_enum_v<E> Node write_leaf(E value) {
  return scalar(std::string(name_of(value)));
}
template <class Spec>
Node write_leaf(const Ref<Spec>& value) {
  return scalar(value.name);
}

/// Whether a value is within a rule's range.
bool in_range(double value, const Rule& rule);
/// "Values between 0 and 1 are accepted."; empty if anything goes.
std::string accepted_range(const Rule& rule, Dimension dimension);

/// The value of a number with its unit, in the canonical unit; nothing, with a report, if one of
/// them is wrong.
std::optional<double> measure(const Node& node, Dimension dimension, const Report& report);
/// A node in quotation marks, as a message tells it.
std::string shown(const Node& node);
/// "between 0 and 1", "above 0 days", "at least 1"; empty if anything goes.
std::string range_text(const Rule& rule, Dimension dimension);
/// Whether a distribution may be written as a list: only where the positions can't be mistaken.
bool by_position(const random::Form& form);
/// Whether min and max beside the parameters of a kind of distribution can only mean a truncation.
bool takes_bounds(std::string_view kind);
/// What the kinds of distributions mean that have no form of named parameters.
inline constexpr std::string_view discrete_meaning =
    "the listed values, ascending, with the weights; equal weights if they are left out";
inline constexpr std::string_view empirical_meaning =
    "observations, listed or in a column of a CSV file, each as likely as its weight says";
inline constexpr std::string_view quantiles_meaning =
    "evenly between the quantiles that experts gave; where p0 or p100 is left out, a tenth of the "
    "given range beyond";
inline constexpr std::string_view truncated_meaning =
    "another distribution, conditioned to lie between min and max; one of them may be left out";
inline constexpr std::string_view mixture_meaning =
    "one of several distributions, each as likely as its weight says";

/// A node as one line of text, "{uniform: [20 days, 60 days]}".
std::string one_line(const Node& node);

/// Types that are read and written as one value.
template <class T>
concept Leaf = requires(const Node& node, T& value, const Rule& rule, const Report& report) {
  read_leaf(node, value, rule, report);
};
/// Quantities of one dimension.
template <class T>
inline constexpr bool is_quantity = false;
template <Dimension D>
inline constexpr bool is_quantity<Quantity<D>> = true;
/// Leaves that are numbers of some kind, so that a source is owed for them.
template <class T>
inline constexpr bool is_numeric =
    !std::is_same_v<T, std::string> && !std::is_same_v<T, bool> && !std::is_enum_v<T> &&
    !std::is_same_v<T, PledgeRef> && !std::is_same_v<T, Trigger> && !std::is_same_v<T, Changes>;
template <class Spec>
inline constexpr bool is_numeric<Ref<Spec>> = false;

}  // namespace truce::scenario
