// config diff: what differs between two versions, or between one and the directory: in words, then
// line by line. What a file of passwords holds is never shown.
#include <map>
#include <memory>
#include <optional>

#include "config/text_diff.h"
#include "ctl/command.h"
#include "ctl/config_place.h"
#include "ctl/text.h"

namespace hotline::ctl {
namespace {

using admin::Answer;
using admin::Json;

struct Wish {
  std::optional<std::uint32_t> before;  // absent: the version in use
  std::optional<std::uint32_t> after;   // absent: the directory
};

// One of the two configurations.
struct Side {
  std::string name;  // "version 3"
  std::vector<config::KeptFile> files;
};

struct Pair {
  const config::KeptFile* before = nullptr;
  const config::KeptFile* after = nullptr;
};

std::string_view text_of(const config::KeptFile* file) {
  return file ? std::string_view(file->text) : std::string_view();
}

Json file_diff(const Side& before, const Side& after, const std::string& name, const Pair& pair) {
  const bool is_secret =
      (pair.before && pair.before->is_secret) || (pair.after && pair.after->is_secret);
  const auto title = [&name](const Side& side, const config::KeptFile* file) {
    return file ? name + " (" + side.name + ")" : std::string("/dev/null");
  };
  Json json{{"file", name}, {"secret", is_secret}, {"diff", nullptr}};
  if (!is_secret) {
    json["diff"] = config::unified_diff(text_of(pair.before), text_of(pair.after),
                                        title(before, pair.before), title(after, pair.after));
  }
  return json;
}

Json file_diffs(const Side& before, const Side& after) {
  std::map<std::string, Pair> pairs;
  for (const config::KeptFile& file : before.files) pairs[file.name].before = &file;
  for (const config::KeptFile& file : after.files) pairs[file.name].after = &file;
  Json files = Json::array();
  for (const auto& [name, pair] : pairs) {
    const bool is_same = pair.before && pair.after && pair.before->text == pair.after->text;
    if (!is_same) files.push_back(file_diff(before, after, name, pair));
  }
  return files;
}

void print_diff(std::ostream& out, const Json& body) {
  out << printable(body.at("changes").at("words").get<std::string>()) << '\n';
  for (const Json& file : body.at("files")) {
    out << '\n';
    if (file.at("secret").get<bool>()) {
      out << printable(file.at("file").get<std::string>())
          << " differs; it holds a password and is not shown\n";
      continue;
    }
    std::string_view diff = file.at("diff").get_ref<const std::string&>();
    while (!diff.empty()) {
      const auto line = diff.substr(0, diff.find('\n'));
      out << printable(line) << '\n';
      diff.remove_prefix(std::min(diff.size(), line.size() + 1));
    }
  }
}

tl::expected<Side, Answer> version_side(const ConfigPlace& place, const config::Version& version) {
  auto texts = texts_of(place, version);
  if (!texts) return tl::make_unexpected(texts.error());
  return Side{"version " + std::to_string(version.number), std::move(*texts)};
}

tl::expected<const config::Version*, Answer> first_version(const config::History::Listed& listed,
                                                           const Wish& wish) {
  if (wish.before) return find_version(listed, *wish.before);
  if (const config::Version* in_use = listed.in_use()) return in_use;
  return tl::make_unexpected(admin::refusal(404, "no_such_version",
                                            "no configuration was loaded yet",
                                            "see hotlinectl check for the directory"));
}

tl::expected<Json, Answer> compare(Session& session, const Wish& wish) {
  const auto place = find_config(session);
  if (!place) return tl::make_unexpected(place.error());
  const auto listed = list_versions(session, *place);
  if (!listed) return tl::make_unexpected(listed.error());
  const auto first = first_version(*listed, wish);
  if (!first) return tl::make_unexpected(first.error());
  const auto before = version_side(*place, **first);
  if (!before) return tl::make_unexpected(before.error());
  Side after{place->directory.string(), {}};
  if (wish.after) {
    const auto second = find_version(*listed, *wish.after);
    if (!second) return tl::make_unexpected(second.error());
    auto side = version_side(*place, **second);
    if (!side) return tl::make_unexpected(side.error());
    after = std::move(*side);
  } else {
    after.files = directory_files(session, *place, {*first});
  }
  return Json{{"before", before->name},
              {"after", after.name},
              {"changes", difference(before->files, after.files).json},
              {"files", file_diffs(*before, after)}};
}

int diff(Session& session, const Wish& wish) {
  auto body = compare(session, wish);
  if (!body) return show_problem(session, body.error());
  return show(session, Answer{.body = std::move(*body)},
              [&session](const Json& shown) { print_diff(session.out, shown); });
}

}  // namespace

void add_config_diff(CLI::App& group, Session& session) {
  const auto wish = std::make_shared<Wish>();
  CLI::App* command =
      add_command(group, session, "diff",
                  "Show what differs between the version in use and the directory, or between "
                  "versions",
                  "hotlinectl config diff 3 4", [&session, wish] { return diff(session, *wish); });
  command->add_option("BEFORE", wish->before, "A version; else the one in use")->type_name("");
  command->add_option("AFTER", wish->after, "A version; else the directory as it is now")
      ->type_name("");
}

}  // namespace hotline::ctl
