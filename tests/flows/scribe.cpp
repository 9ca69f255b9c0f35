#include "flows/world.h"

namespace hotline::flows {
namespace {

std::string text(LegId leg) {
  return std::to_string(leg.call.value) + "." + std::to_string(leg.number);
}
std::string text(CallRef call) { return std::to_string(call.value); }
std::string text(Milliseconds span) { return std::to_string(span.count()); }
std::string text(std::string_view word) { return std::string(word); }

std::string with(const call::Media& media) {
  return media.empty() ? std::string() : " " + media.body;
}

std::string attempts(const std::vector<cdr::Attempt>& list) {
  std::string line = "[";
  for (const cdr::Attempt& one : list) {
    if (line.size() > 1) line += ", ";
    line += one.phone + " " + text(cdr::to_string(one.result)) + " " + std::to_string(one.status) +
            " " + text(one.rang);
  }
  return line + "]";
}

std::string release(const cdr::Record& record) {
  return text(cdr::to_string(record.release.by)) + " " + text(to_string(record.release.cause)) +
         " " + std::to_string(record.release.status) + "/" + std::to_string(record.release.q850);
}

// Most phones of these tales have a name for a number, which belongs nowhere.
std::string place(const std::string& province) {
  return province == "未知" ? std::string() : " in " + (province.empty() ? "no place" : province);
}

struct AddressText {
  std::string operator()(const routing::TrunkNumber& to) const {
    return to.number + "@" + to.trunk;
  }
  std::string operator()(const routing::PhoneUri& to) const { return to.uri; }
  std::string operator()(const routing::PhoneUser& to) const { return "user " + to.user; }
};

}  // namespace

void Scribe::perform(const call::RingPhone& ring) {
  const std::string shown = ring.presented.empty() ? "withheld" : ring.presented;
  say("ring " + text(ring.leg) + " " + std::visit(AddressText{}, ring.address) + " showing " +
      shown + (ring.asserted.empty() ? "" : ", asserting " + ring.asserted) +
      (ring.as_played ? ", as played" : ""));
}
void Scribe::perform(const call::CancelPhone& cancel) {
  say("cancel " + text(cancel.leg) + (cancel.elsewhere ? " elsewhere" : ""));
}
void Scribe::perform(const call::ConfirmPhone& confirm) {
  say("confirm " + text(confirm.leg) + with(confirm.answer));
}
void Scribe::perform(const call::TellRinging& tell) {
  say("ringing " + text(tell.call) + with(tell.early) +
      (tell.ringback.empty() ? "" : " playing " + tell.ringback));
}
void Scribe::perform(const call::AnswerCaller& answer) {
  say("answer " + text(answer.call) + " " +
      (answer.answer.empty() ? "by ourselves" : answer.answer.body));
}
void Scribe::perform(const call::RefuseCaller& refuse) {
  say("refuse " + text(refuse.call) + " " + text(to_string(refuse.cause)) +
      (refuse.announcement.empty() ? "" : " telling " + refuse.announcement));
}
void Scribe::perform(const call::PlayToCaller& play) {
  std::string line = "play " + text(play.call);
  if (play.ahead) line += " ahead:" + std::to_string(*play.ahead);
  if (play.minutes) line += " minutes:" + std::to_string(*play.minutes);
  for (const std::string& one : play.once) line += " " + one;
  if (!play.then.empty()) line += " then " + play.then;
  if (!play.offer.empty()) line += ", early";
  say(line);
}
void Scribe::perform(const call::PlayToPhone& play) {
  say("play " + text(play.leg) + " " + play.prompt + (play.once ? " once" : ""));
}
void Scribe::perform(const call::SoundCreditTone& sound) { say("credit tone " + text(sound.call)); }
void Scribe::perform(const call::BridgePhone& bridge) { say("bridge " + text(bridge.leg)); }
void Scribe::perform(const call::RecordCall& record) {
  say("record " + text(record.leg) + " to " + record.path +
      (record.notice.empty() ? "" : " after " + record.notice));
}
void Scribe::perform(const call::HangUp& hang_up) {
  say("hang_up " + text(hang_up.leg) + " " + text(to_string(hang_up.cause)));
}
void Scribe::perform(const call::OfferMedia& offer) {
  say("offer_media " + text(offer.leg) + with(offer.offer));
}
void Scribe::perform(const call::WithdrawMedia& withdraw) {
  say("withdraw_media " + text(withdraw.leg));
}
void Scribe::perform(const call::AcceptMedia& accept) {
  say("accept_media " + text(accept.leg) + " " +
      (accept.answer.empty() ? "by ourselves" : accept.answer.body));
}
void Scribe::perform(const call::RejectMedia& reject) {
  say("reject_media " + text(reject.leg) + " " + std::to_string(reject.status));
}

void Scribe::perform(const call::ConfirmMedia& confirm) {
  say("confirm_media " + text(confirm.leg) + with(confirm.answer));
}

void Scribe::perform(const call::PassKey& pass) {
  say("pass_key " + text(pass.leg) + " " + pass.key);
}

void Scribe::perform(const call::TellTransfer& tell) {
  say("tell_transfer " + text(tell.leg) + " " + std::to_string(tell.status));
}

void Scribe::perform(call::JournalAdmission admission) {
  say("journal admission " + text(admission.call));
}
void Scribe::perform(call::JournalAnswer answer) {
  say("journal answer " + text(answer.call) + " by " +
      (answer.answered_by.empty() ? "ourselves" : answer.answered_by) + " paid " +
      text(answer.paid) + (answer.recording.empty() ? "" : ", recorded as " + answer.recording));
}
void Scribe::perform(call::JournalTarget target) {
  say("journal target " + std::string(target.of_caller ? "caller " : "phone ") + target.target);
}
void Scribe::perform(const call::JournalPaid& paid) { say("journal paid " + text(paid.paid)); }

void Scribe::close_call(call::CloseCall close, std::vector<billing::LedgerEntry> charge) {
  const cdr::Record& record = close.record;
  std::string line = "close " + text(close.call) + ": " + release(record);
  if (record.answered) {
    line += ", " + (record.answered_by.empty() ? "nobody" : record.answered_by) +
            place(record.phone_province) + " talked " + text(record.talk) + " billable " +
            text(record.billable) + " billed " + std::to_string(record.billed.count()) + " s " +
            text(cdr::to_string(record.evidence));
  }
  line += ", charge " + record.charge.to_yuan() + " of " + close.reserved.to_yuan();
  for (const billing::LedgerEntry& entry : charge) {
    line += ", ledger " + text(billing::to_string(entry.kind)) + " " + entry.amount.to_yuan();
  }
  if (!record.menu.empty()) line += ", menu " + record.menu;
  if (!record.recording.empty() && !record.bridged) line += ", message " + record.recording;
  if (record.waited > Milliseconds(0)) line += ", waited " + text(record.waited);
  if (!record.recording.empty()) line += ", recorded";
  if (record.survey > 0) line += ", survey " + std::to_string(record.survey);
  if (!record.rate.empty()) line += ", rate " + record.rate;
  if (record.caller_fee > Money()) line += ", caller fee " + record.caller_fee.to_yuan();
  say(line + ", " + attempts(record.attempts));
}

void Scribe::post(billing::Posting posting) {
  for (const billing::LedgerEntry& entry : posting.entries) {
    say("post " + entry.id + " " + entry.amount.to_yuan());
  }
  for (const billing::AccountEvent& event : posting.events) {
    say("account " + event.account + " is " + text(billing::to_string(event.to)) + " by " +
        event.cause);
  }
  for (const billing::Notice& notice : posting.notices) say("notice " + notice.id);
}

void Scribe::perform(call::KeepNote note) {
  say("note " + std::string(to_string(note.kind)) + " " + note.key + ": " +
      (note.value.empty() ? "forget" : note.value));
}

void Scribe::perform(const call::RecordRefusal& refusal) {
  say("record refusal " + text(refusal.call) + ": " + release(refusal.record));
}

void Scribe::wake_at(Instant when) {
  say(when == Instant::max() ? "wake never" : "wake " + text(when.time_since_epoch()));
}

}  // namespace hotline::flows
