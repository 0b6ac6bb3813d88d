// SPDX-License-Identifier: Apache-2.0
// Contracts: a broken promise names its condition, its place and what each level adds.
#include "sim/core/contract.hpp"

#include <string>

#include <gtest/gtest.h>

namespace truce {
namespace {

TEST(Contract, HoldsSilentlyAndLooksOnce) {
  int looks = 0;
  TRUCE_EXPECT(++looks == 1, "looked at once");
  TRUCE_ENSURE(looks == 1, "looked at once");
  EXPECT_EQ(looks, 1);
}

TEST(Contract, SaysWhatWhyAndWhere) {
  const int troops = -3;
  std::string text;
  int line = 0;
  try {
    line = __LINE__ + 1;
    TRUCE_EXPECT(troops >= 0, "troops present are never negative");
  } catch (ContractViolation& violation) {
    violation.add("at 2026-07-03 06:00, ContingentArrives");
    violation.add("replay with: truce run x.yaml --replication 7");
    text = violation.what();
  }
  EXPECT_NE(text.find("troops present are never negative"), std::string::npos) << text;
  EXPECT_NE(text.find("condition: troops >= 0"), std::string::npos) << text;
  EXPECT_NE(text.find("contract_test.cpp:" + std::to_string(line)), std::string::npos) << text;
  const auto when = text.find("\n  at 2026-07-03 06:00, ContingentArrives");
  const auto how = text.find("\n  replay with: truce run x.yaml --replication 7");
  EXPECT_NE(when, std::string::npos) << text;
  EXPECT_NE(how, std::string::npos) << text;
  EXPECT_LT(when, how) << text;
}

TEST(Contract, IsAnErrorOfThisProgram) {
  EXPECT_THROW(TRUCE_ENSURE(false, "always broken"), std::logic_error);
}

}  // namespace
}  // namespace truce
