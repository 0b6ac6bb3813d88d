// SPDX-License-Identifier: Apache-2.0
#include "sim/random/stream.hpp"

#include <Random123/philox.h>

namespace truce::random {
namespace {

std::uint64_t finalise(std::uint64_t x) {
  x ^= x >> 30;
  x *= 0xbf58476d1ce4e5b9ULL;
  x ^= x >> 27;
  x *= 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

std::uint64_t fnv1a(std::uint64_t hash, std::string_view text) {
  for (const char c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3ULL;
  }
  return hash;
}

}  // namespace

std::uint64_t source_of(std::string_view entity, std::string_view purpose) {
  std::uint64_t hash = fnv1a(0xcbf29ce484222325ULL, entity);
  hash = fnv1a(hash, std::string_view("\0", 1));  // "ab" + "c" is not "a" + "bc"
  return finalise(fnv1a(hash, purpose));
}

std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  return finalise(a + 0x9e3779b97f4a7c15ULL * (b + 1));
}

std::array<std::uint64_t, 4> philox(const std::array<std::uint64_t, 4>& counter,
                                    const std::array<std::uint64_t, 2>& key) {
  const r123::Philox4x64 generate;
  const r123::Philox4x64::ctr_type in{{counter[0], counter[1], counter[2], counter[3]}};
  const r123::Philox4x64::key_type with{{key[0], key[1]}};
  const auto out = generate(in, with);
  return {out[0], out[1], out[2], out[3]};
}

}  // namespace truce::random
