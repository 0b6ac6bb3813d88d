// SPDX-License-Identifier: Apache-2.0
// Typed indices: order, absence, and vectors that take only their own. That kinds do not mix is
// tested by compiling id_mixed.cpp.
#include "sim/core/id.hpp"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace truce {
namespace {

struct Sector {};
using SectorId = Id<Sector>;

TEST(Id, IsAbsentUntilAssigned) {
  EXPECT_FALSE(SectorId{});
  EXPECT_TRUE(SectorId{0});
  EXPECT_EQ(SectorId{3}.index(), 3u);
  EXPECT_EQ(SectorId{}, SectorId{});
  EXPECT_LT(SectorId{1}, SectorId{2});
  EXPECT_LT(SectorId{2}, SectorId{});  // absent sorts last
}

TEST(IdVector, GivesOutItsOwnIds) {
  IdVector<Sector, std::string> names;
  EXPECT_TRUE(names.empty());
  const SectorId luhansk = names.push_back("luhansk");
  const SectorId donetsk = names.push_back("donetsk");
  EXPECT_EQ(names.size(), 2u);
  EXPECT_EQ(names[luhansk], "luhansk");
  names[donetsk] += "!";
  EXPECT_EQ(std::as_const(names)[donetsk], "donetsk!");
  std::vector<std::size_t> seen;
  for (const SectorId id : names.ids()) seen.push_back(id.index());
  EXPECT_EQ(seen, (std::vector<std::size_t>{0, 1}));
  std::string all;
  for (const auto& name : names) all += name;
  EXPECT_EQ(all, "luhanskdonetsk!");
}

TEST(IdVector, StartsWithAValueForEach) {
  const IdVector<Sector, double> rates(3, 6.0);
  EXPECT_EQ(rates.size(), 3u);
  EXPECT_EQ(rates[SectorId{2}], 6.0);
  const IdVector<Sector, double> moved{std::vector<double>{1.0, 2.0}};
  EXPECT_EQ(moved[SectorId{1}], 2.0);
}

}  // namespace
}  // namespace truce
