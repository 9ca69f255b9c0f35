#include "media/frame_ring.h"

#include <bit>
#include <cstring>

#include "hotline/base/contract.h"

namespace hotline::media {
namespace {

// In front of each record stands its length. A record lies in one piece: where the end is too near
// for it, this stands there instead.
using Length = std::uint64_t;
constexpr Length kGoToBegin = ~Length{0};

constexpr std::size_t whole(std::size_t bytes) {
  return sizeof(Length) + (bytes + sizeof(Length) - 1) / sizeof(Length) * sizeof(Length);
}

void write_length(std::uint8_t* at, Length length) { std::memcpy(at, &length, sizeof length); }

Length read_length(const std::uint8_t* at) {
  Length length = 0;
  std::memcpy(&length, at, sizeof length);
  return length;
}

}  // namespace

FrameRing::FrameRing(std::size_t bytes)
    : size_(bytes), bytes_(std::make_unique_for_overwrite<std::uint8_t[]>(bytes)) {
  HOTLINE_EXPECT(std::has_single_bit(bytes) && bytes >= 64);
}

bool FrameRing::push(std::span<const std::uint8_t> head, std::span<const std::uint8_t> body) {
  std::uint64_t position = written_.load(std::memory_order_relaxed);
  const std::size_t needed = whole(head.size() + body.size());
  const std::size_t to_end = size_ - (position & (size_ - 1));
  const std::size_t skipped = to_end < needed ? to_end : 0;
  const auto has_room = [&] { return position + skipped + needed - seen_read_ <= size_; };
  if (!has_room()) {
    seen_read_ = read_.load(std::memory_order_acquire);
    if (!has_room()) return false;
  }
  if (skipped > 0) {
    write_length(at(position), kGoToBegin);
    position += skipped;
  }
  std::uint8_t* to = at(position);
  write_length(to, head.size() + body.size());
  to += sizeof(Length);
  std::memcpy(to, head.data(), head.size());
  if (!body.empty()) std::memcpy(to + head.size(), body.data(), body.size());
  written_.store(position + needed, std::memory_order_release);
  return true;
}

std::span<const std::uint8_t> FrameRing::front() {
  std::uint64_t position = read_.load(std::memory_order_relaxed);
  if (position == written_.load(std::memory_order_acquire)) return {};
  Length length = read_length(at(position));
  if (length == kGoToBegin) {
    position += size_ - (position & (size_ - 1));
    read_.store(position, std::memory_order_release);
    length = read_length(at(position));
  }
  return {at(position) + sizeof(Length), length};
}

void FrameRing::pop() {
  const std::uint64_t position = read_.load(std::memory_order_relaxed);
  const std::size_t needed = whole(read_length(at(position)));
  read_.store(position + needed, std::memory_order_release);
}

bool FrameRing::is_empty() const {
  return read_.load(std::memory_order_acquire) == written_.load(std::memory_order_acquire);
}

}  // namespace hotline::media
