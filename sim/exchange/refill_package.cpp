// SPDX-License-Identifier: Apache-2.0
#include "sim/exchange/refill_package.hpp"

#include <array>
#include <fstream>
#include <utility>

#include <zip.h>

#include "sim/core/contract.hpp"
#include "sim/core/problem.hpp"
#include "sim/core/text.hpp"

#include "sim/exchange/refill_xml.hpp"

namespace truce::exchange::book {
namespace {

// 1980-01-01 00:00, the first moment that a ZIP archive knows.
constexpr std::uint16_t first_date = (1U << 5U) | 1U;
constexpr std::uint32_t usual_level = 6;  // of zlib

struct CloseUnpacked {
  void operator()(zip_file_t* file) const { ::zip_fclose(file); }
};
struct FreeSource {
  void operator()(zip_source_t* source) const { ::zip_source_free(source); }
};
using Source = std::unique_ptr<zip_source_t, FreeSource>;

/// "xl/_rels/workbook.xml.rels" of "xl/workbook.xml".
std::string relations_part(const std::string& part) {
  const auto slash = part.rfind('/');
  const auto name = slash == std::string::npos ? 0 : slash + 1;
  return part.substr(0, name) + "_rels/" + part.substr(name) + ".rels";
}

/// The part that a target means, seen from a part in the same folder as `from`.
std::string resolved(const std::string& from, std::string_view target) {
  std::vector<std::string_view> steps;
  if (target.starts_with('/')) {
    target.remove_prefix(1);
  } else if (const auto slash = from.rfind('/'); slash != std::string::npos) {
    steps = split(std::string_view(from).substr(0, slash), '/');
  }
  for (const auto step : split(target, '/')) {
    if (step == "..") {
      if (!steps.empty()) steps.pop_back();
    } else if (step != "." && !step.empty()) {
      steps.push_back(step);
    }
  }
  std::string part;
  for (const auto step : steps) {
    if (!part.empty()) part += '/';
    part += step;
  }
  return part;
}

/// What a file is that is no ZIP archive, if that can be told.
std::string other_kind(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::array<char, 4> start{};
  file.read(start.data(), start.size());
  if (std::string_view(start.data(), start.size()) == "\xD0\xCF\x11\xE0") {
    return " It looks like one with a password, or of the old kind (.xls): save it as .xlsx,"
           " without a password";
  }
  return "";
}

}  // namespace

void Package::Discard::operator()(::zip* archive) const {
  ::zip_discard(archive);
}

Package::Package(std::filesystem::path file) : file_(std::move(file)) {
  int error = 0;
  archive_.reset(::zip_open(file_.c_str(), ZIP_RDONLY, &error));
  if (!archive_) {
    std::error_code missing;
    if (!std::filesystem::exists(file_, missing)) fail("is not there");
    fail("is no workbook that can be read (no whole ZIP archive)." + other_kind(file_));
  }
  if (!has("[Content_Types].xml")) {
    fail("is no XLSX workbook. If it is one of another kind (.ods), save it as .xlsx");
  }
}

Package::~Package() = default;

void Package::fail(const std::string& what) const {
  throw WorldError(file_.string(), what);
}

std::optional<std::uint64_t> Package::find(const std::string& part) const {
  const auto index = ::zip_name_locate(archive_.get(), part.c_str(), ZIP_FL_NOCASE);
  if (index < 0) return std::nullopt;
  return static_cast<std::uint64_t>(index);
}

bool Package::has(const std::string& part) const {
  return find(part).has_value();
}

// What the archive says of sizes may be a lie: only what comes out counts.
std::string Package::unpack(std::uint64_t index, const std::string& part) {
  const std::unique_ptr<zip_file_t, CloseUnpacked> file(
      ::zip_fopen_index(archive_.get(), index, 0));
  if (!file) fail(printable(part) + " can't be read: " + ::zip_strerror(archive_.get()));
  std::string text;
  std::vector<char> buffer(1U << 16U);
  while (true) {
    const auto read = ::zip_fread(file.get(), buffer.data(), buffer.size());
    if (read < 0) fail("is damaged: " + printable(part));
    if (read == 0) return text;
    unpacked_ += static_cast<std::uintmax_t>(read);
    if (unpacked_ > most_refilled_bytes) {
      fail("holds more than " + std::to_string(most_refilled_bytes >> 20U) + " MiB when unpacked");
    }
    text.append(buffer.data(), static_cast<std::size_t>(read));
  }
}

std::string Package::text(const std::string& part) {
  const auto index = find(part);
  if (!index) fail("is damaged: it lacks " + printable(part));
  if (const auto found = replaced_.find(*index); found != replaced_.end()) return found->second;
  return unpack(*index, part);
}

pugi::xml_document Package::xml(const std::string& part) {
  const auto unpacked = text(part);
  pugi::xml_document document;
  const auto parsed = document.load_buffer(unpacked.data(), unpacked.size(), parse_kept);
  if (!parsed) fail("is damaged: " + printable(part) + ": " + parsed.description());
  // It is written in UTF-8, whatever it was.
  auto encoding = document.first_child().attribute("encoding");
  if (document.first_child().type() == pugi::node_declaration && encoding) {
    encoding.set_value("UTF-8");
  }
  return document;
}

std::vector<Relation> Package::relations(const std::string& part) {
  std::vector<Relation> found;
  const auto listed = relations_part(part);
  if (!has(listed)) return found;
  const auto document = xml(listed);
  for (const auto& one : document.child("Relationships").children("Relationship")) {
    if (std::string_view(one.attribute("TargetMode").value()) == "External") continue;
    const std::string_view type = one.attribute("Type").value();
    found.push_back({one.attribute("Id").value(), std::string(type.substr(type.rfind('/') + 1)),
                     resolved(part, one.attribute("Target").value())});
  }
  return found;
}

void Package::replace(const std::string& part, std::string text) {
  const auto index = find(part);
  TRUCE_EXPECT(index, "what is replaced is a part of the workbook");
  replaced_[*index] = std::move(text);
}

void Package::replace(const std::string& part, const pugi::xml_document& document) {
  std::string text;
  append_xml(text, document);
  replace(part, std::move(text));
}

void Package::drop(const std::string& part, const std::string& related_from) {
  const auto index = find(part);
  if (index) dropped_.insert(*index);
  const auto listed = relations_part(related_from);
  auto document = xml(listed);
  auto relations = document.child("Relationships");
  for (auto one = relations.child("Relationship"); one;) {
    const auto next = one.next_sibling("Relationship");
    const bool external = std::string_view(one.attribute("TargetMode").value()) == "External";
    if (!external && resolved(related_from, one.attribute("Target").value()) == part) {
      relations.remove_child(one);
    }
    one = next;
  }
  replace(listed, document);
  auto types = xml("[Content_Types].xml");
  auto of_part =
      types.child("Types").find_child_by_attribute("Override", "PartName", ("/" + part).c_str());
  if (of_part) {
    types.child("Types").remove_child(of_part);
    replace("[Content_Types].xml", types);
  }
}

std::string Package::packed() {
  zip_error_t error{};
  ::zip_error_init(&error);
  const auto check = [&](bool done) {
    if (!done) fail(std::string("can't be packed again: ") + ::zip_error_strerror(&error));
  };
  const Source memory(::zip_source_buffer_create(nullptr, 0, 0, &error));
  check(memory != nullptr);
  Archive archive(::zip_open_from_source(memory.get(), ZIP_TRUNCATE, &error));
  check(archive != nullptr);
  ::zip_source_keep(memory.get());  // the archive owns it, and so do we
  const auto check_archive = [&](bool done) {
    if (!done) fail(std::string("can't be packed again: ") + ::zip_strerror(archive.get()));
  };
  const auto entries = ::zip_get_num_entries(archive_.get(), 0);
  for (std::uint64_t i = 0; i < static_cast<std::uint64_t>(entries); ++i) {
    if (dropped_.contains(i)) continue;
    const char* name = ::zip_get_name(archive_.get(), i, ZIP_FL_ENC_RAW);
    check_archive(name != nullptr);
    const auto found = replaced_.find(i);
    Source source(
        found == replaced_.end()
            ? ::zip_source_zip(archive.get(), archive_.get(), i, ZIP_FL_COMPRESSED, 0, -1)
            : ::zip_source_buffer(archive.get(), found->second.data(), found->second.size(), 0));
    check_archive(source != nullptr);
    const auto added = ::zip_file_add(archive.get(), name, source.get(), ZIP_FL_ENC_GUESS);
    check_archive(added >= 0);
    static_cast<void>(source.release());  // the archive has it
    const auto index = static_cast<std::uint64_t>(added);
    check_archive(::zip_file_set_dostime(archive.get(), index, 0, first_date, 0) == 0);
    if (found != replaced_.end()) {
      check_archive(::zip_set_file_compression(archive.get(), index, ZIP_CM_DEFLATE, usual_level) ==
                    0);
    }
  }
  check_archive(::zip_close(archive.get()) == 0);
  static_cast<void>(archive.release());

  zip_stat_t stat{};
  ::zip_stat_init(&stat);
  ::zip_error_init(&error);
  check(::zip_source_stat(memory.get(), &stat) == 0 && (stat.valid & ZIP_STAT_SIZE) != 0 &&
        ::zip_source_open(memory.get()) == 0);
  std::string bytes(stat.size, '\0');
  const auto read = ::zip_source_read(memory.get(), bytes.data(), bytes.size());
  ::zip_source_close(memory.get());
  check(read == static_cast<zip_int64_t>(bytes.size()));
  return bytes;
}

}  // namespace truce::exchange::book
