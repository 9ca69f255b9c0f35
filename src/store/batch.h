// What the writer has in hand: everything that goes into the next transaction, in the order it
// was asked for, and what has to be said about it afterwards. Writer's thread only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "hotline/billing/account.h"
#include "hotline/billing/ledger.h"
#include "hotline/call/action.h"
#include "hotline/call/event.h"
#include "hotline/cdr/note.h"
#include "hotline/ports/store.h"

namespace hotline::store {

class Spill;
class WriteSession;

using Done = std::function<void(ports::Applied)>;

struct Close {
  cdr::Record record;
  std::vector<billing::LedgerEntry> charge;
  bool is_spilled = false;
};
struct Append {
  std::vector<billing::LedgerEntry> entries;
  Done done;
};
struct OpenAccount {
  std::string name;
  billing::Standing standing;
  Done done;
};

struct AddNote {
  CallId call;
  cdr::Note note;
  Done done;
};
// A notice's command was run.
struct NoticeTried {
  std::uint64_t seq = 0;
  WallTime at{};
  std::uint32_t tries = 0;       // this one counted
  std::optional<WallTime> next;  // when it is tried again; nullopt: it was delivered
  std::string error;
  Done done;
};
struct ResendNotice {
  std::uint64_t seq = 0;
  WallTime at{};
  Done done;
};

struct Flush {
  Done done;
};

struct Request {
  std::variant<call::JournalAdmission, call::JournalAnswer, call::JournalPaid, call::JournalAdopted,
               call::JournalMedia, call::JournalTarget, call::KeepNote, Close, billing::Posting,
               Append, OpenAccount, AddNote, NoticeTried, ResendNotice, Flush>
      what;
  Instant since{};  // when it was made
};

// News for the call thread.
struct Results {
  std::vector<call::Event> events;
  struct Reply {
    Done done;
    ports::Applied applied;
    std::string key;  // what was asked for: an entry's or an account's
  };
  std::vector<Reply> replies;

  bool empty() const { return events.empty() && replies.empty(); }
};

class Batch {
 public:
  std::size_t requests() const { return requests_.size(); }
  std::size_t size() const { return requests_.size() + refusals_.size(); }

  // Empties the queue.
  void take(std::deque<Request>& queue);
  // Where refused calls wait for their transaction.
  std::vector<cdr::Record>& refusals() { return refusals_; }

  // Writes everything.
  // Returns: what to say once it is committed. Errors: throws SQLite::Exception.
  void write(WriteSession& session, Results& results);
  // The transaction is durable: everything is done with.
  void committed(const Results& results);
  // The transaction failed: what it would have achieved stays unsaid, and what was asked for at
  // `limit` or before is given up.
  // Returns: what to say instead.
  Results failed(const Results& unsaid, Instant limit);
  // Keeps the records of calls that ended or were refused there, where they are not yet.
  void spill(Spill& spill);
  bool has_spilled() const { return has_spilled_; }
  // What the end of the process would lose.
  std::size_t neither_written_nor_spilled() const;
  // Lets go of requests made at `limit` or before that somebody waits for: they will not be
  // written later. Records, charges and paid time stay.
  // Returns: what to say about them.
  Results give_up(Instant limit);

 private:
  void write(WriteSession& session, const Request& request, Results& results);
  void reply(Results& results, const Done& done, ports::Applied applied, std::string key);
  void drop_superseded();
  void spill_refusals(Spill& spill);

  std::deque<Request> requests_;
  std::vector<cdr::Record> refusals_;
  std::size_t spilled_refusals_ = 0;  // the first ones
  bool has_spilled_ = false;
  // Asked for in a transaction that failed while it was committed. A failed sync may leave such a
  // transaction in the file after all; whoever asks again has not been told, and is told `now`.
  std::set<std::string> in_doubt_;
};

}  // namespace hotline::store
