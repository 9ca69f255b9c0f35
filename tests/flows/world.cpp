#include "flows/world.h"

#include <algorithm>
#include <charconv>
#include <sstream>
#include <stdexcept>

namespace hotline::flows {
namespace {

// Every transcript begins at this wall time: 2026-03-02 (a Monday) 10:00 in China.
constexpr WallTime kEpoch{Milliseconds{1'772'416'800'000}};
constexpr const char* kHotline = "4001234567";

std::vector<std::string> split(const std::string& line) {
  std::istringstream stream(line);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

[[noreturn]] void bad(const std::string& line) {
  throw std::invalid_argument("cannot read: " + line);
}

std::int64_t number(const std::string& word) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc{} || end != word.data() + word.size()) bad(word);
  return value;
}

CallRef call_of(const std::string& word) {
  return CallRef{static_cast<std::uint64_t>(number(word))};
}

LegId leg_of(const std::string& word) {
  const auto dot = word.find('.');
  if (dot == std::string::npos) bad(word);
  return LegId{call_of(word.substr(0, dot)),
               static_cast<std::uint32_t>(number(word.substr(dot + 1)))};
}

call::Failure failure(const std::string& word) {
  using call::Failure;
  const std::map<std::string, Failure> words = {
      {"busy", Failure::busy},         {"no_answer", Failure::no_answer},
      {"declined", Failure::declined}, {"silent", Failure::silent},
      {"failed", Failure::failed},     {"cancelled", Failure::cancelled}};
  return words.at(word);
}

number::Number caller(const std::string& word) {
  if (word == "withheld") return number::Number{number::Kind::withheld, "", "anonymous"};
  return number::Number{number::Kind::mobile, word, word};
}

routing::PromptRef prompt(const std::optional<std::string>& path) {
  if (!path) return nullptr;
  return std::make_shared<const routing::Prompt>(routing::Prompt{*path == "none" ? "" : *path, {}});
}

// "+8613900000000 4001234567": who calls, and which number where it is not the world's.
call::Event offered(const std::vector<std::string>& words) {
  call::CallOffered event;
  event.call = call_of(words.at(1));
  event.trunk = "carrier";
  event.caller = caller(words.at(2));
  event.dialled = words.size() > 3 ? words[3] : kHotline;
  if (words.size() > 4) event.hops_left = static_cast<int>(number(words[4]));
  const std::string how = words.size() > 5 ? words[5] : "";
  if (how == "asserted") event.asserted = "02161234567";
  event.looped = how == "looped";
  event.no_ports = how == "no_ports";
  event.playing = how == "no_codec" ? call::Playing::no_codec : call::Playing::possible;
  if (how != "delayed") event.offer = call::Media{"application/sdp", "offer"};
  return event;
}

// "trunk carrier max_calls=2 max_calls_per_s=10"
routing::Trunk trunk(const std::vector<std::string>& words) {
  routing::Trunk made;
  made.name = words.at(1);
  for (const std::string& word : words) {
    if (word.starts_with("max_calls=")) {
      made.max_calls = static_cast<std::uint32_t>(number(word.substr(10)));
    }
    if (word.starts_with("max_calls_per_s=")) {
      made.max_calls_per_s = static_cast<std::uint32_t>(number(word.substr(16)));
    }
  }
  return made;
}

// A description, where the line ends with one.
call::Media media(const std::vector<std::string>& words) {
  if (words.size() < 3) return {};
  return call::Media{"application/sdp", words[2]};
}

// "30" of "lines=30"; nullopt where the line has no such word.
std::optional<std::string> option(const std::vector<std::string>& words, const std::string& key) {
  for (const std::string& word : words) {
    if (word.starts_with(key + "=")) return word.substr(key.size() + 1);
  }
  return std::nullopt;
}

std::int64_t count(const std::vector<std::string>& words, const std::string& key,
                   std::int64_t otherwise = 0) {
  const auto value = option(words, key);
  return value ? number(*value) : otherwise;
}

std::vector<std::string> comma_list(std::string text) {
  for (char& c : text) c = c == ',' ? ' ' : c;
  return split(text);
}

// "desk" of "desk" and of "4006006600/desk", which is another hotline's.
std::string name_of(const std::string& word) { return word.substr(word.find('/') + 1); }

// A phone behind a trunk is its own number unless one is given; with a URI it has none.
routing::PhoneAddress address(const std::vector<std::string>& words) {
  if (const auto uri = option(words, "uri")) return routing::PhoneUri{*uri};
  return routing::TrunkNumber{"carrier", option(words, "number").value_or(words.at(1))};
}

// "phone desk number=02161234567 ring=25 lines=1 wrap_up=5 pause_after=2 pause_for=60"
std::unique_ptr<routing::Phone> phone(const std::vector<std::string>& words) {
  auto made = std::make_unique<routing::Phone>();
  made->name = name_of(words.at(1));
  made->address = address(words);
  made->key = routing::key_of(kHotline, words.at(1));
  made->line_key = "carrier/" + words.at(1);
  made->ring = Seconds(count(words, "ring", 25));
  made->lines = static_cast<std::uint32_t>(count(words, "lines", 1));
  made->wrap_up = Seconds(count(words, "wrap_up", 0));
  made->pause_after = static_cast<std::uint32_t>(count(words, "pause_after", 0));
  made->pause_for = Seconds(count(words, "pause_for", 0));
  made->confirm = Seconds(count(words, "confirm", 0));
  return made;
}

billing::Tariff tariff_of(const std::string& text) {
  const auto tariff = billing::tariff_from_text(text);
  if (!tariff) bad(text);
  return *tariff;
}

// "rate east 江苏 0.200 60/60": a name, a region, a tariff.
routing::Rate rate(const std::vector<std::string>& words, const std::string& line) {
  const auto region = region::builtin_table()->named(words.at(2));
  if (!region) bad(line);
  return {words[1], *region, nullptr, tariff_of(line.substr(line.find(words.at(3))))};
}

routing::RingStrategy ring(const std::string& word) {
  using routing::RingStrategy;
  const std::map<std::string, RingStrategy> words = {{"sequence", RingStrategy::sequence},
                                                     {"parallel", RingStrategy::parallel},
                                                     {"staged", RingStrategy::staged},
                                                     {"round_robin", RingStrategy::round_robin},
                                                     {"longest_idle", RingStrategy::longest_idle}};
  return words.at(word);
}

}  // namespace

