// The workbench of these tests: signalling on a loop of this thread, a sink that remembers events,
// and peers that speak raw SIP over UDP from addresses of their own.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include "hotline/routing/snapshot.h"

#include "sip/signalling.h"

namespace hotline::sip {

inline constexpr const char* kOffer =
    "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n"
    "m=audio 40000 RTP/AVP 8 0\r\n";
inline constexpr const char* kAnswer =
    "v=0\r\no=- 7 7 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\n"
    "m=audio 50000 RTP/AVP 8\r\n";

// A SIP message as text: what matters of it, for expectations.
struct Message {
  std::string text;  // empty: nothing came

  explicit operator bool() const { return !text.empty(); }
  std::string start() const;                        // the request or status line
  std::string header(std::string_view name) const;  // the first of that name; "" when absent
  std::vector<std::string> headers(std::string_view name) const;
  std::string body() const;
  std::string tag_of(std::string_view header_name) const;
};

class Bench;

// Somebody at an address of its own: a UDP socket, or a TCP socket that listens, with one
// connection at a time, opened by whoever speaks first.
class Peer {
 public:
  Peer(Bench& bench, const std::string& host,
       routing::Transport transport = routing::Transport::udp);
  ~Peer();
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

  std::string at() const { return host_ + ":" + std::to_string(port_); }
  const std::string& host() const { return host_; }
  std::uint16_t port() const { return port_; }
  bool is_tcp() const { return transport_ == routing::Transport::tcp; }
  // How a URI of this peer ends: "", ";transport=tcp".
  std::string uri_end() const { return is_tcp() ? ";transport=tcp" : ""; }

  void send(const std::string& text);
  // The next message, running the loop until it comes; empty after a while of silence.
  Message receive();
  // The next message that starts so; others before it are dropped.
  Message receive(std::string_view start);
  // TCP: closes the connection; the next message travels on a new one.
  void hang_up();
  // TCP: from now on this end of the connection does not even confirm what arrives; the next
  // message travels on a new one.
  void go_deaf();
  bool is_connected() const { return connection_ >= 0; }
  // Forgets what came and was not read.
  void drain();
  // Nothing is waiting, and nothing comes though the loop has run dry.
  bool hears_nothing();

 private:
  Message take();
  void connect_to_us();
  Message take_from_stream();

  Bench& bench_;
  std::string host_;
  routing::Transport transport_;
  std::uint16_t port_ = 0;
  int socket_ = -1;
  int connection_ = -1;
  std::vector<int> deaf_;
  std::string stream_;  // what came on it and is no whole message yet
};

class Bench {
 public:
  // Listens to UDP; to TCP too where `tcp` says so, on the same port.
  explicit Bench(bool with_tcp = false, routing::Transport of_peers = routing::Transport::udp);
  // Trunk, gateway and phone are all reached that way.
  explicit Bench(routing::Transport of_peers)
      : Bench(of_peers == routing::Transport::tcp, of_peers) {}

  // Runs the loop for a moment.
  void turn();
  void run_dry();
  // The next event, which must be of that kind.
  template <class Event>
  Event next() {
    for (int i = 0; i < 200 && events.empty(); ++i) turn();
    if (events.empty() || !std::holds_alternative<Event>(events.front())) {
      ADD_FAILURE() << "expected another event; "
                    << (events.empty() ? std::string("none came")
                                       : "index " + std::to_string(events.front().index()));
      return Event{};
    }
    Event event = std::get<Event>(std::move(events.front()));
    events.erase(events.begin());
    return event;
  }

  // Where others are told to reach us.
  std::string at() const {
    return known_as.empty() ? "127.0.0.1:" + std::to_string(port) : known_as;
  }
  // Restarts as one that is known to others at another address: "192.0.2.7:5080".
  void advertise(const std::string& host, std::uint16_t at_port);
  std::shared_ptr<routing::Snapshot> snapshot() const;
  void restart();  // signalling anew on the same port, as after a crash

  std::uint16_t port = 0;
  bool tcp = false;
  bool tcp_first = false;  // as `listen` of the configuration names them
  bool transfers = true;
  std::string listen_at = "127.0.0.1";
  std::string known_as;  // empty: nothing is advertised
  std::unique_ptr<Loop> loop;
  std::vector<call::Event> events;
  std::function<void(const call::Event&)> react;  // as the switchboard would, from inside the sink
  Peer trunk;                                     // 127.0.0.2, trusted: calls us, takes calls
  Peer gateway;                                   // 127.0.0.3: the trunk's second gateway
  Peer phone;                                     // 127.0.0.9
  std::unique_ptr<Signalling> signalling;
};

// A test that is played over UDP and over TCP.
class OverEach : public testing::TestWithParam<routing::Transport> {
 protected:
  Bench bench{GetParam()};
};
inline constexpr std::array kEach = {routing::Transport::udp, routing::Transport::tcp};
std::string name_of(const testing::TestParamInfo<routing::Transport>& each);

// Requests and answers, exact where it matters and alike where it does not.
struct Invite {
  std::string branch = "z9hG4bK-caller-1";
  std::string call_id = "call-1@caller";
  std::string from_tag = "caller-tag";
  std::string from_user = "13900000000";
  std::string to_tag;
  std::string method = "INVITE";
  int cseq = 1;
  std::string dialled = "4001234567";
  std::string extra;         // header lines, each with its CRLF
  std::string contact_line;  // "" : a sane one
  std::string content_type = "application/sdp";
  std::string body = kOffer;

  std::string text(const Bench& bench, const Peer& peer) const;
};
// A request of the peer inside the dialog that its INVITE and our answer made.
std::string in_dialog(const Bench& bench, const Peer& peer, const Invite& invite,
                      const Message& answer, std::string_view method, int cseq,
                      std::string_view extra = {}, std::string_view body = {});
// The peer's answer to a request of ours.
std::string answer_to(const Message& request, const Peer& peer, std::string_view status_line,
                      std::string_view to_tag, std::string_view body = {},
                      std::string_view extra = {}, bool contact = true);
// A request of the phone in the dialog of our INVITE.
std::string from_phone(const Message& invite, const Peer& peer, std::string_view to_tag,
                       std::string_view method, int cseq, std::string_view extra = {},
                       std::string_view body = {});

// A call with both legs up: the way most tests begin.
struct UpCall {
  Invite invite;
  Message caller_200;
  Message phone_invite;
  CallRef call;
  LegId phone;
};
// The trunk's INVITE, to the moment the switchboard hears of it.
call::CallOffered offer(Bench& bench, const Invite& invite);
call::RingPhone ring_phone(const Bench& bench, CallRef call, std::uint32_t number = 1);
// Our INVITE to the phone, which rings (tag "t").
Message ring_desk(Bench& bench, CallRef call);
UpCall make_call(Bench& bench);

}  // namespace hotline::sip
