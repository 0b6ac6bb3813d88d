// SPDX-License-Identifier: Apache-2.0
#include "sim/report/resume.hpp"

#include <array>
#include <bit>
#include <cstring>
#include <fstream>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <zlib.h>

#include "sim/core/problem.hpp"

#include "sim/model/outcome.hpp"

#include "sim/report/file.hpp"

namespace truce::report {
namespace fs = std::filesystem;
namespace {

static_assert(std::endian::native == std::endian::little && sizeof(double) == 8);

constexpr std::string_view format_line = "truce resume 1\n";
constexpr int gzip = 15 + 16;  // zlib's way to ask for the format
constexpr int fast = 1;        // zeros shrink as well at this level
constexpr std::size_t chunk = 1U << 16U;
/// No file of ours holds more of anything: what claims to is damaged.
constexpr std::uint64_t most = 1ULL << 32U;

/// Bytes of a timeline: bits that changed from day to day, the first bytes of all values first.
std::string shuffled(const std::vector<double>& values, std::size_t width) {
  std::string bytes(values.size() * 8, '\0');
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto before = i < width ? 0 : std::bit_cast<std::uint64_t>(values[i - width]);
    const auto changed = std::bit_cast<std::uint64_t>(values[i]) ^ before;
    for (std::size_t b = 0; b < 8; ++b) {
      bytes[b * values.size() + i] = static_cast<char>((changed >> (8 * b)) & 0xFFU);
    }
  }
  return bytes;
}

std::vector<double> unshuffled(std::string_view bytes, std::size_t width) {
  std::vector<double> values(bytes.size() / 8);
  for (std::size_t i = 0; i < values.size(); ++i) {
    std::uint64_t bits = i < width ? 0 : std::bit_cast<std::uint64_t>(values[i - width]);
    for (std::size_t b = 0; b < 8; ++b) {
      const auto byte = static_cast<unsigned char>(bytes[b * values.size() + i]);
      bits ^= std::uint64_t{byte} << (8 * b);
    }
    values[i] = std::bit_cast<double>(bits);
  }
  return values;
}

class Deflater {
 public:
  explicit Deflater(File& file) : file_(file) {
    if (deflateInit2(&state_, fast, Z_DEFLATED, gzip, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
      throw WorldError(file.path().string(), "can't be compressed");
    }
  }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;
  ~Deflater() { deflateEnd(&state_); }

  void bytes(std::string_view text) { push(text, Z_NO_FLUSH); }
  void whole(std::uint64_t value) {
    const auto raw = std::bit_cast<std::array<char, 8>>(value);
    bytes({raw.data(), raw.size()});
  }
  void number(double value) { whole(std::bit_cast<std::uint64_t>(value)); }
  void end() { push({}, Z_FINISH); }

 private:
  void push(std::string_view text, int flush) {
    std::string input(text);  // zlib takes no constant bytes
    state_.next_in = reinterpret_cast<Bytef*>(input.data());
    state_.avail_in = static_cast<uInt>(input.size());
    int told = Z_OK;
    do {
      state_.next_out = reinterpret_cast<Bytef*>(out_.data());
      state_.avail_out = static_cast<uInt>(out_.size());
      told = deflate(&state_, flush);
      file_.write({out_.data(), out_.size() - state_.avail_out});
    } while (state_.avail_out == 0 || (flush == Z_FINISH && told != Z_STREAM_END));
  }

  File& file_;
  z_stream state_{};
  std::vector<char> out_ = std::vector<char>(chunk);
};

class Inflater {
 public:
  explicit Inflater(fs::path path) : path_(std::move(path)), file_(path_, std::ios::binary) {
    if (!file_) throw WorldError(path_.string(), "can't be read");
    if (inflateInit2(&state_, gzip) != Z_OK) fail();
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() { inflateEnd(&state_); }

  std::string bytes(std::size_t size) {
    std::string text(size, '\0');
    state_.next_out = reinterpret_cast<Bytef*>(text.data());
    state_.avail_out = static_cast<uInt>(size);
    while (state_.avail_out > 0) {
      if (state_.avail_in == 0) {
        file_.read(in_.data(), static_cast<std::streamsize>(in_.size()));
        state_.next_in = reinterpret_cast<Bytef*>(in_.data());
        state_.avail_in = static_cast<uInt>(file_.gcount());
        if (state_.avail_in == 0) fail();
      }
      const int told = inflate(&state_, Z_NO_FLUSH);
      if (told != Z_OK && !(told == Z_STREAM_END && state_.avail_out == 0)) fail();
    }
    return text;
  }
  std::uint64_t whole() {
    std::uint64_t value = 0;
    std::memcpy(&value, bytes(sizeof value).data(), sizeof value);
    return value;
  }
  /// A number of things to follow.
  std::size_t count() {
    const auto value = whole();
    if (value > most) fail();
    return static_cast<std::size_t>(value);
  }
  double number() { return std::bit_cast<double>(whole()); }
  [[noreturn]] void fail() const {
    throw WorldError(path_.string(), "is damaged or of another version of truce");
  }

 private:
  fs::path path_;
  std::ifstream file_;
  z_stream state_{};
  std::vector<char> in_ = std::vector<char>(chunk);
};

}  // namespace

Written write_resume(const fs::path& folder, const experiment::Remains& remains) {
  const std::string name(resume_name);
  File file(folder / name);
  Deflater out(file);
  out.bytes(format_line);
  out.whole(remains.replications);
  out.whole(remains.days);
  out.whole(remains.timeline.size());
  for (const auto& cell : remains.timeline) {
    const auto state = cell.state();
    out.whole(state.count);
    for (const double value : {state.mean, state.squares, state.min, state.max}) out.number(value);
  }
  out.whole(remains.has_ceasefires ? 1 : 0);
  out.whole(remains.ceasefires.size());
  for (const auto count : remains.ceasefires) out.whole(count);
  out.whole(remains.kept.size());
  for (const auto& one : remains.kept) {
    out.bytes(shuffled(one.values, one.values.size() / std::max<std::size_t>(1, one.days)));
  }
  out.end();
  file.close();
  return {name, 0, 0, file.bytes(), file.sha256()};
}

experiment::Remains read_resume(const fs::path& folder) {
  Inflater in(folder / resume_name);
  if (in.bytes(format_line.size()) != format_line) in.fail();
  experiment::Remains remains;
  remains.replications = in.whole();
  remains.days = in.count();
  remains.timeline.resize(in.count());
  for (auto& cell : remains.timeline) {
    stats::Moments::State state;
    state.count = in.whole();
    for (double* value : {&state.mean, &state.squares, &state.min, &state.max}) {
      *value = in.number();
    }
    cell = stats::Moments(state);
  }
  remains.has_ceasefires = in.whole() != 0;
  remains.ceasefires.resize(in.count());
  for (auto& count : remains.ceasefires) count = in.whole();
  remains.kept.resize(in.count());
  for (auto& one : remains.kept) {
    one.days = remains.days;
    one.values = unshuffled(in.bytes(remains.timeline.size() * 8),
                            remains.timeline.size() / std::max<std::size_t>(1, one.days));
  }
  return remains;
}

}  // namespace truce::report
