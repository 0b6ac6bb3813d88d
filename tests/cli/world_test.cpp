// SPDX-License-Identifier: Apache-2.0
// Signals, full disks, closed streams and failing replications: what is finished is kept, and the
// exit code says what happened.
#include <algorithm>
#include <chrono>
#include <csignal>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sys/resource.h>
#include <unistd.h>

#include "tests/cli/program.hpp"

namespace truce::test {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

class World : public ::testing::Test {
 protected:
  World() { write_file(folder_.path() / "small.yaml", small_scenario); }

  std::string text(const std::string& file) { return read_file(folder_.path() / file); }
  Json manifest(const std::string& results) {
    return Json::parse(text(results + "/manifest.json"));
  }
  /// Names in the folder that hold `part`.
  std::vector<std::string> entries(const std::string& part) {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder_.path())) {
      const auto name = entry.path().filename().string();
      if (name.find(part) != std::string::npos) names.push_back(name);
    }
    return names;
  }

  TemporaryFolder folder_;
};

TEST_F(World, InterruptedKeepsWhatIsFinished) {
  for (const int signal : {SIGINT, SIGTERM}) {
    const auto out = "stopped-" + std::to_string(signal);
    Program program(folder_.path(),
                    truce_words({"run", "small.yaml", "--replications", "1e6", "--out", out}));
    // The first line of progress comes after ten seconds: rows are seen earlier.
    ASSERT_TRUE(program.wait_for([&] {
      const auto partial = entries(out + ".partial");
      const auto rows =
          folder_.path() / (partial.empty() ? "" : partial.front()) / "replications.csv";
      return !partial.empty() && fs::exists(rows) && fs::file_size(rows) > 0;
    })) << program.err();
    program.send(signal);
    const auto ended = program.wait();
    EXPECT_EQ(ended.code, 3) << ended.err;
    EXPECT_NE(ended.err.find("Stopping"), std::string::npos) << ended.err;
    EXPECT_NE(ended.out.find("INTERRUPTED"), std::string::npos) << ended.out;
    const auto json = manifest(out);
    EXPECT_EQ(json["status"], "interrupted");
    EXPECT_EQ(json["replications_planned"], 1'000'000);
    const std::string n = json["replications"].dump();
    EXPECT_GT(json["replications"], 0);
    // The same as if so many had been asked for.
    const auto whole = "whole-" + std::to_string(signal);
    ASSERT_EQ(
        truce(folder_.path(), {"run", "small.yaml", "--replications", n, "--out", whole}).code, 0);
    for (const auto* file : {"/replications.csv", "/summary.csv", "/timeline.csv"}) {
      EXPECT_EQ(text(out + file), text(whole + file)) << file;
    }
    EXPECT_TRUE(entries("partial").empty());
  }
}

TEST_F(World, InterruptedTwiceQuitsAtOnce) {
  // A block of this takes much longer than the test waits.
  write_file(folder_.path() / "heavy.yaml",
             with(small_scenario, "incidents: {rate: 1 /day}", "incidents: {rate: 100000 /day}"));
  Program program(folder_.path(), truce_words({"run", "heavy.yaml", "--out", "out"}));
  ASSERT_TRUE(program.wait_for([&] { return !entries("out.partial").empty(); }));
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  program.send(SIGINT);
  ASSERT_TRUE(
      program.wait_for([&] { return program.err().find("Stopping") != std::string::npos; }));
  program.send(SIGINT);
  const auto ended = program.wait();
  EXPECT_EQ(ended.signal, SIGINT);
  EXPECT_FALSE(fs::exists(folder_.path() / "out"));
}

TEST_F(World, AnIgnoredSignalStaysIgnored) {
  Program program(folder_.path(),
                  truce_words({"run", "small.yaml", "--replications", "200", "--out", "out"}),
                  [] { std::signal(SIGINT, SIG_IGN); });
  program.wait_for([&] { return !entries("out.partial").empty(); });
  program.send(SIGINT);
  EXPECT_EQ(program.wait().code, 0);
  EXPECT_EQ(manifest("out")["replications"], 200);
}

