#include "hotline/billing/reversal.h"

#include <charconv>
#include <string_view>

namespace hotline::billing {
namespace {

constexpr std::string_view kReverses = "reverses ";
constexpr std::size_t kLongestReference = 128;  // bytes: fits however the characters are counted
constexpr std::string_view kCallId = "call:";   // ids of charges begin so, those of others
                                                // with their kind
std::string_view first_word(std::string_view id) { return id.substr(0, id.find(':')); }

}  // namespace

std::string reversal_reference(const Booked& booked) {
  const LedgerEntry& entry = booked.entry;
  std::string reference = std::string(kReverses) + entry.id;
  if (reference.size() <= kLongestReference) return reference;
  return std::string(kReverses) + std::string(to_string(entry.kind)) + ":#" +
         std::to_string(booked.seq);
}

std::optional<EntryKind> reversed_kind(const LedgerEntry& entry) {
  std::string_view text = entry.reference;
  if (entry.kind != EntryKind::adjustment || !text.starts_with(kReverses)) return std::nullopt;
  text.remove_prefix(kReverses.size());
  if (text.starts_with(kCallId)) return EntryKind::call_charge;
  return entry_kind_from_string(first_word(text));
}

EntryKind counted_kind(const LedgerEntry& entry) {
  return reversed_kind(entry).value_or(entry.kind);
}

Month statement_month(const LedgerEntry& entry) {
  const Month by_time = month_of(entry.at);
  if (entry.kind != EntryKind::month_minimum) return by_time;
  Month closed = 0;
  const std::string& text = entry.reference;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), closed);
  return error == std::errc{} && end == text.data() + text.size() ? closed : by_time;
}

}  // namespace hotline::billing
