// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/commands.hpp"

int main(int argc, char** argv) {
  const truce::cli::Arguments arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
  return static_cast<int>(truce::cli::run_program(arguments));
}
