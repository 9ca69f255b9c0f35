// config rollback: an old version's files back in the directory, and a reload. The directory stays
// what the server reads, so a restart serves what the reload took.
#include <map>
#include <memory>

#include <unistd.h>

#include "config/restore.h"
#include "ctl/command.h"
#include "ctl/config_place.h"
#include "ctl/problems.h"
#include "ctl/text.h"
#include "server/problem_views.h"

namespace hotline::ctl {
namespace {

using admin::Answer;
using admin::Json;

template <class Value>
using Or = tl::expected<Value, Answer>;

struct Wish {
  std::uint32_t number = 0;
  bool force = false;
};

tl::unexpected<Answer> refused(int status, std::string_view code, const std::string& message,
                               const std::string& hint) {
  return tl::make_unexpected(admin::refusal(status, code, message, hint));
}

// Would the files load today? Refused with their problems where they would not.
Or<void> judge(const Session& session, const ConfigPlace& place,
               const std::vector<config::KeptFile>& files, std::uint32_t number) {
  std::map<std::string, std::string> texts;
  for (const config::KeptFile& file : files) texts.emplace(file.name, file.text);
  const auto loaded =
      config::load(config::MemoryFiles(std::move(texts)), load_context(session, place.state_dir));
  if (loaded) return {};
  Answer answer = admin::refusal(
      422, "bad_configuration",
      "version " + std::to_string(number) + " cannot be loaded any more; nothing was changed",
      "write what you want of it by hand: hotlinectl config diff " + std::to_string(number));
  answer.body.update(admin::problem_list(server::views_of(loaded.error())));
  return tl::make_unexpected(std::move(answer));
}

std::string edits_in_words(const ConfigPlace& place, const config::Version* in_use,
                           const std::vector<config::KeptFile>& files) {
  if (!in_use) return "no configuration was loaded yet";
  const auto texts = texts_of(place, *in_use);
  return texts ? difference(*texts, files).words : "the version in use cannot be read";
}

// What the directory holds and no version does is kept first, or the rollback refused.
// Returns: the version it was kept as; null: nothing would be lost.
Or<Json> save_edits(Session& session, const ConfigPlace& place,
                    const config::History::Listed& listed, const config::Version& target,
                    bool force) {
  const config::Version* in_use = listed.in_use();
  std::vector<const config::Version*> known = {&target};
  if (in_use) known.push_back(in_use);
  const auto files = directory_files(session, place, known);
  const auto by = config::by_user(config::Origin::How::saved, ::geteuid());
  auto now = config::version_of(files, by, session.clock().wall);
  if (now.hash == target.hash || (in_use && now.hash == in_use->hash)) return Json();
  if (!force) {
    return refused(409, "unsaved_edits",
                   place.directory.string() +
                       " has edits that were never loaded: " + edits_in_words(place, in_use, files),
                   "reload them, or add --force, which keeps them as a version of their own");
  }
  const auto kept = config::History(place.state_dir).keep(std::move(now), files);
  if (kept) return Json(kept->number);
  return refused(500, "not_kept", "the edits cannot be kept: " + kept.error(),
                 "nothing was changed");
}

Or<Json> put_back(Session& session, const Wish& wish) {
  const auto place = find_config(session);
  if (!place) return tl::make_unexpected(place.error());
  const auto listed = list_versions(session, *place);
  if (!listed) return tl::make_unexpected(listed.error());
  const auto version = find_version(*listed, wish.number);
  if (!version) return tl::make_unexpected(version.error());
  const auto files = texts_of(*place, **version);
  if (!files) return tl::make_unexpected(files.error());
  if (const auto good = judge(session, *place, *files, wish.number); !good) {
    return tl::make_unexpected(good.error());
  }
  const auto saved = save_edits(session, *place, *listed, **version, wish.force);
  if (!saved) return tl::make_unexpected(saved.error());
  const auto reader = config::owner_of(place->state_dir);
  const auto restored =
      config::restore(*files, place->directory,
                      reader.value_or(config::Owner{::geteuid(), ::getegid()}), wish.number);
  if (!restored) {
    return refused(500, "not_restored", restored.error(),
                   "see hotlinectl config diff " + std::to_string(wish.number) +
                       " for what is still different, and try again; the server was not told");
  }
  return Json{{"version", wish.number},
              {"directory", place->directory.string()},
              {"written", restored->written},
              {"removed", restored->removed},
              {"saved_as", *saved}};
}

void print_rollback(std::ostream& out, const Json& body) {
  out << "version " << word(body.at("version")) << " is back in "
      << printable(body.at("directory").get<std::string>()) << ": " << word(body.at("written"))
      << (body.at("written") == 1 ? " file" : " files") << " written, " << word(body.at("removed"))
      << " removed\n";
  if (!body.at("saved_as").is_null()) {
    out << "what was there is kept as version " << word(body.at("saved_as")) << '\n';
  }
  if (body.at("reload").is_null()) {
    out << "the server is stopped: it will start with these files\n";
  } else {
    print_reload(out, body.at("reload"));
  }
}

int rollback(Session& session, const Wish& wish) {
  auto body = put_back(session, wish);
  if (!body) return show_problem(session, body.error());
  const auto reload = session.office.ask_server("POST", "/reload");
  const bool is_stopped = !reload && reload.error().why == admin::Unreachable::Why::stopped;
  if (!is_stopped && (!reload || reload->is_refusal())) {
    session.err << "hotlinectl: version " << wish.number << " is back in "
                << printable(body->at("directory").get<std::string>())
                << ", but the server did not take it over:\n";
    return show(session, reload, [](const Json&) {});
  }
  (*body)["reload"] = is_stopped ? Json() : reload->body;
  return show(session, Answer{.body = std::move(*body)},
              [&session](const Json& shown) { print_rollback(session.out, shown); });
}

}  // namespace

void add_config_rollback(CLI::App& group, Session& session) {
  const auto wish = std::make_shared<Wish>();
  CLI::App* command = add_command(
      group, session, "rollback",
      "Put an old version's files back into the directory and have the server reload them",
      "hotlinectl config rollback 3", [&session, wish] { return rollback(session, *wish); });
  command->add_option("VERSION", wish->number, "The version, from config history")
      ->type_name("")
      ->required()
      ->check(CLI::Range(std::uint32_t{1}, UINT32_MAX));
  command->add_flag("--force", wish->force,
                    "Even where the directory has edits that were never loaded: they are kept as "
                    "a version first");
}

}  // namespace hotline::ctl
