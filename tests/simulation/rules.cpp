// The configuration of a simulation: two hotlines whose rules dice choose.
#include "simulation/simulation.h"

namespace hotline::simulation {
namespace {

using routing::Group;
using routing::Hotline;
using routing::RingStrategy;
using routing::Target;

class Maker {
 public:
  Maker(std::mt19937_64& random, const std::string& number) : random_(random) {
    hotline_ = std::make_shared<Hotline>();
    hotline_->number = number;
    hotline_->account = "acme";
  }

  std::shared_ptr<const Hotline> make() {
    add_package();
    for (const char* name : {"a", "b", "c", "d"}) add_phone(name);
    name_menus_and_queues();
    add_voicemail();
    add_group("night", {2, 3}, Cause::all_busy);
    Group* night = hotline_->groups.back().get();
    add_group("day", {0, 1}, percent(50) ? Target(queue_) : Target(night));
    fill_menus_and_queues();
    fill_hotline();
    return std::move(hotline_);
  }

 private:
  std::uint64_t below(std::uint64_t bound) { return random_() % bound; }
  bool percent(std::uint64_t chance) { return below(100) < chance; }

  static routing::PromptRef prompt(const char* path) {
    return std::make_shared<const routing::Prompt>(routing::Prompt{path, {}});
  }

  void add_package() {
    const char* tariffs[] = {"0.300 60/60", "0.300 6/6", "0.300 1/1", "0.300 60/60 setup 0.100",
                             "0.300 60/60 free 5"};
    auto package = std::make_shared<billing::Package>();
    package->tariff = billing::tariff_from_text(tariffs[below(5)]).value();
    package->min_balance = Money();
    package->call_max = Seconds(60 + static_cast<std::int64_t>(below(300)));
    hotline_->package = package;
  }

  // The same real phones for both hotlines.
  void add_phone(const std::string& name) {
    auto phone = std::make_unique<routing::Phone>();
    phone->name = name;
    phone->key = hotline_->number + "/" + name;
    phone->address = routing::TrunkNumber{"carrier", name};
    phone->line_key = "carrier/" + name;
    phone->lines = name == "a" ? 1 : 2;
    phone->ring = Seconds(5 + static_cast<std::int64_t>(below(15)));
    phone->wrap_up = Seconds(percent(30) ? 5 : 0);
    phone->pause_after = percent(20) ? 3 : 0;
    phone->pause_for = Seconds(60);
    phone->confirm = Seconds(percent(15) ? 8 : 0);
    hotline_->phones.push_back(std::move(phone));
  }

  void name_menus_and_queues() {
    for (const char* name : {"main", "more"}) {
      hotline_->menus.push_back(std::make_unique<routing::Menu>());
      hotline_->menus.back()->name = name;
      hotline_->menus.back()->key = hotline_->number + "/" + name;
    }
    hotline_->queues.push_back(std::make_unique<routing::Queue>());
    queue_ = hotline_->queues.back().get();
    hotline_->queues.back()->name = "main";
    hotline_->queues.back()->key = hotline_->number + "/main";
  }

  void add_group(const std::string& name, std::initializer_list<std::size_t> phones,
                 const Target& on_busy) {
    constexpr RingStrategy kStrategies[] = {RingStrategy::sequence, RingStrategy::parallel,
                                            RingStrategy::round_robin, RingStrategy::random,
                                            RingStrategy::longest_idle};
    auto group = std::make_unique<Group>();
    group->name = name;
    group->key = hotline_->number + "/" + name;
    group->ring = kStrategies[below(5)];
    for (const std::size_t phone : phones) group->phones.push_back(hotline_->phones[phone].get());
    group->on_busy = on_busy;
    if (percent(20)) group->whisper = prompt("whisper.wav");
    hotline_->groups.push_back(std::move(group));
  }

  void add_voicemail() {
    hotline_->voicemails.push_back(std::make_unique<routing::Voicemail>());
    hotline_->voicemails.back()->name = "box";
    hotline_->voicemails.back()->key = hotline_->number + "/box";
    hotline_->voicemails.back()->prompt = prompt("voicemail.wav");
    hotline_->voicemails.back()->longest = Seconds(30);
  }

  void fill_menus_and_queues() {
    const Group* night = hotline_->groups[0].get();
    const Group* day = hotline_->groups[1].get();
    routing::Menu& main = *hotline_->menus[0];
    routing::Menu& more = *hotline_->menus[1];
    main.prompt = more.prompt = prompt("menu.wav");
    main.options = {{"1", false, day}, {"2", false, &more}, {"*", true, {}}, {"33", false, night}};
    main.otherwise = percent(50) ? Target(day) : Target(Cause::no_answer);
    more.options = {{"1", false, queue_}, {"9", false, &main}};
    more.otherwise = night;
    main.tries = more.tries = 2;
    routing::Queue& queue = *hotline_->queues[0];
    queue.group = percent(50) ? day : night;
    queue.answers = percent(70);
    queue.announce_every = Seconds(percent(50) ? 10 : 0);
    queue.longest_wait = Seconds(20 + static_cast<std::int64_t>(below(100)));
    queue.most_waiting = static_cast<std::uint32_t>(1 + below(5));
    queue.retry = Seconds(5);
    queue.options = {{"0", false, &more}};
    if (percent(50)) queue.on_timeout = hotline_->voicemails[0].get();
  }

  void fill_hotline() {
    routing::Announcements announcements;
    announcements[Cause::no_answer] = prompt("sorry.wav");
    announcements[Cause::all_busy] = prompt("busy.wav");
    if (percent(50)) {
      hotline_->announcements = std::make_shared<const routing::Announcements>(announcements);
    }
    hotline_->answers_refusals = percent(30);
    hotline_->hunt_max = Seconds(30 + static_cast<std::int64_t>(below(60)));
    if (percent(50)) hotline_->survey = prompt("survey.wav");
    if (percent(50)) hotline_->survey_thanks = prompt("thanks.wav");
    hotline_->confirm_prompt = prompt("press_1.wav");
    if (percent(20)) hotline_->whisper = prompt("whisper.wav");
    hotline_->whispers = percent(50);
    hotline_->transfers.to_phones = percent(70);
    if (percent(30)) hotline_->transfers.trunk = "carrier";
    if (percent(30)) hotline_->hold_music = prompt("");
    if (percent(50)) hotline_->ringback = prompt("music.wav");
    hotline_->plays_ringback = hotline_->ringback != nullptr;
    const Target targets[] = {hotline_->groups[1].get(), hotline_->menus[0].get(), queue_,
                              Cause::closed};
    hotline_->otherwise.name = "otherwise";
    hotline_->otherwise.to = targets[below(percent(10) ? 4 : 3)];
  }

  std::mt19937_64& random_;
  std::shared_ptr<Hotline> hotline_;
  const routing::Queue* queue_ = nullptr;
};

}  // namespace

std::shared_ptr<const routing::Snapshot> make_rules(std::mt19937_64& random) {
  auto snapshot = std::make_shared<routing::Snapshot>();
  snapshot->regions = region::builtin_table();
  snapshot->recording_name = "{call}.wav";
  routing::Trunk trunk;
  trunk.name = "carrier";
  trunk.max_calls = random() % 4 == 0 ? 12 : 0;
  snapshot->trunks = {trunk};
  snapshot->credit_tone = random() % 2 == 0;
  snapshot->max_calls_per_caller = random() % 3 == 0 ? 3 : 0;
  for (const char* number : {"4001234567", "4007654321"}) {
    snapshot->hotlines.add(number, Maker(random, number).make());
  }
  return snapshot;
}

}  // namespace hotline::simulation
