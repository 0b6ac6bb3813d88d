// SPDX-License-Identifier: Apache-2.0
// Measured figures as rows that tables and pictures are made of:
// benchmark,size,metric,value,unit,machine.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace truce::bench {

struct Row {
  std::string_view axis;  ///< what `size` counts
  std::int64_t size = 0;
  std::string_view metric;
  double value = 0.0;
  std::string_view unit;
};

/// The processor and how many of them the program may use, as one cell of a table.
std::string machine();

class Rows {
 public:
  explicit Rows(std::string benchmark) : benchmark_(std::move(benchmark)) {}
  void add(const Row& row) { rows_.push_back(row); }
  /// With a header line.
  std::string csv() const;

 private:
  std::string benchmark_;
  std::vector<Row> rows_;
};

}  // namespace truce::bench
