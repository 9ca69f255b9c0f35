// hotlined: the server. Reads its configuration, takes calls until it is told to end.
#include <csignal>
#include <cstdio>
#include <string>

#include <CLI/CLI.hpp>

#include "server/clock.h"
#include "server/server.h"
#include "server/version.h"

namespace {

using namespace hotline::server;  // NOLINT(google-build-using-namespace): this is its main()

constexpr int kFailed = 1;
constexpr int kUsage = 2;

int fail(const std::string& sentence) {
  std::fprintf(stderr, "hotlined: %s\n", sentence.c_str());
  return kFailed;
}

// Serves in the foreground until it is told to end.
int serve(const std::string& directory) {
  Configuration configuration(directory);
  auto loaded = configuration.start(read_clock().wall);
  if (!loaded) {
    for (const auto& problem : loaded.error()) fail(problem.to_string());
    return fail("the configuration in " + directory + " is not usable; nothing was started");
  }
  if (const auto log = open_log(loaded->settings.log); !log) return fail(log.error());
  for (const auto& warning : loaded->warnings) {
    log_warning({{"event", "configuration"}, {"warning", warning.to_string()}});
  }
  {
    const auto server = Server::start(configuration, std::move(*loaded));
    if (!server) {
      close_log();
      return fail(server.error());
    }
    (*server)->run();
  }
  close_log();
  return 0;
}

int run(int argc, char** argv) {
  CLI::App app("Routes calls to China's 400 numbers: rings bound phones, meters, records.",
               "hotlined");
  std::string directory = "/etc/hotline";
  app.add_option("--config", directory, "the configuration directory")->capture_default_str();
  app.set_version_flag("--version", kVersion);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kUsage;
  }
  std::signal(SIGPIPE, SIG_IGN);
  return serve(directory);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    return fail(error.what());
  }
}
