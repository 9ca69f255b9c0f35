#include "sip/agent.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <set>

#include <sofia-sip/tport.h>

#include "hotline/base/contract.h"
#include "hotline/base/lasting.h"

#include "sip/home.h"
#include "sip/leg.h"
#include "sip/reason.h"
#include "sip/socket.h"
#include "sip/uri.h"

namespace hotline::sip {
namespace {

constexpr unsigned kMostMessage = 65'535;
constexpr unsigned kSocketBuffer = 8'388'608;
// How long sofia repeats and waits (64·T1 in RFC 3261's terms). Longer only keeps the dead in
// memory: a steady thousand calls a second hold 482 MB with it, 780 MB with 32 s.
constexpr unsigned kTransaction_ms = 8'000;

constexpr const char* kUsualPort = "5060";  // a Via without a port means it

// Between looks for connections whose other end is dead.
constexpr Milliseconds kDoubtsApart{1'000};

// How often it is looked whether there are descriptors for those who want to connect.
constexpr Milliseconds kDescriptorLook{500};

// Incomplete messages of a stream are given up after so long.
constexpr unsigned kHalfMessage_ms = 10'000;

std::string bracketed(const std::string& host) {
  return host.front() == '[' ? host : host_in_uri(host);
}

std::string host_of(const tport_t* transport) { return bracketed(tport_name(transport)->tpn_host); }

routing::Transport kind_of(const tport_t* transport) {
  return std::string_view(tport_name(transport)->tpn_proto) == "tcp" ? routing::Transport::tcp
                                                                     : routing::Transport::udp;
}

const char* word_of(routing::Transport transport) {
  return transport == routing::Transport::tcp ? "tcp" : "udp";
}

bool is_at(const tport_t* transport, const Local& local) {
  return kind_of(transport) == local.transport && host_of(transport) == local.bound &&
         tport_name(transport)->tpn_port == local.bound_port;
}

// Is that socket there because of this address? One that stands for all of the machine's makes
// many.
bool is_of(const Local& local, const routing::Endpoint& listen) {
  const bool everywhere = listen.host == (local.v6 ? "::" : "0.0.0.0");
  return local.transport == listen.transport && local.bound_port == std::to_string(listen.port) &&
         (everywhere || Address::parse(local.bound) == Address::parse(listen.host));
}

// What has no meaning outside a dialog: 405 would deny that we know it.
bool is_for_a_call(sip_method_t method) {
  return method == sip_method_cancel || method == sip_method_bye || method == sip_method_prack ||
         method == sip_method_update || method == sip_method_info;
}

// Sofia does not take "[::1]" for IPv6: it sends there from the first of its sockets that speaks
// the transport, and from the first of all where a URI names no transport. So IPv6 comes first, and
// UDP before TCP. (For IPv4 it does look for a socket of that version.)
void put_in_order_for_sofia(std::vector<routing::Endpoint>& listen) {
  std::stable_sort(listen.begin(), listen.end(), [](const auto& a, const auto& b) {
    const auto rank = [](const routing::Endpoint& one) {
      const bool v4 = one.host.find(':') == std::string::npos;
      return std::pair(v4, one.transport == routing::Transport::tcp);
    };
    return rank(a) < rank(b);
  });
}

}  // namespace

tl::expected<std::unique_ptr<Agent>, std::string> Agent::open(Loop& loop, Settings settings,
                                                              Sink sink) {
  HOTLINE_EXPECT(!settings.listen.empty() && settings.first_call > 0);
  put_in_order_for_sofia(settings.listen);
  std::unique_ptr<Agent> agent(new Agent(loop, std::move(settings), std::move(sink)));
  if (auto listening = agent->listen(); !listening) return tl::unexpected(listening.error());
  agent->read_locals();
  return agent;
}

Agent::Agent(Loop& loop, Settings settings, Sink sink)
    : loop_(loop),
      settings_(std::move(settings)),
      sink_(std::move(sink)),
      registrar_(random_token),
      gate_(peers_, registrar_),
      gateways_(std::make_unique<GatewayWatch>(*this, settings_.on_gateway)),
      next_call_(settings_.first_call) {}

Agent::~Agent() {
  legs_.clear();
  graveyard_.clear();
  gateways_.reset();
  if (nta_ != nullptr) nta_agent_destroy(nta_);
}

tl::expected<void, std::string> Agent::listen() {
  for (const routing::Endpoint& endpoint : settings_.listen) {
    int error = try_to_bind(endpoint);
    if (error == 0 && (!take(endpoint) || !guard(endpoint))) error = errno;
    if (error != 0) {
      return tl::unexpected(std::string("cannot listen on ") + word_of(endpoint.transport) + ":" +
                            host_in_uri(endpoint.host) + ":" + std::to_string(endpoint.port) +
                            ": " + std::strerror(error));
    }
  }
  watch_sockets();
  return {};
}

void Agent::watch_sockets() {
  std::set<std::uint16_t> udp, tcp;
  for (const routing::Endpoint& endpoint : settings_.listen) {
    (endpoint.transport == routing::Transport::udp ? udp : tcp).insert(endpoint.port);
  }
  for (const std::uint16_t port : udp) {
    const std::vector<int> stamped = stamp_arrivals(port);
    sockets_.insert(sockets_.end(), stamped.begin(), stamped.end());
  }
  if (tcp.empty()) return;
  reserve_.emplace(tcp);
  look_for_descriptors();
}

void Agent::look_for_descriptors() {
  counters_.sent_away += reserve_->send_away();
  reserve_timer_.emplace(loop_, kDescriptorLook, [this] { look_for_descriptors(); });
}

bool Agent::take(const routing::Endpoint& endpoint) {
  const std::string uri = "sip:" + host_in_uri(endpoint.host) + ":" +
                          std::to_string(endpoint.port) +
                          ";transport=" + word_of(endpoint.transport);
  const auto* address = reinterpret_cast<const url_string_t*>(uri.c_str());
  if (nta_ != nullptr) {
    return nta_agent_add_tport(nta_, address, TPTAG_UDP_RMEM(kSocketBuffer),
                               TPTAG_UDP_WMEM(kSocketBuffer), TPTAG_TIMEOUT(kHalfMessage_ms),
                               TPTAG_PONG2PING(1), TAG_END()) == 0;
  }
  nta_ = nta_agent_create(
      loop_.root(), address, on_message, this, NTATAG_MCLASS(gate_.message_class()), NTATAG_UA(1),
      NTATAG_MERGE_482(1), NTATAG_EXTRA_100(1), NTATAG_CANCEL_487(0),
      NTATAG_SIP_T1X64(kTransaction_ms), NTATAG_UDP_MTU(kMostMessage), NTATAG_MAXSIZE(kMostMessage),
      NTATAG_USE_NAPTR(0), NTATAG_USE_SRV(0), TPTAG_UDP_RMEM(kSocketBuffer),
      TPTAG_UDP_WMEM(kSocketBuffer), TPTAG_TIMEOUT(kHalfMessage_ms), TPTAG_PONG2PING(1), TAG_END());
  return nta_ != nullptr;
}

bool Agent::guard(const routing::Endpoint& endpoint) const {
  if (endpoint.transport == routing::Transport::udp) return admit_only_text(endpoint.port);
  if (registrar_.is_on()) return admit_everybody(endpoint.port);
  return admit_only_from(peers_.configured(), endpoint.port);
}

// Told to listen everywhere, sofia takes a socket for each of the machine's addresses.
void Agent::read_locals() {
  for (const tport_t* transport = tport_primaries(nta_agent_tports(nta_)); transport != nullptr;
       transport = tport_next(transport)) {
    locals_.push_back(local_at(transport));
    locals_.back().contact_header = standing_.contact(locals_.back());
  }
  HOTLINE_EXPECT(!locals_.empty());
  announce_locals();
}

Local Agent::local_at(const tport_t* transport) const {
  Local local;
  local.transport = kind_of(transport);
  local.bound = host_of(transport);
  local.bound_port = tport_name(transport)->tpn_port;
  local.host = local.bound;
  local.port = local.bound_port;
  local.v6 = local.bound.front() == '[';
  for (const routing::Advertised& one : settings_.advertise) {
    if (!is_of(local, one.listen)) continue;
    local.host = host_in_uri(one.host);
    local.port = std::to_string(one.port);
  }
  local.contact = "<sip:" + local.host + ":" + local.port +
                  (local.transport == routing::Transport::tcp ? ";transport=tcp>" : ">");
  return local;
}

// Sofia keeps with each of its sockets the Via that it puts into all requests it sends from there,
// the ones it makes by itself included. It was made of the bound address, as locals_ was: in the
// same order. What it names from here on lives as long as locals_.
void Agent::announce_locals() {
  std::size_t next = 0;
  for (const tport_t* transport = tport_primaries(nta_agent_tports(nta_)); transport != nullptr;
       transport = tport_next(transport)) {
    const Local& local = locals_[next++];
    if (local.host == local.bound && local.port == local.bound_port) continue;
    auto* via = reinterpret_cast<sip_via_t*>(tport_magic(transport));
    HOTLINE_EXPECT(via != nullptr && via->v_next == nullptr &&
                   bracketed(via->v_host) == local.bound);
    via->v_host = local.host.c_str();
    via->v_port = local.port == kUsualPort ? nullptr : local.port.c_str();
    msg_fragment_clear(via->v_common);
  }
}

void Agent::use(std::shared_ptr<const routing::Snapshot> snapshot) {
  snapshot_ = std::move(snapshot);
  follow_names();
}

// Those of a family that none of our sockets speaks are of no use.
void Agent::know(const std::string& name, std::vector<std::string> addresses) {
  std::erase_if(addresses, [this](const std::string& literal) {
    const bool v6 = literal.find(':') != std::string::npos;
    return std::none_of(locals_.begin(), locals_.end(),
                        [v6](const Local& local) { return local.v6 == v6; });
  });
  if (addresses.empty()) return;
  names_[name] = std::move(addresses);
  if (snapshot_ != nullptr) follow_names();
}

void Agent::follow_names() {
  trunks_.clear();
  Names used;
  for (const routing::Trunk& trunk : snapshot_->trunks) {
    trunks_.push_back(by_addresses(trunk, names_));
    for (const routing::Endpoint& gateway : trunk.gateways) {
      const auto known = names_.find(gateway.name);
      if (known != names_.end()) used.insert(*known);
    }
  }
  names_ = std::move(used);
  peers_.use(*snapshot_);
  peers_.use_gateways(trunks_);
  registrar_.use(snapshot_->realm, snapshot_->ha1s);
  know_places(Loop::now());
  gateways_->use(trunks_);
  for (const routing::Endpoint& endpoint : settings_.listen) {
    // Where the kernel refuses, everybody may connect, and the gate alone judges what is said.
    if (endpoint.transport == routing::Transport::tcp) guard(endpoint);
  }
}

Counters Agent::counters() const {
  Counters counters = counters_;
  counters.strangers += gate_.strangers();
  counters.malformed += gate_.malformed();
  counters.legs = legs_.size();
  counters.registered = places_.size();
  counters.banned = registrar_.bans();
  return counters;
}

const routing::Trunk* Agent::trunk(const std::string& name) const {
  for (const routing::Trunk& trunk : trunks_) {
    if (trunk.name == name) return &trunk;
  }
  return nullptr;
}

const Local& Agent::local_of(msg_t* request) {
  tport_t* transport = nta_incoming_transport(nta_, nullptr, request);
  const tport_t* primary = transport == nullptr ? nullptr : tport_parent(transport);
  const Local* found = nullptr;
  for (const Local& local : locals_) {
    if (primary != nullptr && is_at(primary, local)) found = &local;
  }
  tport_unref(transport);
  if (found != nullptr) return *found;
  return local_towards(Address::of(source_of(request)), sip::transport_of(request));
}

tport_t* Agent::transport_of(const Local& local) const {
  tport_t* transport = tport_primaries(nta_agent_tports(nta_));
  while (tport_next(transport) != nullptr && !is_at(transport, local)) {
    transport = tport_next(transport);
  }
  return transport;
}

const Local& Agent::local_towards(const Address& address, routing::Transport transport) const {
  const auto found = std::find_if(locals_.begin(), locals_.end(), [&](const Local& local) {
    return local.v6 != address.is_v4() && local.transport == transport;
  });
  return found == locals_.end() ? locals_.front() : *found;
}

const Local& Agent::local_for(const std::string& uri) const {
  Home home;
  const url_t* parsed = url_make(home, uri.c_str());
  if (parsed == nullptr) return locals_.front();
  return local_towards(sip::host_of(parsed).value_or(Address{}),
                       sip::transport_of(parsed).value_or(routing::Transport::udp));
}

bool Agent::can_reach(const url_t* uri) const {
  const auto transport = sip::transport_of(uri);
  const auto address = sip::host_of(uri);
  if (!transport || !address) return false;
  const Local& local = local_towards(*address, *transport);
  return local.transport == *transport && local.v6 != address->is_v4();
}

void Agent::doubt_connection(const std::string& uri) {
  Home home;
  const url_t* parsed = url_make(home, uri.c_str());
  if (parsed == nullptr || sip::transport_of(parsed) != routing::Transport::tcp) return;
  const auto address = sip::host_of(parsed);
  const char* port = parsed->url_port != nullptr ? parsed->url_port : kUsualPort;
  if (!address) return;
  doubted_.emplace(
      uri, std::pair(*address, static_cast<std::uint16_t>(std::strtoul(port, nullptr, 10))));
  if (doubt_timer_) return;
  const Instant due = doubts_seen_to_ + kDoubtsApart;
  const auto wait = std::chrono::duration_cast<Milliseconds>(due - Loop::now());
  doubt_timer_.emplace(loop_, std::max(wait, Milliseconds(1)), [this] { drop_deaf_connections(); });
}

// Once for all who are in doubt: to look costs too much to do it for each.
void Agent::drop_deaf_connections() {
  doubt_timer_.reset();
  doubts_seen_to_ = Loop::now();
  const auto deaf = deaf_peers();
  for (const auto& [uri, place] : std::exchange(doubted_, {})) {
    if (std::find(deaf.begin(), deaf.end(), place) == deaf.end()) continue;
    Home home;
    const url_t* parsed = url_make(home, uri.c_str());
    const std::string port = std::to_string(place.second);
    tp_name_t name{};
    name.tpn_proto = "tcp";
    name.tpn_canon = name.tpn_host = parsed->url_host;
    name.tpn_port = port.c_str();
    tport_t* found = tport_by_name(transport_of(local_for(uri)), &name);
    if (found != nullptr && tport_is_secondary(found)) tport_shutdown(found, 2);
  }
}

Leg* Agent::find(LegId id) const {
  const auto found = legs_.find(id);
  return found == legs_.end() ? nullptr : found->second.get();
}

std::vector<LegId> Agent::waiting_for(GatewayId gateway) const {
  std::vector<LegId> waiting;
  for (const auto& [id, leg] : legs_) {
    if (leg->waits_for(gateway)) waiting.push_back(id);
  }
  return waiting;
}

void Agent::add(std::unique_ptr<Leg> leg) {
  const Lasting lasting;
  const LegId id = leg->id();
  const bool fresh = legs_.emplace(id, std::move(leg)).second;
  HOTLINE_EXPECT(fresh);
}

void Agent::bury(LegId id) {
  const auto found = legs_.find(id);
  if (found == legs_.end()) return;
  graveyard_.push_back(std::move(found->second));
  legs_.erase(found);
  if (graveyard_.size() == 1) later([this] { graveyard_.clear(); });
}

// The loop may outlive the agent.
void Agent::later(Loop::Work work) {
  loop_.defer([work = std::move(work), alive = std::weak_ptr<const bool>(alive_)] {
    if (!alive.expired()) work();
  });
}

void Agent::tell(call::Event event) {
  outbox_.push_back(std::move(event));
  if (outbox_.size() == 1) later([this] { deliver(); });
}

void Agent::deliver() {
  while (!outbox_.empty()) {
    call::Event event = std::move(outbox_.front());
    outbox_.pop_front();
    sink_(std::move(event));
  }
}

bool Agent::retract_answer(LegId id) {
  const auto found = std::find_if(outbox_.begin(), outbox_.end(), [id](const call::Event& event) {
    const auto* answered = std::get_if<call::PhoneAnswered>(&event);
    return answered != nullptr && answered->leg == id;
  });
  if (found == outbox_.end()) return false;
  outbox_.erase(found);
  return true;
}

void Agent::reply(msg_t* request, int status, const std::string& headers) {
  nta_msg_treply(nta_, request, status, phrase_of(status), SIPTAG_SERVER_STR(product()),
                 SIPTAG_HEADER_STR(or_none(headers)), TAG_END());
}

// A message that belongs to no dialog and no transaction we have.
int Agent::on_message(Agent* self, nta_agent_t*, msg_t* message, sip_t* sip) noexcept {
  if (sip->sip_request != nullptr) {
    self->on_request(message, *sip);
  } else {
    ++self->counters_.strays;
    nta_msg_discard(self->nta_, message);
  }
  return 0;
}

void Agent::on_request(msg_t* message, const sip_t& sip) {
  const sip_method_t method = sip.sip_request->rq_method;
  const routing::Trunk* trunk = peers_.trunk_at(Address::of(source_of(message)));
  if (method == sip_method_ack) {
    nta_msg_discard(nta_, message);
  } else if (sip.sip_to->a_tag != nullptr || is_for_a_call(method)) {
    ++counters_.strays;
    reply(message, 481);
  } else if (method == sip_method_register && registrar_.is_on()) {
    take_registration(*this, message, sip);
  } else if (method == sip_method_invite && trunk == nullptr) {
    ++counters_.strangers;  // known to us, but not as somebody who calls
    nta_msg_discard(nta_, message);
  } else if (method == sip_method_invite && turns_away(*trunk)) {
    turn_away(*trunk, message);
  } else if (const std::string lacking = unknown_extensions(sip); !lacking.empty()) {
    reply(message, 420, "Unsupported: " + lacking);
  } else if (method == sip_method_invite) {
    offer_call(*this, *trunk, message, sip);
  } else if (method == sip_method_options && !is_known_scheme(sip.sip_request->rq_url)) {
    reply(message, 416);
  } else if (method == sip_method_options) {
    answer_options(*this, message);
  } else if (method == sip_method_unknown) {
    reply(message, 501);
  } else {
    reply(message, 405, std::string("Allow: ") + kAllow);
  }
}

bool Agent::turns_away(const routing::Trunk& trunk) {
  Milliseconds waited{};
  for (const int fd : sockets_) waited = std::max(waited, oldest_waits(fd));
  return overload_.turns_away(trunk.name, waited, Loop::now());
}

Milliseconds Agent::waited(nta_incoming_t* request) const {
  msg_t* message = nta_incoming_getrequest(request);
  const bool is_datagram = sip::transport_of(message) == routing::Transport::udp;
  msg_destroy(message);
  if (!is_datagram || sockets_.empty()) return {};
  Milliseconds waited = Milliseconds::max();
  for (const int fd : sockets_) waited = std::min(waited, age_of_last_read(fd));
  // It would be said again no more (64·T1, RFC 3261 §17.1.2.2): the clock was set meanwhile.
  constexpr Milliseconds kBelieved{32'000};
  return waited < kBelieved ? waited : Milliseconds(0);
}

// Without a transaction: the INVITE said again is turned away again, or taken.
void Agent::turn_away(const routing::Trunk& trunk, msg_t* message) {
  static const std::string headers =
      "Retry-After: " + std::to_string(kRetryAfter_s) + "\r\nReason: " + reason_of(Cause::overload);
  reply(message, codes_of(Cause::overload).status, headers);
  ++counters_.turned_away;
  ++turned_away_[trunk.name];
  if (!turned_away_timer_) {
    turned_away_timer_.emplace(loop_, Seconds(1), [this] { tell_turned_away(); });
  }
}

void Agent::tell_turned_away() {
  turned_away_timer_.reset();
  for (const auto& [trunk, calls] : std::exchange(turned_away_, {})) {
    if (settings_.on_turned_away) settings_.on_turned_away(trunk, calls);
  }
}

}  // namespace hotline::sip
