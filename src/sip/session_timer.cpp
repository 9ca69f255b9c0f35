// Session timers (RFC 4028): agreeing on them, refreshing our side's, noticing that the other's
// did not come.
#include "sip/session_timer.h"

#include <algorithm>

#include <strings.h>

#include "hotline/base/lasting.h"

#include "sip/leg.h"
#include "sip/reason.h"

namespace hotline::sip {
namespace {

constexpr Seconds kMargin{32};     // before the end, to say BYE in time (RFC 4028 §10)
constexpr Seconds kLeastWait{10};  // between tries of one refresh

Seconds bounded(unsigned long delta_s) {
  return std::min(kLongestSession, Seconds(std::min(delta_s, 1'000'000UL)));
}

std::optional<bool> sender_of(const sip_session_expires_t& expires) {
  if (expires.x_refresher == nullptr) return std::nullopt;
  return strcasecmp(expires.x_refresher, "uac") == 0;
}

}  // namespace

SessionWish session_wish_of(const sip_t& request) {
  SessionWish wish;
  wish.understood = sip_has_feature(request.sip_supported, "timer") != 0 ||
                    sip_has_feature(request.sip_require, "timer") != 0;
  if (request.sip_min_se != nullptr) {
    wish.least = std::max(kLeastSession, bounded(request.sip_min_se->min_delta));
  }
  if (const sip_session_expires_t* expires = request.sip_session_expires; expires != nullptr) {
    wish.interval = bounded(expires->x_delta);
    wish.by_sender = sender_of(*expires);
  }
  return wish;
}

Seconds least_session_of(const sip_t& refusal) {
  return refusal.sip_min_se == nullptr ? kLeastSession : bounded(refusal.sip_min_se->min_delta);
}

// Never longer than asked, never shorter than any server on the way allows.
SessionTerms answer_to(const SessionWish& wish, Seconds ours) {
  const Seconds interval = std::max(wish.least, std::min(ours, wish.interval.value_or(ours)));
  const bool by_sender = wish.understood && wish.by_sender.value_or(true);
  return {interval, !by_sender, wish.understood || wish.interval.has_value()};
}

SessionTerms terms_of(const sip_t& answer, Seconds asked) {
  const sip_session_expires_t* expires = answer.sip_session_expires;
  if (expires == nullptr) return {asked, true, false};
  return {std::max(kMargin, bounded(expires->x_delta)), sender_of(*expires).value_or(true), true};
}

std::string session_expires(Seconds interval, std::optional<bool> by_sender) {
  std::string value = std::to_string(interval.count());
  if (by_sender) value += *by_sender ? ";refresher=uac" : ";refresher=uas";
  return value;
}

Milliseconds due_after(const SessionTerms& terms) {
  if (terms.ours) return Milliseconds(terms.interval) / 2;
  return Milliseconds(terms.interval) -
         std::min(Milliseconds(kMargin), Milliseconds(terms.interval) / 3);
}

Seconds Leg::usual_interval() const {
  return session_.interval.count() > 0 ? session_.interval : agent_.session_interval();
}

void Leg::start_session(SessionTerms terms) {
  const Lasting lasting;
  session_ = terms;
  expires_ = Loop::now() + terms.interval -
             std::min(Milliseconds(kMargin), Milliseconds(terms.interval) / 3);
  session_timer_.emplace(agent_.loop(), due_after(terms), [this] { on_session_due(); });
}

void Leg::on_session_due() {
  if (stage_ != Stage::up && stage_ != Stage::answered) return;
  const Instant now = Loop::now();
  if (now >= expires_) return agent_.tell(call::SessionExpired{id_});
  // Should this try fail for a reason that passes, there is time for others.
  const Milliseconds rest = std::max<Milliseconds>(kLeastWait, (expires_ - now) / 2);
  session_timer_.emplace(agent_.loop(), std::min(rest, std::max(expires_ - now, Milliseconds(1))),
                         [this] { on_session_due(); });
  refresh();
}

// A change of media under way refreshes by itself.
void Leg::refresh() {
  if (!session_.ours || stage_ != Stage::up || change_in_ || change_out_) return;
  if (!takes_update_ && said_.empty()) return;  // there is nothing to say again
  begin_change(ChangeOut::Why::refresh, takes_update_ ? call::Media{} : said_);
}

}  // namespace hotline::sip
