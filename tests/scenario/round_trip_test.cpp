// SPDX-License-Identifier: Apache-2.0
// What is written reads back as the same scenario; what is emitted as YAML parses to the same tree.
#include <set>
#include <string>
#include <string_view>
#include <typeinfo>
#include <vector>

#include <gtest/gtest.h>

#include "sim/scenario/leaf.hpp"
#include "sim/scenario/walk.hpp"

#include "tests/scenario/samples.hpp"

namespace truce::scenario {
namespace {

using Keys = std::set<std::string>;

// Keys of all sections below T.
template <class T>
void owed(Keys& keys) {
  if constexpr (IsTable<T>::value || IsList<T>::value || IsOptional<T>::value) {
    owed<typename T::value_type>(keys);
  } else if constexpr (Described<T>) {
    T value{};
    auto visit = [&](std::string_view name, auto& field, auto&&...) {
      keys.insert(typeid(T).name() + (" " + std::string(name)));
      owed<std::remove_cvref_t<decltype(field)>>(keys);
    };
    T::describe(value, visit);
  }
}

// Those that a document uses.
template <class T>
void used(const Node& node, Keys& keys) {
  if constexpr (IsOptional<T>::value) {
    used<typename T::value_type>(node, keys);
  } else if constexpr (IsTable<T>::value) {
    for (const auto& entry : node.entries) used<typename T::value_type>(entry.value, keys);
  } else if constexpr (IsList<T>::value) {
    for (const auto& item : node.items) used<typename T::value_type>(item, keys);
  } else if constexpr (Described<T>) {
    T value{};
    auto visit = [&](std::string_view name, auto& field, auto&&...) {
      const Node* child = node.find(name);
      if (child == nullptr) return;
      keys.insert(typeid(T).name() + (" " + std::string(name)));
      used<std::remove_cvref_t<decltype(field)>>(*child, keys);
    };
    T::describe(value, visit);
  }
}

std::string yaml_of(const Scenario& scenario) {
  return to_yaml(write(scenario));
}

TEST(RoundTrip, SampleUsesEveryKey) {
  Keys all;
  owed<Scenario>(all);
  Keys some;
  used<Scenario>(parse(test::full_text, "f"), some);
  EXPECT_GT(all.size(), 90U);
  for (const auto& key : all) EXPECT_TRUE(some.contains(key)) << key;
}

TEST(RoundTrip, WrittenScenariosReadBackTheSame) {
  for (const std::string_view text : {test::small_text, test::full_text}) {
    const Scenario scenario = test::read_text(text).scenario;
    const std::string once = yaml_of(scenario);
    EXPECT_EQ(yaml_of(test::read_text(once).scenario), once);
  }
}

// Written in full: every key of every section is there, but for options that are left out.
TEST(RoundTrip, WritesDefaultsToo) {
  const Node node = write(test::read_text(test::small_text).scenario);
  EXPECT_EQ(node.find("experiment")->find("replications")->text, "1000");
  EXPECT_EQ(node.find("hubs")->find("town")->find("built_from")->text, "ceasefire");
  EXPECT_EQ(node.find("verification")->find("road_factor")->text, "1.3");
  EXPECT_EQ(node.find("coordination"), nullptr);
  Keys all;
  owed<Scenario>(all);
  Keys written;
  used<Scenario>(write(test::read_text(test::full_text).scenario), written);
  EXPECT_EQ(written, all);
}

TEST(RoundTrip, ForgetsFormattingNotes) {
  const std::string noted = test::replaced(test::small_text, "length: 40 km",
                                           "length: {value: 40000 m, note: a guess}  # comment");
  EXPECT_EQ(yaml_of(test::read_text(noted).scenario),
            yaml_of(test::read_text(test::small_text).scenario));
}

// Required sections may be empty, and must not vanish.
TEST(RoundTrip, KeepsWhatIsEmpty) {
  std::string text =
      test::replaced(test::small_text, "detects: {fire: 0.4, shelling: 0.5}", "detects: {}");
  text = test::replaced(text, "name: Small", "name: \"\"");
  const std::string once = yaml_of(test::read_text(text).scenario);
  EXPECT_EQ(yaml_of(test::read_text(once).scenario), once);
}

// Emptiness is always written out, as ~.
std::string tree(const Node& node) {
  std::string text = std::to_string(static_cast<int>(node.kind)) + "<" +
                     (node.kind == Node::Kind::empty ? "~" : node.text);
  for (const auto& item : node.items) text += tree(item);
  for (const auto& entry : node.entries) text += entry.key + "=" + tree(entry.value);
  return text + ">";
}

// Texts that mean something else in YAML when they stand bare.
TEST(RoundTrip, YamlKeepsOddTexts) {
  const std::vector<std::string> texts{"null",
                                       "~",
                                       "true",
                                       "NO",
                                       "010",
                                       "1e3",
                                       "- x",
                                       "a: b",
                                       "a #b",
                                       "#c",
                                       " x",
                                       "x ",
                                       "a\nb",
                                       "a\n\n  b\n",
                                       "\t",
                                       "a\tb",
                                       "\xc3\xa9",
                                       "\xf0\x9f\x98\x80",
                                       "\xe2\x80\xa8",
                                       "\"",
                                       "'",
                                       "\\",
                                       "\\n",
                                       "!x",
                                       "&a",
                                       "*a",
                                       "%x",
                                       "@x",
                                       "`x",
                                       "{",
                                       "}",
                                       "[1]",
                                       ",",
                                       "a,b",
                                       "?",
                                       "? x",
                                       ":",
                                       "x:",
                                       "-",
                                       "---",
                                       "...",
                                       "<<",
                                       "=",
                                       "|",
                                       ">",
                                       "'a' \"b\"",
                                       std::string(2000, 'x'),
                                       std::string(300, ' ') + "y",
                                       "3 days",
                                       "2026-07-01"};
  Node root;
  root.kind = Node::Kind::mapping;
  const auto add = [&](std::string key, Node node) {
    root.entries.push_back({std::move(key), {}, std::move(node)});
  };
  Node list;
  list.kind = Node::Kind::list;
  Node inner;
  inner.kind = Node::Kind::mapping;
  for (const auto& text : texts) {
    list.items.push_back(scalar(text));
    add("k" + std::to_string(root.entries.size()), scalar(text));
    if (text != "<<" && text.size() < 1000 && text != "null" && text != "~") {
      inner.entries.push_back({text, {}, list});
    }
  }
  list.items.push_back(scalar(""));
  list.items.emplace_back();
  list.items.push_back(inner);
  add("list", list);
  add("inner", inner);
  Node empty_list;
  empty_list.kind = Node::Kind::list;
  add("empty list", empty_list);
  Node empty_mapping;
  empty_mapping.kind = Node::Kind::mapping;
  add("empty mapping", empty_mapping);
  add("empty", {});
  EXPECT_EQ(tree(parse(to_yaml(root), "f")), tree(root));
}

}  // namespace
}  // namespace truce::scenario
