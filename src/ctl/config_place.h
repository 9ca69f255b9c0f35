// Where the configuration and its history are, and what a command compares: a version of the
// history, or the directory as it is now.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "config/history.h"
#include "config/load.h"
#include "ctl/session.h"

namespace CLI {
class App;
}

namespace hotline::ctl {

struct ConfigPlace {
  std::filesystem::path directory;
  std::filesystem::path state_dir;
};

// What a load has to know, by the clock of this command and the regions of that state directory.
config::Context load_context(const Session& session, const std::filesystem::path& state_dir);

// A running server's own; without one, what the options and hotline.toml say.
// Errors: the refusal to show: a server that cannot be asked, or that reads another directory.
tl::expected<ConfigPlace, admin::Answer> find_config(Session& session);

// The history at that place.
// Errors: the refusal to show. Versions that cannot be read are told on the session's err.
tl::expected<config::History::Listed, admin::Answer> list_versions(Session& session,
                                                                   const ConfigPlace& place);
// Errors: the refusal to show.
tl::expected<const config::Version*, admin::Answer> find_version(
    const config::History::Listed& listed, std::uint32_t number);
tl::expected<std::vector<config::KeptFile>, admin::Answer> texts_of(const ConfigPlace& place,
                                                                    const config::Version& version);

// The directory's files, good or bad. Where hotline.toml cannot be understood, and so names no
// file, those that the versions name are taken too.
std::vector<config::KeptFile> directory_files(const Session& session, const ConfigPlace& place,
                                              const std::vector<const config::Version*>& versions);

// The changes as a sentence, and as {"words": …, "list": […], "more": n}.
struct Difference {
  std::string words;
  admin::Json json;
};
Difference difference(const std::vector<config::KeptFile>& before,
                      const std::vector<config::KeptFile>& after);

// The commands that are not in config_commands.cpp.
void add_config_diff(CLI::App& group, Session& session);
void add_config_rollback(CLI::App& group, Session& session);
void add_config_reference(CLI::App& group, Session& session);

}  // namespace hotline::ctl
