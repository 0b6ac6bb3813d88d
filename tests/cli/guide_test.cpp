// SPDX-License-Identifier: Apache-2.0
// Every command that scenarios/README.md shows as one to be typed works, in the order of the page.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/cli/program.hpp"

namespace truce::test {
namespace {

namespace fs = std::filesystem;

/// The blocks of the page that are marked as commands of a shell.
std::vector<std::string> commands() {
  std::ifstream file(std::string(TRUCE_SCENARIOS) + "/README.md");
  std::vector<std::string> blocks;
  std::string line;
  while (std::getline(file, line)) {
    if (line != "```sh") continue;
    blocks.emplace_back();
    while (std::getline(file, line) && line != "```") blocks.back() += line + "\n";
  }
  return blocks;
}

TEST(Guide, CommandsWork) {
  const TemporaryFolder folder;
  fs::create_directory(folder.path() / "bin");
  fs::create_symlink(TRUCE_PROGRAM, folder.path() / "bin/truce");
  fs::create_directory_symlink(TRUCE_SCENARIOS, folder.path() / "scenarios");
  const auto blocks = commands();
  ASSERT_GE(blocks.size(), 6U);
  for (const auto& block : blocks) {
    write_file(folder.path() / "block.sh", "set -e\nPATH=$PWD/bin:$PATH\n" + block);
    const auto ended = Program(folder.path(), {"/bin/sh", "block.sh"}).wait();
    EXPECT_EQ(ended.code, 0) << block << ended.err;
  }
  EXPECT_TRUE(fs::exists(folder.path() / "results/my-case/summary.csv"));
  EXPECT_TRUE(fs::exists(folder.path() / "results/my-case.denied/summary.csv"));
}

}  // namespace
}  // namespace truce::test
