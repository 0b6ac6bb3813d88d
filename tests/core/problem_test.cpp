// SPDX-License-Identifier: Apache-2.0
// What a person reads when something is wrong: the author's mistakes, the world's, and ours.
#include "sim/core/problem.hpp"

#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace truce {
namespace {

Problem problem(Position at, std::string path, std::string what, std::string accepted) {
  Problem made;
  made.code = Code::unknown_key;
  made.at = std::move(at);
  made.path = std::move(path);
  made.what = std::move(what);
  made.accepted = std::move(accepted);
  return made;
}

TEST(Problem, SaysWhereWhatAndWhatWouldDo) {
  EXPECT_EQ(to_string(problem({"x.yaml", 12, 5}, "sectors.donetsk.length", "'290' has no unit",
                              "Accepted: m or km, e.g. 290 km")),
            "x.yaml:12:5: error[T0101]: sectors.donetsk.length: '290' has no unit. "
            "Accepted: m or km, e.g. 290 km.");
}

TEST(Problem, LeavesOutWhatIsUnknown) {
  const Position nowhere;
  EXPECT_EQ(to_string(problem(nowhere, "", "No scenario given.", "")),
            "error[T0101]: No scenario given.");
  EXPECT_EQ(to_string(problem({"x.yaml", 0, 0}, "", "empty file", "")),
            "x.yaml: error[T0101]: empty file.");
  EXPECT_EQ(to_string(problem(nowhere, "hubz", "unknown", "Did you mean 'hubs'?")),
            "error[T0101]: hubz: unknown. Did you mean 'hubs'?");
}

TEST(Problems, AreToldAllAtOnceInOrder) {
  Problems problems;
  EXPECT_NO_THROW(problems.raise());
  problems.add(problem({"x.yaml", 2, 1}, "b", "first", ""));
  problems.add(problem({"x.yaml", 1, 1}, "a", "second", ""));
  try {
    problems.raise();
    FAIL() << "nothing was thrown";
  } catch (const ScenarioError& error) {
    EXPECT_EQ(error.problems().size(), 2u);
    EXPECT_STREQ(error.what(),
                 "x.yaml:2:1: error[T0101]: b: first.\nx.yaml:1:1: error[T0101]: a: second.");
  }
}

TEST(WorldErrors, NameThePathAndTheCause) {
  EXPECT_STREQ(WorldError("/no/such", "No such file or directory").what(),
               "/no/such: No such file or directory");
}

}  // namespace
}  // namespace truce
