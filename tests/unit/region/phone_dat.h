// Makes files in the layout of the public phone.dat.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace hotline::region {

inline std::string little_endian(std::uint32_t value) {
  std::string bytes;
  for (int i = 0; i < 4; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xff);
  return bytes;
}

struct DatIndex {
  std::uint32_t prefix;
  std::uint32_t offset;
  char carrier;
};

inline std::string phone_dat(const std::string& records, const std::vector<DatIndex>& indexes) {
  std::string bytes = "2302" + little_endian(static_cast<std::uint32_t>(8 + records.size()));
  bytes += records;
  for (const DatIndex& index : indexes) {
    bytes += little_endian(index.prefix) + little_endian(index.offset) + index.carrier;
  }
  return bytes;
}

}  // namespace hotline::region
