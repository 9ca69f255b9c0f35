#include "admin/session.h"

#include <utility>

#include <boost/asio/post.hpp>
#include <sys/socket.h>

namespace hotline::admin {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;

constexpr std::size_t kReadAhead = 65'536;  // what pipelining may pile up in front of a request

Answer cannot_read(boost::beast::error_code error, const ServerLimits& limits) {
  if (error == http::error::header_limit || error == http::error::buffer_overflow) {
    return refusal(431, "header_too_large", "the header is too large",
                   "keep it within " + std::to_string(limits.header_bytes) + " bytes");
  }
  if (error == http::error::body_limit) {
    return refusal(413, "body_too_large", "the body is too large",
                   "keep it within " + std::to_string(limits.body_bytes) + " bytes");
  }
  return refusal(400, "bad_http", "that is no HTTP/1.1 request: " + error.message(),
                 "use hotlinectl, or curl --unix-socket");
}

// Who is at the other end, as the kernel knows it.
std::optional<std::uint32_t> uid_of(LocalSocket& socket) {
  ucred peer{};
  socklen_t size = sizeof peer;
  const bool is_known =
      ::getsockopt(socket.native_handle(), SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0;
  return is_known ? std::optional(peer.uid) : std::nullopt;
}

}  // namespace

HttpResponse to_http(const Answer& answer, bool keep_alive) {
  HttpResponse response{static_cast<http::status>(answer.status), 11};
  response.set(http::field::content_type, "application/json");
  if (!answer.allow.empty()) response.set(http::field::allow, answer.allow);
  response.keep_alive(keep_alive);
  response.body() = to_text(answer.body) + "\n";
  response.prepare_payload();
  return response;
}

Session::Session(LocalSocket socket, Desk& desk, const ServerLimits& limits,
                 std::shared_ptr<Gate> gate, std::function<void()> on_end)
    : stream_(std::move(socket)),
      buffer_(limits.header_bytes + kReadAhead),
      desk_timer_(stream_.get_executor()),
      desk_(desk),
      limits_(limits),
      gate_(std::move(gate)),
      on_end_(std::move(on_end)),
      uid_(uid_of(stream_.socket())) {}

void Session::read() {
  parser_.emplace();
  parser_->header_limit(static_cast<std::uint32_t>(limits_.header_bytes));
  parser_->body_limit(limits_.body_bytes);
  stream_.expires_after(limits_.patience);  // for the whole request, however slowly it drips
  http::async_read(stream_, buffer_, *parser_,
                   [self = shared_from_this()](Error error, std::size_t) { self->on_read(error); });
}

void Session::on_read(Error error) {
  if (!error) return ask();
  // The client is gone or too slow, or we are ending: nobody to tell.
  if (error.category() != http::make_error_code(http::error::bad_method).category() ||
      error == http::error::end_of_stream || error == http::error::partial_message) {
    return close();
  }
  write(cannot_read(error, limits_), false);
}

void Session::ask() {
  const auto& request = parser_->get();
  const auto method = request.method_string();
  const auto target = request.target();
  auto ask =
      read_ask({method.data(), method.size()}, {target.data(), target.size()}, request.body());
  if (!ask) {  // to HEAD no body is due, which a client that goes on would stumble over
    return write(ask.error(), request.keep_alive() && request.method() != http::verb::head);
  }

  if (auto* reload = std::get_if<Reload>(&*ask)) reload->uid = uid_;
  desk_timer_.expires_after(limits_.patience);
  desk_timer_.async_wait([self = shared_from_this(), turn = turn_](Error error) {
    if (error) return;
    self->on_answer(turn, refusal(504, "no_answer", "the server did not answer in time",
                                  "see its log, then try again"));
  });
  std::visit([this](const auto& wish) { desk_.answer(wish, reply_to_this()); }, *ask);
}

Reply Session::reply_to_this() {
  return [gate = gate_, session = weak_from_this(), turn = turn_](Answer answer) {
    const std::lock_guard lock(gate->mutex);
    if (gate->loop == nullptr) return;
    asio::post(*gate->loop, [session, turn, answer = std::move(answer)] {
      if (const auto self = session.lock()) self->on_answer(turn, answer);
    });
  };
}

void Session::on_answer(std::uint64_t turn, const Answer& answer) {
  if (turn != turn_ || !on_end_) return;
  write(answer, parser_->get().keep_alive());
}

void Session::write(const Answer& answer, bool keep_alive) {
  ++turn_;
  desk_timer_.cancel();
  response_ = to_http(answer, keep_alive);
  stream_.expires_after(limits_.patience);
  http::async_write(stream_, response_, [self = shared_from_this()](Error error, std::size_t) {
    self->on_write(error);
  });
}

void Session::on_write(Error error) {
  if (error || response_.need_eof()) return close();
  read();
}

void Session::close() {
  if (!on_end_) return;
  desk_timer_.cancel();
  stream_.close();
  std::exchange(on_end_, nullptr)();
}

}  // namespace hotline::admin
