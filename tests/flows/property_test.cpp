// Calls, answers, failures, pauses and hours in any order: whatever happens, no phone has more
// calls than lines, and when all calls are over nothing is left. A seed that fails is printed.
#include <map>
#include <random>

#include <gtest/gtest.h>

#include "flows/world.h"

namespace hotline::flows {
namespace {

constexpr int kSeeds = 200;
constexpr int kSteps = 300;

// Plays one world by dice, as a phone and a carrier would behave, and keeps count beside it.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : random_(seed) {
    const char* strategies[] = {"sequence", "parallel", "round_robin"};
    world_.configure("phone a lines=1 ring=10 wrap_up=5");
    world_.configure("phone b lines=2 ring=20 pause_after=2 pause_for=30");
    world_.configure("phone c lines=3 ring=15");
    world_.configure("group last phones=c,a ring=" + std::string(strategies[below(3)]));
    const std::string busy = below(2) == 0 ? "group:last" : "queue:main";
    world_.configure("group first phones=a,b sticky=1 ring=" + std::string(strategies[below(3)]) +
                     " on_busy=" + busy + " on_no_answer=group:last");
    world_.configure("queue main group=last wait=30 most=3 every=7 retry=5 answers=" +
                     std::to_string(below(2)) + " keys=1=closed on_timeout=no_answer");
    if (below(2) == 0) add_a_menu_and_a_queue();
    if (below(2) == 0) world_.configure("whisper whisper.wav");
    world_.configure("ringback music.wav");
    world_.configure("transfer phones");
    world_.configure("credit_tone on");
    world_.configure("guard 20 60 60");
    world_.configure("max_calls_per_caller 3");
  }

