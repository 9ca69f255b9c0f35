// A process that writes calls and money as fast as it can until somebody kills it, and says on
// its standard output what it was told is stored: "admitted N", "answered N", "closed N" (every
// call up to N), "paid N". Arguments: the state directory, and the first call's number.
#include <cstdlib>

#include <unistd.h>

#include "unit/store/rig.h"

namespace hotline::store {
namespace {

void say(const std::string& what, std::uint64_t n) {
  const std::string line = what + " " + std::to_string(n) + "\n";
  if (::write(STDOUT_FILENO, line.data(), line.size()) < 0) std::_Exit(1);
}

void tell(const call::Event& event) {
  if (const auto* admitted = std::get_if<call::AdmissionStored>(&event)) {
    say("admitted", admitted->call.value);
  } else if (const auto* answered = std::get_if<call::AnswerStored>(&event)) {
    say("answered", answered->call.value);
  }
}

void live_through(Writer& writer, int n, WallTime now) {
  writer.perform(admission_of(n));
  if (n % 3 != 0) {
    writer.perform(answer_of(n));
    writer.perform(call::JournalPaid{sample_record(n).id, Milliseconds(n)});
  }
  if (n % 7 == 0) writer.perform(refusal_of(1'000'000 + n));
  if (n % 5 == 0) return;  // stays open
  writer.close_call(close_of(n), charge_of(n));
  // Written behind the close, so stored behind it.
  writer.append({billing::recharge("acme", Money::from_li(1), std::to_string(n), now)},
                [n](ports::Applied applied) {
                  if (applied != ports::Applied::now) return;
                  say("closed", static_cast<std::uint64_t>(n));
                });
}

int live(const char* state_dir, int first) {
  auto opened = open(state_dir);
  if (!opened || !load_start(opened->database, WallTime{})) return 1;
  HandClock clock;
  CallThread thread;
  Writer writer(
      opened->database, [&] { return clock.read(); },
      [&](Writer::Works works) {
        for (auto& work : works) thread.post(std::move(work));
      },
      tell);
  writer.open_account("acme", billing::standing_of_new(clock.read().wall), [](ports::Applied) {});
  for (int n = first;; ++n) {
    clock.advance(Milliseconds(1));
    live_through(writer, n, clock.read().wall);
    if (n % 16 == 0) {  // never far ahead of the disk
      bool stored = false;
      writer.append({billing::recharge("acme", Money::from_li(1), "mark" + std::to_string(n),
                                       clock.read().wall)},
                    [&](ports::Applied) { stored = true; });
      if (!thread.run_until([&] { return stored; })) return 1;
    }
  }
}

}  // namespace
}  // namespace hotline::store

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  return hotline::store::live(argv[1], static_cast<int>(std::strtol(argv[2], nullptr, 10)));
}
