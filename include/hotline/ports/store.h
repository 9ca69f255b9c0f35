// What the core asks of the durable store. Requests are written in the order they are made; their
// results come back as events on the call thread, never from inside one of these calls.
// Thread: the call thread only. No request blocks.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "hotline/billing/account.h"
#include "hotline/billing/ledger.h"
#include "hotline/call/action.h"

namespace hotline::ports {

// What became of a ledger entry that somebody waits for.
enum class Applied : std::uint8_t {
  now,       // it is durable
  before,    // an entry of this id and amount is in the ledger already; nothing changed
  conflict,  // an entry of this id with another amount or account is; nothing changed
  failed,    // not durable; it may be asked for again
};

class Store {
 public:
  virtual ~Store() = default;

  virtual void perform(call::JournalAdmission) = 0;
  virtual void perform(call::JournalAnswer) = 0;
  virtual void perform(const call::JournalPaid&) = 0;
  virtual void perform(const call::JournalAdopted&) = 0;
  virtual void perform(call::JournalMedia) = 0;
  virtual void perform(call::JournalTarget) = 0;
  virtual void perform(call::KeepNote) = 0;
  // Never lost: kept in memory and tried again until it is durable. `charge` is empty or one entry.
  virtual void close_call(call::CloseCall, std::vector<billing::LedgerEntry> charge) = 0;
  // Bounded: when too many wait, records of the same trunk, hotline, cause and second are merged.
  virtual void perform(const call::RecordRefusal&) = 0;

  // Never lost, as a call's end. Requires: the accounts are open, the entries' ids new.
  virtual void post(billing::Posting posting) = 0;

  // Money from outside the calls: entries that belong together, told apart by the first one's id.
  // `done` runs on the call thread, once.
  virtual void append(std::vector<billing::LedgerEntry> entries,
                      std::function<void(Applied)> done) = 0;
  // Applied::before where the account exists.
  virtual void open_account(const std::string& name, const billing::Standing& standing,
                            std::function<void(Applied)> done) = 0;

  // All answers that were journalled before that are confirmed by their callers; max: all are. Said
  // before the journal is given one that is not.
  virtual void confirmed_before(Instant answered) = 0;

  // False: the last commits failed, or too much is waiting; new calls are refused as store_down.
  virtual bool takes_new_calls() const = 0;
};

}  // namespace hotline::ports