void World::configure(const std::string& line) {
  auto words = split(line);
  if (words.size() < 2) bad(line);
  if (words[0] == "phone") {
    phones_.push_back(std::move(words));
  } else if (words[0] == "group") {
    groups_.push_back(std::move(words));
  } else if (words[0] == "menu") {
    menus_.push_back(std::move(words));
  } else if (words[0] == "queue") {
    queues_.push_back(std::move(words));
  } else if (words[0] == "trunk") {
    trunks_.push_back(trunk(words));
  } else if (words[0] == "rate") {
    rates_.push_back(rate(words, line));
  } else {
    header_[words[0]] = line.substr(words[0].size() + 1);
  }
}

std::string World::setting(const std::string& key, const std::string& otherwise) const {
  const auto found = header_.find(key);
  return found == header_.end() ? otherwise : found->second;
}

// "group:sales", "menu:main", "queue:main" or a refusal. Errors: throws.
routing::Target target_of(const std::string& word, const routing::Hotline& hotline) {
  for (const auto& one : hotline.groups) {
    if (word == "group:" + routing::name_at(hotline, *one)) return one.get();
  }
  for (const auto& one : hotline.menus) {
    if (word == "menu:" + one->name) return one.get();
  }
  for (const auto& one : hotline.queues) {
    if (word == "queue:" + one->name) return one.get();
  }
  for (const auto& one : hotline.voicemails) {
    if (word == "voicemail:" + one->name) return one.get();
  }
  const auto cause = refusal_from_string(word);
  if (!cause) bad(word);
  return *cause;
}