TEST_F(World, AFailingReplicationIsToldAndCanBeReplayed) {
  // One replication in a hundred has more incidents in a millisecond than any scenario should.
  write_file(
      folder_.path() / "it's.yaml",
      with(small_scenario, "incidents: {rate: 1 /day}",
           "incidents: {rate: {discrete: {values: [1 /day, 1e13 /day], weights: [99, 1]}}}"));
  std::string told;
  for (const std::string threads : {"1", "2", "4"}) {
    const auto ended =
        truce(folder_.path(), {"run", "it's.yaml", "--replications", "1000", "--threads", threads,
                               "--out", threads, "--set", "horizon=20 days"});
    EXPECT_EQ(ended.code, 4) << ended.err;
    const auto start = ended.err.find("error: a replication failed");
    ASSERT_NE(start, std::string::npos) << ended.err;
    const auto what = ended.err.substr(start);
    if (told.empty()) told = what;
    EXPECT_EQ(what, told);
    EXPECT_EQ(manifest(threads)["status"], "failed");
    EXPECT_GT(manifest(threads)["replications"], 0);
    EXPECT_EQ(manifest(threads)["replications"].get<int>() % 16, 0);
    EXPECT_NE(ended.out.find("FAILED"), std::string::npos);
  }
  EXPECT_NE(told.find("scenario: Small (it's.yaml)"), std::string::npos) << told;
  EXPECT_NE(told.find("seed: 7, replication: "), std::string::npos) << told;
  const auto command = told.find(
      "replay: truce run 'it'\\''s.yaml' --set 'horizon=20 days' --seed 7"
      " --first ");
  ASSERT_NE(command, std::string::npos) << told;
  // The command fails in the same way.
  auto line = told.substr(command + 8);
  line = line.substr(0, line.find('\n'));
  line.replace(0, 5, "exec " TRUCE_PROGRAM);
  const auto again = Program(folder_.path(), {"/bin/sh", "-c", line}).wait();
  EXPECT_EQ(again.code, 4);
  EXPECT_EQ(again.err.substr(again.err.find("error: a replication")),
            told + "No block of replications was finished; nothing is written.\n");
}

// Incidents by the hundred a day make a replication slow enough for a billion of them to take more
// than 30 days on any machine; a replication on trial still takes but a moment.
TEST_F(World, ARunThatWouldNeverEndIsRefused) {
  write_file(folder_.path() / "busy.yaml",
             with(small_scenario, "incidents: {rate: 1 /day}", "incidents: {rate: 700 /day}"));
  for (const std::string threads : {"1", "2"}) {
    const auto ended = truce(folder_.path(), {"run", "busy.yaml", "--replications", "1e9",
                                              "--threads", threads, "--out", "deep/in/out"});
    EXPECT_EQ(ended.code, 2) << ended.err;
    EXPECT_EQ(ended.out, "");
    EXPECT_TRUE(ended.err.starts_with(
        "error[T0602]: --replications: 1,000,000,000 replications would take about "))
        << ended.err;
    for (const std::string& part :
         {" on " + threads + " thread", std::string("(30 days are the most)"),
          std::string("B of disk for replications.csv"), std::string("B of memory"),
          std::string("At most about "), std::string(" would fit")}) {
      EXPECT_NE(ended.err.find(part), std::string::npos) << part << "\n" << ended.err;
    }
    EXPECT_FALSE(fs::exists(folder_.path() / "deep"));
  }
  // The scenario's own number of replications is judged as well; quiet runs are refused too.
  const auto own = truce(folder_.path(), {"run", "busy.yaml", "--threads", "1", "--quiet", "--set",
                                          "experiment.replications=1000000000"});
  EXPECT_EQ(own.code, 2) << own.err;
  EXPECT_TRUE(own.err.starts_with("error[T0602]: experiment.replications: 1,000,000,000 "))
      << own.err;
  EXPECT_FALSE(fs::exists(folder_.path() / "results"));
  EXPECT_TRUE(entries("partial").empty());
}

