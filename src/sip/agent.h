// The SIP agent: sofia's transaction engine with our settings, the table of all legs, and the
// outbox of events. Requests outside dialogs arrive here and go to the file of their verb.
//
// Events are told from the loop's own turn, never from inside a callback of sofia: whatever the
// switchboard asks in answer may destroy legs and transactions, and nobody up the stack holds one.
// Thread: the loop's.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

#include "hotline/call/event.h"
#include "hotline/routing/snapshot.h"

#include "sip/gate.h"
#include "sip/gateway_watch.h"
#include "sip/headers.h"
#include "sip/loop.h"
#include "sip/names.h"
#include "sip/overload.h"
#include "sip/peers.h"
#include "sip/registrar.h"
#include "sip/reserve.h"
#include "sip/standing.h"

namespace hotline::sip {

class Leg;

// Of a phone that registers.
struct Place {
  std::string uri;    // empty: nowhere any more
  Instant expires{};  // it is known to be there until then
};

struct Settings {
  std::vector<routing::Endpoint> listen;  // at least one
  std::vector<routing::Advertised> advertise;
  std::string product = "hotlined";  // User-Agent and Server
  std::uint64_t first_call = 1;      // the first CallRef given; they rise from it
  Seconds session_interval{1800};    // between signs of life of a session
  Gateways::Tell on_gateway;         // told when a gateway goes down or comes back
  bool transfers = false;            // phones may pass their calls on (REFER)
  // Told where a phone that registers is, to be remembered until it has to say so again.
  std::function<void(const std::string& user, const Place& place)> on_place;
  // Told each second how many calls of a trunk were turned away (Counters::turned_away).
  std::function<void(const std::string& trunk, std::uint32_t calls)> on_turned_away;
};

struct Counters {
  std::uint64_t strangers = 0;    // datagrams from addresses that no configuration names
  std::uint64_t malformed = 0;    // requests refused and messages dropped for what is in them
  std::uint64_t strays = 0;       // requests and responses that belong to no live leg
  std::uint64_t calls = 0;        // calls offered
  std::uint64_t sent_away = 0;    // connections ended, for there was no descriptor for them
  std::uint64_t turned_away = 0;  // INVITEs answered 503 unread, for more came than can be done
  std::uint64_t rings = 0;        // INVITEs sent to phones, every gateway counted
  std::uint64_t legs = 0;         // live now
  std::uint64_t registered = 0;   // phones whose place is known now
  std::uint64_t banned = 0;       // how often an address was shut out for guessing passwords
};

class Agent {
 public:
  using Sink = std::function<void(call::Event)>;

  // Errors: one sentence naming the address that could not be taken.
  static tl::expected<std::unique_ptr<Agent>, std::string> open(Loop& loop, Settings settings,
                                                                Sink sink);
  // Answers 503 to callers still ringing and lets everything else go.
  ~Agent();
  Agent(const Agent&) = delete;
  Agent& operator=(const Agent&) = delete;

  void use(std::shared_ptr<const routing::Snapshot> snapshot);
  // A gateway's name stands for these IP literals from now on.
  void know(const std::string& name, std::vector<std::string> addresses);
  Counters counters() const;

  // --- for the verbs ---
  Loop& loop() { return loop_; }
  nta_agent_t* nta() const { return nta_; }
  Peers& peers() { return peers_; }
  GatewayWatch& gateways() { return *gateways_; }
  const GatewayWatch& gateways() const { return *gateways_; }
  const Standing& standing() const { return standing_; }
  const char* product() const { return settings_.product.c_str(); }
  bool takes_transfers() const { return settings_.transfers; }
  Seconds session_interval() const { return settings_.session_interval; }
  Counters& count() { return counters_; }
  const routing::Trunk* trunk(const std::string& name) const;
  const std::string& realm() const { return snapshot_->realm; }
  Registrar& registrar() { return registrar_; }
  // Where a phone that registers is; empty: nobody knows.
  std::string place_of(const std::string& user) const;
  // It has said that it is there, or that it leaves.
  void moved(const std::string& user, const std::string& uri, Instant now);
  void restore_place(const std::string& user, const Place& place);
  // Our socket that a request came in on, and the one to reach an address by (any, where none
  // fits).
  const Local& local_of(msg_t* request);
  const Local& local_towards(const Address& address, routing::Transport transport) const;
  const Local& local_for(const std::string& uri) const;
  // How long a request waited to be read. Requires: nothing was read since. Returns: 0 where that
  // is not known: it came over TCP.
  Milliseconds waited(nta_incoming_t* request) const;
  // May sofia send to where this URI points, as it is? An IP literal, over what we speak.
  bool can_reach(const url_t* uri) const;
  tport_t* transport_of(const Local& local) const;

