// What the tests of the audio path share: a signalling and a plane that write down what they are
// asked, and a call that talks.
#pragma once

#include <map>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/audio_path.h"

namespace hotline::server {

// What went out to each leg, newest last.
class FakeSignalling final : public ports::Signalling {
 public:
  std::map<LegId, std::vector<std::string>> said;
  std::vector<LegId> rung;
  std::vector<Cause> refused;

  void perform(const call::RingPhone& wish) override {
    rung.push_back(wish.leg);
    said[wish.leg].push_back(wish.offer.body);
  }
  void perform(const call::CancelPhone&) override {}
  void perform(const call::ConfirmPhone& wish) override {
    said[wish.leg].push_back(wish.answer.body);
  }
  void perform(const call::TellRinging& wish) override { to_caller(wish.call, wish.early); }
  void perform(const call::AnswerCaller& wish) override { to_caller(wish.call, wish.answer); }
  void perform(const call::RefuseCaller& wish) override { refused.push_back(wish.cause); }
  void perform(const call::HangUp&) override {}
  void perform(const call::OfferMedia& wish) override { said[wish.leg].push_back(wish.offer.body); }
  void perform(const call::WithdrawMedia&) override {}
  void perform(const call::AcceptMedia& wish) override {
    said[wish.leg].push_back(wish.answer.body);
  }
  void perform(const call::RejectMedia& wish) override {
    said[wish.leg].push_back(std::to_string(wish.status));
  }
  void perform(const call::PassKey&) override {}
  void perform(const call::TellTransfer&) override {}
  void perform(const call::ConfirmMedia& wish) override {
    said[wish.leg].push_back(wish.answer.body);
  }

 private:
  void to_caller(CallRef call, const call::Media& media) {
    said[LegId::caller(call)].push_back(media.body);
  }
};

// What was asked of it, in words, by the ids 1, 2, … it gave out.
class FakePlane final : public AudioPlane {
 public:
  std::vector<std::string> done;
  std::map<std::uint32_t, Instant> last;
  std::uint32_t most = 100;

  bool has_room() const override { return opened_ < most; }
  std::optional<Place> open(bool is_v6) override {
    if (opened_ == most) return std::nullopt;
    ++opened_;
    return Place{opened_, is_v6 ? "::1" : "127.0.0.9", is_v6,
                 static_cast<std::uint16_t>(20'000 + 2 * opened_)};
  }
  std::optional<Place> open_again(bool is_v6, std::uint16_t port) override {
    if (opened_ == most) return std::nullopt;
    ++opened_;
    say("open " + std::to_string(opened_) + " at " + std::to_string(port));
    return Place{opened_, is_v6 ? "::1" : "127.0.0.9", is_v6, port};
  }
  void aim(std::uint32_t id, const sip::AudioStream& audio) override {
    say("aim " + std::to_string(id) + " at " + audio.address + ' ' + std::to_string(audio.port) +
        (audio.sends ? "" : " silent"));
  }
  void connect(std::uint32_t a, std::uint32_t b) override {
    say("connect " + std::to_string(a) + ' ' + std::to_string(b));
  }
  void play(std::uint32_t id, int codec, const std::string& prompt) override {
    say("play " + prompt + " in " + std::to_string(codec) + " to " + std::to_string(id));
  }
  std::uint32_t play_once(std::uint32_t id, int codec, const Words& words) override {
    std::string what;
    if (words.ahead) what += " ahead:" + std::to_string(*words.ahead);
    if (words.minutes) what += " minutes:" + std::to_string(*words.minutes);
    for (const std::string& prompt : words.prompts) {
      if (prompt != "gone") what += ' ' + prompt;
    }
    if (what.empty()) return 0;
    say("tell" + what + " in " + std::to_string(codec) + " to " + std::to_string(id));
    return ++playbacks_;
  }
  void remind(std::uint32_t id, int codec) override {
    say("remind " + std::to_string(id) + " in " + std::to_string(codec));
  }
  void stop(std::uint32_t id) override { say("stop " + std::to_string(id)); }
  std::uint32_t record(std::uint32_t caller, std::uint32_t phone,
                       const Recording& recording) override {
    say("record " + std::to_string(caller) + ' ' + std::to_string(phone) + " to " + recording.path);
    return ++recordings_;
  }
  std::uint32_t record_alone(std::uint32_t caller, const Recording& recording) override {
    say("record " + std::to_string(caller) + " to " + recording.path);
    return ++recordings_;
  }
  void record_phone(std::uint32_t recording, std::uint32_t phone) override {
    say("go on with " + std::to_string(recording) + " and " + std::to_string(phone));
  }
  void watch(std::uint32_t) override {}
  std::string counted(std::uint32_t id) const override { return "counted " + std::to_string(id); }
  void close(std::uint32_t id) override { say("close " + std::to_string(id)); }
  Instant last_heard(std::uint32_t id) const override {
    const auto found = last.find(id);
    return found == last.end() ? Instant() : found->second;
  }

 private:
  void say(std::string word) { done.push_back(std::move(word)); }

  std::uint32_t opened_ = 0;
  std::uint32_t playbacks_ = 0;
  std::uint32_t recordings_ = 0;
};

inline call::Media sdp(const std::string& address, int port, const std::string& more = "") {
  const bool is_v6 = address.find(':') != std::string::npos;
  return {"application/sdp",
          "v=0\r\no=x 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN " + std::string(is_v6 ? "IP6 " : "IP4 ") +
              address + "\r\nt=0 0\r\nm=audio " + std::to_string(port) + " RTP/AVP 8\r\n" + more};
}

inline constexpr CallRef kCall{7};
inline const LegId kCaller = LegId::caller(kCall);
inline constexpr LegId kDesk{kCall, 1};
inline constexpr LegId kLi{kCall, 2};

class AudioPathTest : public testing::Test {
 protected:
  FakeSignalling signalling_;
  FakePlane plane_;
  std::vector<call::Event> later_;
  bool phones_by_v6_ = false;
  Instant now_{Milliseconds(100'000)};
  AudioPath path_{
      signalling_,
      plane_,
      {Milliseconds(30'000), [this](const routing::PhoneAddress&) { return phones_by_v6_; }},
      [this](call::Event event) { later_.push_back(std::move(event)); }};

  void hear(call::Event event) {
    path_.before(event, now_);
    path_.after(event);
  }
  void ring(LegId phone, const call::Media& offer, bool as_played = false) {
    call::RingPhone wish;
    wish.as_played = as_played;
    wish.leg = phone;
    wish.offer = offer;
    path_.perform(wish);
  }
  // The caller at 192.0.2.1:4000, the desk at 192.0.2.2:5000, talking.
  void talk() {
    ring(kDesk, sdp("192.0.2.1", 4000));
    hear(call::PhoneAnswered{kDesk, sdp("192.0.2.2", 5000), "", ""});
    path_.perform(call::BridgePhone{kDesk});
    path_.perform(call::ConfirmPhone{kDesk, {}});
    path_.perform(call::AnswerCaller{kCall, sdp("192.0.2.2", 5000)});
    plane_.done.clear();
  }
};

}  // namespace hotline::server
