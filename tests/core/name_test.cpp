// SPDX-License-Identifier: Apache-2.0
#include "sim/core/name.hpp"

#include <string>

#include <gtest/gtest.h>

namespace truce {
namespace {

TEST(Name, BeginsWithALetterAndHoldsFewCharacters) {
  for (const char* good : {"a", "kyiv", "A-1_b", "north-2"}) EXPECT_TRUE(is_name(good)) << good;
  EXPECT_TRUE(is_name(std::string(64, 'x')));
  for (const char* bad :
       {"", "1a", "-a", "_a", "a b", "a.b", "=a", "@SUM", "\ta", "a\r", "b\xC3\xA9"}) {
    EXPECT_FALSE(is_name(bad)) << bad;
  }
  EXPECT_FALSE(is_name(std::string(65, 'x')));
}

TEST(ReadsAsValue, IsTrueOfWhatSpreadsheetsChange) {
  for (const char* changed :
       {"1-2", "2E5", "1e5", "SEPT1", "Sep-1", "mar-03", "MARCH1", "1-may-2026", "dec2026", "TRUE",
        "false", "10:30", "3/4", "2026-07-01", "12", "may-2026", "1.2.3"}) {
    EXPECT_TRUE(reads_as_value(changed)) << changed;
  }
}

TEST(ReadsAsValue, IsFalseOfWords) {
  for (const char* kept : {"", "may", "summary", "north-2", "cell_01-02", "march-brigade-1", "e5",
                           "a1", "dec_1", "kyiv", "x2026", "-", "truely", "marines1", "oct"}) {
    EXPECT_FALSE(reads_as_value(kept)) << kept;
  }
}

}  // namespace
}  // namespace truce
