// SPDX-License-Identifier: Apache-2.0
#include "sim/report/digest.hpp"

#include <array>
#include <cstdint>

namespace truce::report {

void Digest::add(std::string_view text) {
  SHA256Update(&state_, reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
}

std::string Digest::hexadecimal() const {
  auto state = state_;
  std::array<char, SHA256_DIGEST_STRING_LENGTH> digits{};
  SHA256End(&state, digits.data());
  return digits.data();
}

std::string sha256(std::string_view text) {
  Digest digest;
  digest.add(text);
  return digest.hexadecimal();
}

}  // namespace truce::report
