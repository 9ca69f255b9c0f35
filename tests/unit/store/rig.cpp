#include "unit/store/rig.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <limits>
#include <sstream>
#include <utility>

#include "hotline/base/contract.h"

#include "store/reader.h"

namespace hotline::store {
namespace {

constexpr std::chrono::seconds kVeryLong{30};

}  // namespace

Now HandClock::read() const {
  const Milliseconds ms(ms_.load());
  return {Instant(ms),
          WallTime(ms + Milliseconds(ahead_ms_.load()) + std::chrono::hours(24 * 365 * 50))};
}

void CallThread::post(std::function<void()> work) {
  {
    const std::lock_guard lock(mutex_);
    work_.push_back(std::move(work));
  }
  wake_.notify_one();
}

bool CallThread::run_until(const std::function<bool()>& done) {
  while (!done()) {
    std::function<void()> work;
    {
      std::unique_lock lock(mutex_);
      if (!wake_.wait_for(lock, kVeryLong, [this] { return !work_.empty(); })) return false;
      work = std::move(work_.front());
      work_.pop_front();
    }
    work();
  }
  return true;
}

std::size_t CallThread::pending() {
  const std::lock_guard lock(mutex_);
  return work_.size();
}

Rig::Rig() : Rig(std::filesystem::path()) {}

Rig::Rig(const std::filesystem::path& state_dir) {
  if (state_dir.empty()) own_dir = std::make_unique<TempDir>();
  auto result = open(own_dir ? own_dir->path() : state_dir);
  HOTLINE_EXPECT(result.has_value());
  opened = std::make_unique<Opened>(std::move(*result));
  start_writer();
}

void Rig::start_writer() {
  writer = std::make_unique<Writer>(
      opened->database, [this] { return clock.read(); },
      [this](Writer::Works works) {
        for (auto& work : works) thread.post(std::move(work));
      },
      [this](call::Event event) { events.push_back(std::move(event)); },
      [this](const std::string&, bool) { ++reports; });
}

std::size_t Rig::stop_writer() {
  const std::size_t lost = writer->stop();
  HOTLINE_EXPECT(thread.run_until([this] { return thread.pending() == 0; }));
  writer.reset();
  return lost;
}

bool Rig::saw(const call::Event& event) const {
  const auto same = [&](const call::Event& other) {
    if (event.index() != other.index()) return false;
    if (const auto* stored = std::get_if<call::AdmissionStored>(&event)) {
      return stored->call == std::get<call::AdmissionStored>(other).call;
    }
    if (const auto* stored = std::get_if<call::AnswerStored>(&event)) {
      return stored->call == std::get<call::AnswerStored>(other).call;
    }
    return std::get<call::StoreFailed>(event).call == std::get<call::StoreFailed>(other).call;
  };
  return std::any_of(events.begin(), events.end(), same);
}

bool Rig::wait_for(const call::Event& event) {
  return thread.run_until([&] { return saw(event); });
}

ports::Applied Rig::append(const billing::LedgerEntry& entry) {
  std::optional<ports::Applied> result;
  writer->append({entry}, [&result](ports::Applied applied) { result = applied; });
  HOTLINE_EXPECT(thread.run_until([&] { return result.has_value(); }));
  return *result;
}

ports::Applied Rig::open_account(const std::string& name) {
  std::optional<ports::Applied> result;
  writer->open_account(name, billing::standing_of_new(clock.read().wall),
                       [&result](ports::Applied applied) { result = applied; });
  HOTLINE_EXPECT(thread.run_until([&] { return result.has_value(); }));
  return *result;
}

// A request whose answer comes back stands behind all the others.
void Rig::settle() { open_account("settle"); }

cdr::Record sample_record(int n) {
  const std::string text = std::to_string(n);
  const auto at = [n](int ms) { return WallTime(Milliseconds(1'700'000'000'000 + n * 1000 + ms)); };
  cdr::Record record;
  record.id = CallIdSource(static_cast<std::uint64_t>(n)).next(at(0));
  record.trunk = "unicom" + text;
  record.caller_leg_id = "caller-leg-" + text;
  record.phone_leg_id = "phone-leg-" + text;
  record.account = "acme";
  record.hotline = "400" + std::to_string(1'000'000 + n);
  record.caller_raw = "0139'\"; --" + std::string(1, '\0') + text;
  record.caller_e164 = "+86139" + std::to_string(10'000'000 + n);
  record.province = "江苏" + text;
  record.city = "苏州" + text;
  record.area_code = "05" + text;
  record.carrier = "移动" + text;
  record.presented = "presented-" + text;
  record.received = at(1);
  record.first_ring = at(20);
  record.answered = at(300);
  record.ended = at(999);
  record.ring = Milliseconds(n + 1);
  record.talk = Milliseconds(n % 1000 + 4);
  record.billable = Milliseconds(n % 1000 + 3);
  record.billed = Seconds(30);  // so that charge is price × billed ÷ 60
  record.price_per_min = Money::from_li(2 * n);
  record.charge = Money::from_li(n);
  record.release = {cdr::Party::phone, Cause::hung_up, 200 + n % 7, 16 + n % 5};
  record.evidence = cdr::EndEvidence::bye;
  record.answered_by = "desk" + text;
  record.trace = "hotlines/4001234567.toml:31 route east: matched\n" + text;
  record.caller_kind = "mobile";
  record.decided = "group g" + std::to_string(n);
  record.asked = "live=" + std::to_string(n);
  record.phone_province = "上海" + text;
  record.tariff = Money::from_li(2 * n).to_yuan() + " 30/30";
  record.rate = "night" + text;
  record.caller_fee = Money::from_li(n + 9);
  if (n > 1) {  // the first one is as records were before these: its hash stays
    record.caller_audio = "in " + std::to_string(n) + text;
    record.phone_audio = "out " + std::to_string(n) + text;
    record.bridged = at(310);
    record.menu = "main " + std::to_string(n) + text;
    record.waited = Milliseconds(n + 11);
    record.survey = static_cast<std::uint8_t>(1 + n % 5);
    record.recording = "day/" + std::to_string(n) + text;
  }
  record.attempts = {
      {"first" + text, at(30), Milliseconds(n + 6), cdr::AttemptResult::busy, 486},
      {"desk" + text, at(40), Milliseconds(n + 7), cdr::AttemptResult::answered, 200}};
  record.calls = static_cast<std::uint32_t>(n + 8);
  return record;
}

call::JournalAdmission admission_of(int n) {
  cdr::Record draft = sample_record(n);
  draft.attempts.clear();
  return {CallRef{static_cast<std::uint64_t>(n)}, draft,
          "INVITE\r\n" + std::string(3, '\0') + std::to_string(n)};
}

call::JournalAnswer answer_of(int n) {
  const cdr::Record record = sample_record(n);
  call::JournalAnswer answer{CallRef{static_cast<std::uint64_t>(n)},
                             record.id,
                             Now{Instant(Milliseconds(n * 10)), WallTime(Milliseconds(n * 20))},
                             Milliseconds(60'000 + n),
                             "answering" + std::to_string(n),
                             "浙江" + std::to_string(n),
                             "answering-leg" + std::to_string(n),
                             std::string("phone\0dialog", 12) + std::to_string(n),
                             record.attempts,
                             "answering/" + std::to_string(n)};
  answer.bridged = WallTime(Milliseconds(n * 30));
  answer.menu = "main " + std::to_string(n);
  answer.waited = Milliseconds(n * 40);
  answer.said = {"application/sdp", "said" + std::to_string(n)};
  answer.audio = "audio" + std::to_string(n);
  return answer;
}

call::CloseCall close_of(int n) {
  call::CloseCall close;
  close.call = CallRef{static_cast<std::uint64_t>(n)};
  close.record = sample_record(n);
  return close;
}

std::vector<billing::LedgerEntry> charge_of(int n) {
  const cdr::Record record = sample_record(n);
  return {billing::call_charge("acme", record.id, record.charge, record.ended)};
}

call::RecordRefusal refusal_of(int n) {
  call::RecordRefusal refusal;
  refusal.call = CallRef{static_cast<std::uint64_t>(n)};
  refusal.record.id = sample_record(n).id;
  refusal.record.trunk = "unicom";
  refusal.record.hotline = "4001234567";
  refusal.record.received = sample_record(n).received;
  refusal.record.ended = refusal.record.received;
  refusal.record.release = {cdr::Party::server, Cause::closed, 480, 31};
  return refusal;
}

std::string dump(const cdr::Record& record) {
  const auto ms = [](std::optional<WallTime> when) {
    return when ? std::to_string(when->time_since_epoch().count()) : std::string("none");
  };
  std::ostringstream out;
  out << record.id.to_string() << '\n'
      << record.trunk << '\n'
      << record.caller_leg_id << '\n'
      << record.phone_leg_id << '\n'
      << record.account << '\n'
      << record.hotline << '\n'
      << record.caller_raw << '\n'
      << record.caller_e164 << '\n'
      << record.province << '\n'
      << record.city << '\n'
      << record.area_code << '\n'
      << record.carrier << '\n'
      << record.presented << '\n'
      << ms(record.received) << '\n'
      << ms(record.first_ring) << '\n'
      << ms(record.answered) << '\n'
      << ms(record.ended) << '\n'
      << record.ring.count() << '\n'
      << record.talk.count() << '\n'
      << record.billable.count() << '\n'
      << record.billed.count() << '\n'
      << record.price_per_min.li() << '\n'
      << record.charge.li() << '\n'
      << to_string(record.release.by) << ' ' << to_string(record.release.cause) << ' '
      << record.release.status << ' ' << record.release.q850 << '\n'
      << to_string(record.evidence) << '\n'
      << record.answered_by << '\n'
      << record.trace << '\n'
      << record.calls << '\n'
      << record.caller_kind << '\n'
      << record.decided << '\n'
      << record.asked << '\n'
      << record.phone_province << '\n'
      << record.tariff << '\n'
      << record.rate << '\n'
      << record.caller_fee.li() << '\n'
      << record.caller_audio << '\n'
      << record.phone_audio << '\n'
      << ms(record.bridged) << '\n'
      << record.menu << '\n'
      << record.waited.count() << '\n'
      << static_cast<int>(record.survey) << '\n'
      << record.recording << '\n';
  for (const cdr::Attempt& attempt : record.attempts) {
    out << attempt.phone << ' ' << ms(attempt.started) << ' ' << attempt.rang.count() << ' '
        << to_string(attempt.result) << ' ' << attempt.status << '\n';
  }
  return out.str();
}

Start load(const std::filesystem::path& database) {
  auto start = load_start(database, WallTime{});
  if (!start) contract_broken(start.error().c_str(), __FILE__, __LINE__);
  return std::move(*start);
}

std::vector<cdr::Record> all_records(const std::filesystem::path& database) {
  auto reader = Reader::open(database);
  HOTLINE_EXPECT(reader.has_value());
  std::vector<cdr::Record> records;
  cdr::Query query;
  query.limit = std::numeric_limits<std::size_t>::max();
  const auto read = reader->records(query, [&](const cdr::Filed& filed) {
    records.push_back(filed.record);
    HOTLINE_EXPECT(filed.seq == records.size());  // gapless, from 1
  });
  HOTLINE_EXPECT(read.has_value());
  return records;
}

}  // namespace hotline::store