// "1=group:sales;2=queue:main;*=repeat"
std::vector<routing::Option> options_of(std::string text, const routing::Hotline& hotline) {
  std::vector<routing::Option> options;
  for (char& c : text) c = c == ';' ? ' ' : c;
  for (const std::string& one : split(text)) {
    const auto equals = one.find('=');
    const std::string to = one.substr(equals + 1);
    const bool repeats = to == "repeat";
    options.push_back({one.substr(0, equals), repeats,
                       repeats ? routing::Target(Cause::closed) : target_of(to, hotline)});
  }
  return options;
}

// Groups, menus and queues refer to one another, so they have names first.
void World::name_menus_and_queues(routing::Hotline& hotline) const {
  for (const auto& words : menus_) {
    auto menu = std::make_unique<routing::Menu>();
    menu->name = words.at(1);
    menu->key = routing::key_of(kHotline, menu->name);
    hotline.menus.push_back(std::move(menu));
  }
  if (header_.contains("voicemail")) {  // "voicemail main": of 60 s
    auto box = std::make_unique<routing::Voicemail>();
    box->name = setting("voicemail", "");
    box->key = routing::key_of(kHotline, box->name);
    box->prompt = prompt("voicemail.wav");
    box->longest = Seconds(60);
    hotline.voicemails.push_back(std::move(box));
  }
  for (const auto& words : queues_) {
    auto queue = std::make_unique<routing::Queue>();
    queue->name = words.at(1);
    queue->key = routing::key_of(kHotline, queue->name);
    hotline.queues.push_back(std::move(queue));
  }
}

// "menu main prompt=menu.wav wrong=wrong.wav keys=1=group:sales;9=repeat tries=2 timeout=5 gap=3
// barge_in=0 otherwise=closed", "queue main group=sales answers=0 music=music.wav say=wait.wav
// position=0 time=1 every=30 wait=300 most=20 retry=10 keys=1=group:x on_full=all_busy
// on_timeout=closed"
void World::fill_menus_and_queues(routing::Hotline& hotline) const {
  for (std::size_t i = 0; i < menus_.size(); ++i) {
    const auto& words = menus_[i];
    routing::Menu& menu = *hotline.menus[i];
    menu.prompt = prompt(option(words, "prompt").value_or("menu.wav"));
    menu.wrong_key = prompt(option(words, "wrong"));
    menu.ringback = prompt(option(words, "ringback"));
    menu.options = options_of(option(words, "keys").value_or(""), hotline);
    menu.tries = static_cast<std::uint32_t>(count(words, "tries", 2));
    menu.timeout = Seconds(count(words, "timeout", 5));
    menu.key_gap = Seconds(count(words, "gap", 3));
    menu.barge_in = count(words, "barge_in", 1) == 1;
    menu.otherwise = target_of(option(words, "otherwise").value_or("no_answer"), hotline);
  }
  for (std::size_t i = 0; i < queues_.size(); ++i) {
    const auto& words = queues_[i];
    routing::Queue& queue = *hotline.queues[i];
    queue.group = std::get<const routing::Group*>(
        target_of("group:" + option(words, "group").value_or(""), hotline));
    queue.answers = count(words, "answers", 1) == 1;
    queue.music = prompt(option(words, "music"));
    queue.announcement = prompt(option(words, "say"));
    queue.says_position = count(words, "position", 1) == 1;
    queue.says_wait = count(words, "time", 0) == 1;
    queue.announce_every = Seconds(count(words, "every", 30));
    queue.longest_wait = Seconds(count(words, "wait", 300));
    queue.most_waiting = static_cast<std::uint32_t>(count(words, "most", 20));
    queue.retry = Seconds(count(words, "retry", 10));
    if (const auto first = option(words, "first")) {
      auto list = std::make_shared<routing::CallerList>("first", routing::Source());
      list->add_number(*first);
      queue.first.push_back(std::move(list));
    }
    queue.options = options_of(option(words, "keys").value_or(""), hotline);
    queue.on_full = target_of(option(words, "on_full").value_or("all_busy"), hotline);
    queue.on_timeout = target_of(option(words, "on_timeout").value_or("no_answer"), hotline);
  }
}