// One replication of this would take hours: the trial is cut, and what it took is the least.
TEST_F(World, AnEndlessReplicationOnTrialIsCut) {
  write_file(folder_.path() / "endless.yaml",
             with(small_scenario, "incidents: {rate: 1 /day}", "incidents: {rate: 1e7 /day}"));
  const auto ended = truce(folder_.path(), {"run", "endless.yaml", "--replications", "1e9",
                                            "--threads", "1", "--out", "out"});
  EXPECT_EQ(ended.code, 2) << ended.err;
  EXPECT_NE(ended.err.find("error[T0602]: --replications: "), std::string::npos) << ended.err;
  EXPECT_NE(ended.err.find(" would take at least "), std::string::npos) << ended.err;
  EXPECT_NE(ended.err.find("an unknown size of disk"), std::string::npos) << ended.err;
  EXPECT_FALSE(fs::exists(folder_.path() / "out"));
  EXPECT_TRUE(entries("partial").empty());
}

TEST_F(World, ALongRunIsToldAtItsStart) {
  for (const bool quiet : {false, true}) {
    const std::string out = quiet ? "quiet" : "long";
    std::vector<std::string> words{"run",       "small.yaml", "--replications", "2e6",
                                   "--threads", "1",          "--out",          out};
    if (quiet) words.emplace_back("--quiet");
    Program program(folder_.path(), truce_words(words));
    ASSERT_TRUE(program.wait_for([&] { return !entries(out + ".partial").empty(); }))
        << program.err();
    program.send(SIGINT);
    program.send(SIGINT);
    const auto ended = program.wait();
    EXPECT_EQ(ended.err.find("This will take about ") != std::string::npos, !quiet) << ended.err;
  }
}

TEST_F(World, AFullDiskIsAnError) {
  // Files may not grow beyond 20 kB, hence writing fails as it does on a full disk.
  const auto ended =
      truce(folder_.path(), {"run", "small.yaml", "--replications", "1000", "--out", "out"}, [] {
        const rlimit limit{20'000, 20'000};
        ::setrlimit(RLIMIT_FSIZE, &limit);
      });
  EXPECT_EQ(ended.code, 1) << ended.err;
  EXPECT_NE(ended.err.find("replications.csv: File too large"), std::string::npos) << ended.err;
  EXPECT_FALSE(fs::exists(folder_.path() / "out"));
  // What there is can be looked at, under a name that says what it is.
  const auto left = entries("out.partial");
  ASSERT_EQ(left.size(), 1u);
  EXPECT_NE(ended.err.find(left.front()), std::string::npos) << ended.err;
}

TEST_F(World, StandardStreamsMayBeClosed) {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    const auto out = "closed-" + std::to_string(stream);
    const auto ended =
        truce(folder_.path(), {"run", "small.yaml", "--out", out}, [stream] { ::close(stream); });
    EXPECT_EQ(ended.code, 0) << ended.err;
    EXPECT_TRUE(text(out + "/replications.csv").starts_with("replication,seed_key,status,"));
    EXPECT_EQ(text(out + "/replications.csv").find("Files in"), std::string::npos);
    EXPECT_EQ(text(out + "/replications.csv").find(" of "), std::string::npos);
  }
}

TEST_F(World, AFullStandardOutputIsAnErrorButResultsStay) {
  const auto ended = truce(folder_.path(), {"run", "small.yaml", "--out", "out"},
                           [] { ::dup2(::open("/dev/full", O_WRONLY), STDOUT_FILENO); });
  EXPECT_EQ(ended.code, 1);
  EXPECT_NE(ended.err.find("standard output: No space left"), std::string::npos) << ended.err;
  EXPECT_EQ(ended.err.find("partial"), std::string::npos) << ended.err;
  EXPECT_EQ(manifest("out")["status"], "complete");
}

TEST_F(World, AReaderMayGoAway) {
  const auto ended = Program(folder_.path(),
                             {"/bin/bash", "-c",
                              "set -o pipefail; " TRUCE_PROGRAM " run small.yaml --out out | true"})
                         .wait();
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_EQ(manifest("out")["status"], "complete");
}

}  // namespace
}  // namespace truce::test
