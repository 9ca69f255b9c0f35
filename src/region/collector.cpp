#include "region/collector.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "hotline/base/contract.h"

#include "region/named_place.h"
#include "region/utf8.h"

namespace hotline::region {
namespace {

constexpr std::size_t kMostQuoted = 48;
constexpr std::size_t kMostRemembered = 4096;  // ways to name a place

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// 010, 02x, or 0 and three digits from 300 on, but for what begins numbers of services.
bool is_area_code(std::string_view text) {
  if (text == "010") return true;
  if (text == "0400" || text == "0800") return false;
  if (!text.starts_with('0') || text.size() < 3) return false;
  return text[1] == '2' ? text.size() == 3 : text[1] >= '3' && text.size() == 4;
}

bool is_mobile_prefix(std::string_view text) {
  return text.size() >= 3 && text.size() <= kMobileDigits && text[0] == '1' && text[1] >= '3';
}

std::optional<Entry> read_prefix(std::string_view text) {
  if (!std::all_of(text.begin(), text.end(), is_digit)) return std::nullopt;
  Entry entry;
  entry.is_area_code = is_area_code(text);
  if (!entry.is_area_code && !is_mobile_prefix(text)) return std::nullopt;
  if (entry.is_area_code) text.remove_prefix(1);
  for (const char c : text) entry.prefix = entry.prefix * 10 + static_cast<std::uint32_t>(c - '0');
  entry.digits = static_cast<std::uint8_t>(text.size());
  return entry;
}

struct CarrierWord {
  std::string_view word;
  Carrier carrier;
};

constexpr CarrierWord kCarrierWords[] = {
    {"移动", Carrier::mobile},        {"联通", Carrier::unicom},
    {"电信", Carrier::telecom},       {"广电", Carrier::broadnet},
    {kUnknownWord, Carrier::unknown}, {"mobile", Carrier::mobile},
    {"unicom", Carrier::unicom},      {"telecom", Carrier::telecom},
    {"broadnet", Carrier::broadnet},  {"unknown", Carrier::unknown},
};

// "中国移动", "移动", "移动虚拟", "中国移动虚拟运营商": the network is what counts.
std::optional<Carrier> read_carrier(std::string_view text) {
  constexpr std::string_view kChina = "中国";
  if (text.starts_with(kChina)) text.remove_prefix(kChina.size());
  for (const std::string_view suffix : {"虚拟运营商", "虚拟"}) {
    if (text.ends_with(suffix)) text.remove_suffix(suffix.size());
  }
  for (const CarrierWord& known : kCarrierWords) {
    if (known.word == text) return known.carrier;
  }
  return std::nullopt;
}

auto order_of(const Entry& entry) {
  return std::tuple(entry.is_area_code, entry.digits, entry.prefix);
}

}  // namespace

std::string quoted(std::string_view text) {
  std::size_t end = std::min(text.size(), kMostQuoted);
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return '"' + std::string(text.substr(0, end)) + (end < text.size() ? "…\"" : "\"");
}

bool is_plain(std::string_view text) {
  return is_utf8(text) && std::none_of(text.begin(), text.end(), [](char c) {
           return (static_cast<unsigned char>(c) < ' ' && c != '\t') || c == '\x7f';
         });
}

void Flaws::add(std::size_t at, std::string what) {
  ++count_;
  if (!keeps(at)) return;
  const auto behind = std::upper_bound(kept_.begin(), kept_.end(), at,
                                       [](std::size_t a, const Flaw& b) { return a < b.at; });
  kept_.insert(behind, Flaw{at, std::move(what)});
  if (kept_.size() > kMostFlaws) kept_.pop_back();
}

void Collector::add(std::size_t at, const Said& said) {
  auto entry = read_prefix(said.prefix);
  if (!entry) {
    return flaws_.add(at, quoted(said.prefix) +
                              " is no prefix; wanted are 3 to 7 digits of mobiles (1390001), or an "
                              "area code with its 0 (0512)");
  }
  if (!place_said(at, said, entry->place)) return;
  if (!said.carrier.empty()) {
    entry->carrier = read_carrier(said.carrier);
    if (!entry->carrier) {
      return flaws_.add(at,
                        quoted(said.carrier) + " is no carrier: 移动, 联通, 电信, 广电 or 未知");
    }
  }
  if (entry->is_area_code && entry->carrier) return flaws_.add(at, "an area code has no carrier");
  if (!entry->place && !entry->carrier) {
    return flaws_.add(at, "nothing is said of " + quoted(said.prefix));
  }
  lines_.push_back({*entry, static_cast<std::uint32_t>(at)});
}

bool Collector::place_said(std::size_t at, const Said& said, std::optional<std::uint16_t>& place) {
  PlaceWords words{said.province, said.city, said.area_code};
  const bool is_area_code = said.prefix.starts_with('0');
  if (is_area_code) {  // it is no other place's, whatever we know of that place
    if (!words.area_code.empty() && words.area_code != said.prefix) {
      flaws_.add(at, quoted(words.area_code) + " is another area code than " + quoted(said.prefix));
      return false;
    }
    words.area_code = {};
  }
  if (words.province.empty()) {
    if (words.city.empty() && words.area_code.empty()) return true;
    flaws_.add(at, "a city or area code without its province");
    return false;
  }
  key_.assign(words.province).append(1, '\n').append(words.city);
  key_.append(1, '\n').append(words.area_code);
  if (const auto known = known_.find(key_); known != known_.end()) {
    place = known->second;
    return true;
  }
  const auto found = named_place(words);
  if (!found) {
    flaws_.add(at, flaws_.keeps(at) ? why_no_place(words) : "");
    return false;
  }
  place = index_of(*found);
  if (known_.size() >= kMostRemembered) known_.clear();
  known_.emplace(key_, *place);
  return true;
}

std::uint16_t Collector::index_of(const Place& place) {
  const auto found = std::find(places_.begin(), places_.end(), place);
  const auto index = found - places_.begin();
  if (found == places_.end()) places_.push_back(place);
  HOTLINE_EXPECT(index <= UINT16_MAX);
  return static_cast<std::uint16_t>(index);
}

Reading Collector::take() {
  const auto before = [](const Line& a, const Line& b) {
    return order_of(a.entry) < order_of(b.entry);
  };
  // Most files are in order already.
  if (!std::is_sorted(lines_.begin(), lines_.end(), before)) {
    std::stable_sort(lines_.begin(), lines_.end(), before);
  }
  Reading reading;
  reading.entries.list.reserve(lines_.size());
  const Line* last = nullptr;
  for (const Line& line : lines_) {
    if (last == nullptr || before(*last, line)) {
      reading.entries.list.push_back(line.entry);
      last = &line;
    } else if (line.entry == last->entry) {
      ++reading.said_again;
    } else {
      flaws_.add(line.at, "says something else of " + prefix_text(line.entry) + " than " +
                              std::string(noun_) + " " + std::to_string(last->at) + " does");
    }
  }
  reading.entries.places = std::exchange(places_, {});
  reading.flaw_count = flaws_.count();
  reading.flaws = flaws_.take();
  lines_.clear();
  known_.clear();
  return reading;
}

}  // namespace hotline::region
