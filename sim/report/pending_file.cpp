// SPDX-License-Identifier: Apache-2.0
#include "sim/report/pending_file.hpp"

#include <string>
#include <system_error>

#include "sim/core/problem.hpp"
#include "sim/core/text.hpp"

#include "sim/report/file.hpp"

namespace truce::report {
namespace fs = std::filesystem;
namespace {

void check_place(const fs::path& target, Existing existing) {
  if (!is_there(target)) return;
  const auto name = printable(target.string(), 400);
  std::error_code error;
  if (fs::symlink_status(target, error).type() != fs::file_type::regular) {
    throw UsageError(name + " is not a file and is not replaced. Choose another --out");
  }
  if (existing == Existing::keep) {
    throw UsageError(name + " exists already. Choose another --out, or --force to replace it");
  }
}

fs::path folder_above(const fs::path& target) {
  return target.has_parent_path() ? target.parent_path() : fs::path(".");
}

}  // namespace

PendingFile::PendingFile(const fs::path& target, Existing existing)
    : target_(target), existing_(existing) {
  const auto name = target_.filename();
  if (name.empty() || name == "." || name == "..") {
    throw UsageError("'" + printable(target_.string(), 400) + "' can't be the name of a file");
  }
  check_place(target_, existing_);
  std::error_code error;
  fs::create_directories(folder_above(target_), error);
  if (error) throw WorldError(folder_above(target_).string(), error.message());
  path_ = free_beside(target_, "partial");
}

PendingFile::~PendingFile() {
  std::error_code ignored;
  fs::remove(path_, ignored);
}

void PendingFile::commit() {
  check_place(target_, existing_);  // it may have come while we were writing
  move_to(path_, target_);
  sync_folder(folder_above(target_));
}

}  // namespace truce::report
