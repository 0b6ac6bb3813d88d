// SPDX-License-Identifier: Apache-2.0
// `truce trace` tells what `truce run` counts, in three forms, and replays finished results.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/cli/program.hpp"

namespace truce::test {
namespace {

using Json = nlohmann::json;

class Trace : public ::testing::Test {
 protected:
  Trace() { write_file(folder_.path() / "small.yaml", small_scenario); }

  std::string traced(std::vector<std::string> more) {
    more.insert(more.begin(), "trace");
    const auto ended = truce(folder_.path(), more);
    EXPECT_EQ(ended.code, 0) << ended.err;
    return ended.out;
  }
  static std::vector<Json> events(const std::string& lines) {
    std::vector<Json> all;
    for (std::size_t start = 0; start < lines.size();) {
      const auto end = lines.find('\n', start);
      all.push_back(Json::parse(lines.substr(start, end - start)));
      start = end + 1;
    }
    return all;
  }
  static std::size_t lines(const std::string& text) {
    return static_cast<std::size_t>(std::ranges::count(text, '\n'));
  }

  TemporaryFolder folder_;
};

TEST_F(Trace, TellsEveryEventThatTheRunCounts) {
  const auto all = events(traced({"small.yaml", "--replication", "2", "--format", "jsonl"}));
  const auto ended = truce(folder_.path(), {"run", "small.yaml", "--first", "2", "--replications",
                                            "1", "--out", "results"});
  ASSERT_EQ(ended.code, 0) << ended.err;
  const auto rows = read_file(folder_.path() / "results/replications.csv");
  // "events" is the last column.
  const auto last = rows.substr(rows.rfind(',') + 1);
  EXPECT_EQ(std::to_string(all.size()) + "\r\n", last);
  double before = 0.0;
  for (const auto& event : all) {
    EXPECT_GE(event["day"].get<double>(), before);
    before = event["day"].get<double>();
    EXPECT_FALSE(event["what"].get<std::string>().empty());
    EXPECT_FALSE(event["why"].get<std::string>().empty());
  }
}

TEST_F(Trace, SaysTheSameInAllForms) {
  const auto text = traced({"small.yaml"});
  const auto csv = traced({"small.yaml", "--format", "csv"});
  const auto all = events(traced({"small.yaml", "--format", "jsonl"}));
  EXPECT_EQ(lines(text), all.size());
  EXPECT_EQ(lines(csv), all.size() + 1);
  EXPECT_TRUE(csv.starts_with("day,date,event,entity,what,result,why\r\n"));
  for (const auto& event : all) {
    EXPECT_NE(text.find(event["what"].get<std::string>()), std::string::npos);
  }
}

TEST_F(Trace, FiltersByKindAndEntity) {
  const auto all = events(traced({"small.yaml", "--format", "jsonl"}));
  const auto some = events(traced({"small.yaml", "--format", "jsonl", "--kind", "CaseOpens",
                                   "--kind", "VerificationEnds", "--entity", "east"}));
  const auto wanted = std::ranges::count_if(all, [](const Json& event) {
    const auto kind = event["event"].get<std::string>();
    return (kind == "CaseOpens" || kind == "VerificationEnds") &&
           event["entity"].get<std::string>().find("east") != std::string::npos;
  });
  EXPECT_GT(wanted, 0);
  EXPECT_EQ(static_cast<std::size_t>(wanted), some.size());
}

TEST_F(Trace, ADigestLeavesOutWhatThereAreThousandsOf) {
  const auto all = events(traced({"small.yaml", "--format", "jsonl"}));
  const auto digest = events(traced({"small.yaml", "--format", "jsonl", "--digest"}));
  EXPECT_LT(digest.size() * 3, all.size());
  std::set<std::string> kinds;
  for (const auto& event : digest) kinds.insert(event["event"].get<std::string>());
  EXPECT_TRUE(kinds.contains("CeasefireTakesEffect"));
  EXPECT_TRUE(kinds.contains("HubOpens"));
  EXPECT_FALSE(kinds.contains("CaseOpens"));
  EXPECT_FALSE(kinds.contains("DayEnds"));
}

TEST_F(Trace, DaysAreThoseOfTheTimeline) {
  const auto table = traced({"small.yaml", "--days", "--replication", "1"});
  const auto ended = truce(folder_.path(), {"run", "small.yaml", "--first", "1", "--replications",
                                            "1", "--out", "results"});
  ASSERT_EQ(ended.code, 0) << ended.err;
  const auto timeline = read_file(folder_.path() / "results/timeline.csv");
  const auto series =
      static_cast<std::size_t>(std::ranges::count(table.substr(0, table.find('\r')), ',')) - 1;
  EXPECT_EQ((lines(table) - 1) * series, lines(timeline) - 1);
}

TEST_F(Trace, ReplaysAResultFromItsManifest) {
  const auto set = std::string("sectors.east.access_denied=0.9");
  ASSERT_EQ(truce(folder_.path(), {"run", "small.yaml", "--replications", "3", "--seed", "77",
                                   "--set", set, "--out", "results"})
                .code,
            0);
  EXPECT_EQ(traced({"--from", "results", "--replication", "2"}),
            traced({"small.yaml", "--seed", "77", "--set", set, "--replication", "2"}));
}

TEST_F(Trace, RefusesWhatItCantDo) {
  const auto said = [&](std::vector<std::string> words) {
    words.insert(words.begin(), "trace");
    const auto ended = truce(folder_.path(), words);
    EXPECT_EQ(ended.code, 2) << ended.out.substr(0, 200);
    return ended.err;
  };
  EXPECT_NE(said({"small.yaml", "--kind", "CaseOpen"}).find("Did you mean 'CaseOpens'?"),
            std::string::npos);
  EXPECT_NE(said({"small.yaml", "--format", "xml"}).find("text, csv or jsonl"), std::string::npos);
  EXPECT_NE(said({"small.yaml", "--from", "results"}).find("--from"), std::string::npos);
  EXPECT_NE(said({"small.yaml", "--replication", "-1"}).find("--replication"), std::string::npos);
  EXPECT_NE(said({"small.yaml", "--days", "--digest"}).find("--days is a table"),
            std::string::npos);
  EXPECT_EQ(truce(folder_.path(), {"trace", "--from", "nowhere"}).code, 1);
  ASSERT_EQ(
      truce(folder_.path(), {"run", "small.yaml", "--replications", "3", "--out", "results"}).code,
      0);
  EXPECT_NE(said({"--from", "results", "--replication", "3"}).find("has no replication 3"),
            std::string::npos);
  EXPECT_NE(said({"--from", "results", "--seed", "5"}).find("as it was"), std::string::npos);
}

}  // namespace
}  // namespace truce::test
