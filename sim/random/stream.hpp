// SPDX-License-Identifier: Apache-2.0
// Chance, keyed by what it is for: any draw can be rebuilt from (seed, replication, entity,
// purpose, occurrence, place), and no draw depends on another.
//
// Philox4x64-10 (Salmon, Moraes, Dror, Shaw: Parallel random numbers, as easy as 1, 2, 3, SC 2011)
// maps a 256-bit counter and a 128-bit key to 256 random bits. The key is (seed, source), where
// the source is a hash of the entity's name and the purpose's name; the counter is (block,
// replication, occurrence, 0). Hence
//   - adding an entity, or drawing more for one purpose, moves no other stream;
//   - two variations of a scenario meet the same luck: the scenario is not in the key;
//   - the k-th occurrence of something (incident, contingent) has its own stream, whatever the
//     order in which occurrences are handled.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace truce::random {

/// What one replication's chance is keyed by.
struct ReplicationKey {
  std::uint64_t seed = 0;
  std::uint64_t replication = 0;
};

/// Hash of an entity's name and a purpose's name (FNV-1a over both, finalised by the mixer of
/// SplitMix64). Names, not numbers: entities keep their chance when others come or go.
std::uint64_t source_of(std::string_view entity, std::string_view purpose);

/// Mixes two 64-bit values into one (SplitMix64 finaliser); for identities made of parts.
std::uint64_t mix(std::uint64_t a, std::uint64_t b);

/// The four 64-bit words that Philox4x64-10 makes of a counter and a key.
std::array<std::uint64_t, 4> philox(const std::array<std::uint64_t, 4>& counter,
                                    const std::array<std::uint64_t, 2>& key);

/// A uniform variate of 64 random bits: (k + 1/2) / 2^52 for k in [0, 2^52), never 0, never 1.
constexpr double uniform_of(std::uint64_t bits) {
  return (static_cast<double>(bits >> 12) + 0.5) * 0x1p-52;
}

/// The sequence of draws for one (seed, replication, source, occurrence).
class Stream {
 public:
  Stream(ReplicationKey key, std::uint64_t source, std::uint64_t occurrence = 0)
      : key_{key.seed, source}, replication_(key.replication), occurrence_(occurrence) {}

  /// The next 64 random bits.
  std::uint64_t bits() {
    const std::size_t place = drawn_ % 4;
    if (place == 0) block_ = philox({drawn_ / 4, replication_, occurrence_, 0}, key_);
    ++drawn_;
    return block_[place];
  }
  /// The next uniform variate.
  double uniform() { return uniform_of(bits()); }

 private:
  std::array<std::uint64_t, 2> key_;
  std::uint64_t replication_;
  std::uint64_t occurrence_;
  std::uint64_t drawn_ = 0;
  std::array<std::uint64_t, 4> block_{};
};

/// A stream without its replication: the place of one entity's one purpose in the scheme, hashed
/// once and used in every replication.
class Source {
 public:
  Source() = default;
  Source(std::string_view entity, std::string_view purpose) : id_(source_of(entity, purpose)) {}
  Stream at(ReplicationKey key, std::uint64_t occurrence = 0) const {
    return Stream(key, id_, occurrence);
  }
  /// The first uniform variate of that stream, where no more of it may be asked for.
  double uniform_at(ReplicationKey key, std::uint64_t occurrence = 0) const {
    return uniform_of(philox({0, key.replication, occurrence, 0}, {key.seed, id_})[0]);
  }
  std::uint64_t id() const { return id_; }

 private:
  std::uint64_t id_ = 0;
};

}  // namespace truce::random
