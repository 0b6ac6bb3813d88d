// SPDX-License-Identifier: Apache-2.0
// Text that every program can read: names of files may hold any bytes, tables must not.
#pragma once

#include <string>
#include <string_view>

namespace truce::exchange {

/// The text, with the replacement character (U+FFFD) for every byte that is not part of a character
/// of UTF-8 (Unicode 15, table 3-7).
std::string valid_utf8(std::string_view text);

}  // namespace truce::exchange
