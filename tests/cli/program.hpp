// SPDX-License-Identifier: Apache-2.0
// The built program, started as a user would start it.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

#include "tests/report/files.hpp"

namespace truce::test {

/// How a program ended and what it said.
struct Ended {
  int code = -1;   ///< exit code; -1 if a signal ended it
  int signal = 0;  ///< the signal, or 0
  std::string out;
  std::string err;
};

/// A program that runs in a folder of its own.
class Program {
 public:
  /// Starts `words`, the first of which is the program. Its output goes to files in `folder`,
  /// where it also runs. `prepare` is called in the new process before the program begins.
  Program(const std::filesystem::path& folder, const std::vector<std::string>& words,
          const std::function<void()>& prepare = {});
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  void send(int signal) const;
  /// What it has said on standard error so far.
  std::string err() const;
  /// Waits until `condition` holds; false after three minutes or when the program has ended.
  bool wait_for(const std::function<bool()>& condition);
  /// Waits for its end; kills it after three minutes.
  Ended wait();

 private:
  bool has_ended();

  std::filesystem::path out_;
  std::filesystem::path err_;
  pid_t process_ = -1;
  int status_ = 0;
  bool reaped_ = false;
};

/// Runs truce to its end.
Ended truce(const std::filesystem::path& folder, std::vector<std::string> arguments,
            const std::function<void()>& prepare = {});
/// The words that start truce.
std::vector<std::string> truce_words(std::vector<std::string> arguments);

/// A scenario that plays in a moment: two sectors, two hubs, two pledges, two cells.
extern const std::string_view small_scenario;
/// `text` with its only `old_part` replaced; throws if there are none or several.
std::string with(std::string_view text, std::string_view old_part, std::string_view new_part);

}  // namespace truce::test
