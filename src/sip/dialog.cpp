#include "sip/dialog.h"

#include <charconv>

namespace hotline::sip {
namespace {

constexpr std::string_view kHead = "dialog 1";
constexpr std::string_view kInvite = "invite";
constexpr std::string_view kSaid = "said";
constexpr std::string_view kYes = "yes";

void put(std::string& text, std::string_view key, std::string_view value) {
  if (value.empty()) return;
  text += key;
  text += ' ';
  text += value;
  text += '\n';
}

bool read_number(std::string_view value, std::uint32_t& number) {
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  return error == std::errc{} && end == value.data() + value.size();
}

// "1800 us", "1800 peer"; "1800 us alone": the peer does not count.
std::string session_text(const SessionTerms& terms) {
  if (terms.interval <= Seconds(0)) return {};
  return std::to_string(terms.interval.count()) + (terms.ours ? " us" : " peer") +
         (terms.agreed ? "" : " alone");
}

bool read_session(std::string_view value, SessionTerms& terms) {
  const std::size_t blank = value.find(' ');
  std::uint32_t interval_s = 0;
  if (blank == std::string_view::npos || !read_number(value.substr(0, blank), interval_s)) {
    return false;
  }
  terms.interval = Seconds(interval_s);
  const std::string_view who = value.substr(blank + 1);
  terms.ours = who.starts_with("us");
  terms.agreed = !who.ends_with(" alone");
  return true;
}

bool read_field(Dialog& dialog, std::string_view key, std::string_view value) {
  struct Field {
    std::string_view key;
    std::string Dialog::*member;
  };
  static constexpr Field fields[] = {
      {"call-id", &Dialog::call_id},       {"local-uri", &Dialog::local_uri},
      {"local-tag", &Dialog::local_tag},   {"remote-uri", &Dialog::remote_uri},
      {"remote-tag", &Dialog::remote_tag}, {"target", &Dialog::target},
      {"next-hop", &Dialog::next_hop},     {"trunk", &Dialog::trunk},
  };
  if (key == "local-cseq") return read_number(value, dialog.local_cseq);
  if (key == "remote-cseq") return read_number(value, dialog.remote_cseq);
  if (key == "session") return read_session(value, dialog.session);
  if (key == "update") return dialog.takes_update = value == kYes;
  if (key == "offer-wanted") return dialog.offer_wanted = value == kYes;
  if (key == "route") {
    dialog.route.emplace_back(value);
    return true;
  }
  for (const Field& field : fields) {
    if (field.key == key) {
      dialog.*field.member = value;
      return true;
    }
  }
  return false;
}

bool read_line(Dialog& dialog, std::string_view line) {
  const std::size_t blank = line.find(' ');
  if (blank == std::string_view::npos || blank + 1 == line.size()) return false;
  return read_field(dialog, line.substr(0, blank), line.substr(blank + 1));
}

}  // namespace

std::string Dialog::to_text() const {
  std::string text(kHead);
  text += '\n';
  put(text, "call-id", call_id);
  put(text, "local-uri", local_uri);
  put(text, "local-tag", local_tag);
  put(text, "remote-uri", remote_uri);
  put(text, "remote-tag", remote_tag);
  put(text, "local-cseq", std::to_string(local_cseq));
  put(text, "remote-cseq", std::to_string(remote_cseq));
  put(text, "target", target);
  for (const std::string& uri : route) put(text, "route", uri);
  put(text, "next-hop", next_hop);
  put(text, "trunk", trunk);
  put(text, "session", session_text(session));
  if (takes_update) put(text, "update", kYes);
  if (offer_wanted) put(text, "offer-wanted", kYes);
  text += said.empty() ? kInvite : kSaid;
  text += '\n';
  return text + (said.empty() ? invite : said);
}

std::string Dialog::target_text() const {
  std::string text;
  put(text, "target", target);
  put(text, "next-hop", next_hop);
  return text;
}

std::optional<Dialog> Dialog::parse(std::string_view text) {
  Dialog moved;  // what stands before the head
  Dialog dialog;
  Dialog* reads = &moved;
  for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    if (line == kHead) {
      reads = &dialog;
    } else if (line == kInvite || line == kSaid) {
      if (dialog.call_id.empty()) return std::nullopt;
      (line == kInvite ? dialog.invite : dialog.said) = text;
      if (moved.target.empty()) return dialog;
      dialog.target = moved.target;
      dialog.next_hop = moved.next_hop;
      return dialog;
    } else if (!read_line(*reads, line)) {
      return std::nullopt;
    }
  }
  return std::nullopt;
}

}  // namespace hotline::sip
