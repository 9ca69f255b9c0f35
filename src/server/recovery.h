// What a former server left behind. Its answered calls: they go on where they can, else both ends
// are told and each gets its record, as do those that were ringing. Its accounts: opened as they
// are then. Runs at a start, on the call thread, before the first new call.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "hotline/base/money.h"

#include "server/audio_path.h"
#include "sip/signalling.h"
#include "store/reader.h"
#include "store/start.h"
#include "store/writer.h"

namespace hotline::server {

struct Recovered {
  std::vector<call::Adopted> adopted;  // their legs are there; the switchboard knows nothing yet
  std::vector<store::Recorded> recordings;  // of these, until the end of the server before
  std::size_t closed = 0;
  // Of the closed ones.
  std::map<std::string, Money> charges;   // by account: not in the loaded balances yet
  std::vector<call::MonthUsage> usage{};  // not in the loaded one yet
};

struct RecoveryPorts {
  sip::Signalling& signalling;
  AudioPath* audio;  // null: audio does not come through here
  store::Writer& writer;
};

Recovered recover(const store::Start& start, std::shared_ptr<const routing::Snapshot> snapshot,
                  const RecoveryPorts& ports, Now now);

// An account as the database and the calls just closed left it.
struct OpenBook {
  billing::Book book;
  std::vector<billing::Movement> unjudged;  // money that moved while no server ran
};
std::vector<OpenBook> open_books(const store::Start& start, const Recovered& recovered,
                                 WallTime now);

}  // namespace hotline::server
