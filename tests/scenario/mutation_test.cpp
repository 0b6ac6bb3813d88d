// SPDX-License-Identifier: Apache-2.0
// 5,780 slips of a keyboard in a small scenario: whatever is deleted, typed, moved or cut off,
// the reader neither crashes nor hangs. It refuses with a place, or what it accepts is a scenario
// that writes and reads back.
//
// A slip that turns one good scenario into another (40 km into 49 km) can't be seen by any reader.
// How many of these there are is counted by kind of slip, and held to what was measured, so that
// a check that is lost shows at once.
#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "tests/scenario/samples.hpp"
#include "tests/support/noise.hpp"

namespace truce::scenario {
namespace {

using test::small_text;

struct Mutant {
  std::string text;
  std::string how;
};

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = text.find('\n') + 1;
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) text += line;
  return text;
}

std::string named(const std::string& how, std::size_t at) {
  return how + " at " + std::to_string(at);
}

std::vector<Mutant> deletions() {
  std::vector<Mutant> mutants;
  for (std::size_t i = 0; i != small_text.size(); ++i) {
    mutants.push_back({std::string(small_text).erase(i, 1), named("deletion", i)});
  }
  return mutants;
}

std::vector<Mutant> insertions() {
  constexpr std::string_view typed = " \t\n:,-[]{}#&*!|>'\"%@`0123456789.eaxAZ_~<?\\\x01\xff";
  truce::test::Noise noise(1);
  std::vector<Mutant> mutants;
  for (std::size_t i = 0; i <= small_text.size(); ++i) {
    const char c = typed[noise.bits() % typed.size()];
    mutants.push_back({std::string(small_text).insert(i, 1, c), named("insertion", i)});
  }
  return mutants;
}

std::vector<Mutant> flips() {
  truce::test::Noise noise(2);
  std::vector<Mutant> mutants;
  for (std::size_t i = 0; i != small_text.size(); ++i) {
    std::string text(small_text);
    const auto bit = static_cast<unsigned>(noise.bits() % 8);
    text[i] = static_cast<char>(static_cast<unsigned char>(text[i]) ^ (1U << bit));
    mutants.push_back({std::move(text), named("flip", i)});
  }
  return mutants;
}

std::vector<Mutant> truncations() {
  std::vector<Mutant> mutants;
  for (std::size_t i = 0; i != small_text.size(); ++i) {
    mutants.push_back({std::string(small_text.substr(0, i)), named("truncation", i)});
  }
  return mutants;
}

std::vector<Mutant> dropped_lines() {
  std::vector<Mutant> mutants;
  const auto lines = lines_of(small_text);
  for (std::size_t i = 0; i != lines.size(); ++i) {
    auto without = lines;
    without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
    mutants.push_back({joined(without), named("dropped line", i + 1)});
  }
  return mutants;
}

std::vector<Mutant> doubled_lines() {
  std::vector<Mutant> mutants;
  const auto lines = lines_of(small_text);
  for (std::size_t i = 0; i != lines.size(); ++i) {
    auto twice = lines;
    twice.insert(twice.begin() + static_cast<std::ptrdiff_t>(i), lines[i]);
    mutants.push_back({joined(twice), named("doubled line", i + 1)});
  }
  return mutants;
}

std::vector<Mutant> moved_lines() {
  truce::test::Noise noise(3);
  std::vector<Mutant> mutants;
  const auto lines = lines_of(small_text);
  for (std::size_t i = 0; i != lines.size(); ++i) {
    for (int k = 0; k != 12; ++k) {
      auto moved = lines;
      moved.erase(moved.begin() + static_cast<std::ptrdiff_t>(i));
      const std::size_t to = noise.bits() % (moved.size() + 1);
      moved.insert(moved.begin() + static_cast<std::ptrdiff_t>(to), lines[i]);
      mutants.push_back({joined(moved), named("line moved to " + std::to_string(to + 1), i + 1)});
    }
  }
  return mutants;
}

