// REGISTER (RFC 3261 §10): a phone of ours says where it is. It is rung where its request came
// from, for that is where it can be reached through whatever stands between.
#include "sip/agent.h"
#include "sip/headers.h"
#include "sip/registration.h"
#include "sip/uri.h"

namespace hotline::sip {
namespace {

// How often those are forgotten who did not register again.
constexpr Milliseconds kPlacesLook{30'000};

// "sip:li@192.0.2.7:5062;transport=tcp".
std::string uri_of(const std::string& user, msg_t* message) {
  std::string uri = sip::uri_of(*msg_addr(message), transport_of(message));
  return uri.insert(uri.find(':') + 1, user + "@");
}

std::string headers_of(const Registrar::Reply& reply) {
  if (reply.status == 401) return "WWW-Authenticate: " + reply.challenge;
  if (reply.status == 423) return "Min-Expires: " + std::to_string(reply.min_expires.count());
  if (reply.status != 200 || reply.contact.empty()) return {};
  return "Contact: <" + reply.contact + ">;expires=" + std::to_string(reply.expires.count());
}

}  // namespace

void take_registration(Agent& agent, msg_t* message, const sip_t& sip) {
  Registrar& registrar = agent.registrar();
  const Instant now = Loop::now();
  const Registration asked = registration_of(sip, Address::of(source_of(message)), agent.realm());
  const Registrar::Reply reply = registrar.take(asked, now);
  if (reply.status == 0) return agent.ignore(message);
  if (reply.has_changed) agent.moved(asked.user, uri_of(asked.user, message), now);
  agent.reply(message, reply.status, headers_of(reply));
}

std::string Agent::place_of(const std::string& user) const {
  const auto found = places_.find(user);
  const bool is_known = found != places_.end() && Loop::now() < found->second.expires;
  return is_known ? found->second.uri : std::string();
}

void Agent::moved(const std::string& user, const std::string& uri, Instant now) {
  const Binding* binding = registrar_.binding(user, now);
  const Place place = binding == nullptr ? Place{} : Place{uri, binding->expires};
  places_[user] = place;
  know_places(now);
  if (settings_.on_place) settings_.on_place(user, place);
}

void Agent::restore_place(const std::string& user, const Place& place) {
  const auto address = sip::host_of(place.uri);
  registrar_.restore(user, Binding{place.uri, place.expires, {}, 0, address.value_or(Address{})});
  places_[user] = place;
  know_places(Loop::now());
}

// Who is there may answer us, and speaks inside its calls. Looked at again as long as anybody is.
void Agent::know_places(Instant now) {
  std::erase_if(places_,
                [&](const auto& one) { return registrar_.binding(one.first, now) == nullptr; });
  std::unordered_set<Address> addresses;
  for (const auto& [user, place] : places_) {
    if (const auto address = sip::host_of(place.uri)) addresses.insert(*address);
  }
  peers_.use_registered(std::move(addresses));
  places_timer_.reset();
  if (places_.empty()) return;
  places_timer_.emplace(loop_, kPlacesLook, [this] { know_places(Loop::now()); });
}

}  // namespace hotline::sip
