// SPDX-License-Identifier: Apache-2.0
// A file whose every write counts: it is on the disk when it is closed, or there is an error.
//
// A stream would tell of a full disk only after closing, and not at all if it is merely
// destroyed; hence the system's own calls, each of them checked.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "sim/report/digest.hpp"

namespace truce::report {

/// A new file being written. All functions throw WorldError with path and cause.
class File {
 public:
  /// Refuses what exists, be it a link.
  explicit File(std::filesystem::path path);
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  /// Closes without a check if close() was not called; the file is then not to be trusted.
  ~File();

  void write(std::string_view text);
  /// Writes what is buffered and waits until it is on the disk.
  void close();

  const std::filesystem::path& path() const { return path_; }
  std::uint64_t bytes() const { return bytes_; }
  /// SHA-256 of what was written.
  std::string sha256() const { return digest_.hexadecimal(); }

 private:
  void flush();

  std::filesystem::path path_;
  int descriptor_ = -1;
  std::string buffer_;
  std::uint64_t bytes_ = 0;
  Digest digest_;
};

/// What a finished file holds.
struct Written {
  std::string file;
  std::uint64_t rows = 0;  ///< without the header
  std::uint64_t columns = 0;
  std::uint64_t bytes = 0;
  std::string sha256;
};

/// Writes a whole file of text.
Written write_text(const std::filesystem::path& folder, const std::string& name,
                   std::string_view text);

/// What a file holds that another library has written into a folder, once it is on the disk.
Written finished_file(const std::filesystem::path& folder, const std::string& name);

/// SHA-256 of a file; WorldError if it can't be read.
std::string sha256_of_file(const std::filesystem::path& path);

/// Whether something of that name exists, be it a link that leads nowhere.
bool is_there(const std::filesystem::path& path);

/// A name beside `target` that is free: target.KIND-PID, or with a number behind.
std::filesystem::path free_beside(const std::filesystem::path& target, const std::string& kind);

/// Gives what stands at `from` the name `to`.
void move_to(const std::filesystem::path& from, const std::filesystem::path& to);

/// Waits until the entries of a folder (names, not contents) are on the disk.
void sync_folder(const std::filesystem::path& folder);

/// Throws WorldError with the cause that the last system call has left in errno.
[[noreturn]] void fail_with_errno(const std::filesystem::path& path);

}  // namespace truce::report
