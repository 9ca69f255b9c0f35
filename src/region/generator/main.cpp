// Asks libphonenumber's geocoder where each mainland mobile prefix belongs and writes the answers
// as C++, run by run (region/builtin.h). Runs once, while the program is being built.
//
//   region_generator OUTPUT.cpp

#include <cstdint>
#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <phonenumbers/geocoding/phonenumber_offline_geocoder.h>
#include <phonenumbers/phonenumber.pb.h>
#include <unicode/locid.h>

#include "region/builtin.h"
#include "region/cities.h"
#include "region/names.h"

namespace hotline::region {
namespace {

constexpr int kMainlandCode = 86;
constexpr std::uint32_t kRestOfNumber = 10'000;  // a prefix has 7 of 11 digits
constexpr std::uint32_t kFewestKnown = 200'000;  // of 700,000; the geocoder of 2022 knows 321,000

// "江苏省苏州市" → 江苏, "苏州市"; "内蒙古乌海市" → 内蒙古, "乌海市".
const Province* split_province(std::string_view& description) {
  for (const Province& province : provinces()) {
    for (const std::string_view name : {province.full_name, province.name}) {
      if (!description.starts_with(name)) continue;
      description.remove_prefix(name.size());
      return &province;
    }
  }
  return nullptr;
}

// The number of the place a description names, as region/builtin.h counts them.
std::uint32_t place_number(std::string_view description) {
  const Province* const province = split_province(description);
  if (province == nullptr) return 0;
  if (description.empty()) description = province->name;  // 北京市 is its own city
  const std::string_view name = short_city(province->name, description);
  const auto cities_of_china = cities();
  for (std::size_t i = 0; i < cities_of_china.size(); ++i) {
    const City& city = cities_of_china[i];
    if (city.province == province->name && city.city == name) {
      return static_cast<std::uint32_t>(i + 1);
    }
  }
  const auto index = static_cast<std::size_t>(province - provinces().data());
  return static_cast<std::uint32_t>(cities_of_china.size() + index + 1);
}

struct Runs {
  std::vector<std::uint32_t> packed;
  std::uint32_t known = 0;
};

Runs ask_geocoder() {
  using i18n::phonenumbers::PhoneNumber;
  using i18n::phonenumbers::PhoneNumberOfflineGeocoder;
  const PhoneNumberOfflineGeocoder geocoder;
  const icu::Locale chinese("zh", "CN");
  std::unordered_map<std::string, std::uint32_t> numbers;  // of the descriptions met so far
  Runs runs;
  std::uint32_t last = UINT32_MAX;
  for (std::uint32_t prefix = kRunsBegin; prefix < kRunsEnd; ++prefix) {
    PhoneNumber number;
    number.set_country_code(kMainlandCode);
    number.set_national_number(std::uint64_t{prefix} * kRestOfNumber);
    const std::string description = geocoder.GetDescriptionForValidNumber(number, chinese);
    const auto [entry, is_new] = numbers.try_emplace(description, 0);
    if (is_new) entry->second = place_number(description);
    const std::uint32_t place = entry->second;
    if (place != 0) ++runs.known;
    if (place == last) continue;
    last = place;
    runs.packed.push_back((prefix - kRunsBegin) << kRunPlaceBits | place);
  }
  return runs;
}

bool write(const char* path, const std::vector<std::uint32_t>& runs) {
  std::ofstream out(path);
  out << "// Made by region_generator from libphonenumber's geocoder. Not to be edited.\n"
         "#include \"region/builtin.h\"\n\n"
         "namespace hotline::region {\n\n"
         "const std::size_t kMobileRunCount = "
      << runs.size() << ";\n\nconst std::uint32_t kMobileRuns[] = {";
  for (std::size_t i = 0; i < runs.size(); ++i) out << (i % 10 == 0 ? "\n" : "") << runs[i] << ',';
  out << "\n};\n\n}  // namespace hotline::region\n";
  out.close();
  return out.good();
}

int generate(const char* path) {
  const Runs runs = ask_geocoder();
  if (runs.known < kFewestKnown) {
    std::fprintf(stderr, "region_generator: the geocoder places only %u mobile prefixes\n",
                 runs.known);
    return 1;
  }
  if (!write(path, runs.packed)) {
    std::fprintf(stderr, "region_generator: cannot write %s\n", path);
    return 1;
  }
  return 0;
}

}  // namespace
}  // namespace hotline::region

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: region_generator OUTPUT.cpp\n");
    return 2;
  }
  return hotline::region::generate(argv[1]);
}
