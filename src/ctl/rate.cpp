// rate: what a call costs by a package of the configuration in the directory, step by step; or what
// calls of the past would have cost. Reads the database itself, beside a running server: a month of
// calls is too much for its control socket.
#include <limits>
#include <memory>

#include "admin/times.h"
#include "ctl/command.h"
#include "ctl/draft.h"
#include "ctl/progress.h"
#include "ctl/rating.h"
#include "ctl/repricing.h"
#include "numbering/numbering.h"
#include "store/open.h"
#include "store/reader.h"

namespace hotline::ctl {
namespace {

using admin::Json;

struct Wish {
  std::string package;
  std::string talk;
  std::string at;
  std::string from;
  std::string region;
  std::string since;
  std::string until;
  std::string account;
  std::string hotline;
};

// Seconds with at most three decimals: thousandths, read as those of money are.
std::optional<Milliseconds> parse_talk(const std::string& text) {
  constexpr Milliseconds kMost = std::chrono::hours(24);
  const auto thousandths = Money::parse_yuan(text);
  if (!thousandths || thousandths->is_negative()) return std::nullopt;
  const Milliseconds talk(thousandths->li());
  return talk > kMost ? std::nullopt : std::optional(talk);
}

// Null, told: there is none of that name.
const routing::Pricing* find_package(Session& session, const routing::Snapshot& snapshot,
                                     const std::string& name) {
  const auto found = snapshot.packages.find(name);
  if (found != snapshot.packages.end()) return &found->second;
  std::string all;
  for (const auto& [known, pricing] : snapshot.packages) all += (all.empty() ? "" : ", ") + known;
  show_problem(session, admin::refusal(404, "no_such_package",
                                       "no package " + name + " in this configuration",
                                       all.empty() ? "it has none" : "it has " + all));
  return nullptr;
}

int rate_wish(Session& session, const Wish& wish, const routing::Snapshot& snapshot,
              const routing::Pricing& pricing) {
  Imagined call;
  call.talk = *parse_talk(wish.talk);
  call.arrived = wish.at.empty() ? session.clock().wall : *parse_moment(wish.at);
  if (!wish.region.empty()) {
    const auto named = snapshot.regions->named(wish.region);
    if (!named) {
      const std::string nearest = snapshot.regions->nearest(wish.region);
      return show_problem(
          session, admin::refusal(404, "no_such_region", "there is no region " + wish.region,
                                  nearest.empty() ? "a province, a city or an area code is wanted"
                                                  : "did you mean " + nearest + "?"));
    }
    call.place = place_of(*snapshot.regions, *named);
  } else if (!wish.from.empty()) {
    const number::Number caller =
        wish.from == "withheld" ? number::Number{} : numbering::read_caller(wish.from);
    call.place = snapshot.regions->locate(caller).place;
  }
  show_made(session, rating_json(pricing, *snapshot.regions, call),
            [&](const Json& rating) { print_rating(session.out, rating); });
  return kDone;
}

int reprice(Session& session, const Wish& wish, const config::Loaded& loaded,
            const routing::Pricing& pricing) {
  auto reader = store::Reader::open(store::database_in(loaded.settings.state_dir));
  if (!reader) return cannot_read(session, reader.error());
  cdr::Query query;
  query.from = admin::parse_time(wish.since, admin::Edge::begin);
  if (!wish.until.empty()) query.to = admin::parse_time(wish.until, admin::Edge::end);
  query.account = wish.account;
  query.hotline = wish.hotline;
  query.limit = std::numeric_limits<std::int64_t>::max();
  const auto whole = reader->count(query);
  if (!whole) return cannot_read(session, whole.error());

  Repricing repricing(pricing, *loaded.snapshot->regions);
  {
    Progress progress(session.err, "pricing", session.is_terminal && !session.options.json);
    std::size_t done = 0;
    const auto read = reader->records(query, [&](const cdr::Filed& filed) {
      repricing.take(filed.record);
      progress.show(++done, *whole);
    });
    if (!read) return cannot_read(session, read.error());
  }
  if (repricing.calls() == 0) {
    return show_problem(session, admin::refusal(404, "no_calls", "no answered call in that period",
                                                "see hotlinectl cdr list"));
  }
  show_made(session, repricing.to_json(),
            [&](const Json& priced) { print_repricing(session.out, priced); });
  return kDone;
}

int rate(Session& session, const Wish& wish) {
  const Draft draft = read_draft(session);
  if (!draft.loaded) return refuse_draft(session, draft);
  const routing::Pricing* pricing = find_package(session, *draft.loaded->snapshot, wish.package);
  if (pricing == nullptr) return kProblem;
  return wish.since.empty() ? rate_wish(session, wish, *draft.loaded->snapshot, *pricing)
                            : reprice(session, wish, *draft.loaded, *pricing);
}

void add_call_options(CLI::App* command, const std::shared_ptr<Wish>& wish, CLI::Option* talk) {
  command->add_option("--at", wish->at, "When it arrives; else now")
      ->type_name("TIME")
      ->check(moment())
      ->needs(talk);
  auto* from = command->add_option("--from", wish->from, "The caller, or \"withheld\"")
                   ->type_name("NUMBER")
                   ->needs(talk);
  command->add_option("--region", wish->region, "Where the caller is from; else unknown")
      ->type_name("NAME")
      ->needs(talk)
      ->excludes(from);
}

void add_period_options(CLI::App* command, const std::shared_ptr<Wish>& wish, CLI::Option* since) {
  command->add_option("--until", wish->until, "To the end of this date, or before this time")
      ->type_name("DATE")
      ->check(time_or_date())
      ->needs(since);
  command->add_option("--account", wish->account, "Only calls of this account")
      ->type_name("NAME")
      ->check(account_name())
      ->needs(since);
  command->add_option("--hotline", wish->hotline, "Only calls to this number")
      ->type_name("NUMBER")
      ->check(number_filter())
      ->needs(since);
}

}  // namespace

void add_rate(CLI::App& app, Session& session) {
  const auto wish = std::make_shared<Wish>();
  CLI::App* command = add_command(
      app, session, "rate", "Show what a call costs, or what past calls would have cost",
      "hotlinectl rate --package standard --talk 61 --at \"2026-10-01 09:00\" --region 江苏\n"
      "  hotlinectl rate --package by_the_second --since 2026-10-01 --until 2026-10-31",
      [&session, wish] { return rate(session, *wish); });
  command->add_option("--package", wish->package, "By this package of the configuration")
      ->type_name("NAME")
      ->required();
  auto* how = command->add_option_group("what", "A call, or calls of the past");
  auto* talk =
      how->add_option("--talk", wish->talk, "A call of so many seconds of talk")
          ->type_name("SECONDS")
          ->check(checked_by([](const std::string& text) { return parse_talk(text).has_value(); },
                             "seconds, 0 to 86400, with at most three decimals"));
  auto* since = how->add_option("--since", wish->since,
                                "The calls from this date (China's time) or RFC 3339 time on")
                    ->type_name("DATE")
                    ->check(time_or_date());
  how->require_option(1);
  add_call_options(command, wish, talk);
  add_period_options(command, wish, since);
}

}  // namespace hotline::ctl
