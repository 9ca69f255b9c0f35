// The phones of a hotline.

#include <array>
#include <utility>

#include "config/hotline_file.h"
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

}  // namespace

std::optional<routing::PhoneAddress> HotlineFile::read_trunk_number(const Reader& section) {
  const auto number = section.text("number");
  const auto trunk_name = section.text("trunk");
  if (!section.has("number") || !section.has("trunk")) {
    problems_.error(section.at(), "[[phone]] needs number and trunk, or a uri");
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

std::optional<routing::PhoneAddress> HotlineFile::read_address(const Reader& section) {
  if (!section.has("uri")) return read_trunk_number(section);
  for (const std::string_view other : {"number", "trunk"}) {
    if (section.has(other)) {
      problems_.error(section.at(other), std::string(other) + ": a phone with a uri has none");
    }
  }
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
    const auto* behind = std::get_if<routing::TrunkNumber>(&phone->address);
    phone->line_key = behind ? behind->trunk + "/" + behind->number
                             : std::get<routing::PhoneUri>(phone->address).uri;
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
