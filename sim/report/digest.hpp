// SPDX-License-Identifier: Apache-2.0
// Fingerprints of texts and files, by which a reader can tell whether two of them are the same.
#pragma once

#include <string>
#include <string_view>

#include <sha256.h>

namespace truce::report {

/// SHA-256 (FIPS 180-4) of a text given in pieces.
class Digest {
 public:
  Digest() { SHA256Init(&state_); }
  void add(std::string_view text);
  /// 64 hexadecimal digits of all that was added so far.
  std::string hexadecimal() const;

 private:
  SHA256_CTX state_{};
};

/// SHA-256 of one text, in hexadecimal.
std::string sha256(std::string_view text);

}  // namespace truce::report