std::vector<Mutant> reindented_lines() {
  std::vector<Mutant> mutants;
  const auto lines = lines_of(small_text);
  for (std::size_t i = 0; i != lines.size(); ++i) {
    const std::size_t spaces = lines[i].find_first_not_of(' ');
    for (const int change : {-4, -2, -1, 1, 2, 4}) {
      const auto indent = static_cast<int>(spaces) + change;
      if (indent < 0) continue;
      auto other = lines;
      other[i] = std::string(static_cast<std::size_t>(indent), ' ') + lines[i].substr(spaces);
      mutants.push_back(
          {joined(other), named("line indented by " + std::to_string(change), i + 1)});
    }
  }
  return mutants;
}

enum class Verdict : std::uint8_t { refused, same, different };

// What the reader makes of a mutant; fails the test if it is neither refused in a proper way nor a
// scenario that holds together.
Verdict verdict(const Mutant& mutant, const std::string& original) {
  try {
    const Scenario scenario = test::read_text(mutant.text).scenario;
    const std::string written = to_yaml(write(scenario));
    EXPECT_EQ(to_yaml(write(test::read_text(written).scenario)), written) << mutant.how;
    return written == original ? Verdict::same : Verdict::different;
  } catch (const ScenarioError& error) {
    EXPECT_FALSE(error.problems().empty()) << mutant.how;
    for (const auto& problem : error.problems()) {
      EXPECT_EQ(problem.at.file, "test.yaml") << mutant.how << ": " << to_string(problem);
      EXPECT_GE(problem.at.line, 1) << mutant.how << ": " << to_string(problem);
      EXPECT_GE(problem.at.column, 1) << mutant.how << ": " << to_string(problem);
      EXPECT_FALSE(problem.what.empty()) << mutant.how;
    }
    return Verdict::refused;
  } catch (const std::exception& error) {
    ADD_FAILURE() << mutant.how << ": " << error.what();
    return Verdict::refused;
  }
}

// Reads all mutants of a kind; `most` of them may be accepted with another meaning.
void expect_seen(const std::vector<Mutant>& mutants, std::size_t most) {
  const std::string original = to_yaml(write(test::read_text(small_text).scenario));
  std::map<Verdict, std::size_t> counts;
  for (const auto& mutant : mutants) ++counts[verdict(mutant, original)];
  EXPECT_LE(counts[Verdict::different], most)
      << mutants.size() << " mutants: " << counts[Verdict::refused] << " refused, "
      << counts[Verdict::same] << " the same";
  EXPECT_GT(counts[Verdict::refused], mutants.size() * 4 / 5);
}

// What is accepted: a digit less, more, or another; a letter in the scenario's name or in a name
// that nothing else refers to (the leg, the contributor, the cell).
TEST(Mutation, DeletedBytes) {
  expect_seen(deletions(), 97);
}
TEST(Mutation, InsertedBytes) {
  expect_seen(insertions(), 43);
}
TEST(Mutation, FlippedBits) {
  expect_seen(flips(), 54);
}

// Cut off in the middle, a scenario lacks a required section or ends within a value. What is
// accepted ends after the last required section, sectors: all that follows is optional.
TEST(Mutation, Truncations) {
  expect_seen(truncations(), 12);
}

// Seven lines of the sample give options (capacity, contingents, notice to move, denied access,
// hub, teams and sensors of the cell): without them their defaults hold.
TEST(Mutation, DroppedLines) {
  expect_seen(dropped_lines(), 7);
}

// A line twice is a duplicate key, wherever it stands.
TEST(Mutation, DoubledLines) {
  expect_seen(doubled_lines(), 0);
}

// The order of sections and keys has no meaning but for the order of entities; what is accepted
// exchanges the two incident types.
TEST(Mutation, MovedLines) {
  expect_seen(moved_lines(), 2);
}
TEST(Mutation, ReindentedLines) {
  expect_seen(reindented_lines(), 0);
}

}  // namespace
}  // namespace truce::scenario
