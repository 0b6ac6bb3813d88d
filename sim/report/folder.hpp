// SPDX-License-Identifier: Apache-2.0
// The folder of a run's results: it appears under its name when it is complete, and takes no
// other's place unless told to.
#pragma once

#include <cstdint>
#include <filesystem>

namespace truce::report {

/// What becomes of a result folder of the same name.
enum class Existing : std::uint8_t { keep, replace };

/// A result folder in the making, under a temporary name beside its final one.
class Folder {
 public:
  /// Makes the temporary folder, and the folders above it. `target` must not exist or be an empty
  /// folder, or, with Existing::replace, hold a manifest of truce and no file beside those listed
  /// there. Throws UsageError if it is in the way, WorldError if it can't be written.
  Folder(const std::filesystem::path& target, Existing existing);
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  /// Removes the temporary folder, if it was neither committed nor to be left.
  ~Folder();

  /// Where to write.
  const std::filesystem::path& path() const { return path_; }
  /// Where it will stand.
  const std::filesystem::path& target() const { return target_; }

  /// Gives the folder its final name, after making sure that its entries are on the disk. If that
  /// fails, throws UsageError or WorldError, and the temporary folder stays.
  void commit();
  /// Leaves the temporary folder where it is, for someone to look at.
  void leave() { on_end_ = OnEnd::nothing; }

 private:
  enum class OnEnd : std::uint8_t { remove, nothing };

  std::filesystem::path target_;
  std::filesystem::path path_;
  Existing existing_;
  OnEnd on_end_ = OnEnd::remove;
};

}  // namespace truce::report
