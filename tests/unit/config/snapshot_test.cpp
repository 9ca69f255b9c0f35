// A good configuration becomes exactly the snapshot it says.
#include <gtest/gtest.h>

#include "hotline/routing/decision.h"

#include "config/digest.h"
#include "unit/config/fixture.h"

namespace hotline::config {
namespace {

using routing::Endpoint;
using routing::PhoneUri;
using routing::TrunkNumber;

Loaded loaded(Texts texts) {
  auto result = load(MemoryFiles(std::move(texts)), context());
  for (const Problem& problem : result ? result->warnings : result.error()) {
    ADD_FAILURE() << problem.to_string();
  }
  return std::move(result).value();
}

TEST(Snapshot, settings_are_those_written) {
  Texts texts = good_texts();
  texts[kPlatformFile].replace(0, 8,
                               "[log]\nlevel = \"error\"\nfile = \"/l/h.log\"\njson = true\n"
                               "[server]\nlisten = [\"udp:127.0.0.1:5070\", \"tcp:[::1]:5071\"]\n"
                               "advertise = { \"udp:127.0.0.1:5070\" = \"192.0.2.7:5080\", "
                               "\"tcp:[0::1]:5071\" = \"[2001:db8::0:7]\" }\n"
                               "state_dir = \"/s\"\ncontrol_socket = \"/c\"\ndrain_s = 0\n"
                               "max_calls = 7");
  const Settings settings = loaded(texts).settings;
  const std::vector<Endpoint> listen = {{routing::Transport::udp, "127.0.0.1", 5070},
                                        {routing::Transport::tcp, "::1", 5071}};
  EXPECT_EQ(settings.listen, listen);
  const std::vector<routing::Advertised> advertise = {{listen[0], "192.0.2.7", 5080},
                                                      {listen[1], "2001:db8::7", 5071}};
  EXPECT_EQ(settings.advertise, advertise);
  EXPECT_EQ(settings.state_dir, "/s");
  EXPECT_EQ(settings.control_socket, "/c");
  EXPECT_EQ(settings.drain, Seconds(0));
  EXPECT_EQ(settings.max_calls, 7u);
  EXPECT_EQ(settings.log.level, LogLevel::error);
  EXPECT_EQ(settings.log.file, "/l/h.log");
  EXPECT_TRUE(settings.log.json);
}

TEST(Snapshot, what_is_left_out_has_its_default) {
  const Loaded all = loaded(good_texts());
  const std::vector<Endpoint> listen = {{routing::Transport::udp, "127.0.0.1", 5060}};
  EXPECT_EQ(all.settings.listen, listen);
  EXPECT_TRUE(all.settings.advertise.empty());
  EXPECT_EQ(all.settings.state_dir, "/var/lib/hotline");
  EXPECT_EQ(all.settings.control_socket, "/run/hotline/control.sock");
  EXPECT_EQ(all.settings.drain, Seconds(30));
  EXPECT_EQ(all.settings.max_calls, 20000u);
  EXPECT_EQ(all.settings.session_expires, Seconds(1800));
  EXPECT_EQ(all.settings.log.level, LogLevel::info);
  EXPECT_EQ(all.settings.log.file, "");

  const routing::Hotline* hotline = all.snapshot->find("4001234567");
  ASSERT_TRUE(hotline);
  EXPECT_EQ(hotline->source.to_string(), "hotlines/a.toml:2");
  EXPECT_EQ(hotline->account, "acme");
  EXPECT_EQ(hotline->present, routing::Present::caller);
  EXPECT_EQ(hotline->early_media, routing::EarlyMedia::none);
  EXPECT_EQ(hotline->hunt_max, Seconds(120));
  EXPECT_EQ(hotline->package->name, "standard");
  EXPECT_EQ(hotline->package->tariff,
            (billing::Tariff{Money::from_li(300), Seconds(60), Seconds(60)}));
  EXPECT_EQ(hotline->package->min_balance, Money::from_li(15'000));
  EXPECT_EQ(hotline->package->call_max, Seconds(7200));

  const routing::Phone& phone = *hotline->phones.at(0);
  EXPECT_EQ(phone.name, "desk");
  EXPECT_EQ(phone.key, "4001234567/desk");
  EXPECT_EQ(phone.source.to_string(), "hotlines/a.toml:5");
  EXPECT_EQ(phone.address, routing::PhoneAddress(TrunkNumber{"unicom", "02161234567"}));
  EXPECT_EQ(phone.line_key, "unicom/02161234567");
  EXPECT_EQ(phone.lines, 1u);
  EXPECT_EQ(phone.ring, Seconds(25));
  EXPECT_EQ(phone.schedule, nullptr);

  const routing::Group& group = *hotline->groups.at(0);
  EXPECT_EQ(group.name, "sales");
  EXPECT_EQ(group.ring, routing::RingStrategy::sequence);
  EXPECT_EQ(group.phones, routing::Members({&phone}));
  EXPECT_EQ(group.on_busy, routing::Target(Cause::all_busy));
  EXPECT_EQ(group.on_no_answer, routing::Target(Cause::no_answer));
  EXPECT_EQ(hotline->otherwise.name, "otherwise");
  EXPECT_EQ(hotline->otherwise.source.to_string(), "hotlines/a.toml:12");
  EXPECT_EQ(std::get<const routing::Group*>(hotline->otherwise.to), &group);
}

constexpr const char* kRich = R"([hotline]
number = "4007654321"
account = "acme"
package = "seconds"
present = "hotline"
hunt_max_s = 60
blacklists = ["nuisance"]
whitelists = ["vip"]
[[phone]]
name = "desk"
uri = "sip:desk@[0:0::1];transport=tcp"
lines = 30
ring_s = 10
schedule = "office"
[[phone]]
name = "li"
uri = "sip:li@127.0.0.9:5070"
[[group]]
name = "all"
ring = "parallel"
phones = ["li", "desk"]
on_busy = "refuse:closed"
on_no_answer = "refuse:all_busy"
[[route]]
name = "east"
when = { region = ["上海", "0512"], schedule = ["office", "night"], caller_list = "vip" }
to = "group:all"
[otherwise]
to = "refuse:region_refused"
)";

constexpr const char* kMore = R"([package.seconds]
price_per_min = "0.36"
increments_s = [60, 1]
min_balance = "0"
call_max_s = 60
[schedule.night]
offset = "-05:30"
calendar = "calendars/cn.csv"
weekly = { mon-fri = ["22:00-02:00", "12:00-13:00"], sun = ["00:00-24:00"] }
holidays = "weekly"
makeup_workdays = "sun"
exceptions = { 2026-12-31 = ["09:00-12:00"], 2027-01-01 = [] }
[caller_list.vip]
numbers = ["13800138000"]
prefixes = ["+86170"]
withheld = true
regions = ["上海", "香港"]
kinds = ["landline", "unknown"]
files = ["lists/vip.txt"]
[screening]
blacklists = ["nuisance"]
whitelists = ["vip"]
)";

Texts rich_texts() {
  const std::string listen = "listen = [\"udp:127.0.0.1:5060\", \"tcp:[::1]:5060\"]\n";
  return {{kPlatformFile, "[server]\n" + listen + kPlatform.substr(9) + kMore},
          {kHotlineFile, kRich},
          {"lists/vip.txt", "\xef\xbb\xbf+4930123456\r\n  +4420* # London\r\n"},
          {"calendars/cn.csv",
           "date,kind,name\r\n2026-01-01,holiday,元旦\n\n2026-01-04,makeup_workday,元旦"}};
}

constexpr const char* kRated = R"([package.rated]
price_per_min = "0.300"
increments_s = [60, 6]
setup_fee = "0.100"
free_s = 6
steps = [{ from_s = 180, price_per_min = "0.200" }, { from_s = 600, price_per_min = "0.100" }]
caller_fee_per_min = "0.110"
[[package.rated.rate]]
name = "office_east"
schedule = "office"
region = ["江苏", "上海"]
price_per_min = "0.301"
rounding = "up"
[[package.rated.rate]]
name = "office"
schedule = "office"
increments_s = [1, 1]
steps = []
[[package.rated.rate]]
name = "east"
region = "江苏省"
setup_fee = "0"
free_s = 0
caller_fee_per_min = "0.220"
)";

// "2026-03-02 09:59", UTC.
WallTime time(std::string_view text) {
  const auto two = [&](std::size_t at) { return (text[at] - '0') * 10 + text[at + 1] - '0'; };
  return day(text.substr(0, 10)) + std::chrono::hours(two(11)) + std::chrono::minutes(two(14));
}

std::string rate_at(const routing::Snapshot& snapshot, const std::string& region,
                    std::string_view when) {
  const auto& rates = snapshot.packages.at("rated").rates;
  const region::PlaceSet places = *snapshot.regions->named(region);
  region::PlaceId place = 0;
  while (!places.contains(place)) ++place;
  const routing::Rate* rate = routing::rate_for(rates.get(), place, time(when));
  return rate == nullptr ? "" : rate->name;
}

TEST(Snapshot, a_tariff_and_its_rates_are_as_written) {
  Texts texts = good_texts();
  texts[kPlatformFile] += kRated;
  const Loaded all = loaded(texts);
  const routing::Snapshot& snapshot = *all.snapshot;
  const routing::Pricing& pricing = snapshot.packages.at("rated");
  const std::string steps = " from 180 0.200 from 600 0.100";
  EXPECT_EQ(to_text(pricing.package->tariff),
            "0.300 60/6 setup 0.100 free 6" + steps + " caller 0.110");
  ASSERT_EQ(pricing.rates->size(), 3u);
  EXPECT_EQ(to_text(pricing.rates->at(0).tariff),
            "0.301 60/6 setup 0.100 free 6" + steps + " up caller 0.110");
  EXPECT_EQ(to_text(pricing.rates->at(1).tariff), "0.300 1/1 setup 0.100 free 6 caller 0.110");
  EXPECT_EQ(to_text(pricing.rates->at(2).tariff), "0.300 60/6" + steps + " caller 0.220");
  EXPECT_EQ(snapshot.packages.at("standard").rates, nullptr);
  EXPECT_EQ(snapshot.find("4001234567")->rates, nullptr);
}

// 2026-03-02 is a Monday; the office is open from 09:00 to 18:00 in China.
TEST(Snapshot, the_first_rate_that_holds_is_the_calls) {
  Texts texts = good_texts();
  texts[kPlatformFile] += kRated;
  texts[kHotlineFile].replace(texts[kHotlineFile].find("standard"), 8, "rated");
  const Loaded all = loaded(texts);
  const routing::Snapshot& snapshot = *all.snapshot;
  EXPECT_EQ(snapshot.find("4001234567")->rates, snapshot.packages.at("rated").rates);
  EXPECT_EQ(rate_at(snapshot, "江苏", "2026-03-02 01:00"), "office_east");
  EXPECT_EQ(rate_at(snapshot, "江苏", "2026-03-02 09:59"), "office_east");
  EXPECT_EQ(rate_at(snapshot, "广东", "2026-03-02 01:00"), "office");
  EXPECT_EQ(rate_at(snapshot, "江苏", "2026-03-02 00:59"), "east");
  EXPECT_EQ(rate_at(snapshot, "江苏", "2026-03-02 10:00"), "east");
  EXPECT_EQ(rate_at(snapshot, "广东", "2026-03-02 10:00"), "");
  EXPECT_EQ(rate_at(snapshot, "unknown", "2026-03-02 10:00"), "");
}

TEST(Snapshot, a_hotline_is_as_written) {
  const Loaded all = loaded(rich_texts());
  const routing::Snapshot& snapshot = *all.snapshot;
  const routing::Hotline& hotline = *snapshot.find("4007654321");
  EXPECT_EQ(hotline.present, routing::Present::hotline);
  EXPECT_EQ(hotline.hunt_max, Seconds(60));
  EXPECT_EQ(hotline.package->tariff,
            (billing::Tariff{Money::from_li(360), Seconds(60), Seconds(1)}));
  EXPECT_EQ(hotline.package->min_balance, Money());
  EXPECT_EQ(hotline.package->call_max, Seconds(60));
  ASSERT_EQ(hotline.screening.blacklists.size(), 1u);
  ASSERT_EQ(hotline.screening.whitelists.size(), 1u);
  EXPECT_EQ(hotline.screening.blacklists, snapshot.screening.blacklists);
  EXPECT_EQ(hotline.screening.whitelists, snapshot.screening.whitelists);

  const routing::Phone& desk = *hotline.phones.at(0);
  const routing::Phone& li = *hotline.phones.at(1);
  EXPECT_EQ(desk.address, routing::PhoneAddress(PhoneUri{"sip:desk@[::1]:5060;transport=tcp"}));
  EXPECT_EQ(desk.line_key, "sip:desk@[::1]:5060;transport=tcp");
  EXPECT_EQ(desk.lines, 30u);
  EXPECT_EQ(desk.ring, Seconds(10));
  EXPECT_EQ(desk.schedule->name, "office");

  const routing::Group& group = *hotline.groups.at(0);
  EXPECT_EQ(group.ring, routing::RingStrategy::parallel);
  EXPECT_EQ(group.phones, routing::Members({&li, &desk}));
  EXPECT_EQ(group.on_busy, routing::Target(Cause::closed));
  EXPECT_EQ(group.on_no_answer, routing::Target(Cause::all_busy));

  const routing::Route& route = hotline.routes.at(0);
  EXPECT_EQ(route.name, "east");
  EXPECT_EQ(route.source.to_string(), "hotlines/a.toml:24");
  ASSERT_EQ(route.when.schedules.size(), 2u);
  EXPECT_EQ(route.when.schedules[1]->name, "night");
  EXPECT_EQ(route.when.caller_lists, hotline.screening.whitelists);
  EXPECT_EQ(std::get<const routing::Group*>(route.to), &group);
  EXPECT_EQ(std::get<Cause>(hotline.otherwise.to), Cause::region_refused);
}

TEST(Snapshot, regions_of_a_route_are_all_it_names) {
  const Loaded all = loaded(rich_texts());
  const region::PlaceSet& region = all.snapshot->find("4007654321")->routes.at(0).when.region;
  const region::Table& table = *all.snapshot->regions;
  struct Row {
    const char* landline;
    bool is_named;
  };
  for (const Row& row : {Row{"+862161234567", true}, Row{"+8651261234567", true},
                         Row{"+862561234567", false}, Row{"+861061234567", false}}) {
    const number::Number caller{number::Kind::landline, row.landline, ""};
    EXPECT_EQ(region.contains(table.locate(caller).place), row.is_named) << row.landline;
  }
}

TEST(Snapshot, a_schedule_is_as_written) {
  const Loaded all = loaded(rich_texts());
  const schedule::Schedule& night =
      *all.snapshot->find("4007654321")->routes.at(0).when.schedules.at(1);
  EXPECT_EQ(night.offset, std::chrono::minutes(-330));
  for (std::size_t day = 0; day < 5; ++day) {
    EXPECT_EQ(night.weekly[day], (schedule::Hours{{720, 780}, {1320, 1560}})) << day;
  }
  EXPECT_TRUE(night.weekly[5].empty());
  EXPECT_EQ(night.weekly[6], (schedule::Hours{{0, 1440}}));
  EXPECT_FALSE(night.closed_on_holidays);
  EXPECT_EQ(night.makeup_hours, night.weekly[6]);
  ASSERT_EQ(night.exceptions.size(), 2u);
  EXPECT_EQ(night.exceptions.at(parse_date("2026-12-31").value()), (schedule::Hours{{540, 720}}));
  EXPECT_TRUE(night.exceptions.at(parse_date("2027-01-01").value()).empty());
  ASSERT_EQ(night.calendar->days.size(), 2u);
  const auto& makeup = night.calendar->days.at(parse_date("2026-01-04").value());
  EXPECT_EQ(makeup.kind, schedule::DayKind::makeup_workday);
  EXPECT_EQ(makeup.name, "元旦");
}

TEST(Snapshot, a_caller_list_holds_what_its_keys_and_files_name) {
  const Loaded all = loaded(rich_texts());
  const routing::CallerList& vip = *all.snapshot->screening.whitelists.at(0);
  EXPECT_EQ(vip.name(), "vip");
  EXPECT_EQ(vip.source().to_string(), "hotline.toml:25");
  using number::Kind;
  using routing::ListedBy;
  struct Row {
    number::Number caller;
    ListedBy by;
  };
  for (const Row& row : {Row{{Kind::mobile, "+8613800138000", ""}, ListedBy::number},
                         Row{{Kind::mobile, "+8617012345678", ""}, ListedBy::prefix},
                         Row{{Kind::abroad, "+4930123456", ""}, ListedBy::number},
                         Row{{Kind::abroad, "+44201", ""}, ListedBy::prefix},
                         Row{{Kind::abroad, "+44211", ""}, ListedBy::nothing},
                         Row{{Kind::mobile, "+8613800138001", ""}, ListedBy::nothing},
                         Row{{Kind::landline, "+862161234567", ""}, ListedBy::region},
                         Row{{Kind::hongkong, "+85223456789", ""}, ListedBy::region},
                         Row{{Kind::landline, "+861061234567", ""}, ListedBy::kind},
                         Row{{Kind::unknown, "", "10086"}, ListedBy::kind},
                         Row{{Kind::withheld, "", ""}, ListedBy::withheld}}) {
    const auto place = all.snapshot->regions->locate(row.caller).place;
    EXPECT_EQ(vip.match(row.caller, place), row.by) << row.caller.e164 << row.caller.raw;
  }
  EXPECT_EQ(
      all.snapshot->screening.blacklists.at(0)->match({Kind::withheld, "", ""}, region::kWithheld),
      ListedBy::nothing);
}

TEST(Snapshot, trunks_are_as_written) {
  Texts texts = good_texts();
  texts[kPlatformFile] +=
      "[[trunk]]\nname = \"in\"\nsources = [\"0:0::2\", \"127.0.0.3\"]\ntrusted = true\n";
  const auto snapshot = loaded(texts).snapshot;
  ASSERT_EQ(snapshot->trunks.size(), 2u);
  const routing::Trunk& out = snapshot->trunks[0];
  EXPECT_EQ(out.name, "unicom");
  EXPECT_EQ(out.sources, std::vector<std::string>{"127.0.0.2"});
  EXPECT_EQ(out.gateways, (std::vector<Endpoint>{{routing::Transport::udp, "127.0.0.2", 5060}}));
  EXPECT_FALSE(out.trusted);
  const routing::Trunk& in = snapshot->trunks[1];
  EXPECT_EQ(in.sources, (std::vector<std::string>{"::2", "127.0.0.3"}));
  EXPECT_TRUE(in.gateways.empty());
  EXPECT_TRUE(in.trusted);
}

// Two hotlines may have the same phone; it has one password.
TEST(Snapshot, a_phone_may_say_itself_where_it_is) {
  Texts texts = good_texts();
  const std::string number = "number = \"02161234567\"\ntrunk = \"unicom\"";
  std::string& hotline = texts["hotlines/a.toml"];
  ASSERT_NE(hotline.find(number), std::string::npos);
  hotline.replace(hotline.find(number), number.size(),
                  "user = \"li\"\npassword_file = \"passwords/li\"");
  texts["passwords/li"] = "Circle Of Life\n";
  std::string& platform = texts[kPlatformFile];
  platform.insert(platform.find('\n') + 1, "realm = \"testrealm@host.com\"\n");
  const auto snapshot = loaded(texts).snapshot;
  const routing::Phone& phone = *snapshot->find("4001234567")->phones.front();
  EXPECT_EQ(phone.address, routing::PhoneAddress(routing::PhoneUser{"li"}));
  EXPECT_EQ(phone.line_key, "user/li");
  EXPECT_EQ(snapshot->realm, "testrealm@host.com");
  EXPECT_EQ(snapshot->ha1s.at("li"), md5("li:testrealm@host.com:Circle Of Life"));
}

TEST(Snapshot, a_trunk_says_how_calls_pass) {
  Texts texts = good_texts();
  texts[kPlatformFile] +=
      "[[trunk]]\nname = \"b\"\ngateways = [\"udp:127.0.0.4:1\", \"udp:sip.b-c.example:1\"]\n"
      "weights = [3, 0]\nprobe_s = 0\nmax_calls = 30\nmax_calls_per_s = 5\n"
      "number_format = \"e164_bare\"\nnumber_prefix = \"*9#\"\n"
      "username = \"acme\"\npassword_file = \"passwords/b\"\n";
  texts["passwords/b"] = "correct horse : \"battery\r\nnever read\n";
  const auto snapshot = loaded(texts).snapshot;
  const routing::Trunk& plain = *snapshot->trunk("unicom");
  EXPECT_TRUE(plain.weights.empty());
  EXPECT_EQ(plain.probe, Seconds(30));
  EXPECT_EQ(plain.max_calls, 0u);
  EXPECT_EQ(plain.max_calls_per_s, 0u);
  EXPECT_EQ(plain.number_format, number::Format::as_written);
  const routing::Trunk& trunk = *snapshot->trunk("b");
  EXPECT_EQ(trunk.gateways,
            (std::vector<Endpoint>{{routing::Transport::udp, "127.0.0.4", 1, ""},
                                   {routing::Transport::udp, "", 1, "sip.b-c.example"}}));
  EXPECT_EQ(trunk.weights, (std::vector<std::uint32_t>{3, 0}));
  EXPECT_EQ(trunk.probe, Seconds(0));
  EXPECT_EQ(trunk.max_calls, 30u);
  EXPECT_EQ(trunk.max_calls_per_s, 5u);
  EXPECT_EQ(trunk.number_format, number::Format::e164_bare);
  EXPECT_EQ(trunk.number_prefix, "*9#");
  EXPECT_EQ(trunk.credentials.username, "acme");
  EXPECT_EQ(trunk.credentials.password, "correct horse : \"battery");
  EXPECT_TRUE(plain.credentials.username.empty());
  EXPECT_EQ(snapshot->trunk("c"), nullptr);
}

// The snapshot is what routing decides by, whatever the loader keeps for itself.
TEST(Snapshot, decides_after_the_loader_is_gone) {
  std::shared_ptr<const routing::Snapshot> snapshot = loaded(rich_texts()).snapshot;
  const routing::Hotline& hotline = *snapshot->find("4007654321");
  const number::Number vip{number::Kind::mobile, "+8613800138000", ""};
  const auto decision =
      routing::decide({*snapshot, hotline, vip, day("2026-06-01"), routing::QuietFacts()});
  EXPECT_EQ(std::get<Cause>(decision.verdict), Cause::region_refused);
}

TEST(Snapshot, keeps_the_files_it_was_made_of) {
  const Texts texts = rich_texts();
  Texts kept;
  for (const KeptFile& file : loaded(texts).files) kept.emplace(file.name, file.text);
  EXPECT_EQ(kept, texts);
}

}  // namespace
}  // namespace hotline::config