// "group night ring=sequence phones=desk,li after=0,10 sticky=1 record=1 on_busy=group:x
// on_no_answer=closed": groups are told before those that refer to them.
std::unique_ptr<routing::Group> World::group(const std::vector<std::string>& words,
                                             routing::Hotline& hotline) const {
  auto made = std::make_unique<routing::Group>();
  made->name = name_of(words.at(1));
  made->key = routing::key_of(kHotline, words.at(1));
  made->ring = ring(option(words, "ring").value_or("sequence"));
  made->sticky = option(words, "sticky").has_value();
  made->records = option(words, "record").has_value();
  made->ringback = prompt(option(words, "ringback"));
  made->whisper = prompt(option(words, "whisper"));
  if (made->sticky) hotline.remembers_callers = true;
  for (const std::string& after : comma_list(option(words, "after").value_or(""))) {
    made->after_s.push_back(static_cast<std::uint16_t>(number(after)));
  }
  const auto named = comma_list(option(words, "phones").value_or(""));
  for (const auto& one : hotline.phones) {
    if (named.empty() ||
        std::find(named.begin(), named.end(), routing::name_at(hotline, *one)) != named.end()) {
      made->phones.push_back(one.get());
    }
  }
  const auto target = [&](const char* key, routing::Target& to) {
    if (const auto word = option(words, key)) to = target_of(*word, hotline);
  };
  target("on_busy", made->on_busy);
  target("on_no_answer", made->on_no_answer);
  return made;
}

// "guard 3 60 3600": so many calls in so many seconds, blocked for so many.
void World::screen() {
  if (const auto words = split(setting("guard", "")); !words.empty()) {
    snapshot_->guard = routing::Guard{{},
                                      static_cast<std::uint32_t>(number(words.at(0))),
                                      Seconds(number(words.at(1))),
                                      Seconds(number(words.at(2)))};
  }
  if (const std::string welcome = setting("whitelist", ""); !welcome.empty()) {
    auto list = std::make_shared<routing::CallerList>("vip", routing::Source());
    list->add_number(welcome);
    snapshot_->screening.whitelists.push_back(std::move(list));
  }
  snapshot_->max_calls_per_caller =
      static_cast<std::uint32_t>(number(setting("max_calls_per_caller", "0")));
}

// Announcements, surveys, whispers and music; whose calls are recorded, and passed on to whom.
void World::set_what_is_heard(routing::Hotline& hotline) const {
  if (const auto words = split(setting("announcement", "")); words.size() == 2) {
    routing::Announcements announcements;
    announcements[*cause_from_string(words[0])] = prompt(words[1]);
    hotline.announcements = std::make_shared<const routing::Announcements>(announcements);
  }
  hotline.answers_refusals = setting("announce", "early") == "answered";
  if (header_.contains("survey")) hotline.survey = prompt(setting("survey", ""));
  if (header_.contains("thanks")) hotline.survey_thanks = prompt(setting("thanks", ""));
  if (header_.contains("whisper")) {
    hotline.whisper = prompt(setting("whisper", ""));
    hotline.whispers = true;
  }
  if (header_.contains("hold_music")) hotline.hold_music = prompt(setting("hold_music", ""));
  const std::string transfer = setting("transfer", "none");
  hotline.transfers.to_phones = transfer != "none";
  if (transfer != "none" && transfer != "phones") hotline.transfers.trunk = transfer;
  hotline.recording.all = setting("record", "") == "all";
  if (const std::string whose = setting("record_caller", ""); !whose.empty()) {
    auto list = std::make_shared<routing::CallerList>("recorded", routing::Source());
    list->add_number(whose);
    hotline.recording.callers.push_back(std::move(list));
  }
  if (header_.contains("notice")) hotline.recording.notice = prompt(setting("notice", ""));
  if (header_.contains("ringback")) {
    hotline.ringback = prompt(setting("ringback", ""));
    hotline.plays_ringback = true;
  }
}

