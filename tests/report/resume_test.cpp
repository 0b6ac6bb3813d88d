// SPDX-License-Identifier: Apache-2.0
// What a run keeps for later is read again bit by bit, and damage to it is noticed.
#include "sim/report/resume.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "sim/core/problem.hpp"

#include "tests/report/files.hpp"
#include "tests/report/sample.hpp"

namespace truce::report {
namespace {

namespace fs = std::filesystem;

TEST(Resume, IsReadAsItWasWritten) {
  const test::TemporaryFolder folder;
  const auto before = experiment::remains_of(sample_results(40));
  EXPECT_EQ(before.replications, 32u);  // of 40, two blocks are whole
  const auto written = write_resume(folder.path(), before);
  const auto after = read_resume(folder.path());
  EXPECT_EQ(after.replications, before.replications);
  EXPECT_EQ(after.days, before.days);
  EXPECT_EQ(after.timeline, before.timeline);
  EXPECT_EQ(after.has_ceasefires, before.has_ceasefires);
  EXPECT_EQ(after.ceasefires, before.ceasefires);
  ASSERT_EQ(after.kept.size(), before.kept.size());
  for (std::size_t i = 0; i < before.kept.size(); ++i) {
    EXPECT_EQ(after.kept[i].days, before.kept[i].days);
    const auto same_bits = [](double a, double b) {
      return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
    };
    EXPECT_TRUE(std::ranges::equal(after.kept[i].values, before.kept[i].values, same_bits));
  }
  EXPECT_EQ(written.bytes, fs::file_size(folder.path() / resume_name));
}

TEST(Resume, IsTheSameFileEachTime) {
  const test::TemporaryFolder one, two;
  const auto remains = experiment::remains_of(sample_results(48));
  EXPECT_EQ(write_resume(one.path(), remains).sha256, write_resume(two.path(), remains).sha256);
}

TEST(Resume, DamageIsTold) {
  const test::TemporaryFolder folder;
  write_resume(folder.path(), experiment::remains_of(sample_results(48)));
  const auto path = folder.path() / resume_name;
  const auto whole = test::read_file(path);
  for (const std::size_t left : {std::size_t{0}, std::size_t{5}, whole.size() / 2}) {
    fs::remove(path);
    test::write_file(path, whole.substr(0, left));
    EXPECT_THROW(read_resume(folder.path()), WorldError) << left;
  }
  fs::remove(path);
  test::write_file(path, "not a gzip file at all");
  EXPECT_THROW(read_resume(folder.path()), WorldError);
  fs::remove(path);
  EXPECT_THROW(read_resume(folder.path()), WorldError);
}

}  // namespace
}  // namespace truce::report
