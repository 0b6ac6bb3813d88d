// SPDX-License-Identifier: Apache-2.0
// A table as another program wrote it: names of columns, and cells of text that know their place.
#pragma once

#include <string>
#include <vector>

namespace truce {

struct TextTable {
  struct Cell {
    std::string text;
    std::string place;  ///< for messages: "B7", "line 12"
  };
  std::string file;
  std::vector<Cell> header;
  std::vector<std::vector<Cell>> rows;  ///< each as wide as the header
};

}  // namespace truce
