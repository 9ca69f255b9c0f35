// The phones of a hotline.

#include <algorithm>
#include <array>
#include <utility>

#include "config/digest.h"
#include "config/hotline_file.h"
#include "config/password.h"
#include "config/values.h"

namespace hotline::config {
namespace {

using routing::Phone;

// Numbers carriers bind only by exception: short and service numbers, and mobiles of virtual
// operators.
bool is_service_number(std::string_view number) {
  constexpr std::array<std::string_view, 5> kService = {"400", "800", "95", "96", "12"};
  if (number.size() < 7 && !number.starts_with('0')) return true;
  for (const std::string_view prefix : kService) {
    if (number.starts_with(prefix) && number.size() <= 10) return true;
  }
  return false;
}

bool is_virtual_number(std::string_view number) {
  constexpr std::array<std::string_view, 5> kVirtual = {"162", "165", "167", "170", "171"};
  for (const std::string_view prefix : kVirtual) {
    if (number.starts_with(prefix) && number.size() == 11) return true;
  }
  return false;
}

bool is_user_name(std::string_view user) {
  return std::all_of(user.begin(), user.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '_' || c == '.';
  });
}

}  // namespace

std::optional<routing::PhoneAddress> HotlineFile::read_trunk_number(const Reader& section) {
  const auto number = section.text("number");
  const auto trunk_name = section.text("trunk");
  if (!section.has("number") || !section.has("trunk")) {
    problems_.error(section.at(), "[[phone]] needs number and trunk, a uri, or a user");
  }
  if (trunk_name) {
    const routing::Trunk* trunk = shared_.platform.trunks.find(*trunk_name, problems_);
    if (trunk && trunk->gateways.empty()) {
      problems_.error(trunk_name->at, "trunk: " + in_quotes(trunk_name->value) +
                                          " has no gateways to ring through");
    }
  }
  if (!number) return std::nullopt;
  const std::string_view text = number->value;
  const std::string_view digits = text.substr(text.starts_with('+') ? 1 : 0);
  if (digits.empty() || !all_digits(digits)) {
    problems_.error(number->at,
                    "number: " + in_quotes(text) + " is no number: digits with an optional '+'");
    return std::nullopt;
  }
  if (is_service_number(text) || is_virtual_number(text)) {
    problems_.warning(number->at, "number: " + in_quotes(text) + " is a " +
                                      (is_virtual_number(text) ? "virtual operator's" : "service") +
                                      " number; carriers may not connect it");
  }
  if (!trunk_name) return std::nullopt;
  return routing::TrunkNumber{trunk_name->value, number->value};
}

std::optional<routing::PhoneAddress> HotlineFile::read_user(const Reader& section) {
  const auto user = section.text("user");
  const auto file = section.text("password_file");
  if (!section.has("user") || !section.has("password_file")) {
    problems_.error(section.at(user ? "user" : "password_file"),
                    "user and password_file go together");
  }
  if (!user || !file) return std::nullopt;
  if (!is_user_name(user->value)) {
    problems_.error(user->at, "user: " + in_quotes(user->value) +
                                  " holds more than letters, digits, '-', '_' and '.'");
    return std::nullopt;
  }
  const std::string password = read_password(*file, shared_.folder, problems_);
  const std::string ha1 = md5(user->value + ":" + shared_.platform.settings.realm + ":" + password);
  const auto [known, is_new] = shared_.ha1s.try_emplace(user->value, ha1);
  if (!is_new && known->second != ha1) {
    problems_.error(file->at, "password_file: another [[phone]] gives the user " +
                                  in_quotes(user->value) + " another password");
  }
  return routing::PhoneUser{user->value};
}

std::optional<routing::PhoneAddress> HotlineFile::read_address(const Reader& section) {
  const bool registers = section.has("user") || section.has("password_file");
  if (!registers && !section.has("uri")) return read_trunk_number(section);
  for (const std::string_view other : {"number", "trunk", "uri"}) {
    if (section.has(other) && (registers || other != "uri")) {
      problems_.error(section.at(other), std::string(other) + ": a phone with a " +
                                             (registers ? "user" : "uri") + " has none");
    }
  }
  if (registers) return read_user(section);
  const auto text = section.text("uri");
  if (!text) return std::nullopt;
  const auto uri = parse_phone_uri(text->value);
  if (!uri) {
    problems_.error(text->at, "uri: " + uri.error());
    return std::nullopt;
  }
  if (!listens_towards(shared_.platform.settings, uri->at)) {
    problems_.error(text->at, "uri: " + in_quotes(text->value) + kNoWayThere);
  }
  return routing::PhoneUri{uri->uri};
}

// The same real phone may be bound to several hotlines; it has its lines only once.
void HotlineFile::compare_lines(const Phone& phone, Place at) {
  const auto [said, is_new] =
      shared_.lines.try_emplace(phone.line_key, LinesSaid{phone.lines, problems_.source(at)});
  if (is_new || said->second.lines == phone.lines) return;
  problems_.error(at, "lines: " + std::to_string(phone.lines) + ", but " + phone.line_key +
                          " has " + std::to_string(said->second.lines) + " in " +
                          said->second.source.to_string());
}

std::unique_ptr<Phone> HotlineFile::read_phone(const Reader& section) {
  auto phone = std::make_unique<Phone>();
  phone->source = problems_.source(section.at());
  phone->lines = static_cast<std::uint32_t>(section.whole("lines"));
  phone->ring = section.seconds("ring_s");
  phone->wrap_up = section.seconds("wrap_up_s");
  phone->pause_after = static_cast<std::uint32_t>(section.whole("pause_after"));
  phone->pause_for = section.seconds("pause_for_s");
  if (phone->pause_after == 0 && section.has("pause_for_s")) {
    problems_.error(section.at("pause_for_s"), "pause_for_s: without pause_after it has no effect");
  }
  phone->confirm = section.seconds("confirm_s");
  if (phone->confirm > Seconds(0)) {
    hotline_->confirm_prompt = shared_.platform.confirm_prompt(problems_.source(section.at()));
    if (!shared_.platform.settings.media.relays) {
      problems_.error(section.at("confirm_s"), "confirm_s: needs media.mode = \"relay\"");
    }
  }
  phone->ringback = read_prompt(section, "ringback", shared_.platform, problems_);
  if (const auto name = section.text("schedule")) phone->schedule = find_schedule(*name);
  if (auto address = read_address(section)) {
    phone->address = std::move(*address);
    phone->line_key = routing::line_key_of(phone->address);
    compare_lines(*phone, section.at("lines"));
  }
  return phone;
}

void HotlineFile::read_phones() {
  const std::vector<Reader> sections = document_.all("phone");
  if (sections.size() > routing::kMostPhones) {
    problems_.error(sections[routing::kMostPhones].at(),
                    std::to_string(sections.size()) + " phones; a hotline has at most " +
                        std::to_string(routing::kMostPhones) + ", and this is one more");
  } else if (hotline_->package && sections.size() > hotline_->package->phones_included) {
    const std::size_t included = hotline_->package->phones_included;
    problems_.warning(sections[included].at(), std::to_string(sections.size()) +
                                                   " phones; package " +
                                                   in_quotes(hotline_->package->name) +
                                                   " includes " + std::to_string(included));
  }
  for (const Reader& section : sections) {
    auto phone = read_phone(section);
    if (const auto name = section_name(section, problems_)) {
      phone->name = name->value;
      phone->key = hotline_->number + "/" + name->value;
      phones_.add(*name, phone.get(), problems_);
    }
    hotline_->phones.push_back(std::move(phone));
  }
}

}  // namespace hotline::config
