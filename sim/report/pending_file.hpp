// SPDX-License-Identifier: Apache-2.0
// A single file that appears under its name when it is complete, and takes no other's place unless
// told to.
#pragma once

#include <filesystem>

#include "sim/report/folder.hpp"

namespace truce::report {

/// A file in the making, under a temporary name beside its final one.
class PendingFile {
 public:
  /// Finds a free temporary name, and makes the folders above it; the file itself is its writer's.
  /// `target` must not exist or, with Existing::replace, be a file. Throws UsageError if it is in
  /// the way, WorldError if there is no such place.
  PendingFile(const std::filesystem::path& target, Existing existing);
  PendingFile(const PendingFile&) = delete;
  PendingFile& operator=(const PendingFile&) = delete;
  /// Removes what was written, if it was not committed.
  ~PendingFile();

  /// Where to write.
  const std::filesystem::path& path() const { return path_; }
  /// Where it will stand.
  const std::filesystem::path& target() const { return target_; }

  /// Gives the file its final name. Throws UsageError or WorldError if that fails.
  void commit();

 private:
  std::filesystem::path target_;
  std::filesystem::path path_;
  Existing existing_;
};

}  // namespace truce::report
