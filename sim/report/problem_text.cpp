// SPDX-License-Identifier: Apache-2.0
#include "sim/report/problem_text.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>

#include <nlohmann/json.hpp>

#include "sim/core/text.hpp"

namespace truce::report {
namespace {

constexpr std::size_t longest_line = 4000;
constexpr std::size_t widest = 100;  ///< characters of a line that are shown
constexpr std::uintmax_t most_bytes = 16U << 20U;
constexpr std::string_view option = "--set ";

/// The line at a place, and the byte of it that is meant.
struct Excerpt {
  std::string line;
  std::size_t byte = 0;
};

std::optional<Excerpt> excerpt_of(const Position& at) {
  if (at.line <= 0 || at.column <= 0) return std::nullopt;
  const auto column = static_cast<std::size_t>(at.column - 1);
  if (at.file.starts_with(option)) {  // a change from the command line; positions count its value
    const std::string text = at.file.substr(option.size());
    const auto equals = text.find('=');
    if (at.line != 1 || equals == std::string::npos) return std::nullopt;
    return Excerpt{text, equals + 1 + column};
  }
  std::error_code error;
  if (!std::filesystem::is_regular_file(at.file, error) ||
      std::filesystem::file_size(at.file, error) > most_bytes) {
    return std::nullopt;
  }
  std::ifstream file(at.file, std::ios::binary);
  Excerpt excerpt;
  for (int i = 0; i < at.line; ++i) {
    if (!std::getline(file, excerpt.line)) return std::nullopt;
  }
  if (!excerpt.line.empty() && excerpt.line.back() == '\r') excerpt.line.pop_back();
  excerpt.byte = column;
  if (at.line == 1 && excerpt.line.starts_with("\xef\xbb\xbf")) excerpt.line.erase(0, 3);
  return excerpt;
}

bool inside_character(char c) {
  return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U;
}

// "   12 | length: 150\n      |         ^\n"
std::string drawn(const Excerpt& excerpt, int number) {
  std::string line = excerpt.line;
  std::ranges::replace(line, '\t', ' ');
  std::size_t begin = 0;
  std::size_t byte = std::min(excerpt.byte, line.size());
  if (byte > widest - 20) begin = byte - (widest - 20);
  while (begin < line.size() && inside_character(line[begin])) ++begin;
  std::size_t end = std::min(line.size(), begin + widest);
  while (end < line.size() && inside_character(line[end])) ++end;
  const auto before = std::ranges::count_if(line.begin() + static_cast<std::ptrdiff_t>(begin),
                                            line.begin() + static_cast<std::ptrdiff_t>(byte),
                                            [](char c) { return !inside_character(c); });
  const std::string shown =
      (begin > 0 ? "..." : "") + line.substr(begin, end - begin) + (end < line.size() ? "..." : "");
  std::string label = std::to_string(number);
  label.insert(0, label.size() < 5 ? 5 - label.size() : 0, ' ');
  return label + " | " + printable(shown, longest_line) + "\n" + std::string(label.size(), ' ') +
         " | " + std::string(static_cast<std::size_t>(before) + (begin > 0 ? 3 : 0), ' ') + "^\n";
}

}  // namespace

std::string problem_text(const Problem& problem) {
  std::string text = printable(to_string(problem), longest_line) + "\n";
  if (const auto excerpt = excerpt_of(problem.at)) text += drawn(*excerpt, problem.at.line);
  for (const auto& step : problem.trail) text += "    " + printable(step, longest_line) + "\n";
  return text;
}

std::string problems_json(std::span<const Problem> problems) {
  nlohmann::ordered_json json;
  json["schema_version"] = 1;
  json["ok"] = std::ranges::none_of(problems, [](const Problem& problem) {
    return severity_of(problem.code) == Severity::error;
  });
  json["problems"] = nlohmann::ordered_json::array();
  for (const auto& problem : problems) {
    const auto& code = text_of(problem.code);
    nlohmann::ordered_json one;
    one["code"] = code.id;
    one["name"] = code.name;
    one["severity"] = severity_of(problem.code) == Severity::error ? "error" : "warning";
    one["file"] = problem.at.file;
    one["line"] = problem.at.line;
    one["column"] = problem.at.column;
    one["path"] = problem.path;
    one["what"] = problem.what;
    one["accepted"] = problem.accepted;
    one["trail"] = problem.trail;
    json["problems"].push_back(std::move(one));
  }
  constexpr int indent = 2;
  return json.dump(indent, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace truce::report
