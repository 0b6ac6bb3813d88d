// SPDX-License-Identifier: Apache-2.0
// A sector's number where a hub's is meant must not compile: built once as it should be, and once
// for each mistake, which the compiler has to refuse.
#include "sim/core/id.hpp"

namespace {

struct Sector;
struct Hub;

bool use() {
  truce::IdVector<Sector, int> rates(2);
  const truce::Id<Sector> sector{1};
  [[maybe_unused]] const truce::Id<Hub> hub{1};
#if defined(MIX_INDEX)
  return rates[hub] == 0;
#elif defined(MIX_COMPARE)
  return rates[sector] == 0 && sector == hub;
#elif defined(MIX_ASSIGN)
  const truce::Id<Hub> other = sector;
  return rates[sector] == 0 && other == hub;
#elif defined(MIX_NUMBER)
  return rates[1] == 0;
#else
  return rates[sector] == 0 && sector == truce::Id<Sector>{1};
#endif
}

}  // namespace

int main() {
  return use() ? 0 : 1;
}
