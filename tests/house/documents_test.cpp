// SPDX-License-Identifier: Apache-2.0
// The documents name what the program has: every kind of event, section of a scenario, outcome and
// key, and nothing that it has not.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <type_traits>
#include <vector>

#include <gtest/gtest.h>

#include "sim/core/text.hpp"

#include "sim/scenario/scenario.hpp"
#include "sim/scenario/walk.hpp"

#include "sim/model/outcome.hpp"
#include "sim/model/story.hpp"

namespace truce {
namespace {

using Lines = std::vector<std::string>;
using Names = std::set<std::string>;

Lines lines_of(const std::string& document) {
  std::ifstream file(std::filesystem::path(TRUCE_ROOT) / document);
  EXPECT_TRUE(file) << document << " can't be read";
  Lines lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

/// The lines below a heading, down to the next one of its level or above.
Lines below_heading(const Lines& lines, const std::string& heading) {
  const std::string marks = heading.substr(0, heading.find(' '));
  Lines section;
  bool in_it = false;
  for (const auto& line : lines) {
    const auto level = line.find_first_not_of('#');
    const bool is_heading = level != std::string::npos && level > 0 && line[level] == ' ';
    if (in_it && is_heading && level <= marks.size()) break;
    if (in_it) section.push_back(line);
    in_it = in_it || line == heading;
  }
  EXPECT_FALSE(section.empty()) << "nothing below '" << heading << "'";
  return section;
}

/// Names that begin the rows of tables: `| `name` | ...`.
Names first_cells(const Lines& lines) {
  Names names;
  for (const auto& line : lines) {
    if (!line.starts_with("| `")) continue;
    const std::string name = line.substr(3, line.find('`', 3) - 3);
    EXPECT_TRUE(names.insert(name).second) << name << " has two rows";
  }
  return names;
}

/// Words in backticks, split at all that is not part of a name.
Names quoted_words(const Lines& lines) {
  Names words;
  for (const auto& line : lines) {
    bool quoted = false;
    std::string word;
    for (const char c : line + " ") {
      const bool part = c == '_' || c == '-' || std::isalnum(static_cast<unsigned char>(c)) != 0;
      if (quoted && part) word += c;
      if (part) continue;
      if (!word.empty()) words.insert(std::exchange(word, {}));
      if (c == '`') quoted = !quoted;
    }
  }
  return words;
}

/// What both lack of each other, in words.
std::string difference(const Names& has, const Names& told) {
  std::string text;
  for (const auto& name : has) {
    if (!told.contains(name)) text += "\n  not described: " + name;
  }
  for (const auto& name : told) {
    if (!has.contains(name)) text += "\n  described, but there is none: " + name;
  }
  return text;
}

Names sections() {
  Names names;
  auto collect = [&](std::string_view name, auto&&...) { names.emplace(name); };
  scenario::Scenario scenario;
  scenario::Scenario::describe(scenario, collect);
  return names;
}

TEST(Documents, TheModelNamesEveryKindOfEvent) {
  const auto kinds = model::event_kinds();
  const Names told = first_cells(below_heading(lines_of("sim/model/README.md"), "### 3.2 Events"));
  EXPECT_EQ(difference({kinds.begin(), kinds.end()}, told), "");
}

TEST(Documents, TheModelNamesEverySectionOfAScenario) {
  const Names told = first_cells(below_heading(lines_of("sim/model/README.md"), "## 6 Input data"));
  EXPECT_EQ(difference(sections(), told), "");
}

/// By what an outcome is broken down when its name does not say so.
template <class Field>
constexpr std::string_view breakdown() {
  if constexpr (std::is_same_v<Field, model::By<scenario::HubSpec>>) return "hub";
  if constexpr (std::is_same_v<Field, model::By<scenario::SensorSpec>>) return "sensor";
  if constexpr (std::is_same_v<Field, model::By<scenario::LayerSpec>>) return "layer";
  if constexpr (std::is_same_v<Field, model::ByMilestone>) return "day";
  if constexpr (std::is_same_v<Field, model::BySurvivalDay>) return "day";
  return "";
}

/// The rows that the outcomes ask for: `| `name` | unit | by | meaning |`.
Lines outcome_rows() {
  struct Row {
    std::string name, unit, by, meaning;
  };
  std::vector<Row> rows;
  auto collect = [&]<class Field>(std::string_view name, Field&, const model::OutcomeRule& rule,
                                  std::string_view meaning) {
    const auto split = name.find("_by_");
    const std::string base(name.substr(0, split));
    const std::string by(split == std::string_view::npos ? breakdown<Field>()
                                                         : name.substr(split + 4));
    const auto same =
        std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.name == base; });
    if (same == rows.end()) {
      rows.push_back({base, std::string(rule.unit), by, std::string(meaning)});
      return;
    }
    same->by += (same->by.empty() ? "" : ", ") + by;
    if (!meaning.starts_with("The same by ")) same->meaning += " " + std::string(meaning);
  };
  model::Outcome outcome;
  model::Outcome::describe(outcome, collect);
  const auto cell = [](const std::string& text) { return (text.empty() ? "-" : text) + " | "; };
  Lines lines;
  for (const auto& row : rows) {
    lines.push_back("| `" + row.name + "` | " + cell(row.unit) + cell(row.by) + row.meaning + " |");
  }
  return lines;
}

TEST(Documents, OutcomesAreThoseOfTheProgramInItsWords) {
  const Lines lines = lines_of("sim/model/OUTCOMES.md");
  const Lines rows = outcome_rows();
  Names known;
  for (const auto& row : rows) {
    known.insert(row.substr(3, row.find('`', 3) - 3));
    EXPECT_EQ(std::count(lines.begin(), lines.end(), row), 1)
        << "sim/model/OUTCOMES.md needs this row:\n"
        << row;
  }
  Lines outcomes = lines;
  const auto timeline = std::find(lines.begin(), lines.end(), "## Timeline");
  outcomes.resize(static_cast<std::size_t>(timeline - lines.begin()));
  EXPECT_EQ(difference(known, first_cells(outcomes)), "");
}

TEST(Documents, TheTimelineIsThatOfTheProgramInItsWords) {
  const Lines lines = lines_of("sim/model/OUTCOMES.md");
  Names known;
  for (const auto& series : model::timeline_series()) {
    const std::string unit(series.unit.empty() ? "-" : series.unit);
    const std::string row =
        "| `" + std::string(series.id) + "` | " + unit + " | " + std::string(series.meaning) + " |";
    known.emplace(series.id);
    EXPECT_EQ(std::count(lines.begin(), lines.end(), row), 1)
        << "sim/model/OUTCOMES.md needs this row:\n"
        << row;
  }
  EXPECT_EQ(difference(known, first_cells(below_heading(lines, "## Timeline"))), "");
}

/// All keys below a described type, those of tables' entries included.
template <class T>
void add_keys(Names& keys) {
  using namespace scenario;
  if constexpr (IsTable<T>::value || IsList<T>::value || IsOptional<T>::value) {
    add_keys<typename T::value_type>(keys);
  } else if constexpr (Described<T>) {
    T value{};
    auto collect = [&](std::string_view name, auto& field, auto&&...) {
      keys.emplace(name);
      add_keys<std::remove_cvref_t<decltype(field)>>(keys);
    };
    T::describe(value, collect);
  }
}

// A section of a scenario stands under the heading that names it, the rest under Dates.
TEST(Documents, TheGuideNamesEveryKeyOfAScenario) {
  const Lines guide =
      below_heading(lines_of("scenarios/README.md"), "## 5 A scenario, section by section");
  Lines headings;
  std::copy_if(guide.begin(), guide.end(), std::back_inserter(headings),
               [](const auto& line) { return line.starts_with("### "); });
  std::size_t checked = 0;
  auto check = [&](std::string_view section, auto& field, auto&&...) {
    const auto heading = std::find_if(headings.begin(), headings.end(), [&](const auto& line) {
      return std::ranges::any_of(split(line, ' '), [&](std::string_view word) {
        return word == section || word == std::string(section) + ",";
      });
    });
    Names keys;
    add_keys<std::remove_cvref_t<decltype(field)>>(keys);
    if (heading == headings.end()) keys.emplace(section);
    const std::string where = heading == headings.end() ? "### Dates" : *heading;
    const Names told = quoted_words(below_heading(guide, where));
    for (const auto& key : keys) {
      ++checked;
      EXPECT_TRUE(told.contains(key)) << "scenarios/README.md does not name " << section << "'s `"
                                      << key << "` under '" << where << "'";
    }
  };
  scenario::Scenario scenario;
  scenario::Scenario::describe(scenario, check);
  EXPECT_GT(checked, 150U);
}

}  // namespace
}  // namespace truce
