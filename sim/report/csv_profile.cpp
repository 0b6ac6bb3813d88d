// SPDX-License-Identifier: Apache-2.0
#include "sim/report/csv_profile.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "sim/core/contract.hpp"
#include "sim/core/text.hpp"

namespace truce::report {

CsvProfile::CsvProfile(std::string_view name, char separator, char decimal, Reader reader)
    : name_(name), separator_(separator), decimal_(decimal), reader_(reader) {
  TRUCE_EXPECT(separator == ',' || separator == ';' || separator == '\t',
               "columns are separated by a comma, a semicolon or a tab");
  TRUCE_EXPECT(decimal == '.' || decimal == ',', "decimals follow a point or a comma");
  TRUCE_EXPECT(separator != decimal, "columns and decimals are separated differently");
}

std::optional<double> CsvProfile::number(std::string_view text) const {
  if (decimal_ == '.') return parse_number(text);
  if (text.find('.') != std::string_view::npos) return std::nullopt;
  std::string pointed(text);
  std::ranges::replace(pointed, decimal_, '.');
  return parse_number(pointed);
}

std::span<const CsvProfile> csv_profiles() {
  using enum CsvProfile::Reader;
  static const std::array profiles{
      CsvProfile("rfc4180", ',', '.', any), CsvProfile("excel", ',', '.', excel),
      CsvProfile("excel-eu", ';', ',', excel), CsvProfile("tsv", '\t', '.', any)};
  return profiles;
}

const CsvProfile& rfc4180() {
  return csv_profiles().front();
}

const CsvProfile* find_csv_profile(std::string_view name) {
  for (const auto& profile : csv_profiles()) {
    if (profile.name() == name) return &profile;
  }
  return nullptr;
}

}  // namespace truce::report