  void step() {
    now_ms_ += static_cast<std::int64_t>(below(4'000));
    switch (below(12)) {
      case 0:
      case 1:
        return offer();
      case 2:
        return end_ringing(below(2) == 0 ? " busy 486" : " no_answer 480");
      case 3:
        return answer();
      case 4:
        return store();
      case 5:
        return hang_up();
      case 6:
        return run("time 0");
      case 7:
        return press();
      case 8:
        return leave();
      case 9:
        return hear_whisper();
      case 10:
        return pass_on();
      default:
        return run(std::string(below(2) == 0 ? "pause" : "resume") + " carrier/" +
                   std::string(1, static_cast<char>('a' + below(3))));
    }
  }

  // All that lives is ended, and what remains is told.
  std::string rest() {
    now_ms_ += 600'000;
    run("end_all shutdown");
    for (const auto& [leg, phone] : std::map(held_)) {
      if (cancelled_.contains(leg)) run("failed " + leg + " cancelled 487");
    }
    return run_for("money acme").at(0);
  }

  void check(std::uint64_t seed) const {
    std::map<std::string, int> calls;
    for (const auto& [leg, phone] : held_) ++calls[phone];
    for (const auto& [phone, lines] : std::map<std::string, int>{{"a", 1}, {"b", 2}, {"c", 3}}) {
      const auto found = calls.find(phone);
      ASSERT_LE(found == calls.end() ? 0 : found->second, lines) << phone << ", seed " << seed;
    }
  }

 private:
  void add_a_menu_and_a_queue() {
    world_.configure(
        "menu main keys=1=group:first;2=queue:main;3=menu:main;44=group:last tries=2 timeout=3 "
        "otherwise=group:first");
    world_.configure("to menu:main");
  }

  std::uint64_t below(std::uint64_t bound) { return random_() % bound; }

  std::vector<std::string> run_for(const std::string& what) {
    return world_.run("@" + std::to_string(now_ms_) + " " + what);
  }

  // Follows what was asked of phones: which legs hold a line.
  void run(const std::string& what) {
    for (const std::string& line : run_for(what)) {
      const auto at = line.find(' ');
      const std::string verb = line.substr(0, at);
      const std::string leg = line.substr(at + 1, line.find(' ', at + 1) - at - 1);
      if (verb == "bridge") {
        std::erase(told_, leg);
        committing_.push_back(leg);
      } else if (verb == "play" && line.ends_with(" once")) {
        told_.push_back(leg);
      } else if (verb == "ring") {
        const auto name = line.find(' ', at + 1) + 1;
        held_[leg] = line.substr(name, line.find('@') - name);
        ringing_.push_back(leg);
      } else if (verb == "cancel") {
        std::erase(ringing_, leg);
        cancelled_.insert({leg, held_[leg]});
      } else if (verb == "hang_up") {
        held_.erase(leg);
        std::erase(talking_, leg);
        std::erase(told_, leg);
        std::erase(answered_, leg);
      } else if (line.starts_with("journal answer ") && line.find("by ourselves") != line.npos) {
        const std::string call = line.substr(15, line.find(' ', 15) - 15);
        committing_.push_back(call + ".0");
      }
    }
  }

  void offer() {
    run("offered " + std::to_string(++calls_) + " +861390000000" + std::to_string(below(5)));
  }

  void end_ringing(const std::string& how) {
    if (!cancelled_.empty() && below(2) == 0) {
      const std::string leg = cancelled_.begin()->first;
      cancelled_.erase(leg);
      held_.erase(leg);
      return run("failed " + leg + " cancelled 487");
    }
    if (ringing_.empty()) return;
    const std::string leg = ringing_[below(ringing_.size())];
    std::erase(ringing_, leg);
    held_.erase(leg);
    run("failed " + leg + how);
  }

  void answer() {
    if (ringing_.empty()) return;
    const std::string leg = ringing_[below(ringing_.size())];
    std::erase(ringing_, leg);
    run("answered " + leg);
  }

  // A phone has heard what it is told before its caller, or has heard enough.
  void hear_whisper() {
    if (told_.empty()) return;
    const std::string leg = told_[below(told_.size())];
    if (below(4) > 0) return run("played " + leg);
    held_.erase(leg);
    std::erase(told_, leg);
    run("hung_up " + leg);
  }

  // Some phones hang up at once, and some ask again.
  void pass_on() {
    if (talking_.empty()) return;
    const std::string leg = talking_[below(talking_.size())];
    run("transfer " + leg + " " + std::string(1, "abcd"[below(4)]));
    if (below(3) > 0 || !held_.contains(leg)) return;
    held_.erase(leg);
    std::erase(talking_, leg);
    run("hung_up " + leg);
  }

  void store() {
    if (committing_.empty()) return;
    const std::string leg = committing_.back();
    committing_.pop_back();
    if (held_.contains(leg)) talking_.push_back(leg);
    if (leg.ends_with(".0")) answered_.push_back(leg);
    run((below(8) == 0 ? "store_failed " : "answer_stored ") + leg.substr(0, leg.find('.')));
  }

  // A caller who is in a menu or waits presses a key, or has heard all there was.
  void press() {
    if (answered_.empty()) return;
    const std::string& leg = answered_[below(answered_.size())];
    if (below(4) == 0) return run("played " + leg);
    run("pressed " + leg + " " + std::string(1, "12345#"[below(6)]));
  }

  void leave() {
    if (answered_.empty() || below(3) > 0) return;
    const std::string leg = answered_[below(answered_.size())];
    std::erase(answered_, leg);
    run("hung_up " + leg);
  }

  void hang_up() {
    if (talking_.empty()) return;
    const std::string leg = talking_[below(talking_.size())];
    if (below(2) == 0) {
      held_.erase(leg);
      std::erase(talking_, leg);
      return run("hung_up " + leg);
    }
    run("hung_up " + leg.substr(0, leg.find('.')) + ".0");
  }

  std::mt19937_64 random_;
  World world_;
  std::int64_t now_ms_ = 0;
  int calls_ = 0;
  std::map<std::string, std::string> held_;  // leg → phone: has a line
  std::map<std::string, std::string> cancelled_;
  std::vector<std::string> ringing_;
  std::vector<std::string> committing_;
  std::vector<std::string> talking_;
  std::vector<std::string> told_;      // phones
  std::vector<std::string> answered_;  // callers, by us
};

TEST(Property, no_phone_has_more_calls_than_lines_and_nothing_is_left) {
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    Dice dice(seed);
    for (int step = 0; step < kSteps; ++step) {
      dice.step();
      dice.check(seed);
      if (HasFatalFailure()) return;
    }
    const std::string rest = dice.rest();
    ASSERT_NE(rest.find("reserved 0.000, lines in use 0, calls 0, waiting 0"), std::string::npos)
        << rest << ", seed " << seed;
  }
}

}  // namespace
}  // namespace hotline::flows
