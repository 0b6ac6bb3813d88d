// SPDX-License-Identifier: Apache-2.0
#include "sim/core/problem.hpp"

namespace truce {

std::string to_string(const Problem& problem) {
  std::string text = problem.at.file;
  if (problem.at.line > 0) {
    text += ':' + std::to_string(problem.at.line) + ':' + std::to_string(problem.at.column);
  }
  if (!text.empty()) text += ": ";
  text += severity_of(problem.code) == Severity::error ? "error[" : "warning[";
  text += text_of(problem.code).id;
  text += "]: ";
  if (!problem.path.empty()) text += problem.path + ": ";
  text += problem.what;
  if (!text.ends_with('.') && !text.ends_with('?')) text += '.';
  if (!problem.accepted.empty()) {
    text += ' ' + problem.accepted;
    if (!text.ends_with('.') && !text.ends_with('?')) text += '.';
  }
  return text;
}

void Problems::raise() const {
  if (!problems_.empty()) throw ScenarioError(problems_);
}

namespace {

std::string all_lines(const std::vector<Problem>& problems) {
  std::string text;
  for (const auto& problem : problems) {
    if (!text.empty()) text += '\n';
    text += to_string(problem);
  }
  return text;
}

}  // namespace

ScenarioError::ScenarioError(std::vector<Problem> problems)
    : std::runtime_error(all_lines(problems)), problems_(std::move(problems)) {}

WorldError::WorldError(std::string_view path, std::string_view cause)
    : std::runtime_error(std::string(path) + ": " + std::string(cause)) {}

}  // namespace truce
