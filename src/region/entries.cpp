#include "hotline/region/entries.h"

#include "hotline/base/contract.h"

#include "region/collector.h"

namespace hotline::region {
namespace {

// How many 7-digit prefixes a prefix of so many digits stands for.
std::uint32_t span_of(std::uint8_t digits) {
  std::uint32_t span = 1;
  for (std::uint8_t i = digits; i < kMobileDigits; ++i) span *= 10;
  return span;
}

void apply(const Entry& entry, const std::vector<PlaceId>& ids, TableBuilder& builder) {
  if (entry.is_area_code) {
    if (entry.place) builder.override_landline(prefix_text(entry), ids.at(*entry.place));
    return;
  }
  const std::uint32_t span = span_of(entry.digits);
  const std::uint32_t first = entry.prefix * span;
  if (entry.place) builder.mobile(first, first + span - 1, ids.at(*entry.place));
  if (entry.carrier) builder.carrier(prefix_text(entry), *entry.carrier);
}

std::string_view carrier_word(Carrier carrier) {
  return carrier == Carrier::unknown ? kUnknownWord : to_string(carrier);
}

}  // namespace

std::string prefix_text(const Entry& entry) {
  return (entry.is_area_code ? "0" : "") + std::to_string(entry.prefix);
}

std::shared_ptr<const Table> overlay(const Table& base, const Entries& entries) {
  TableBuilder builder(base);
  std::vector<PlaceId> ids;
  ids.reserve(entries.places.size());
  for (const Place& place : entries.places) {
    ids.push_back(builder.place(place.province, place.city, place.area_code));
  }
  for (const Entry& entry : entries.list) apply(entry, ids, builder);
  return builder.build();
}

std::string to_csv(const Entries& entries) {
  constexpr std::size_t kUsualLine = 36;
  std::string text;
  text.reserve(entries.list.size() * kUsualLine);
  text += "prefix,province,city,area_code,carrier\n";
  const Place nowhere;
  for (const Entry& entry : entries.list) {
    const Place& place = entry.place ? entries.places.at(*entry.place) : nowhere;
    text += prefix_text(entry);
    text += ',';
    text += place.province;
    text += ',';
    text += place.city;
    text += ',';
    // An area code is one itself.
    if (!entry.is_area_code) text += place.area_code;
    text += ',';
    if (entry.carrier) text += carrier_word(*entry.carrier);
    text += '\n';
  }
  return text;
}

}  // namespace hotline::region
