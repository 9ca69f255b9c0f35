// How long hotlinectl needs to export a database of many records, and how much memory.
// Usage: bench_export [RECORDS [DIRECTORY]]
// RECORDS: 1,000,000 where none is given. DIRECTORY keeps the database for the next time.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/open.h"
#include "store/reader.h"
#include "store/writer.h"

namespace hotline {
namespace {

namespace fs = std::filesystem;

constexpr WallTime kMondayMorning{Milliseconds{1'772'416'800'000}};
constexpr int kAtOnce = 20'000;  // records that wait in memory

// Four of five are answered; they last from one second to four minutes.
cdr::Record record_of(int n) {
  const bool is_answered = n % 5 != 0;
  cdr::Record record;
  record.id = CallIdSource(static_cast<std::uint64_t>(n)).next(kMondayMorning);
  record.trunk = "unicom";
  record.caller_leg_id = "a84b4c76e66710-" + std::to_string(n) + "@192.0.2.1";
  record.account = "acme";
  record.hotline = "400" + std::to_string(1'000'000 + n % 100);
  record.caller_raw = "1" + std::to_string(3'000'000'000 + n % 600'000'000);
  record.caller_e164 = "+86" + record.caller_raw;
  record.caller_kind = "mobile";
  record.province = n % 3 == 0 ? "江苏" : "浙江";
  record.city = n % 3 == 0 ? "苏州" : "杭州";
  record.area_code = n % 3 == 0 ? "0512" : "0571";
  record.carrier = "移动";
  record.presented = record.caller_raw;
  record.received = kMondayMorning + Milliseconds(n * 2'000LL);
  record.ring = Milliseconds(4000);
  record.price_per_min = Money::from_li(300);
  record.trace =
      "hotlines/4001234567.toml:31 route east: other region\n"
      "hotlines/4001234567.toml:90 otherwise: matched";
  record.decided = "group sales";
  record.asked = "turn:" + record.hotline + "/sales=" + std::to_string(n);
  record.first_ring = record.received + Milliseconds(800);
  record.attempts = {{"li", record.received, Milliseconds(300), cdr::AttemptResult::busy, 486}};
  record.ended = record.received + record.ring;
  record.release = {cdr::Party::server, Cause::all_busy, 486, 17};
  if (!is_answered) return record;
  record.phone_leg_id = "9f2d6c-" + std::to_string(n) + "@192.0.2.9";
  record.answered = record.received + record.ring;
  record.talk = record.billable = Milliseconds(1000 + n % 240 * 1000);
  record.ended = *record.answered + record.talk;
  record.billed = Seconds((record.talk.count() + 59'999) / 60'000 * 60);
  record.charge = Money::from_li(record.billed.count() * 5);
  record.release = {cdr::Party::caller, Cause::hung_up, 200, 16};
  record.evidence = cdr::EndEvidence::bye;
  record.answered_by = "desk";
  record.phone_province = "上海";
  record.attempts.push_back(
      {"desk", record.received, Milliseconds(3700), cdr::AttemptResult::answered, 200});
  return record;
}

void fill(const fs::path& database, int count) {
  for (int first = 0; first < count; first += kAtOnce) {
    store::Writer writer(
        database,
        [] {
          return Now{Instant(), kMondayMorning};
        },
        [](const store::Writer::Works&) {}, [](const call::Event&) {});
    if (first == 0) {
      writer.open_account("acme", billing::standing_of_new(kMondayMorning), [](ports::Applied) {});
    }
    for (int n = first; n < std::min(count, first + kAtOnce); ++n) {
      const cdr::Record record = record_of(n);
      std::vector<billing::LedgerEntry> charge;
      if (record.charge > Money()) {
        charge = {billing::call_charge("acme", record.id, record.charge, record.ended)};
      }
      writer.close_call({CallRef{}, record, Money()}, charge);
    }
    writer.stop();
  }
}

// Runs hotlinectl and prints what it took. Returns: whether it was done.
bool measure(const fs::path& home, const std::vector<std::string>& words) {
  const std::string out = home / "export.out";
  std::vector<std::string> arguments = {HOTLINECTL, "--config", home};
  arguments.insert(arguments.end(), words.begin(), words.end());
  if (words.front() != "audit") arguments.insert(arguments.end(), {"-o", out});
  std::vector<char*> argv;
  argv.reserve(arguments.size() + 1);
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  const auto begin = std::chrono::steady_clock::now();
  const pid_t child = ::fork();
  if (child == 0) {
    const int nowhere = ::open("/dev/null", O_WRONLY);
    if (words.front() == "audit") {
      ::dup2(::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDOUT_FILENO);
    }
    ::dup2(nowhere, STDERR_FILENO);
    ::execv(argv[0], argv.data());
    ::_exit(127);
  }
  int status = 0;
  rusage usage{};
  ::wait4(child, &status, 0, &usage);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  const bool done = WIFEXITED(status) && WEXITSTATUS(status) == 0;
  std::string what;
  for (const std::string& word : words) what += word + " ";
  std::printf("%-60s %7.2f s  CPU %6.2f s  peak RSS %6.1f MB  file %7.1f MB%s\n", what.c_str(),
              took.count(),
              static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                  static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6,
              static_cast<double>(usage.ru_maxrss) / 1024,
              done ? static_cast<double>(fs::file_size(out)) / 1e6 : 0, done ? "" : "  FAILED");
  std::fflush(stdout);
  return done;
}

int run(int count, const fs::path& home) {
  std::ofstream(home / "hotline.toml")
      << "[server]\nlisten = [\"udp:127.0.0.1:5060\"]\nstate_dir = " << home / "state"
      << "\ncontrol_socket = " << home / "socket" << '\n';
  {
    auto opened = store::open(home / "state");
    if (!opened) {
      std::cerr << opened.error() << '\n';
      return 1;
    }
    auto reader = store::Reader::open(opened->database);
    if (reader->span(cdr::Query{})->last < static_cast<std::uint64_t>(count)) {
      fill(opened->database, count);
    }
  }
  const std::string first_100000 = "2026-03-04T17:33:20+08:00";
  bool done = true;
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {"cdr", "export"},
           {"cdr", "export", "--hotline", "4001000007"},
           {"cdr", "export", "--result", "no_answer"},
           {"cdr", "export", "--format", "jsonl"},
           {"cdr", "export", "--format", "xlsx", "--to", first_100000},
           {"ledger", "export"},
           {"ledger", "export", "--format", "xlsx", "--to", first_100000},
           {"audit"},
           {"audit", "--to", first_100000}}) {
    done = measure(home, words) && done;
  }
  return done ? 0 : 1;
}

}  // namespace
}  // namespace hotline

int main(int argc, char** argv) {
  const int count = argc > 1 ? static_cast<int>(std::strtol(argv[1], nullptr, 10)) : 1'000'000;
  if (argc > 2) {
    std::filesystem::create_directories(argv[2]);
    return hotline::run(count, std::filesystem::absolute(argv[2]));
  }
  std::string name = std::filesystem::temp_directory_path() / "hotline-bench-XXXXXX";
  const std::filesystem::path home = ::mkdtemp(name.data());
  const int exit = hotline::run(count, home);
  std::filesystem::remove_all(home);
  return exit;
}
