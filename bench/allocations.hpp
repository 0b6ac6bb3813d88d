// SPDX-License-Identifier: Apache-2.0
// Bytes that the program holds on the heap, counted by the global operator new of the programs that
// link this file: as the allocator rounds them, its own books left out.
#pragma once

#include <cstddef>

namespace truce::bench {

/// Bytes in use now.
std::size_t bytes_in_use();
/// Most bytes in use at a time since the last call of `forget_peak`.
std::size_t peak_bytes();
void forget_peak();

}  // namespace truce::bench
