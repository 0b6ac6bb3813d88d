// SPDX-License-Identifier: Apache-2.0
// What is wrong with a scenario or a command line: collected, placed, and told all at once.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/code.hpp"

namespace truce {

/// A place in a text. Lines and columns count from 1; 0 means unknown.
struct Position {
  std::string file;
  int line = 0;
  int column = 0;
  std::string layer{};  ///< "variation lean" if it speaks for part of the file only
};

/// One mistake of the author of a scenario or command line.
struct Problem {
  Code code = Code::not_yaml;
  Position at;
  std::string path;                  ///< dotted path of the value, e.g. sectors.donetsk.length
  std::string what;                  ///< what was found, and why it can't be used
  std::string accepted;              ///< what would be accepted; may be empty
  std::vector<std::string> trail{};  ///< how the text came in: "extended by lean.yaml:12:10"
};

/// "file:line:col: error[T0101]: path: what. accepted"
std::string to_string(const Problem& problem);

/// All problems found in one pass; of a text that is wrong throughout, the first 2,000.
class Problems {
 public:
  static constexpr std::size_t most = 2000;
  void add(Problem problem) {
    if (!full()) problems_.push_back(std::move(problem));
  }
  bool empty() const { return problems_.empty(); }
  /// Whether no more are taken in: nobody need look for any.
  bool full() const { return problems_.size() == most; }
  const std::vector<Problem>& all() const { return problems_; }
  /// Throws ScenarioError if there are any.
  void raise() const;

 private:
  std::vector<Problem> problems_;
};

/// The author's mistakes; the program ends with exit code 2 before the first event.
class ScenarioError : public std::runtime_error {
 public:
  explicit ScenarioError(std::vector<Problem> problems);
  const std::vector<Problem>& problems() const { return problems_; }

 private:
  std::vector<Problem> problems_;
};

/// The world's mistake (missing file, full disk): exit code 1.
class WorldError : public std::runtime_error {
 public:
  /// "path: cause"
  WorldError(std::string_view path, std::string_view cause);
};

/// A command line that can't be understood: exit code 2.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace truce
