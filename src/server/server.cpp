#include "server/server.h"

#include <random>
#include <set>
#include <utility>

#include "numbering/numbering.h"
#include "server/clock.h"
#include "server/live_desk.h"
#include "server/notify.h"
#include "server/problem_views.h"
#include "server/recovery.h"
#include "server/version.h"

namespace hotline::server {
namespace {

constexpr Seconds kLook = Thrift::kApart;  // how often the clock and the memory are looked at
constexpr Milliseconds kDrainLook{100};    // how often a draining server looks whether it is empty
constexpr Milliseconds kLastWords{2000};   // for the answers to the last messages

std::uint64_t random_seed() {
  std::random_device device;
  return static_cast<std::uint64_t>(device()) << 32 | device();
}

// Legs of this process never have the numbers of the one before: they count from its life's begin.
std::uint64_t first_call_ref(WallTime life) {
  return static_cast<std::uint64_t>(life.time_since_epoch().count()) << 16;
}

std::set<std::string, std::less<>> names_of(const std::vector<store::Account>& accounts) {
  std::set<std::string, std::less<>> names;
  for (const store::Account& account : accounts) names.insert(account.name);
  return names;
}

// The names that gateways are written by.
std::set<std::string> names_in(const routing::Snapshot& snapshot) {
  std::set<std::string> names;
  for (const routing::Trunk& trunk : snapshot.trunks) {
    for (const routing::Endpoint& gateway : trunk.gateways) {
      if (!gateway.name.empty()) names.insert(gateway.name);
    }
  }
  return names;
}

// The same snapshot; whoever lets go of it last, it is taken apart by housekeeping: ten thousand
// hotlines are too much for the call thread to clear away between two messages.
std::shared_ptr<const routing::Snapshot> cleared_by(
    const Housekeeping& housekeeping, std::shared_ptr<const routing::Snapshot> snapshot) {
  const routing::Snapshot* raw = snapshot.get();
  return {raw, [keep = std::move(snapshot), let_go = housekeeping.let_go()](
                   const routing::Snapshot*) mutable { let_go(std::move(keep)); }};
}

// One line for each that goes down or comes back.
void log_gateway(const sip::GatewayNews& news) {
  const char* event = news.up ? "gateway_up" : news.trunk_up ? "gateway_down" : "trunk_down";
  const Fields fields{
      {"event", event}, {"trunk", news.trunk}, {"gateway", news.address}, {"why", news.why}};
  if (news.up) {
    log_info(fields);
  } else {
    log_warning(fields);
  }
}

}  // namespace

Server::Server(Configuration& configuration, config::Loaded loaded, store::Opened opened)
    : configuration_(configuration), loaded_(std::move(loaded)), opened_(std::move(opened)) {
  since_ = loaded_at_ = read_clock().wall;
}

tl::expected<std::unique_ptr<Server>, std::string> Server::start(Configuration& configuration,
                                                                 config::Loaded loaded) {
  auto opened = store::open(loaded.settings.state_dir);
  if (!opened) return tl::unexpected(opened.error());
  std::unique_ptr<Server> server(new Server(configuration, std::move(loaded), std::move(*opened)));
  const auto& database = server->opened_.database;
  const auto found = store::load_start(database, server->since_);
  if (!found) return tl::unexpected(found.error());
  auto reader = store::Reader::open(database);
  if (!reader) return tl::unexpected(reader.error());
  if (auto checked = server->check_books(); !checked) return tl::unexpected(checked.error());
  auto notices = store::Reader::open(database);
  if (!notices) return tl::unexpected(notices.error());
  auto recorded = store::Reader::open(database);
  if (!recorded) return tl::unexpected(recorded.error());
  numbering::warm_up();
  if (auto signalling = server->open_signalling(found->life); !signalling) {
    return tl::unexpected(signalling.error());
  }
  server->take_over(*found);
  server->check_pages();
  server->restore_places(found->notes);
  configuration.begin(server->loaded_, server->loaded_.settings.state_dir, server->since_);

  Server& self = *server;
  self.desk_ = std::make_unique<LiveDesk>(self, std::move(*reader));
  self.housekeeping_ = std::make_unique<Housekeeping>(
      [&self] { self.loop_->post([&self] { self.terminate(); }); },
      [&self] {
        self.reload({}, {config::Origin::How::signal, {}, {}}, [](const admin::Answer&) {});
      });
  self.loaded_.snapshot = cleared_by(*self.housekeeping_, std::move(self.loaded_.snapshot));
  self.switchboard_->use(self.loaded_.snapshot, self.loaded_.settings.max_calls, read_clock());
  self.signalling_->use(self.loaded_.snapshot);
  self.housekeeping_->repeat(kLook, [&self] {
    self.thrift_.look();
    self.anchors_->look(read_clock().wall);
    self.loop_->post([&self, asked = read_precise_clock()] {
      self.loop_delay_.add(read_precise_clock() - asked);
      self.switchboard_->keep_books(read_clock());
    });
  });
  self.start_resolver();
  self.recordings_ = std::make_unique<Recordings>(
      std::move(*recorded), *self.writer_, self.loaded_.settings.recording, self.since_,
      std::move(self.adopted_recordings_),
      [&self](std::function<void()> work) { self.loop_->post(std::move(work)); });
  self.herald_ =
      std::make_unique<Herald>(std::move(*notices), *self.writer_, self.loaded_.settings.notice);
  if (auto doors = self.open_doors(); !doors) return tl::unexpected(doors.error());
  return server;
}

// For admins, and for programs that watch.
tl::expected<void, std::string> Server::open_doors() {
  auto admin = admin::Server::start(loaded_.settings.control_socket.string(), *desk_);
  if (!admin) return tl::unexpected(admin.error());
  admin_ = std::move(*admin);
  if (!loaded_.settings.metrics) return {};
  auto pages = admin::Pages::start(
      loaded_.settings.metrics->host, loaded_.settings.metrics->port,
      [this](const std::string& path, admin::Pages::Reply reply) { show(path, std::move(reply)); });
  if (!pages) return tl::unexpected(pages.error());
  pages_ = std::move(*pages);
  return {};
}

Server::~Server() {
  page_check_.reset();  // its thread speaks to the writer
  pages_.reset();
  admin_.reset();
  herald_.reset();
  resolver_.reset();
  housekeeping_.reset();
  relay_.reset();  // its thread posts to the loop
  if (recordings_) recordings_->write_notes();
  recordings_.reset();
  if (!writer_) return;
  if (signalling_) signalling_->tell_turned_away();
  const std::size_t lost = writer_->stop();
  if (lost > 0) {
    log_error({{"event", "not_durable"}, {"requests", std::to_string(lost)}});
  }
  if (anchors_) anchors_->write_latest(read_clock().wall);
}

tl::expected<void, std::string> Server::open_signalling(WallTime life) {
  auto loop = sip::Loop::create();
  if (!loop) return tl::unexpected(loop.error());
  loop_ = std::move(*loop);
  const auto sink = [this](call::Event event) { hear(std::move(event)); };
  writer_ = std::make_unique<store::Writer>(
      opened_.database, read_clock,
      [this](store::Writer::Works works) { loop_->post(std::move(works)); }, sink,
      [](const std::string& line, bool is_well) {
        if (is_well) return log_info({{"event", "store"}, {"well", line}});
        log_error({{"event", "store"}, {"trouble", line}});
      });
  auto signalling = sip::Signalling::open(
      *loop_,
      sip::Settings{
          loaded_.settings.listen, loaded_.settings.advertise,
          std::string("Hotline400/") + kVersion, first_call_ref(life),
          loaded_.settings.session_expires, log_gateway, loaded_.settings.media.relays,
          [this](const std::string& user, const sip::Place& place) { keep_place(user, place); },
          [this](const std::string& trunk, std::uint32_t calls) {
            switchboard_->turned_away(trunk, calls, read_clock());
          }},
      sink);
  if (!signalling) return tl::unexpected(signalling.error());
  signalling_ = std::move(*signalling);
  signalling_->use(loaded_.snapshot);
  if (loaded_.settings.media.relays) {
    if (auto relay = open_relay(); !relay) return relay;
  }
  ports::Signalling& to_phones =
      audio_path_ ? static_cast<ports::Signalling&>(*audio_path_) : *signalling_;
  switchboard_ = std::make_unique<call::Switchboard>(
      call::Switchboard::Ports{to_phones, *writer_, *loop_, tally_, audio_path_.get()},
      loaded_.snapshot, loaded_.settings.max_calls, CallIdSource(random_seed(), life));
  loop_->on_alarm([this] { switchboard_->tick(read_clock()); });
  return {};
}

tl::expected<void, std::string> Server::open_relay() {
  auto relay = RelayPlane::start(
      loaded_.settings,
      {[this](std::uint32_t place) {
         loop_->post([this, place] { audio_path_->silent(place, read_clock().mono); });
       },
       [this](std::uint32_t place, std::uint32_t number) {
         loop_->post([this, place, number] { audio_path_->played(place, number); });
       },
       [this](std::uint32_t place, char key) {
         loop_->post([this, place, key] { audio_path_->pressed(place, key); });
       },
       [this](const media::RecordingResult& result) { recordings_->failed(result); },
       [this](const media::RecordingResult& result) { recordings_->recorded(result); }},
      [this](const AudioPlane::Recording& recording) { return recordings_->begin(recording); });
  if (!relay) return tl::unexpected(relay.error());
  relay_ = std::move(*relay);
  relay_->use(load_prompts(*loaded_.snapshot).library);
  audio_path_ = std::make_unique<AudioPath>(
      *signalling_, *relay_,
      AudioPath::Settings{loaded_.settings.media.silence,
                          [this](const routing::PhoneAddress& phone) { return by_v6(phone); }},
      [this](call::Event event) {
        loop_->post([this, event = std::move(event)]() mutable { hear(std::move(event)); });
      });
  return {};
}

// Reads files. What cannot be played is said here, once.
Prompts Server::load_prompts(const routing::Snapshot& snapshot) const {
  Prompts prompts = server::load_prompts(configuration_.directory(), snapshot);
  for (const config::Problem& problem : prompts.problems) {
    log_error({{"event", "prompt"}, {"problem", problem.to_string()}, {"instead", "tone"}});
  }
  return prompts;
}

// A trunk's gateways are of one version, as a rule; where they are not, the first one's counts.
bool Server::by_v6(const routing::PhoneAddress& phone) const {
  if (const auto* uri = std::get_if<routing::PhoneUri>(&phone)) {
    return uri->uri.find('[') != std::string::npos;
  }
  if (const auto* registers = std::get_if<routing::PhoneUser>(&phone)) {
    return signalling_->place_of(registers->user).find('[') != std::string::npos;
  }
  const auto* trunk = loaded_.snapshot->trunk(std::get<routing::TrunkNumber>(phone).trunk);
  return trunk != nullptr && !trunk->gateways.empty() &&
         trunk->gateways.front().host.find(':') != std::string::npos;
}

// Where a phone that registers is outlives the process: until it registers anew nobody could ring
// it.
void Server::keep_place(const std::string& user, const sip::Place& place) {
  const Now now = read_clock();
  const WallTime until = now.wall + (place.expires - now.mono);
  writer_->perform({call::KeepNote::Kind::place, user, place.uri, until});
}

void Server::restore_places(const std::vector<call::KeepNote>& notes) {
  const Now now = read_clock();
  for (const call::KeepNote& note : notes) {
    if (note.kind != call::KeepNote::Kind::place) continue;
    signalling_->restore_place(note.key, {note.value, now.mono + (note.until - now.wall)});
  }
}

void Server::start_resolver() {
  const auto found = [this](const std::string& name, std::vector<std::string> addresses) {
    std::string list;
    for (const std::string& one : addresses) list += (list.empty() ? "" : " ") + one;
    log_info({{"event", "name_resolved"}, {"name", name}, {"addresses", list}});
    loop_->post(
        [this, name, addresses = std::move(addresses)] { signalling_->know(name, addresses); });
  };
  const auto failed = [](const std::string& name, const std::string& why) {
    log_warning({{"event", "name_not_resolved"}, {"name", name}, {"why", why}});
  };
  resolver_ = std::make_unique<Resolver>(loaded_.settings.resolve, found, failed);
  resolver_->use(names_in(*loaded_.snapshot));
}

void Server::take_over(const store::Start& start) {
  call::Logbook& logbook = switchboard_->logbook();
  for (const call::KeepNote& note : start.notes) logbook.restore(note);
  for (const call::MonthUsage& usage : start.usage) logbook.restore(usage);
  Recovered recovered =
      recover(start, loaded_.snapshot, {*signalling_, audio_path_.get(), *writer_}, read_clock());
  for (const call::MonthUsage& usage : recovered.usage) logbook.restore(usage);
  for (OpenBook& open : open_books(start, recovered, since_)) {
    switchboard_->open_account(std::move(open.book), std::move(open.unjudged));
  }
  for (call::Adopted& one : recovered.adopted) switchboard_->adopt(std::move(one), read_clock());
  adopted_recordings_ = std::move(recovered.recordings);
  switchboard_->keep_books(read_clock());
  if (recovered.closed + recovered.adopted.size() > 0) {
    log_warning({{"event", "recovered"},
                 {"adopted", std::to_string(recovered.adopted.size())},
                 {"closed", std::to_string(recovered.closed)}});
  }
}

// Everything that happens to calls comes through here.
void Server::hear(call::Event event) {
  if (auto* offered = std::get_if<call::CallOffered>(&event)) {
    if (offered->caller.kind != number::Kind::withheld) {
      offered->caller = numbering::read_caller(offered->caller.raw);
    }
  }
  if (audio_path_ && audio_path_->repeats(event)) return;
  const Now now = read_clock();
  if (audio_path_) audio_path_->before(event, now.mono);
  switchboard_->on(event, now);
  if (audio_path_) audio_path_->after(event);
}

void Server::run() {
  log_info({{"event", "ready"}, {"version", kVersion}});
  notify_ready();
  loop_->run();
  log_info({{"event", "stopped"}});
}

void Server::reload(const admin::Reload& ask, const config::Origin& by, const admin::Reply& reply) {
  if (!ask.dry_run) notify_reloading();
  AccountNames accounts;
  if (auto reader = store::Reader::open(opened_.database)) {
    if (const auto list = reader->accounts()) accounts = names_of(*list);
  }
  auto proposal =
      configuration_.propose(read_clock().wall, std::move(accounts), {by, ask.skip_bad});
  if (!proposal) {
    if (!ask.dry_run) refuse_reload(proposal.error(), by);
    return reply(admin::not_reloaded(views_of(proposal.error())));
  }
  admin::ReloadView view{ask.dry_run, proposal->words, views_of(proposal->changes),
                         proposal->at_restart};
  if (ask.dry_run) {
    const auto& would = *proposal->loaded.snapshot;
    const admin::SnapshotView snapshot{would.hotlines.size(), would.trunks.size(),
                                       proposal->version.at};
    return reply(admin::reloaded(snapshot, view, views_of(proposal->loaded.warnings)));
  }
  configuration_.accept(*proposal);
  for (const config::Problem& warning : proposal->loaded.warnings) {
    log_warning({{"event", "configuration"}, {"warning", warning.to_string()}});
  }
  proposal->loaded.snapshot = cleared_by(*housekeeping_, std::move(proposal->loaded.snapshot));
  auto prompts = relay_ ? load_prompts(*proposal->loaded.snapshot).library : nullptr;
  // There may be thousands of changes and warnings: the answer is not the call thread's work.
  auto taken = std::make_shared<Proposal>(std::move(*proposal));
  loop_->post([this, taken = std::move(taken), prompts = std::move(prompts), view = std::move(view),
               reply]() mutable {
    if (relay_) relay_->use(std::move(prompts));
    follow(*taken);
    notify_ready();
    housekeeping_->post(
        [snapshot = snapshot(), taken = std::move(taken), view = std::move(view), reply] {
          reply(admin::reloaded(snapshot, view, views_of(taken->loaded.warnings)));
        });
  });
}

void Server::refuse_reload(const std::vector<config::Problem>& problems, const config::Origin& by) {
  admin::RefusedReloadView refused{read_clock().wall, by.to_string(), 0, ""};
  for (const config::Problem& problem : problems) {
    log_error({{"event", "reload_refused"}, {"problem", problem.to_string()}});
    if (problem.is_warning) continue;
    if (refused.errors++ == 0) refused.first = problem.to_string();
  }
  log_error({{"event", "reload_refused"},
             {"errors", std::to_string(refused.errors)},
             {"by", refused.by},
             {"serving", "version " + std::to_string(configuration_.version())}});
  notify_ready();
  loop_->post([this, refused = std::move(refused)] { refused_reload_ = refused; });
}

void Server::follow(const Proposal& proposal) {
  const config::Loaded& loaded = proposal.loaded;
  loaded_.snapshot = loaded.snapshot;
  loaded_.warnings = loaded.warnings;
  herald_->use(loaded.settings.notice);
  recordings_->use(loaded.settings.recording);
  loaded_at_ = read_clock().wall;
  refused_reload_.reset();
  switchboard_->use(loaded.snapshot, loaded_.settings.max_calls, read_clock());
  signalling_->use(loaded.snapshot);
  resolver_->use(names_in(*loaded.snapshot));
  Fields fields{{"event", "reloaded"},
                {"hotlines", std::to_string(loaded.snapshot->hotlines.size())},
                {"version", std::to_string(proposal.version.number)},
                {"by", proposal.by.to_string()},
                {"changes", proposal.words}};
  for (const std::string& key : proposal.at_restart) fields.emplace_back("at_restart", key);
  log_info(fields);
}

admin::SnapshotView Server::snapshot() const {
  return {loaded_.snapshot->hotlines.size(), loaded_.snapshot->trunks.size(), loaded_at_,
          configuration_.version()};
}

std::vector<admin::TrunkView> Server::trunks() const {
  const WallTime now = read_clock().wall;
  std::vector<admin::TrunkView> views;
  for (const sip::TrunkView& trunk : signalling_->trunks()) {
    admin::TrunkView& view = views.emplace_back();
    view.name = trunk.name;
    view.state = sip::to_string(trunk.health);
    view.calls = switchboard_->trunks().calls(trunk.name);
    for (const sip::GatewayView& gateway : trunk.gateways) {
      view.gateways.push_back({gateway.address, sip::to_string(gateway.health), gateway.why,
                               now - (sip::Loop::now() - gateway.since)});
    }
  }
  return views;
}

admin::StatusView Server::status() const {
  admin::StatusView view;
  view.state = draining_ ? "draining" : "running";
  view.since = since_;
  view.version = kVersion;
  view.calls = switchboard_->live_calls();
  view.snapshot = snapshot();
  view.trunks = trunks();
  const sip::Counters counters = signalling_->counters();
  view.counters = {{"strangers", counters.strangers},
                   {"malformed", counters.malformed},
                   {"strays", counters.strays},
                   {"calls", counters.calls},
                   {"turned_away", counters.turned_away},
                   {"sent_away", counters.sent_away},
                   {"registered", counters.registered},
                   {"banned", counters.banned},
                   {"rings", counters.rings},
                   {"legs", counters.legs}};
  for (const auto& [queue, waiting] : switchboard_->queues().lengths()) {
    view.counters.emplace_back("waiting " + queue, waiting);
  }
  if (relay_) {
    view.counters.emplace_back("audio_legs", relay_->counters().legs);
    view.counters.emplace_back("rtp_ports_exhausted", relay_->counters().range_exhausted);
    view.counters.emplace_back("out_of_descriptors", relay_->out_of_descriptors());
  }
  view.config_dir = configuration_.directory().string();
  view.state_dir = opened_.database.parent_path().string();
  view.refused_reload = refused_reload_;
  view.notices = herald_->view();
  if (configuration_.is_fallback()) {
    view.warnings.push_back("the configuration is bad: serving from the last accepted one");
  }
  for (const config::Problem& problem : loaded_.warnings) {
    view.warnings.push_back(problem.to_string());
  }
  if (!broken_links_.empty()) {
    view.warnings.push_back(broken_links_.front() + "; see hotlinectl audit");
  }
  for (const std::string& trouble : {writer_->trouble(), recordings_->trouble()}) {
    if (!trouble.empty()) view.warnings.push_back(trouble);
  }
  return view;
}

// The first TERM drains, the second ends at once.
void Server::terminate() {
  if (draining_) {
    switchboard_->end_all(Cause::shutdown, read_clock());
    return end_soon();
  }
  draining_ = true;
  notify_stopping();
  log_info({{"event", "draining"}, {"calls", std::to_string(switchboard_->live_calls())}});
  switchboard_->close_door(Cause::draining);
  patience_timer_ = std::make_unique<sip::Timer>(*loop_, loaded_.settings.drain, [this] {
    switchboard_->end_all(Cause::shutdown, read_clock());
  });
  watch_drain();
}

void Server::watch_drain() {
  if (switchboard_->live_calls() == 0) return end_soon();
  drain_timer_ = std::make_unique<sip::Timer>(*loop_, kDrainLook, [this] { watch_drain(); });
}

// The calls are over; the last messages may still want their answers.
void Server::end_soon() {
  if (!ending_) {
    ending_ = true;
    patience_timer_ = std::make_unique<sip::Timer>(*loop_, kLastWords, [this] { loop_->stop(); });
  }
  if (signalling_->legs() == 0) return loop_->stop();
  drain_timer_ = std::make_unique<sip::Timer>(*loop_, kDrainLook, [this] { end_soon(); });
}

}  // namespace hotline::server
