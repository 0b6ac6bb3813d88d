// SPDX-License-Identifier: Apache-2.0
#include "sim/model/cases.hpp"

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

#include "sim/core/contract.hpp"

#include "tests/support/noise.hpp"

namespace truce::model {
namespace {

Case of_grade(scenario::Grade grade) {
  Case incident;
  incident.grade = grade;
  return incident;
}

TEST(CaseLine, ServesByGradeAndThenFirstCome) {
  using scenario::Grade;
  Cases cases;
  CaseLine line;
  std::vector<CaseId> ids;
  for (const Grade grade :
       {Grade::minor, Grade::serious, Grade::grave, Grade::minor, Grade::grave, Grade::serious}) {
    ids.push_back(cases.open(of_grade(grade)));
    line.join(cases, ids.back());
  }
  std::vector<CaseId> served;
  while (!line.empty()) {
    served.push_back(line.front());
    line.leave(cases, line.front());
  }
  EXPECT_EQ(served, (std::vector<CaseId>{ids[2], ids[4], ids[1], ids[5], ids[0], ids[3]}));
  EXPECT_THROW(line.front(), ContractViolation);
}

// Cases join, leave from anywhere, are closed and their places used again, in two lines that share
// the cases; a sorted list does the same.
TEST(CaseLine, MatchesASortedListWhateverLeaves) {
  Cases cases;
  CaseLine lines[2];
  std::vector<CaseId> lists[2];
  test::Noise noise{3};
  const auto below = [&](std::size_t n) {
    return static_cast<std::size_t>(noise.uniform() * static_cast<double>(n));
  };
  for (int step = 0; step < 20'000; ++step) {
    const std::size_t which = below(2);
    auto& list = lists[which];
    if (list.empty() || noise.uniform() < 0.51) {
      const auto id = cases.open(of_grade(static_cast<scenario::Grade>(below(3))));
      lines[which].join(cases, id);
      // Behind all of its grade or above.
      const auto place = std::find_if(list.begin(), list.end(), [&](CaseId other) {
        return cases[other].grade < cases[id].grade;
      });
      list.insert(place, id);
    } else {
      const auto leaving = list.begin() + static_cast<std::ptrdiff_t>(below(list.size()));
      lines[which].leave(cases, *leaving);
      cases.close(*leaving);
      list.erase(leaving);
    }
    for (int i = 0; i < 2; ++i) {
      ASSERT_EQ(lines[i].size(), lists[i].size());
      if (!lists[i].empty()) {
        ASSERT_EQ(lines[i].front(), lists[i].front()) << "step " << step;
      }
    }
  }
}

TEST(Cases, UsePlacesOfClosedCasesAgain) {
  Cases cases;
  const auto first = cases.open(of_grade(scenario::Grade::minor));
  const auto second = cases.open(of_grade(scenario::Grade::minor));
  cases.close(first);
  EXPECT_EQ(cases[first].state, CaseState::closed);
  const auto third = cases.open(of_grade(scenario::Grade::grave));
  EXPECT_EQ(third, first);
  EXPECT_EQ(cases[third].grade, scenario::Grade::grave);
  EXPECT_NE(cases.open(of_grade(scenario::Grade::minor)), second);
}

}  // namespace
}  // namespace truce::model