  // Somebody there said nothing to a request: where his end of a TCP connection is dead, the
  // connection goes, within a second, and what else waits on it fails.
  void doubt_connection(const std::string& uri);

  CallRef first_call() const { return CallRef{settings_.first_call}; }
  CallRef next_call() { return CallRef{next_call_++}; }
  Leg* find(LegId id) const;
  std::vector<LegId> waiting_for(GatewayId gateway) const;
  void add(std::unique_ptr<Leg> leg);
  // The leg is over: out of the table now, destroyed when nothing on the stack can hold it.
  void bury(LegId id);

  void tell(call::Event event);
  // Takes back a PhoneAnswered that was not told yet. False: there is none.
  bool retract_answer(LegId id);

  // Tells how many calls were turned away since this was told last.
  void tell_turned_away();

  void ignore(msg_t* message) { nta_msg_discard(nta_, message); }
  // Answers a request outside any transaction, with further header lines; takes the message.
  void reply(msg_t* request, int status, const std::string& headers = {});

 private:
  Agent(Loop& loop, Settings settings, Sink sink);
  tl::expected<void, std::string> listen();
  void watch_sockets();
  void look_for_descriptors();
  void know_places(Instant now);
  bool take(const routing::Endpoint& endpoint);
  bool guard(const routing::Endpoint& endpoint) const;
  void read_locals();
  Local local_at(const tport_t* transport) const;
  void announce_locals();
  void follow_names();
  void drop_deaf_connections();
  void later(Loop::Work work);
  void deliver();
  void on_request(msg_t* message, const sip_t& sip);
  bool turns_away(const routing::Trunk& trunk);
  void turn_away(const routing::Trunk& trunk, msg_t* message);
  static int on_message(Agent* self, nta_agent_t* nta, msg_t* message, sip_t* sip) noexcept;

  Loop& loop_;
  Settings settings_;
  Sink sink_;
  Peers peers_;
  Registrar registrar_;
  Gate gate_;
  Standing standing_;
  nta_agent_t* nta_ = nullptr;
  std::vector<Local> locals_;
  std::shared_ptr<const routing::Snapshot> snapshot_;
  Names names_;                         // those that are resolved
  std::vector<routing::Trunk> trunks_;  // the snapshot's, by their addresses
  std::unique_ptr<GatewayWatch> gateways_;
  std::uint64_t next_call_;
  std::unordered_map<LegId, std::unique_ptr<Leg>> legs_;
  std::vector<std::unique_ptr<Leg>> graveyard_;
  std::deque<call::Event> outbox_;
  Counters counters_;
  std::vector<int> sockets_;  // those of UDP
  std::optional<Reserve> reserve_;
  std::optional<Timer> reserve_timer_;
  Overload overload_;
  std::map<std::string, std::uint32_t> turned_away_;  // by trunk, not told yet
  std::optional<Timer> turned_away_timer_;
  std::unordered_map<std::string, Place> places_;  // by user
  std::optional<Timer> places_timer_;
  std::map<std::string, std::pair<Address, std::uint16_t>> doubted_;  // by URI
  Instant doubts_seen_to_{};
  std::optional<Timer> doubt_timer_;
  std::shared_ptr<const bool> alive_ = std::make_shared<const bool>(true);
};

// The verbs of requests outside dialogs; each takes the message.
void offer_call(Agent& agent, const routing::Trunk& trunk, msg_t* message, const sip_t& sip);
void answer_options(Agent& agent, msg_t* message);
void take_registration(Agent& agent, msg_t* message, const sip_t& sip);

}  // namespace hotline::sip
