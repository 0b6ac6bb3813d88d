// SPDX-License-Identifier: Apache-2.0
// Text of numbers and names: shortest round-trip decimals, strict reading, nearest known word.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace truce {

/// The shortest decimal that reads back as the same double: "0.1", "1e+20". Never a locale's comma.
std::string shortest(double value);
/// `value` rounded for a reader: `digits` significant digits, of which trailing zeros after the
/// point are dropped; whole digits are never cut ("123457", not "123500"). No exponent between 1e-4
/// and 1e15, thousands ungrouped, empty for what is not finite.
std::string readable(double value, int digits = 4);

/// Reads a finite decimal number that fills the whole text: no inf, no nan, no hexadecimal, no
/// leading zeros such as "010". Nothing otherwise.
std::optional<double> parse_number(std::string_view text);
/// Reads a whole number that fills the text, exactly: any that fits 64 bits if written in digits;
/// "1e6" counts too, below 2^53. Nothing otherwise.
std::optional<std::int64_t> parse_integer(std::string_view text);

std::string_view trim(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);
std::string join(std::span<const std::string> parts, std::string_view separator);

/// The candidate nearest to `word` by edit distance, if it is near enough to be meant.
std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates);
/// " Did you mean 'x'?" or an empty text.
std::string did_you_mean(std::string_view word, std::span<const std::string> candidates);

/// Text made safe for a terminal: control characters and bytes that are not UTF-8 as \xNN, cut to
/// `limit` bytes between characters and ended with "..." if there was more.
std::string printable(std::string_view text, std::size_t limit = 80);

}  // namespace truce
