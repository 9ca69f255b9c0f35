// The public phone.dat. Every number in it is doubted: it may be anybody's file.

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "hotline/region/reading.h"

#include "region/collector.h"

namespace hotline::region {
namespace {

constexpr std::size_t kHead = 8;          // version, offset of the first index
constexpr std::size_t kIndex = 9;         // prefix, offset of its record, carrier
constexpr std::size_t kToldEvery = 4096;  // indexes
constexpr std::size_t kMostRecord = 256;
constexpr std::size_t kFields = 4;  // province|city|zip|area code

// By the byte of an index; virtual operators bear the carrier whose network they use. Public files
// have a few other numbers, for carriers their makers do not know: they say nothing.
constexpr std::string_view kCarriers[] = {"",     "移动", "联通", "电信", "电信",
                                          "联通", "移动", "广电", "广电"};

// Requires: at + 4 <= bytes.size().
std::uint32_t read_u32(std::string_view bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 4; i > 0; --i) {
    value = value << 8 | static_cast<unsigned char>(bytes[at + i - 1]);
  }
  return value;
}

using Record = std::array<std::string_view, kFields>;

// The record at that offset. `records` is what lies before the first index.
// Errors: nullopt where none begins there, or it is none.
std::optional<Record> read_record(std::string_view records, std::size_t at) {
  if (at < kHead || at >= records.size()) return std::nullopt;
  if (at > kHead && records[at - 1] != '\0') return std::nullopt;  // inside of another
  const auto end = records.find('\0', at);
  if (end == std::string_view::npos || end - at > kMostRecord) return std::nullopt;
  std::string_view text = records.substr(at, end - at);
  if (!is_plain(text)) return std::nullopt;
  Record record;
  for (std::size_t i = 0; i < kFields; ++i) {
    const auto bar = text.find('|');
    if ((bar == std::string_view::npos) != (i == kFields - 1)) return std::nullopt;
    record.at(i) = text.substr(0, bar);
    text = bar == std::string_view::npos ? std::string_view() : text.substr(bar + 1);
  }
  return record;
}

// What is wrong with the file as a whole; empty where nothing is.
std::string trouble_of(std::string_view bytes) {
  if (bytes.size() < kHead) return "is shorter than the head of a phone.dat";
  const std::size_t first = read_u32(bytes, 4);
  if (first < kHead || first > bytes.size()) {
    return "is cut off or no phone.dat: its indexes begin at byte " + std::to_string(first) +
           " of " + std::to_string(bytes.size());
  }
  if ((bytes.size() - first) % kIndex != 0) {
    return "is cut off or no phone.dat: " + std::to_string(bytes.size() - first) +
           " bytes of indexes are no multiple of 9";
  }
  return first == bytes.size() ? "names no prefix" : "";
}

void read_index(std::string_view index, std::size_t number, std::string_view records,
                Collector& collector) {
  const std::uint32_t offset = read_u32(index, 4);
  const auto carrier = static_cast<unsigned char>(index[8]);
  const auto record = read_record(records, offset);
  if (!record) {
    return collector.flaw(number, "there is no record `province|city|zip|area code` at byte " +
                                      std::to_string(offset));
  }
  const std::string prefix = std::to_string(read_u32(index, 0));
  if (prefix.size() != kMobileDigits) {
    return collector.flaw(number, prefix + " is no prefix of 7 digits");
  }
  collector.add(number, {prefix, record->at(0), record->at(1), record->at(3),
                         carrier < std::size(kCarriers) ? kCarriers[carrier] : ""});
}

}  // namespace

Reading read_phone_dat(std::string_view bytes, const ReadingProgress& progress) {
  Collector collector("entry");
  if (std::string trouble = trouble_of(bytes); !trouble.empty()) {
    collector.flaw(0, std::move(trouble));
  } else {
    const std::size_t first = read_u32(bytes, 4);
    const std::string_view records = bytes.substr(0, first);
    for (std::size_t at = first, number = 1; at < bytes.size(); at += kIndex, ++number) {
      read_index(bytes.substr(at, kIndex), number, records, collector);
      if (progress && number % kToldEvery == 0) progress(at, bytes.size());
    }
  }
  Reading reading = collector.take();
  reading.is_phone_dat = true;
  return reading;
}

// Text has no NUL, and the offset in the head of a phone.dat of less than 16 MiB has one.
Reading read_regions(std::string_view bytes, const ReadingProgress& progress) {
  const bool is_text = bytes.substr(0, kHead).find('\0') == std::string_view::npos;
  return is_text ? read_csv(bytes, progress) : read_phone_dat(bytes, progress);
}

}  // namespace hotline::region
