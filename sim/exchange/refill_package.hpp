// SPDX-License-Identifier: Apache-2.0
// A workbook as the archive of parts that it is: parts are found by their relations, a few are
// replaced, and all others are copied as they are packed.
//
// Open Packaging Conventions (ECMA-376, part 2). The file may come from anywhere: what is unpacked
// is bounded, and no name in it ever becomes a path on the disk.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <pugixml.hpp>

struct zip;

namespace truce::exchange::book {

/// Bytes of all parts that are unpacked to refill a workbook: the sheets, not pictures and the
/// like.
inline constexpr std::uintmax_t most_refilled_bytes = 1U << 30U;

/// What a part says of another.
struct Relation {
  std::string id;
  std::string type;  ///< the last word of its address: "worksheet", "table"
  std::string part;  ///< "xl/worksheets/sheet1.xml"
};

class Package {
 public:
  /// Throws WorldError if it is no archive.
  explicit Package(std::filesystem::path file);
  ~Package();
  Package(const Package&) = delete;
  Package& operator=(const Package&) = delete;

  /// Throws WorldError that names the file.
  [[noreturn]] void fail(const std::string& what) const;

  bool has(const std::string& part) const;
  std::string text(const std::string& part);
  pugi::xml_document xml(const std::string& part);
  /// The relations of a part to other parts; of the package itself for "".
  std::vector<Relation> relations(const std::string& part);

  void replace(const std::string& part, std::string text);
  void replace(const std::string& part, const pugi::xml_document& document);
  /// Leaves a part out, with what the package says of it.
  void drop(const std::string& part, const std::string& related_from);

  /// The archive with what was replaced. The same bytes each time: its times are all the same.
  std::string packed();

 private:
  struct Discard {
    void operator()(::zip* archive) const;
  };
  using Archive = std::unique_ptr<::zip, Discard>;

  std::optional<std::uint64_t> find(const std::string& part) const;
  std::string unpack(std::uint64_t index, const std::string& part);

  std::filesystem::path file_;
  Archive archive_;
  std::map<std::uint64_t, std::string> replaced_;  ///< by place in the archive
  std::set<std::uint64_t> dropped_;
  std::uintmax_t unpacked_ = 0;
};

}  // namespace truce::exchange::book
