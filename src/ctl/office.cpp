#include "ctl/office.h"

#include <array>
#include <variant>

namespace hotline::ctl {
namespace {

using admin::Unreachable;

tl::unexpected<Unreachable> unreachable(std::string message) {
  return tl::make_unexpected(Unreachable{Unreachable::Why::stopped, std::move(message)});
}

bool needs_no_code(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-._~").find(c) != std::string_view::npos;
}

}  // namespace

Target& Target::with(std::string_view key, std::string_view value) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  if (value.empty()) return *this;
  text_ += next_;
  text_ += key;
  text_ += '=';
  for (const char c : value) {
    if (needs_no_code(c)) {
      text_ += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    text_ += {'%', kHex[byte >> 4], kHex[byte & 0x0f]};
  }
  next_ = '&';
  return *this;
}

void tell_offline(std::ostream& err, const std::filesystem::path& state_dir) {
  err << "(the server is stopped: using its database in " << state_dir.string() << ")\n";
}

Office::Result Office::ask(const std::string& method, const std::string& target,
                           const std::string& body) {
  const auto ask = admin::read_ask(method, target, body);
  if (!ask) return ask.error();
  if (offline_) return ask_offline(*ask, {});
  auto answer = ask_server(method, target, body);
  const bool stopped = !answer && answer.error().why == Unreachable::Why::stopped;
  return stopped && site_ && works_offline(*ask) ? ask_offline(*ask, answer.error()) : answer;
}

Office::Result Office::ask_server(const std::string& method, const std::string& target,
                                  const std::string& body) {
  if (!site_) {
    const auto site = find_site(options_);
    if (!site) return unreachable(site.error());
    site_ = *site;
  }
  return admin::request(site_->socket, method, target, body);
}

Office::Result Office::ask_offline(const admin::Ask& ask, const Unreachable& why) {
  if (!offline_) {
    std::error_code ignored;
    if (site_->state_dir.empty() ||
        (only_reads(ask) && !std::filesystem::exists(site_->state_dir, ignored))) {
      return tl::make_unexpected(why);
    }
    auto desk = OfflineDesk::open(site_->state_dir, clock_);
    if (!desk) return unreachable(why.message + "\nnor can the database be used: " + desk.error());
    offline_ = std::move(*desk);
    tell_offline(err_, site_->state_dir);
  }
  Result result = unreachable("no answer");
  const admin::Reply reply = [&result](admin::Answer answer) { result = std::move(answer); };
  std::visit([&](const auto& wish) { offline_->answer(wish, reply); }, ask);
  return result;
}

}  // namespace hotline::ctl
