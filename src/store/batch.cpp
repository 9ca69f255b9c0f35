#include "store/batch.h"

#include <algorithm>
#include <utility>

#include "store/spill.h"
#include "store/write_session.h"

namespace hotline::store {
namespace {

using ports::Applied;

template <class... Handlers>
struct Match : Handlers... {
  using Handlers::operator()...;
};
template <class... Handlers>
Match(Handlers...) -> Match<Handlers...>;

std::string key_of(const Append& append) { return "entry " + append.entries.front().id; }
std::string key_of(const AddNote& add) {
  return "note " + add.call.to_string() + " " + std::string(to_string(add.note.kind)) + " " +
         add.note.by + "\n" + add.note.text;
}
std::string key_of(const OpenAccount& open) { return "account " + open.name; }

}  // namespace

void Batch::take(std::deque<Request>& queue) {
  for (Request& request : queue) requests_.push_back(std::move(request));
  queue.clear();
}

void Batch::write(WriteSession& session, Results& results) {
  for (const Request& request : requests_) write(session, request, results);
  for (const cdr::Record& refusal : refusals_) session.file(refusal);
}

void Batch::write(WriteSession& session, const Request& request, Results& results) {
  std::visit(Match{
                 [&](const call::JournalAdmission& admission) {
                   session.admit(admission);
                   results.events.emplace_back(call::AdmissionStored{admission.call});
                 },
                 [&](const call::JournalAnswer& answer) {
                   if (session.answer(answer)) {
                     results.events.emplace_back(call::AnswerStored{answer.call});
                   } else {
                     results.events.emplace_back(call::StoreFailed{answer.call});
                   }
                 },
                 [&](const call::JournalPaid& paid) { session.extend(paid); },
                 [&](const call::JournalAdopted& adopted) { session.adopt(adopted); },
                 [&](const call::JournalMedia& media) { session.describe(media); },
                 [&](const call::JournalTarget& target) { session.move(target); },
                 [&](const call::KeepNote& note) { session.keep(note); },
                 [&](const Close& close) { session.close(close); },
                 [&](const billing::Posting& posting) { session.post(posting); },
                 [&](const Append& append) {
                   reply(results, append.done, session.book(append.entries), key_of(append));
                 },
                 [&](const OpenAccount& open) {
                   reply(results, open.done, session.open_account(open.name, open.standing),
                         key_of(open));
                 },
                 [&](const AddNote& add) {
                   reply(results, add.done, session.add_note(add.call, add.note), key_of(add));
                 },
                 [&](const NoticeTried& tried) {
                   session.mark(tried);
                   results.replies.push_back({tried.done, Applied::now, {}});
                 },
                 [&](const ResendNotice& resend) {
                   results.replies.push_back({resend.done, session.resend(resend), {}});
                 },
                 [&](const Flush& flush) {
                   results.replies.push_back({flush.done, Applied::now, {}});
                 },
             },
             request.what);
}

void Batch::reply(Results& results, const Done& done, Applied applied, std::string key) {
  if (applied == Applied::before && in_doubt_.contains(key)) applied = Applied::now;
  results.replies.push_back({done, applied, std::move(key)});
}

void Batch::spill(Spill& spill) {
  std::vector<Close*> fresh;
  for (Request& request : requests_) {
    auto* close = std::get_if<Close>(&request.what);
    if (close != nullptr && !close->is_spilled) fresh.push_back(close);
  }
  if (!fresh.empty() && spill.keep({fresh.begin(), fresh.end()})) {
    for (Close* close : fresh) close->is_spilled = true;
    has_spilled_ = true;
  }
  spill_refusals(spill);
}

// Behind the others, for there may be no room for so many.
void Batch::spill_refusals(Spill& spill) {
  std::vector<Close> fresh;
  for (std::size_t i = spilled_refusals_; i < refusals_.size(); ++i)
    fresh.push_back({refusals_[i], {}});
  std::vector<const Close*> wanted;
  for (const Close& one : fresh) wanted.push_back(&one);
  if (wanted.empty() || !spill.keep(wanted)) return;
  spilled_refusals_ = refusals_.size();
  has_spilled_ = true;
}

std::size_t Batch::neither_written_nor_spilled() const {
  const auto spilled = std::count_if(requests_.begin(), requests_.end(), [](const Request& one) {
    const auto* close = std::get_if<Close>(&one.what);
    return close != nullptr && close->is_spilled;
  });
  return size() - static_cast<std::size_t>(spilled) - spilled_refusals_;
}

void Batch::committed(const Results& results) {
  for (const Results::Reply& reply : results.replies) in_doubt_.erase(reply.key);
  requests_.clear();
  refusals_.clear();
  spilled_refusals_ = 0;
  has_spilled_ = false;
}

Results Batch::failed(const Results& unsaid, Instant limit) {
  for (const Results::Reply& reply : unsaid.replies) {
    if (reply.applied == Applied::now) in_doubt_.insert(reply.key);
  }
  return give_up(limit);
}

Results Batch::give_up(Instant limit) {
  Results results;
  const auto tell = Match{
      [&](const call::JournalAdmission& admission) {
        results.events.emplace_back(call::StoreFailed{admission.call});
        return true;
      },
      [&](const call::JournalAnswer& answer) {
        results.events.emplace_back(call::StoreFailed{answer.call});
        return true;
      },
      [&](const call::JournalPaid&) { return false; },
      [&](const call::JournalAdopted&) { return false; },
      [&](const call::JournalMedia&) { return false; },
      [&](const call::JournalTarget&) { return false; },
      [&](const call::KeepNote&) { return false; },
      [&](const Close&) { return false; },
      [&](const billing::Posting&) { return false; },
      [&](const Append& append) {
        results.replies.push_back({append.done, Applied::failed, key_of(append)});
        return true;
      },
      [&](const OpenAccount& open) {
        results.replies.push_back({open.done, Applied::failed, key_of(open)});
        return true;
      },
      [&](const AddNote& add) {
        results.replies.push_back({add.done, Applied::failed, key_of(add)});
        return true;
      },
      [&](const NoticeTried&) { return false; },
      [&](const ResendNotice& resend) {
        results.replies.push_back({resend.done, Applied::failed, {}});
        return true;
      },
      [&](const Flush& flush) {
        results.replies.push_back({flush.done, Applied::failed, {}});
        return true;
      },
  };
  std::erase_if(requests_, [&](const Request& request) {
    return request.since <= limit && std::visit(tell, request.what);
  });
  drop_superseded();
  return results;
}

// While the disk is away, paid time, changes of media, new targets and notes come again and again:
// the last word on each is enough, and the end of a call is the last word on it.
void Batch::drop_superseded() {
  std::set<CallId> settled, described;
  std::set<std::pair<CallId, bool>> moved;
  std::set<std::pair<call::KeepNote::Kind, std::string>> noted;
  std::deque<Request> kept;
  for (auto request = requests_.rbegin(); request != requests_.rend(); ++request) {
    bool keep = true;
    if (const auto* paid = std::get_if<call::JournalPaid>(&request->what)) {
      keep = settled.insert(paid->id).second;
    } else if (const auto* media = std::get_if<call::JournalMedia>(&request->what)) {
      keep = described.insert(media->id).second;
    } else if (const auto* target = std::get_if<call::JournalTarget>(&request->what)) {
      keep = moved.insert({target->id, target->of_caller}).second;
    } else if (const auto* close = std::get_if<Close>(&request->what)) {
      const CallId& id = close->record.id;
      settled.insert(id);
      described.insert(id);
      moved.insert({{id, false}, {id, true}});
    } else if (const auto* note = std::get_if<call::KeepNote>(&request->what)) {
      keep = noted.insert({note->kind, note->key}).second;
    }
    if (keep) kept.push_front(std::move(*request));
  }
  requests_ = std::move(kept);
}

}  // namespace hotline::store
