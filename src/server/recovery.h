// What a former server left behind. Its live calls: both ends are told, each gets its record. Its
// accounts: opened as they are then. Runs at a start, on the call thread, before the first new
// call.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "hotline/base/money.h"

#include "sip/signalling.h"
#include "store/start.h"
#include "store/writer.h"

namespace hotline::server {

struct Recovered {
  std::size_t calls = 0;
  std::map<std::string, Money> charges;   // by account: not in the loaded balances yet
  std::vector<call::MonthUsage> usage{};  // not in the loaded one yet
};

Recovered close_unfinished(const store::Start& start, sip::Signalling& signalling,
                           store::Writer& writer);

// An account as the database and the calls just closed left it.
struct OpenBook {
  billing::Book book;
  std::vector<billing::Movement> unjudged;  // money that moved while no server ran
};
std::vector<OpenBook> open_books(const store::Start& start, const Recovered& recovered,
                                 WallTime now);

}  // namespace hotline::server
