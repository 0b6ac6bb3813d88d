// SPDX-License-Identifier: Apache-2.0
#include "bench/rows.hpp"

#include <algorithm>
#include <fstream>

#include <sched.h>

#include "sim/core/text.hpp"

namespace truce::bench {

std::string machine() {
  std::string model = "unknown processor";
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("model name")) continue;
    const auto colon = line.find(": ");
    if (colon != std::string::npos) model = line.substr(colon + 2);
    break;
  }
  // No cell of the table needs quotation marks.
  std::replace_if(
      model.begin(), model.end(), [](char c) { return c == ',' || c == '"'; }, ' ');
  cpu_set_t set;
  const int cores = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 0;
  return model + " x" + std::to_string(cores);
}

std::string Rows::csv() const {
  const std::string where = machine();
  std::string text = "benchmark,size,metric,value,unit,machine\n";
  for (const auto& row : rows_) {
    text += benchmark_ + '/' + std::string(row.axis) + ',' + std::to_string(row.size) + ',' +
            std::string(row.metric) + ',' + shortest(row.value) + ',' + std::string(row.unit) +
            ',' + where + '\n';
  }
  return text;
}

}  // namespace truce::bench
