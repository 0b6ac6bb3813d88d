// SPDX-License-Identifier: Apache-2.0
// Result folders: they appear complete or not at all, and harm nothing that is there.
#include "sim/report/folder.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/core/problem.hpp"

#include "sim/report/dossier.hpp"

#include "tests/report/sample.hpp"

namespace truce::report {
namespace {

using test::read_file;
using test::TemporaryFolder;
using test::write_file;

namespace fs = std::filesystem;

std::vector<std::string> entries(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    names.push_back(entry.path().filename().string());
  }
  std::ranges::sort(names);
  return names;
}

/// Writes a result folder as a run would.
void write_results(const fs::path& target, Existing existing, std::uint64_t replications = 40) {
  const auto results = sample_results(replications);
  Dossier dossier(target, existing, results.columns, results.seed);
  for (std::uint64_t i = 0; i < replications; ++i) {
    dossier.row(i, std::vector<double>(results.columns.size(), 1.0));
  }
  dossier.finish(results, sample_scenario(), {});
}

/// What a refused folder says.
std::string refusal(const fs::path& target, Existing existing) {
  try {
    const Folder folder(target, existing);
  } catch (const UsageError& error) {
    return error.what();
  }
  return "not refused";
}

TEST(Folder, AppearsWhenItIsComplete) {
  const TemporaryFolder temporary;
  const auto target = temporary.path() / "new" / "results";
  {
    Folder folder(target, Existing::keep);
    write_file(folder.path() / "a.csv", "1");
    EXPECT_FALSE(fs::exists(target));
    EXPECT_EQ(folder.path().parent_path(), target.parent_path());
    folder.commit();
  }
  EXPECT_EQ(read_file(target / "a.csv"), "1");
  EXPECT_EQ(entries(target.parent_path()), std::vector<std::string>{"results"});
}

TEST(Folder, LeavesNothingBehindUnlessTold) {
  const TemporaryFolder temporary;
  {
    const Folder folder(temporary.path() / "x", Existing::keep);
    write_file(folder.path() / "a.csv", "1");
  }
  EXPECT_TRUE(entries(temporary.path()).empty());
  fs::path left;
  {
    Folder folder(temporary.path() / "x", Existing::keep);
    write_file(folder.path() / "a.csv", "1");
    folder.leave();
    left = folder.path();
  }
  EXPECT_EQ(read_file(left / "a.csv"), "1");
}

TEST(Folder, TakesAnEmptyFolder) {
  const TemporaryFolder temporary;
  fs::create_directory(temporary.path() / "x");
  Folder folder(temporary.path() / "x/", Existing::keep);
  write_file(folder.path() / "a.csv", "1");
  folder.commit();
  EXPECT_EQ(entries(temporary.path() / "x"), std::vector<std::string>{"a.csv"});
}

TEST(Folder, KeepsAnExistingOne) {
  const TemporaryFolder temporary;
  const auto target = temporary.path() / "x";
  write_results(target, Existing::keep);
  const auto before = read_file(target / "manifest.json");
  EXPECT_NE(refusal(target, Existing::keep).find("exists already"), std::string::npos);
  EXPECT_NE(refusal(target, Existing::keep).find("--force"), std::string::npos);
  EXPECT_EQ(read_file(target / "manifest.json"), before);
  EXPECT_EQ(entries(temporary.path()), std::vector<std::string>{"x"});
}

TEST(Folder, ReplacesResultsWhenForced) {
  const TemporaryFolder temporary;
  const auto target = temporary.path() / "x";
  write_results(target, Existing::keep, 40);
  write_results(target, Existing::replace, 24);
  EXPECT_NE(read_file(target / "manifest.json").find("\"replications\": 24"), std::string::npos);
  EXPECT_EQ(entries(temporary.path()), std::vector<std::string>{"x"});
  EXPECT_EQ(entries(target),
            (std::vector<std::string>{"assumptions.csv", "dictionary.csv", "manifest.json",
                                      "replications.csv", "resume.bin.gz", "summary.csv",
                                      "timeline.csv"}));
}

TEST(Folder, KeepsWhatIsNotOursEvenWhenForced) {
  const TemporaryFolder temporary;
  const auto& home = temporary.path();
  fs::create_directory(home / "photos");
  write_file(home / "photos/a.jpg", "x");
  EXPECT_NE(refusal(home / "photos", Existing::replace).find("no manifest.json"),
            std::string::npos);
  write_file(home / "photos/manifest.json", R"({"files": "of something else"})");
  EXPECT_NE(refusal(home / "photos", Existing::replace).find("no manifest.json"),
            std::string::npos);
  write_file(home / "photos/manifest.json", "not JSON");
  EXPECT_NE(refusal(home / "photos", Existing::replace).find("no manifest.json"),
            std::string::npos);
  write_file(home / "file", "x");
  EXPECT_NE(refusal(home / "file", Existing::replace).find("not a folder"), std::string::npos);
  write_results(home / "results", Existing::keep);
  fs::create_directory_symlink(home / "results", home / "link");
  EXPECT_NE(refusal(home / "link", Existing::replace).find("not a folder"), std::string::npos);
  write_file(home / "results/notes.txt", "mine");
  EXPECT_NE(refusal(home / "results", Existing::replace).find("notes.txt"), std::string::npos);
  EXPECT_EQ(read_file(home / "photos/a.jpg"), "x");
  EXPECT_EQ(read_file(home / "file"), "x");
  EXPECT_EQ(read_file(home / "results/notes.txt"), "mine");
  EXPECT_EQ(entries(home), (std::vector<std::string>{"file", "link", "photos", "results"}));
}

TEST(Folder, RefusesNamesThatAreNone) {
  for (const auto* name : {"", ".", "..", "a/.."}) {
    EXPECT_NE(refusal(name, Existing::replace).find("can't be a result folder"), std::string::npos)
        << name;
  }
}

TEST(Folder, NoticesAtOnceThatItCantWrite) {
  const TemporaryFolder temporary;
  write_file(temporary.path() / "file", "x");
  EXPECT_THROW(Folder(temporary.path() / "file/below", Existing::keep), WorldError);
  EXPECT_THROW(Folder(temporary.path() / "file/below/it", Existing::keep), WorldError);
  EXPECT_THROW(Folder("/proc/results", Existing::keep), WorldError);
  EXPECT_EQ(read_file(temporary.path() / "file"), "x");
}

TEST(Folder, StaysBesideAnotherThatCameInTheMeantime) {
  const TemporaryFolder temporary;
  const auto target = temporary.path() / "x";
  fs::path left;
  {
    Folder folder(target, Existing::keep);
    left = folder.path();
    write_file(left / "a.csv", "ours");
    fs::create_directory(target);
    write_file(target / "a.csv", "theirs");
    EXPECT_THROW(folder.commit(), UsageError);
  }
  EXPECT_EQ(read_file(target / "a.csv"), "theirs");
  EXPECT_EQ(read_file(left / "a.csv"), "ours");
}

TEST(Folder, TwoAtATimeDoNotMeet) {
  const TemporaryFolder temporary;
  const Folder one(temporary.path() / "x", Existing::keep);
  const Folder two(temporary.path() / "x", Existing::keep);
  EXPECT_NE(one.path(), two.path());
}

}  // namespace
}  // namespace truce::report
