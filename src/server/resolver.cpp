#include "server/resolver.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

namespace hotline::server {
namespace {

namespace asio = boost::asio;
using asio::ip::udp;
using Error = boost::system::error_code;

constexpr Seconds kAfterFailure{10};  // or sooner, where names are looked up more often

// In an order that does not turn with each answer; what a record says of local links, no use here.
std::vector<std::string> literals_of(const udp::resolver::results_type& results) {
  std::vector<std::string> literals;
  for (const auto& entry : results) {
    const asio::ip::address address = entry.endpoint().address();
    if (address.is_unspecified() || address.is_multicast()) continue;
    if (address.is_v6() && address.to_v6().is_link_local()) continue;
    literals.push_back(address.to_string());
  }
  std::sort(literals.begin(), literals.end());
  literals.erase(std::unique(literals.begin(), literals.end()), literals.end());
  return literals;
}

}  // namespace

// Shared with the thread, which may outlive the resolver by one look-up.
struct Resolver::State {
  struct Name {
    explicit Name(asio::io_context& io) : timer(io) {}
    asio::steady_timer timer;
    std::vector<std::string> addresses;
    bool told_failed = false;
  };

  State(Seconds every, Found on_found, Failed on_failed)
      : interval(every), found(std::move(on_found)), failed(std::move(on_failed)) {}

  void use(const std::set<std::string>& wanted) {
    for (auto name = names.begin(); name != names.end();) {
      name = wanted.contains(name->first) ? std::next(name) : names.erase(name);
    }
    for (const std::string& name : wanted) {
      if (names.try_emplace(name, io).second) look_up(name);
    }
  }

  void look_up(const std::string& name) {
    resolver.async_resolve(name, "", [this, name](Error error, const auto& results) {
      const auto known = names.find(name);
      if (known != names.end()) note(name, known->second, error, literals_of(results));
    });
  }

  void note(const std::string& name, Name& known, Error error, std::vector<std::string> addresses) {
    const bool is_found = !error && !addresses.empty();
    {
      const std::lock_guard lock(mutex);
      if (ended) return;
      if (is_found && (known.addresses != addresses || known.told_failed)) {
        found(name, addresses);
      } else if (!is_found && !known.told_failed) {
        failed(name, error ? error.message() : "no address");
      }
    }
    known.told_failed = !is_found;
    if (is_found) known.addresses = std::move(addresses);
    known.timer.expires_after(is_found ? interval : std::min(interval, kAfterFailure));
    known.timer.async_wait([this, name](Error cancelled) {
      if (!cancelled) look_up(name);
    });
  }

  const Seconds interval;
  asio::io_context io{1};
  asio::executor_work_guard<asio::io_context::executor_type> busy{io.get_executor()};
  udp::resolver resolver{io};
  std::map<std::string, Name> names;

  std::mutex mutex;
  bool ended = false;
  Found found;
  Failed failed;
};

Resolver::Resolver(Seconds interval, Found found, Failed failed)
    : state_(std::make_shared<State>(interval, std::move(found), std::move(failed))) {}

Resolver::~Resolver() {
  const std::lock_guard lock(state_->mutex);
  state_->ended = true;
  state_->io.stop();
}

void Resolver::use(std::set<std::string> names) {
  if (!runs_ && names.empty()) return;
  if (!std::exchange(runs_, true)) std::thread([state = state_] { state->io.run(); }).detach();
  asio::post(state_->io, [state = state_.get(), names = std::move(names)] { state->use(names); });
}

}  // namespace hotline::server
