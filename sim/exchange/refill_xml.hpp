// SPDX-License-Identifier: Apache-2.0
// XML of workbooks: read with care, changed in places, all else kept as it stands.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <pugixml.hpp>

namespace truce::exchange::book {

/// Nothing of a document is lost but its document type, of which Office Open XML has none; entities
/// of one are not expanded, so that they can't explode.
inline constexpr unsigned parse_kept = pugi::parse_default | pugi::parse_declaration |
                                       pugi::parse_comments | pugi::parse_pi |
                                       pugi::parse_ws_pcdata;

/// Appends an element, or a whole document, as text that reads back as the same.
void append_xml(std::string& text, const pugi::xml_node& node);

/// Appends what stands between <t xml:space="preserve"> and </t>. What XML has no character for,
/// and bytes that are not UTF-8, become U+FFFD; "_x0041_", which would be read as "A", is escaped
/// as ECMA-376, part 1, 22.9.2.19 says.
void append_escaped(std::string& text, std::string_view plain);
/// How many units of UTF-16 a text has, as spreadsheets count its length.
std::size_t length_in_cell(std::string_view text);
/// The text that an ST_Xstring stands for: "_x000a_" is a line end.
std::string unescaped(std::string_view text);

/// Whether an attribute is true: "1", "true" or "on".
bool is_on(const pugi::xml_attribute& attribute);

/// A sheet with its rows apart. The parts point into the text that it was made from.
struct SheetText {
  std::string_view head;  ///< before <sheetData>
  std::vector<std::string_view> rows;
  std::string_view tail;  ///< behind </sheetData>
};
/// Finds the rows of a sheet; nothing if the text is no sheet in UTF-8 whose elements have no
/// prefix. Attributes are not looked at.
std::optional<SheetText> split_sheet(std::string_view text);

/// The items <si> of the shared strings, in order; nothing likewise.
std::optional<std::vector<std::string_view>> split_strings(std::string_view text);

/// The elements of that name that hold none themselves, wherever they stand in a piece of XML:
/// <mergeCell ref="A1:B2"/>.
std::vector<std::string_view> tags_of(std::string_view text, std::string_view name);

}  // namespace truce::exchange::book
