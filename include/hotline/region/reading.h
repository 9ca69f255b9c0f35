// Readers of files of regions: the public phone.dat, and CSV. Bytes in, entries and all that is
// wrong with them out; the bytes may be anybody's.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "hotline/region/entries.h"

namespace hotline::region {

struct Flaw {
  std::size_t at = 0;  // the line of a CSV, the entry of a phone.dat, from 1; 0: the whole file
  std::string what;    // one line of UTF-8
};

inline constexpr std::size_t kMostFlaws = 20;

struct Reading {
  Entries entries;          // of what is right
  std::vector<Flaw> flaws;  // the first kMostFlaws, by place
  std::size_t flaw_count = 0;
  std::size_t said_again = 0;               // what a line before had said already
  std::vector<std::string> unused_columns;  // of a CSV
  bool is_phone_dat = false;
};

// Told now and then how many of the bytes are done.
using ReadingProgress = std::function<void(std::size_t done, std::size_t whole)>;

// A header names the columns, in any order: prefix, province, city, area_code, carrier, in English
// or Chinese (号段, 省份, 城市, 区号, 运营商 …); others are left out. A prefix is 3 to 7 digits of
// mobiles, or an area code with its 0. Names are taken loosely (广东 = 广东省); one that is not
// known is a flaw.
Reading read_csv(std::string_view text, const ReadingProgress& progress = {});

// The layout of the public phone.dat, little endian: 4 bytes of version text, the offset of the
// first index (4); records `province|city|zip|area code` with a NUL behind; indexes of 9 bytes: a
// 7-digit prefix (4), its record's offset (4), its carrier (1): 1 移动, 2 联通, 3 电信, 4 电信虚拟,
// 5 联通虚拟, 6 移动虚拟, 7 广电, 8 广电虚拟; any other number says nothing of the carrier.
Reading read_phone_dat(std::string_view bytes, const ReadingProgress& progress = {});

// Whichever of the two it is.
Reading read_regions(std::string_view bytes, const ReadingProgress& progress = {});

}  // namespace hotline::region
