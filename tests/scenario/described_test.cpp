// SPDX-License-Identifier: Apache-2.0
// Every field of every section is described, once, with a meaning.
#include <set>
#include <string>
#include <string_view>
#include <typeinfo>
#include <vector>

#include <gtest/gtest.h>

#include "sim/scenario/scenario.hpp"
#include "sim/scenario/walk.hpp"

namespace truce::scenario {
namespace {

struct Section {
  std::string_view type;
  std::size_t fields = 0;
  std::size_t described = 0;
  std::set<std::string> names;
  std::vector<std::string> without_meaning;
};

// Finds all described structs below T, whatever holds them.
template <class T>
void collect(std::vector<Section>& sections) {
  if constexpr (IsTable<T>::value || IsList<T>::value) {
    collect<typename T::value_type>(sections);
  } else if constexpr (IsOptional<T>::value) {
    collect<typename T::value_type>(sections);
  } else if constexpr (Described<T>) {
    for (const auto& section : sections) {
      if (section.type == typeid(T).name()) return;
    }
    Section own{typeid(T).name(), count_fields<T>(), count_described<T>(), {}, {}};
    T value{};
    auto names = [&](std::string_view name, auto&, const Rule&, std::string_view meaning) {
      own.names.emplace(name);
      if (!meaning.ends_with('.')) own.without_meaning.emplace_back(name);
    };
    T::describe(value, names);
    sections.push_back(std::move(own));
    auto below_this = [&](std::string_view, auto& field, auto&&...) {
      collect<std::remove_cvref_t<decltype(field)>>(sections);
    };
    T::describe(value, below_this);
  }
}

TEST(Description, NamesEveryFieldOfEverySection) {
  std::vector<Section> sections;
  collect<Scenario>(sections);
  EXPECT_GE(sections.size(), 20U);
  for (const auto& section : sections) {
    EXPECT_EQ(section.described, section.fields) << section.type;
    EXPECT_EQ(section.names.size(), section.described) << "a name twice in " << section.type;
    EXPECT_TRUE(section.without_meaning.empty())
        << section.type << ": " << section.without_meaning.front();
  }
}

// `source`, `note` and `confidence` may stand in every section, `value` in every leaf.
TEST(Description, LeavesTheNamesOfProvenanceFree) {
  std::vector<Section> sections;
  collect<Scenario>(sections);
  for (const auto& section : sections) {
    // What may be written as its bare value has the key on purpose.
    const bool is_short = section.type == typeid(ParameterSpec).name();
    for (const std::string reserved : {"source", "note", "confidence", "value"}) {
      if (is_short && reserved == ParameterSpec::shorthand) continue;
      EXPECT_FALSE(section.names.contains(reserved)) << section.type << " has " << reserved;
    }
  }
}

}  // namespace
}  // namespace truce::scenario
