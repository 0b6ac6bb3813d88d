// SPDX-License-Identifier: Apache-2.0
#include "sim/report/folder.hpp"

#include <algorithm>
#include <string>
#include <system_error>

#include "sim/core/problem.hpp"
#include "sim/core/text.hpp"

#include "sim/report/file.hpp"
#include "sim/report/manifest.hpp"

namespace truce::report {
namespace fs = std::filesystem;
namespace {

void check(const fs::path& path, const std::error_code& error) {
  if (error) throw WorldError(path.string(), error.message());
}

bool is_empty_folder(const fs::path& path) {
  std::error_code error;
  const bool empty = fs::symlink_status(path, error).type() == fs::file_type::directory &&
                     fs::is_empty(path, error);
  check(path, error);
  return empty;
}

/// Throws UsageError unless `target` may be given up.
void check_replaceable(const fs::path& target) {
  const auto refuse = [&](const std::string& why) {
    throw UsageError(printable(target.string(), 400) + " " + why +
                     " and is not replaced. Choose another --out");
  };
  std::error_code error;
  if (fs::symlink_status(target, error).type() != fs::file_type::directory) {
    refuse("is not a folder");
  }
  const auto files = manifest_files(target / manifest_name);
  if (!files) refuse("holds no " + std::string(manifest_name) + " of truce");
  for (const auto& entry : fs::recursive_directory_iterator(target, error)) {
    const auto name = entry.path().lexically_relative(target).generic_string();
    const bool holds_some =
        entry.is_directory() &&
        std::ranges::any_of(*files, [&](const auto& one) { return one.starts_with(name + "/"); });
    if (holds_some) continue;
    if (name != manifest_name && std::ranges::find(*files, name) == files->end()) {
      refuse("holds " + printable(name) + ", which is not in its " + std::string(manifest_name) +
             ",");
    }
  }
  check(target, error);
}

void check_target(const fs::path& target, Existing existing) {
  if (!is_there(target) || is_empty_folder(target)) return;
  if (existing == Existing::keep) {
    throw UsageError(printable(target.string(), 400) +
                     " exists already. Choose another --out, or --force to replace it");
  }
  check_replaceable(target);
}

}  // namespace

Folder::Folder(const fs::path& target, Existing existing) : target_(target), existing_(existing) {
  if (!target_.has_filename()) target_ = target_.parent_path();  // "results/x/" is "results/x"
  const auto name = target_.filename();
  if (name.empty() || name == "." || name == "..") {
    throw UsageError("'" + printable(target.string(), 400) + "' can't be a result folder");
  }
  check_target(target_, existing_);
  std::error_code error;
  if (target_.has_parent_path()) fs::create_directories(target_.parent_path(), error);
  check(target_.parent_path(), error);
  path_ = free_beside(target_, "partial");
  fs::create_directory(path_, error);
  check(path_, error);
}

Folder::~Folder() {
  std::error_code ignored;
  if (on_end_ == OnEnd::remove) fs::remove_all(path_, ignored);
}

void Folder::commit() {
  leave();
  sync_folder(path_);
  check_target(target_, existing_);  // it may have come while we were writing
  const auto parent = target_.has_parent_path() ? target_.parent_path() : fs::path(".");
  if (!is_there(target_) || is_empty_folder(target_)) {
    move_to(path_, target_);
    sync_folder(parent);
    return;
  }
  const auto old = free_beside(target_, "replaced");
  move_to(target_, old);
  try {
    move_to(path_, target_);
  } catch (...) {
    move_to(old, target_);
    throw;
  }
  sync_folder(parent);
  std::error_code error;
  fs::remove_all(old, error);
  check(old, error);
}

}  // namespace truce::report
