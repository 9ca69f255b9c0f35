// Where the server is: its control socket and its database, by the command line or hotline.toml.
#pragma once

#include <filesystem>
#include <string>

#include <tl/expected.hpp>

namespace hotline::ctl {

// What every command takes.
struct Options {
  std::string config_dir;  // empty: see config_dir()
  std::string socket;      // empty: of the configuration
  bool json = false;
};

// The directory named, else ./config where it holds a hotline.toml, else /etc/hotline.
std::filesystem::path config_dir(const Options& options);

struct Site {
  std::filesystem::path socket;
  std::filesystem::path state_dir;  // empty: not known
};

// Reads no more than [server] of hotline.toml, and that only as far as the options leave it open:
// a configuration with errors must not keep an admin from a running server.
// Errors: a sentence, where the socket cannot be known.
tl::expected<Site, std::string> find_site(const Options& options);

}  // namespace hotline::ctl
