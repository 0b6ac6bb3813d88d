// SPDX-License-Identifier: Apache-2.0
// Described once: the counters that hold a description to its struct, and the rules of a field.
#include "sim/core/describe.hpp"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include "sim/core/id.hpp"
#include "sim/core/quantity.hpp"
#include "sim/core/time.hpp"

namespace truce {
namespace {

struct LegSpec {
  Kilometres length;
  Days time{1};
  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("length", self.length, needed | above(0), "Length of the leg.");
    visit("time", self.time, at_least(0), "Time on the leg.");
  }
};

struct ForgetfulSpec {
  Kilometres length;
  Days forgotten;
  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("length", self.length, needed, "Length of the leg.");
  }
};

TEST(Described, CountsAgreeOnlyIfNothingIsForgotten) {
  EXPECT_EQ(count_described<LegSpec>(), count_fields<LegSpec>());
  EXPECT_EQ(count_fields<ForgetfulSpec>(), 2u);
  EXPECT_EQ(count_described<ForgetfulSpec>(), 1u);
}

static_assert(Described<LegSpec> && !Described<Days> && !Described<int> && !Described<std::string>);

struct Empty {};
struct EveryKind {
  std::optional<Days> maybe;
  std::variant<Days, std::string> either;
  std::vector<LegSpec> many;
  LegSpec nested;
  std::array<int, 3> fixed;
  std::map<std::string, LegSpec> by_name;
  Id<Empty> id;
  Date date;
  CalendarSpan span;
  bool flag;
};

TEST(CountFields, SeesEveryKindOfMember) {
  EXPECT_EQ(count_fields<Empty>(), 0u);
  EXPECT_EQ(count_fields<EveryKind>(), 10u);
}

TEST(Rules, CombineInEitherOrder) {
  for (const Rule rule : {needed | above(0), above(0) | needed}) {
    EXPECT_TRUE(rule.required);
    EXPECT_EQ(rule.least, 0);
    EXPECT_TRUE(rule.above);
  }
  EXPECT_FALSE((optional | at_least(1)).required);
  const Rule both = above(0) | between(-5, 5);
  EXPECT_EQ(both.least, 0);
  EXPECT_TRUE(both.above);
  EXPECT_EQ(both.most, 5);
  EXPECT_FALSE(both.below);
  EXPECT_TRUE((from_up_to(0, 1) | between(0, 1)).below);
  EXPECT_FALSE((above(0) | at_least(0.5)).above);
}

enum class Mode { road, rail };

}  // namespace

template <>
struct EnumNames<Mode> {
  static constexpr std::array<std::string_view, 2> names{"road", "rail"};
};

namespace {

TEST(EnumNamesOf, AreThoseThatUsersWrite) {
  EXPECT_EQ(name_of(Mode::rail), "rail");
}

}  // namespace
}  // namespace truce
