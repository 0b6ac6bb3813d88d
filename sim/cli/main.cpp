// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/commands.hpp"

int main(int argc, char** argv) {
  using namespace truce::cli;
  return static_cast<int>(run_program(Arguments(argv + (argc > 0 ? 1 : 0), argv + argc)));
}
