// SPDX-License-Identifier: Apache-2.0
// Typed indices: a sector's number can't be used where a hub's is meant.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <ranges>
#include <utility>
#include <vector>

namespace truce {

/// Index of an entity of kind `Tag` in the order of the scenario; `none` until assigned.
template <class Tag>
class Id {
 public:
  constexpr Id() = default;
  constexpr explicit Id(std::size_t index) : index_(static_cast<std::uint32_t>(index)) {}

  constexpr std::size_t index() const { return index_; }
  constexpr explicit operator bool() const { return index_ != unset; }
  constexpr auto operator<=>(const Id&) const = default;

 private:
  static constexpr std::uint32_t unset = std::numeric_limits<std::uint32_t>::max();
  std::uint32_t index_ = unset;
};

/// A vector that only its own kind of id can index.
template <class Tag, class T>
class IdVector {
 public:
  using value_type = T;

  IdVector() = default;
  explicit IdVector(std::size_t size, const T& value = T{}) : items_(size, value) {}
  explicit IdVector(std::vector<T> items) : items_(std::move(items)) {}

  decltype(auto) operator[](Id<Tag> id) { return items_[id.index()]; }
  decltype(auto) operator[](Id<Tag> id) const { return items_[id.index()]; }
  std::size_t size() const { return items_.size(); }
  bool empty() const { return items_.empty(); }
  Id<Tag> push_back(T item) {
    items_.push_back(std::move(item));
    return Id<Tag>{items_.size() - 1};
  }
  auto begin() { return items_.begin(); }
  auto end() { return items_.end(); }
  auto begin() const { return items_.begin(); }
  auto end() const { return items_.end(); }

  /// All ids in order, for `for (auto id : v.ids())`.
  auto ids() const {
    return std::views::iota(std::size_t{0}, items_.size()) |
           std::views::transform([](std::size_t i) { return Id<Tag>{i}; });
  }

 private:
  std::vector<T> items_;
};

}  // namespace truce
