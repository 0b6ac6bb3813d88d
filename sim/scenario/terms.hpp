// SPDX-License-Identifier: Apache-2.0
// The closed lists of words that a scenario may use, and the ways its sections name each other.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/core/describe.hpp"
#include "sim/core/id.hpp"
#include "sim/core/time.hpp"

#include "sim/random/variate.hpp"

namespace truce::scenario {

using random::Variate;

/// What troops are for.
enum class Function : std::uint8_t {
  monitoring,
  reassurance,
  air,
  maritime,
  training,
  logistics,
  engineering
};
inline constexpr std::size_t function_count = 7;

/// Where troops and cells stand.
enum class Station : std::uint8_t { in_country, neighbouring, remote };
inline constexpr std::size_t station_count = 3;

/// How serious an incident is. Grave cases are handled first.
enum class Grade : std::uint8_t { minor, serious, grave };
inline constexpr std::size_t grade_count = 3;

/// How a leg is travelled.
enum class Mode : std::uint8_t { road, rail, sea, air };

/// What a delay counts from.
enum class Reference : std::uint8_t { start, ceasefire };

/// Who carries a sensor: the cell as a whole, or each of its teams.
enum class Carrier : std::uint8_t { cell, team };

/// A point on the globe, in degrees.
struct Coordinates {
  double latitude = 0.0;
  double longitude = 0.0;
};

/// A moment as a scenario gives it: a date, a time after the start (possibly drawn), or never.
struct Moment {
  enum class Kind : std::uint8_t { never, date, after_start };
  Kind kind = Kind::never;
  Date date{};
  Variate<Days> after{};
  std::optional<CalendarSpan> span{};  ///< if it is a fixed time after the start: by the calendar
};

/// The time after the start at which a moment comes, months and years being those of the calendar.
inline Variate<Days> after_start(const Moment& moment, Date start) {
  return moment.span ? Variate<Days>(in_days(resolve(*moment.span, start))) : moment.after;
}

/// The name of an entity described elsewhere in the scenario by a `Spec`.
template <class Spec>
struct Ref {
  std::string name;
};

/// Entities by name, in the order of the file.
template <class Spec>
class Table {
 public:
  using value_type = Spec;

  std::size_t size() const { return items_.size(); }
  bool empty() const { return items_.empty(); }
  const Spec& operator[](Id<Spec> id) const { return items_[id]; }
  Spec& operator[](Id<Spec> id) { return items_[id]; }
  const std::string& name(Id<Spec> id) const { return names_[id.index()]; }
  const std::vector<std::string>& names() const { return names_; }
  auto ids() const { return items_.ids(); }

  /// The id of a name; an empty id if there is none.
  Id<Spec> find(std::string_view name) const {
    const auto found = by_name_.find(name);
    return found == by_name_.end() ? Id<Spec>{} : found->second;
  }
  Id<Spec> find(const Ref<Spec>& ref) const { return find(ref.name); }
  /// Names are unique: the parser refuses a key that comes twice.
  Spec& add(std::string name, Spec item = {}) {
    const auto id = items_.push_back(std::move(item));
    by_name_.emplace(name, id);
    names_.push_back(std::move(name));
    return items_[id];
  }

 private:
  std::vector<std::string> names_;
  std::map<std::string, Id<Spec>, std::less<>> by_name_;
  IdVector<Spec, Spec> items_;
};

/// A number for each of some entities of another section, e.g. a probability by incident type.
template <class Spec, class Value>
using Numbers = std::vector<std::pair<Ref<Spec>, Value>>;

}  // namespace truce::scenario

namespace truce {
template <>
struct EnumNames<scenario::Function> {
  static constexpr std::array<std::string_view, 7> names{
      "monitoring", "reassurance", "air", "maritime", "training", "logistics", "engineering"};
};
template <>
struct EnumNames<scenario::Station> {
  static constexpr std::array<std::string_view, 3> names{"in-country", "neighbouring", "remote"};
};
template <>
struct EnumNames<scenario::Grade> {
  static constexpr std::array<std::string_view, 3> names{"minor", "serious", "grave"};
};
template <>
struct EnumNames<scenario::Mode> {
  static constexpr std::array<std::string_view, 4> names{"road", "rail", "sea", "air"};
};
template <>
struct EnumNames<scenario::Reference> {
  static constexpr std::array<std::string_view, 2> names{"start", "ceasefire"};
};
template <>
struct EnumNames<scenario::Carrier> {
  static constexpr std::array<std::string_view, 2> names{"cell", "team"};
};
}  // namespace truce
