// SPDX-License-Identifier: Apache-2.0
// Files made to harm end in an error, soon and in little memory. Time is not asserted (machines
// differ); memory is, and what takes long would take minutes here.
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <sys/resource.h>

#include "tests/cli/program.hpp"

namespace truce::test {
namespace {

class Hostile : public ::testing::Test {
 protected:
  /// What the program says of the small scenario with `text` behind it, in 200 MB of memory.
  Ended validate(std::string_view text) {
    write_file(folder_.path() / "x.yaml", std::string(small_scenario) + "\n" + std::string(text));
    return truce(folder_.path(), {"validate", "x.yaml"}, [] {
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // they map far more
      constexpr rlim_t most = 200U << 20U;
      const rlimit limit{most, most};
      setrlimit(RLIMIT_DATA, &limit);
#endif
    });
  }
  void expect_refused(std::string_view text, const std::string& code) {
    const auto ended = validate(text);
    EXPECT_EQ(ended.code, 2) << ended.err.substr(0, 300);
    EXPECT_NE(ended.err.find("[" + code + "]"), std::string::npos) << ended.err.substr(0, 300);
    EXPECT_LT(ended.err.size(), 60'000U);
  }

  const TemporaryFolder folder_;
};

std::string times(std::size_t n, std::string_view text) {
  std::string all;
  for (std::size_t i = 0; i < n; ++i) all += text;
  return all;
}

template <class Line>
std::string lines(std::size_t n, Line line) {
  std::string all;
  for (std::size_t i = 0; i < n; ++i) all += line(std::to_string(i)) + "\n";
  return all;
}

TEST_F(Hostile, Depth) {
  expect_refused("x: " + times(1'000'000, "["), "T0006");
  expect_refused("x: " + times(1'000'000, "{"), "T0006");
  expect_refused("x: " + times(300'000, "{a: "), "T0006");
  expect_refused("x: " + times(1'000'000, "- "), "T0001");
}

TEST_F(Hostile, AliasBombs) {
  std::string bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n";
  for (char c = 'b'; c < 'j'; ++c) {
    const std::string before(1, static_cast<char>(c - 1));
    bomb +=
        std::string(1, c) + ": &" + c + " [" + times(8, "*" + before + ", ") + "*" + before + "]\n";
  }
  expect_refused(bomb, "T0007");
}

TEST_F(Hostile, LongValues) {
  expect_refused("summary: \"" + std::string(5U << 20U, 'x') + "\"\n", "T0007");
  expect_refused("experiment: {seed: " + std::string(5U << 20U, '9') + "}\n", "T0007");
  expect_refused("? " + std::string(5U << 20U, 'x') + "\n: 1\n", "T0007");
}

TEST_F(Hostile, ManyKeys) {
  expect_refused(lines(600'000, [](const auto& i) { return "k" + i + ": 1"; }), "T0007");
  expect_refused(lines(240'000, [](const auto& i) { return "k" + i + ": 1"; }), "T0101");
  expect_refused("correlations:\n" + lines(20'000,
                                           [](const auto&) {
                                             return std::string("  - {between: [a, b], rank: 0.5}");
                                           }),
                 "T0301");
  expect_refused("variations:\n" +
                     lines(20'000, [](const auto& i) { return "  v" + i + ": {set: {name: x}}"; }),
                 "T0007");
}

TEST_F(Hostile, ManyWarnings) {
  const auto ended = validate("parameters:\n" + lines(20'000, [](const auto& i) {
                                return "  p" + i + ": {uniform: [0, 1]}";
                              }));
  EXPECT_EQ(ended.code, 0) << ended.err.substr(0, 300);
  EXPECT_NE(ended.err.find("... and 19900 more warnings"), std::string::npos)
      << ended.err.substr(0, 300);
}

TEST_F(Hostile, HugeFiles) {
  write_file(folder_.path() / "huge.yaml", "truce: 1\n");
  std::filesystem::resize_file(folder_.path() / "huge.yaml", std::uintmax_t{1} << 30U);
  const auto ended = truce(folder_.path(), {"validate", "huge.yaml"});
  EXPECT_EQ(ended.code, 1);
  EXPECT_NE(ended.err.find("is larger than 8 MiB"), std::string::npos) << ended.err;
}

// What other readers of YAML take for something else.
TEST_F(Hostile, TrapsOfYaml) {
  const auto with_value = [&](std::string_view path, std::string_view value) {
    write_file(folder_.path() / "x.yaml", small_scenario);
    return truce(folder_.path(),
                 {"validate", "x.yaml", "--set", std::string(path) + "=" + std::string(value)})
        .err;
  };
  for (const std::string_view trap :
       {"010", "1:30", "0x10", "1e400", ".nan", ".inf", "1_000", "~0"}) {
    const auto err = with_value("sectors.east.length", std::string(trap) + " km");
    EXPECT_NE(err.find("error["), std::string::npos) << trap << ": " << err;
  }
  EXPECT_NE(with_value("sectors.east.access_denied", "NO"), "");
  EXPECT_NE(with_value("cells.near.teams", "1e400"), "");
  EXPECT_NE(with_value("cells.near.teams", "0o10"), "");
}

}  // namespace
}  // namespace truce::test
