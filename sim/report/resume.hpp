// SPDX-License-Identifier: Apache-2.0
// The file of a result folder from which more replications can be added to it: resume.bin.gz.
//
// A gzip file (RFC 1952) without a date: the same for the same run. In it, after a line that names
// the format, whole numbers and doubles of eight bytes, little-endian. Of each timeline kept, a day
// is told by the bits in which it differs from the day before, and equal bytes of all values stand
// together: most of it is zeros.
#pragma once

#include <filesystem>
#include <string_view>

#include "sim/experiment/remains.hpp"

#include "sim/report/csv.hpp"

namespace truce::report {

inline constexpr std::string_view resume_name = "resume.bin.gz";

/// Writes the file; WorldError if it can't be written.
Written write_resume(const std::filesystem::path& folder, const experiment::Remains& remains);

/// Reads it; WorldError if it can't be read or is not whole.
experiment::Remains read_resume(const std::filesystem::path& folder);

}  // namespace truce::report
