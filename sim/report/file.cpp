// SPDX-License-Identifier: Apache-2.0
#include "sim/report/file.hpp"

#include <cerrno>
#include <fstream>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

#include "sim/core/problem.hpp"

namespace truce::report {
namespace {

constexpr std::size_t buffer_size = 1 << 16;

}  // namespace

void fail_with_errno(const std::filesystem::path& path) {
  throw WorldError(path.string(), std::generic_category().message(errno));
}

File::File(std::filesystem::path path) : path_(std::move(path)) {
  constexpr unsigned readable_for_all = 0666;  // less the umask
  descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, readable_for_all);
  if (descriptor_ < 0) fail_with_errno(path_);
  buffer_.reserve(buffer_size);
}

File::~File() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void File::write(std::string_view text) {
  digest_.add(text);
  bytes_ += text.size();
  buffer_ += text;
  if (buffer_.size() >= buffer_size) flush();
}

void File::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const auto written = ::write(descriptor_, rest.data(), rest.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      fail_with_errno(path_);
    }
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  buffer_.clear();
}

void File::close() {
  flush();
  if (::fsync(descriptor_) != 0) fail_with_errno(path_);
  if (::close(std::exchange(descriptor_, -1)) != 0) fail_with_errno(path_);
}

Written write_text(const std::filesystem::path& folder, const std::string& name,
                   std::string_view text) {
  File file(folder / name);
  file.write(text);
  file.close();
  return {name, 0, 0, file.bytes(), file.sha256()};
}

std::string sha256_of_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) fail_with_errno(path);
  Digest digest;
  std::vector<char> buffer(1U << 18U);
  while (file) {
    file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    digest.add({buffer.data(), static_cast<std::size_t>(file.gcount())});
  }
  if (file.bad()) fail_with_errno(path);
  return digest.hexadecimal();
}

Written finished_file(const std::filesystem::path& folder, const std::string& name) {
  const auto path = folder / name;
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) fail_with_errno(path);
  const bool synced = ::fsync(descriptor) == 0;
  const int cause = errno;
  ::close(descriptor);
  errno = cause;
  if (!synced) fail_with_errno(path);
  return {name, 0, 0, std::filesystem::file_size(path), sha256_of_file(path)};
}

bool is_there(const std::filesystem::path& path) {
  std::error_code error;
  const auto status = std::filesystem::symlink_status(path, error);
  if (status.type() == std::filesystem::file_type::not_found) return false;
  if (error) throw WorldError(path.string(), error.message());
  return true;
}

std::filesystem::path free_beside(const std::filesystem::path& target, const std::string& kind) {
  const auto stem = target.string() + "." + kind + "-" + std::to_string(::getpid());
  std::filesystem::path path = stem;
  for (int i = 2; is_there(path); ++i) path = stem + "-" + std::to_string(i);
  return path;
}

void move_to(const std::filesystem::path& from, const std::filesystem::path& to) {
  std::error_code error;
  std::filesystem::rename(from, to, error);
  if (error) throw WorldError(to.string(), error.message());
}

void sync_folder(const std::filesystem::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) fail_with_errno(folder);
  // Some network file systems can't sync a folder and say EINVAL; their renames are their own.
  const bool synced = ::fsync(descriptor) == 0 || errno == EINVAL;
  const int cause = errno;
  ::close(descriptor);
  errno = cause;
  if (!synced) fail_with_errno(folder);
}

}  // namespace truce::report
