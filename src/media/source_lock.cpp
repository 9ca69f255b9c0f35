#include "media/source_lock.h"

namespace hotline::media {

void SourceLock::expect(const Endpoint& named, const std::optional<Endpoint>& signalling,
                        MediaTime now) {
  if (named.is_nowhere()) return;
  signalling_ = signalling;
  if (named == named_ && learned_) return;
  named_ = named;
  if (learned_) former_ = learned_;
  learned_.reset();
  candidates_ = {};
  window_begin_ = now;
}

bool SourceLock::takes(const Endpoint& from, const RtpHeader& header, MediaTime now) {
  if (learned_ && from == *learned_) return true;
  if (!named_) return false;
  const Likeness like = likeness(from);
  if (!may_learn(like, from, now) || !is_proved(like, from, header)) return false;
  learn(from, like);
  return true;
}

SourceLock::Likeness SourceLock::likeness(const Endpoint& from) const {
  if (*named_ == from) return Likeness::named;
  const bool is_behind_nat =
      named_->is_private() && signalling_ && signalling_->has_same_address(from);
  return is_behind_nat || named_->has_same_address(from) ? Likeness::neighbour : Likeness::stranger;
}

bool SourceLock::may_learn(Likeness like, const Endpoint& from, MediaTime now) const {
  const bool in_window = now - window_begin_ < window_;
  if (learned_) return in_window && like > learned_likeness_;
  if (like == Likeness::named) return true;
  if (former_ == from && now - window_begin_ < window_ / 2) return false;
  if (like == Likeness::neighbour || in_window) return true;
  return named_->is_private() && !signalling_;
}

bool SourceLock::is_proved(Likeness like, const Endpoint& from, const RtpHeader& header) {
  if (like == Likeness::named) return true;
  for (auto& candidate : candidates_) {
    if (!candidate || candidate->from != from) continue;
    const bool follows =
        candidate->ssrc == header.ssrc && sequence_step(candidate->sequence, header.sequence) == 1;
    candidate = Candidate{from, header.ssrc, header.sequence};
    return follows;
  }
  std::size_t place = 0;
  if (like == Likeness::stranger) {
    place = oldest_stranger_;
    oldest_stranger_ = oldest_stranger_ % (candidates_.size() - 1) + 1;
  }
  candidates_[place] = Candidate{from, header.ssrc, header.sequence};
  return false;
}

void SourceLock::learn(const Endpoint& from, Likeness like) {
  learned_ = from;
  learned_likeness_ = like;
  candidates_ = {};
}

bool RtcpLock::takes(const Endpoint& from, const std::optional<Endpoint>& rtp_source) {
  if (!rtp_source || !rtp_source->has_same_address(from)) return false;
  if (!port_) port_ = from.port;
  return *port_ == from.port;
}

Endpoint RtcpLock::destination(const Endpoint& rtp, const Endpoint& named) const {
  if (port_) return rtp.with_port(*port_);
  if (!named.is_nowhere() && named.has_same_address(rtp)) return named;
  // A peer at the last port has nowhere for it.
  return rtp.with_port(rtp.port == 65'535 ? 0 : static_cast<std::uint16_t>(rtp.port + 1));
}

}  // namespace hotline::media
