#include "bench.h"

#include <algorithm>
#include <cerrno>
#include <random>

#include <arpa/inet.h>
#include <linux/filter.h>
#include <poll.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

namespace hotline::sip {
namespace {

sockaddr_in address_of(const std::string& host, std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  inet_pton(AF_INET, host.c_str(), &address.sin_addr);
  return address;
}

// At any free port where `port` is 0. A TCP port may be listened at and called from.
int bound_socket(const std::string& host, std::uint16_t& port, int type = SOCK_DGRAM) {
  const int fd = socket(AF_INET, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  const int shared = type == SOCK_STREAM ? 1 : 0;
  setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &shared, sizeof shared);
  sockaddr_in address = address_of(host, port);
  EXPECT_EQ(bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  socklen_t size = sizeof address;
  getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
  port = ntohs(address.sin_port);
  return fd;
}

bool is_free(std::uint16_t port, int type) {
  const sockaddr_in address = address_of("127.0.0.1", port);
  const int fd = socket(AF_INET, type | SOCK_CLOEXEC, 0);
  const int bound = bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  close(fd);
  return bound == 0;
}

// For UDP and TCP alike, and below those that the kernel lends to connections: one of a test that
// runs beside this must not be in our way.
std::uint16_t free_port() {
  static std::random_device dice;
  std::uint16_t port = 0;
  do {
    port = static_cast<std::uint16_t>(10'000 + dice() % 20'000);
  } while (!is_free(port, SOCK_DGRAM) || !is_free(port, SOCK_STREAM));
  return port;
}

std::string via(const Peer& peer) {
  return std::string("Via: SIP/2.0/") + (peer.is_tcp() ? "TCP " : "UDP ") + peer.at();
}

std::string content(std::string_view type, std::string_view body) {
  std::string text;
  if (!body.empty()) text = "Content-Type: " + std::string(type) + "\r\n";
  return text + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

}  // namespace

std::string Message::start() const { return text.substr(0, text.find("\r\n")); }

std::vector<std::string> Message::headers(std::string_view name) const {
  std::vector<std::string> found;
  std::size_t at = text.find("\r\n");
  while (at != std::string::npos && at + 2 < text.size()) {
    at += 2;
    const std::size_t end = text.find("\r\n", at);
    if (end == at || end == std::string::npos) break;
    const std::string line = text.substr(at, end - at);
    const std::size_t colon = line.find(':');
    if (colon == name.size() && strncasecmp(line.data(), name.data(), colon) == 0) {
      found.push_back(line.substr(line.find_first_not_of(' ', colon + 1)));
    }
    at = end;
  }
  return found;
}

std::string Message::header(std::string_view name) const {
  const auto all = headers(name);
  return all.empty() ? std::string() : all.front();
}

std::string Message::body() const {
  const std::size_t end = text.find("\r\n\r\n");
  return end == std::string::npos ? std::string() : text.substr(end + 4);
}

std::string Message::tag_of(std::string_view header_name) const {
  const std::string value = header(header_name);
  const std::size_t at = value.find(";tag=");
  if (at == std::string::npos) return {};
  return value.substr(at + 5, value.find(';', at + 5) - at - 5);
}

Peer::Peer(Bench& bench, const std::string& host, routing::Transport transport)
    : bench_(bench), host_(host), transport_(transport) {
  socket_ = bound_socket(host, port_, is_tcp() ? SOCK_STREAM : SOCK_DGRAM);
  if (is_tcp()) listen(socket_, 8);
}

Peer::~Peer() {
  hang_up();
  for (const int fd : deaf_) close(fd);
  close(socket_);
}

void Peer::hang_up() {
  if (connection_ >= 0) close(connection_);
  connection_ = -1;
  stream_.clear();
}

void Peer::go_deaf() {
  sock_filter drop{BPF_RET | BPF_K, 0, 0, 0};
  const sock_fprog program{1, &drop};
  EXPECT_EQ(setsockopt(connection_, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program), 0);
  deaf_.push_back(connection_);
  connection_ = -1;
}

// From the port it listens at, so that we can find it by its Contact (RFC 5923); from any other
// where a connection of before still holds that.
void Peer::connect_to_us() {
  const sockaddr_in to = address_of("127.0.0.1", bench_.port);
  std::uint16_t any = 0;
  for (std::uint16_t* from : {&port_, &any}) {
    connection_ = bound_socket(host_, *from, SOCK_STREAM);
    if (connect(connection_, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0 ||
        errno == EINPROGRESS) {
      break;
    }
    hang_up();
  }
  if (connection_ < 0) return;
  pollfd connected{connection_, POLLOUT, 0};
  int error = poll(&connected, 1, 300) == 1 ? 0 : ETIMEDOUT;
  socklen_t size = sizeof error;
  if (error == 0) getsockopt(connection_, SOL_SOCKET, SO_ERROR, &error, &size);
  if (error != 0) hang_up();
}

void Peer::send(const std::string& text) {
  if (is_tcp()) {
    if (connection_ < 0) connect_to_us();
    if (connection_ < 0) return;
    EXPECT_EQ(::send(connection_, text.data(), text.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(text.size()));
    return;
  }
  const sockaddr_in to = address_of("127.0.0.1", bench_.port);
  EXPECT_EQ(sendto(socket_, text.data(), text.size(), 0, reinterpret_cast<const sockaddr*>(&to),
                   sizeof to),
            static_cast<ssize_t>(text.size()));
}

// One message of the stream, framed by its Content-Length (RFC 3261 §18.3).
Message Peer::take_from_stream() {
  if (connection_ < 0) connection_ = accept4(socket_, nullptr, nullptr, SOCK_NONBLOCK);
  if (connection_ < 0) return {};
  std::string buffer(65'536, '\0');
  const ssize_t size = recv(connection_, buffer.data(), buffer.size(), 0);
  if (size == 0) hang_up();
  if (size > 0) stream_.append(buffer, 0, static_cast<std::size_t>(size));
  const std::size_t end = stream_.find("\r\n\r\n");
  if (end == std::string::npos) return {};
  const std::string length = Message{stream_.substr(0, end + 4)}.header("Content-Length");
  const std::size_t whole = end + 4 + (length.empty() ? 0 : std::stoul(length));
  if (stream_.size() < whole) return {};
  Message message{stream_.substr(0, whole)};
  stream_.erase(0, whole);
  return message;
}

Message Peer::take() {
  if (is_tcp()) return take_from_stream();
  std::string buffer(65'536, '\0');
  const ssize_t size = recv(socket_, buffer.data(), buffer.size(), 0);
  buffer.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
  return Message{std::move(buffer)};
}

Message Peer::receive() {
  for (int i = 0; i < 200; ++i) {
    if (Message message = take()) return message;
    bench_.turn();
  }
  return {};
}

Message Peer::receive(std::string_view start) {
  for (Message message = receive(); message; message = receive()) {
    if (message.text.starts_with(start)) return message;
  }
  ADD_FAILURE() << host_ << " got no " << start;
  return {};
}

void Peer::drain() {
  while (take()) {
  }
}

bool Peer::hears_nothing() {
  bench_.run_dry();
  const Message message = take();
  if (message) std::printf("%s heard: %s\n", host_.c_str(), message.start().c_str());
  return !message;
}

std::string name_of(const testing::TestParamInfo<routing::Transport>& each) {
  return each.param == routing::Transport::tcp ? "tcp" : "udp";
}

Bench::Bench(bool with_tcp, routing::Transport of_peers)
    : port(free_port()),
      tcp(with_tcp),
      loop(*Loop::create()),
      trunk(*this, "127.0.0.2", of_peers),
      gateway(*this, "127.0.0.3", of_peers),
      phone(*this, "127.0.0.9", of_peers) {
  restart();
}

void Bench::advertise(const std::string& host, std::uint16_t at_port) {
  known_as = host + ":" + std::to_string(at_port);
  restart();
}

void Bench::restart() {
  signalling.reset();
  Settings settings;
  settings.listen = {{routing::Transport::udp, listen_at, port}};
  if (tcp) settings.listen.push_back({routing::Transport::tcp, listen_at, port});
  if (!known_as.empty()) {
    const std::size_t colon = known_as.rfind(':');
    const auto known_port = static_cast<std::uint16_t>(std::stoul(known_as.substr(colon + 1)));
    settings.advertise = {{settings.listen.back(), known_as.substr(0, colon), known_port}};
  }
  if (tcp_first) std::reverse(settings.listen.begin(), settings.listen.end());
  settings.first_call = 41;
  settings.transfers = transfers;
  auto opened = Signalling::open(*loop, settings, [this](const call::Event& event) {
    events.push_back(event);
    if (react) react(event);
  });
  EXPECT_TRUE(opened.has_value()) << opened.error();
  signalling = std::move(*opened);
  signalling->use(snapshot());
}

std::shared_ptr<routing::Snapshot> Bench::snapshot() const {
  auto snapshot = std::make_shared<routing::Snapshot>();
  routing::Trunk carrier;
  carrier.name = "unicom";
  carrier.sources = {"127.0.0.2"};
  const auto transport = trunk.is_tcp() ? routing::Transport::tcp : routing::Transport::udp;
  carrier.gateways = {{transport, "127.0.0.2", trunk.port()},
                      {transport, "127.0.0.3", gateway.port()}};
  carrier.trusted = true;
  snapshot->trunks.push_back(carrier);
  auto hotline = std::make_unique<routing::Hotline>();
  auto desk = std::make_unique<routing::Phone>();
  desk->address = routing::PhoneUri{"sip:desk@" + phone.at() + phone.uri_end()};
  hotline->phones.push_back(std::move(desk));
  snapshot->hotlines.add("4001234567", std::move(hotline));
  return snapshot;
}

void Bench::turn() { su_root_step(loop->root(), 5); }

void Bench::run_dry() {
  for (int i = 0; i < 10; ++i) turn();
}

std::string Invite::text(const Bench& bench, const Peer& peer) const {
  std::string contact = contact_line;
  if (contact.empty()) contact = "Contact: <sip:caller@" + peer.at() + peer.uri_end() + ">\r\n";
  return method + " sip:" + dialled + "@" + bench.at() + " SIP/2.0\r\n" + via(peer) +
         ";branch=" + branch + ";rport\r\n" + "Max-Forwards: 70\r\n" + "From: <sip:" + from_user +
         "@carrier.example>;tag=" + from_tag + "\r\n" + "To: <sip:" + dialled + "@" + bench.at() +
         ">" + (to_tag.empty() ? "" : ";tag=" + to_tag) + "\r\n" + "Call-ID: " + call_id + "\r\n" +
         "CSeq: " + std::to_string(cseq) + " " + method + "\r\n" + contact + extra +
         content(content_type, body);
}

std::string in_dialog(const Bench& bench, const Peer& peer, const Invite& invite,
                      const Message& answer, std::string_view method, int cseq,
                      std::string_view extra, std::string_view body) {
  Invite request = invite;
  request.method = method;
  request.cseq = cseq;
  request.to_tag = answer.tag_of("To");
  request.extra = extra;
  request.body = body;
  request.branch = "z9hG4bK-" + std::string(method) + std::to_string(cseq);
  return request.text(bench, peer);
}

std::string answer_to(const Message& request, const Peer& peer, std::string_view status_line,
                      std::string_view to_tag, std::string_view body, std::string_view extra,
                      bool contact) {
  std::string text = "SIP/2.0 " + std::string(status_line) + "\r\n";
  for (const std::string& via : request.headers("Via")) text += "Via: " + via + "\r\n";
  text += "From: " + request.header("From") + "\r\n";
  std::string to = request.header("To");
  if (!to_tag.empty() && to.find(";tag=") == std::string::npos) to += ";tag=" + std::string(to_tag);
  text += "To: " + to + "\r\nCall-ID: " + request.header("Call-ID") +
          "\r\nCSeq: " + request.header("CSeq") + "\r\n";
  const bool is_caller = request.start().find(" sip:caller@") != std::string::npos;
  const std::string who = is_caller ? "caller" : "desk";
  if (contact) text += "Contact: <sip:" + who + "@" + peer.at() + peer.uri_end() + ">\r\n";
  return text + std::string(extra) + content("application/sdp", body);
}

std::string from_phone(const Message& invite, const Peer& peer, std::string_view to_tag,
                       std::string_view method, int cseq, std::string_view extra,
                       std::string_view body) {
  const std::string contact = invite.header("Contact");
  return std::string(method) + " " + contact.substr(1, contact.size() - 2) + " SIP/2.0\r\n" +
         via(peer) + ";branch=z9hG4bK-phone-" + std::string(method) + std::to_string(cseq) +
         ";rport\r\n" + "Max-Forwards: 70\r\n" + "From: " + invite.header("To") +
         ";tag=" + std::string(to_tag) + "\r\n" + "To: " + invite.header("From") + "\r\n" +
         "Call-ID: " + invite.header("Call-ID") + "\r\n" + "CSeq: " + std::to_string(cseq) + " " +
         std::string(method) + "\r\n" + "Contact: <sip:desk@" + peer.at() + peer.uri_end() +
         ">\r\n" + std::string(extra) + content("application/sdp", body);
}

call::CallOffered offer(Bench& bench, const Invite& invite) {
  bench.trunk.send(invite.text(bench, bench.trunk));
  return bench.next<call::CallOffered>();
}

call::RingPhone ring_phone(const Bench& bench, CallRef call, std::uint32_t number) {
  call::RingPhone wish;
  wish.leg = LegId{call, number};
  wish.address = routing::PhoneUri{"sip:desk@" + bench.phone.at() + bench.phone.uri_end()};
  wish.presented = "13900000000";
  wish.hotline = "4001234567";
  wish.offer = {"application/sdp", kOffer};
  return wish;
}

Message ring_desk(Bench& bench, CallRef call) {
  bench.signalling->perform(ring_phone(bench, call));
  Message invite = bench.phone.receive("INVITE");
  bench.phone.send(answer_to(invite, bench.phone, "180 Ringing", "t"));
  bench.next<call::PhoneRang>();
  return invite;
}

UpCall make_call(Bench& bench) {
  UpCall up;
  up.call = offer(bench, up.invite).call;
  up.phone = LegId{up.call, 1};
  bench.signalling->perform(ring_phone(bench, up.call));
  up.phone_invite = bench.phone.receive("INVITE");
  bench.phone.send(answer_to(up.phone_invite, bench.phone, "200 OK", "desk-tag", kAnswer));
  bench.next<call::PhoneAnswered>();
  bench.signalling->perform(call::ConfirmPhone{up.phone, {}});
  bench.phone.receive("ACK");
  bench.signalling->perform(call::AnswerCaller{up.call, {"application/sdp", kAnswer}});
  up.caller_200 = bench.trunk.receive("SIP/2.0 200");
  bench.trunk.send(in_dialog(bench, bench.trunk, up.invite, up.caller_200, "ACK", 1));
  bench.next<call::CallerConfirmed>();
  return up;
}

}  // namespace hotline::sip