void World::build() {
  auto package = std::make_shared<billing::Package>();
  package->tariff = tariff_of(setting("tariff", "0.300 60/60"));
  package->min_balance = *Money::parse_yuan(setting("min_balance", "0.00"));
  package->call_max = Seconds(number(setting("call_max", "7200")));

  auto hotline = std::make_shared<routing::Hotline>();
  hotline->number = kHotline;
  hotline->account = "acme";
  hotline->package = package;
  hotline->rates = std::make_shared<routing::Rates>(rates_);
  hotline->hunt_max = Seconds(number(setting("hunt_max", "120")));
  if (setting("present", "caller") == "hotline") hotline->present = routing::Present::hotline;
  if (setting("early_media", "none") == "phone") {
    hotline->early_media = routing::EarlyMedia::phone;
  }
  set_what_is_heard(*hotline);
  if (const std::string cap = setting("month_cap", ""); !cap.empty()) {
    hotline->month_cap = routing::MonthCap{{}, Money::parse_yuan(cap), std::nullopt};
  }
  for (const auto& words : phones_) hotline->phones.push_back(phone(words));
  const bool confirms = std::any_of(hotline->phones.begin(), hotline->phones.end(),
                                    [](const auto& one) { return one->confirm > Seconds(0); });
  if (confirms) hotline->confirm_prompt = prompt("press_1.wav");
  if (groups_.empty()) groups_ = {{"group", "all", "ring=" + setting("ring", "sequence")}};
  name_menus_and_queues(*hotline);
  for (const auto& words : groups_) hotline->groups.push_back(group(words, *hotline));
  fill_menus_and_queues(*hotline);
  hotline->otherwise.name = "otherwise";
  hotline->otherwise.to = hotline->groups.back().get();
  if (header_.contains("to")) hotline->otherwise.to = target_of(setting("to", ""), *hotline);

  snapshot_ = std::make_shared<routing::Snapshot>();
  snapshot_->regions = region::builtin_table();
  snapshot_->trunks = trunks_;
  snapshot_->credit_tone = header_.contains("credit_tone");
  snapshot_->recording_name = "{date}/{time}-{caller}-{phone}.wav";
  snapshot_->hotlines.add(kHotline, std::move(hotline));
  screen();
  const auto most = static_cast<std::uint32_t>(number(setting("max_calls", "1000")));
  switchboard_ = std::make_unique<call::Switchboard>(
      call::Switchboard::Ports{scribe_, scribe_, scribe_, scribe_, &scribe_}, snapshot_, most,
      CallIdSource(1));
  if (const auto balance = setting("balance", "100.000"); balance != "none") {
    billing::Book book{"acme", *Money::parse_yuan(balance), {}, billing::standing_of_new(kEpoch)};
    book.standing.state = billing::AccountState::active;
    book.standing.activated = kEpoch;
    switchboard_->open_account(std::move(book));
  }
}

