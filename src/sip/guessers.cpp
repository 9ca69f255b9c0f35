#include "sip/guessers.h"

#include <algorithm>
#include <tuple>
#include <vector>

namespace hotline::sip {

Address network_of(const Address& source) {
  Address network = source;
  if (!source.is_v4()) std::fill(network.bytes.begin() + 8, network.bytes.end(), std::uint8_t{0});
  return network;
}

bool Pace::lets(bool with_proof, Instant now) {
  Instant& next = next_[with_proof ? 1 : 0];
  if (now < next) return false;
  next = now + Seconds(1);
  return true;
}

// What is kept longest: who proved itself, so that floods lock out nobody; then the guiltiest.
int Guessers::Source::worth(Instant now) const {
  if (proved_within(kKnown, now)) return 4;
  if (is_punished(now)) return 3;
  if (now < guilty_until) return 2;
  return proved_within(kRegular, now) ? 1 : 0;
}

bool Guessers::is_banned(const Address& source, Instant now) const {
  const auto found = sources_.find(network_of(source));
  return found != sources_.end() && found->second.is_punished(now) &&
         !found->second.proved_within(kKnown, now);
}

bool Guessers::hears(const Address& source, bool with_proof, Pace* own, Instant now) {
  const auto found = sources_.find(network_of(source));
  if (found == sources_.end() || !found->second.is_punished(now)) return true;
  if (!found->second.proved_within(kKnown, now)) return false;
  return (own != nullptr ? *own : found->second.pace).lets(with_proof, now);
}

bool Guessers::note_unproved(const Address& source, Instant now) {
  Source& from = at(source, now);
  if (now >= from.minute_ends) {
    from.minute_ends = now + Seconds(60);
    from.unproved = 0;
  }
  if (from.unproved < kUnproved) {
    ++from.unproved;
    return true;
  }
  if (!from.proved_within(kRegular, now)) fail(from, now);
  return false;
}

void Guessers::note_failed(const Address& source, Instant now) { fail(at(source, now), now); }

// The request before, without a proof, was in order: it counts no more.
void Guessers::note_right(const Address& source, Instant now) {
  Source& from = at(source, now);
  from.right = from.right ? std::max(*from.right, now) : now;
  if (from.unproved > 0) --from.unproved;
}

void Guessers::fail(Source& source, Instant now) {
  source.guilty_until = std::max(source.guilty_until, now + kQuiet);
  source.failed[source.failures++ % kFailures] = now;
  const Instant first = source.failed[source.failures % kFailures];
  if (source.failures < kFailures || now - first >= kWithin) return;
  const Seconds span = std::min(kBan * (1 << std::min(source.strikes, 8U)), kLongestBan);
  ++source.strikes;
  source.failures = 0;
  source.punished_until = now + span;
  source.guilty_until = source.punished_until + kQuiet;
  if (!source.proved_within(kKnown, now)) ++bans_;
}

Guessers::Source& Guessers::at(const Address& source, Instant now) {
  const Address network = network_of(source);
  auto found = sources_.find(network);
  if (found == sources_.end()) {
    if (sources_.size() >= kMost) make_room(now);
    found = sources_.try_emplace(network).first;
  }
  Source& from = found->second;
  if (now >= from.guilty_until) {
    from.strikes = 0;
    from.failures = 0;
  }
  from.last = now;
  return from;
}

// A tenth at a time: a flood of sources must not cost a search each.
void Guessers::make_room(Instant now) {
  using Rank = std::tuple<int, Instant, Address>;
  std::vector<Rank> ranks;
  ranks.reserve(sources_.size());
  for (const auto& [address, source] : sources_) {
    ranks.emplace_back(source.worth(now), source.last, address);
  }
  const auto end = ranks.begin() + kMost / 10;
  std::nth_element(ranks.begin(), end, ranks.end(), [](const Rank& a, const Rank& b) {
    return std::tie(std::get<0>(a), std::get<1>(a)) < std::tie(std::get<0>(b), std::get<1>(b));
  });
  for (auto rank = ranks.begin(); rank != end; ++rank) sources_.erase(std::get<2>(*rank));
}

}  // namespace hotline::sip