call::Event World::read(const std::vector<std::string>& words) const {
  const std::string& verb = words.at(0);
  const std::string& who = words.at(1);
  if (verb == "offered") return offered(words);
  if (verb == "cancelled") return call::CallerCancelled{call_of(who)};
  if (verb == "confirmed") return call::CallerConfirmed{call_of(who), media(words)};
  if (verb == "lost") return call::CallerLost{call_of(who)};
  if (verb == "rang") return call::PhoneRang{leg_of(who), media(words)};
  if (verb == "answered") return call::PhoneAnswered{leg_of(who), media({"", "", who}), who, ""};
  if (verb == "failed") {
    const int status = words.size() > 3 ? static_cast<int>(number(words[3])) : 0;
    return call::PhoneFailed{leg_of(who), failure(words.at(2)), status};
  }
  if (verb == "hung_up") return call::HungUp{leg_of(who), 16, Milliseconds(count(words, "late"))};
  if (verb == "media_offered") return call::MediaOffered{leg_of(who), media(words)};
  if (verb == "media_withdrawn") return call::MediaWithdrawn{leg_of(who)};
  if (verb == "media_accepted") return call::MediaAccepted{leg_of(who), media(words)};
  if (verb == "media_confirmed") return call::MediaConfirmed{leg_of(who), media(words)};
  if (verb == "session_expired") return call::SessionExpired{leg_of(who)};
  if (verb == "moved") return call::TargetRefreshed{leg_of(who), words.at(2)};
  if (verb == "transfer") return call::TransferAsked{leg_of(who), words.at(2)};
  if (verb == "pressed") return call::KeyPressed{leg_of(who), words.at(2).at(0)};
  if (verb == "signalled") return call::KeyPressed{leg_of(who), words.at(2).at(0), true};
  if (verb == "played") return call::PlayedOut{leg_of(who)};
  if (verb == "media_lost")
    return call::MediaLost{call_of(who), Instant(Milliseconds(number(words.at(2))))};
  if (verb == "media_rejected") {
    return call::MediaRejected{leg_of(who), static_cast<int>(number(words.at(2)))};
  }
  if (verb == "admission_stored") return call::AdmissionStored{call_of(who)};
  if (verb == "answer_stored") return call::AnswerStored{call_of(who)};
  if (verb == "store_failed") return call::StoreFailed{call_of(who)};
  if (verb == "end") return call::EndRequested{call_of(who), *cause_from_string(words.at(2))};
  bad(verb);
}

std::vector<std::string> World::run(const std::string& line) {
  if (!switchboard_) build();
  auto words = split(line);
  if (words.size() < 2 || words[0].empty() || words[0][0] != '@') bad(line);
  const Milliseconds at{number(words[0].substr(1))};
  const Now now{Instant(at), kEpoch + at};
  words.erase(words.begin());
  if (words[0] == "time") {
    switchboard_->tick(now);
  } else if (words[0] == "recharge") {
    switchboard_->moved("acme", *Money::parse_yuan(words.at(1)), billing::EntryKind::recharge, now);
  } else if (words[0] == "close_door") {
    switchboard_->close_door(cause_from_string(words.at(1)));
  } else if (words[0] == "end_all") {
    switchboard_->end_all(*cause_from_string(words.at(1)), now);
  } else if (words[0] == "store") {
    scribe_.store_takes_calls = words.at(1) == "up";
  } else if (words[0] == "pause") {
    switchboard_->logbook().pause(words.at(1), {});
  } else if (words[0] == "resume") {
    switchboard_->logbook().resume(words.at(1), now.wall);
  } else if (words[0] == "block") {
    switchboard_->logbook().block(words.at(1), {now.wall, now.wall + Seconds(60), "by hand", true});
  } else if (words[0] == "lift") {
    switchboard_->logbook().lift(words.at(1), now.wall);
  } else if (words[0] == "trunk_calls") {
    return {std::to_string(switchboard_->trunks().calls(words.at(1)))};
  } else if (words[0] == "money") {
    const billing::Book& balance = *switchboard_->accounts().find(words.at(1));
    return {"posted " + balance.posted.to_yuan() + " reserved " + balance.reserved.to_yuan() +
            ", lines in use " + std::to_string(switchboard_->lines().total()) + ", calls " +
            std::to_string(switchboard_->live_calls()) + ", waiting " +
            std::to_string(switchboard_->queues().all().size())};
  } else {
    switchboard_->on(read(words), now);
  }
  return scribe_.take();
}

}  // namespace hotline::flows
