#include "media/recording_feed.h"

#include <array>
#include <cstring>
#include <type_traits>
#include <utility>

namespace hotline::media {
namespace {

enum class Kind : std::uint8_t { packet, order };

// What stands in the ring in front of a payload; or, without one, where an order is.
struct Head {
  Kind kind = Kind::packet;
  RecordingSide side = RecordingSide::caller;
  G711 codec = G711::pcma;
  RecordingId id = RecordingId::none;
  std::uint32_t ssrc = 0;
  std::uint32_t timestamp = 0;
  MediaTime at{};
  RecordingOrder* order = nullptr;  // the reader's, once it has read this
};
static_assert(std::is_trivially_copyable_v<Head>);

std::span<const std::uint8_t> bytes_of(const Head& head) {
  return {reinterpret_cast<const std::uint8_t*>(&head), sizeof head};
}

}  // namespace

RecordingFeed::~RecordingFeed() {
  read({[](RecordingId, const RecordedPacket&) {}, [](const RecordingOrder&) {}});
}

bool RecordingFeed::take(RecordingId id, RecordingSide side, const RtpHeader& header,
                         std::span<const std::uint8_t> payload, MediaTime at) {
  // A packet must not overtake the order that its recording begins.
  if (has_orders()) return false;
  Head head;
  head.side = side;
  head.codec = header.payload_type == kPcma ? G711::pcma : G711::pcmu;
  head.id = id;
  head.ssrc = header.ssrc;
  head.timestamp = header.timestamp;
  head.at = at;
  return ring_.push(bytes_of(head), payload);
}

void RecordingFeed::order(RecordingOrder order) {
  waiting_.push_back(std::move(order));
  flush();
}

void RecordingFeed::flush() {
  while (!waiting_.empty() && push(waiting_.front())) waiting_.pop_front();
  if (!ring_.is_empty()) wake();
}

bool RecordingFeed::push(RecordingOrder& order) {
  auto given = std::make_unique<RecordingOrder>(std::move(order));
  Head head;
  head.kind = Kind::order;
  head.order = given.get();
  if (!ring_.push(bytes_of(head), {})) {
    order = std::move(*given);
    return false;
  }
  given.release();
  return true;
}

void RecordingFeed::read(const Reader& reader) {
  for (auto record = ring_.front(); !record.empty(); record = ring_.front()) {
    Head head;
    std::memcpy(&head, record.data(), sizeof head);
    if (head.kind == Kind::order) {
      const std::unique_ptr<RecordingOrder> order(head.order);
      reader.order(std::move(*order));
    } else {
      reader.packet(head.id, {head.side, head.codec, head.ssrc, head.timestamp, head.at,
                              record.subspan(sizeof head)});
    }
    ring_.pop();
  }
}

void RecordingFeed::wake() {
  if (!is_woken_.exchange(true, std::memory_order_acq_rel)) is_woken_.notify_one();
}

void RecordingFeed::wait() {
  is_woken_.wait(false, std::memory_order_acquire);
  // Not a mere store: what was pushed before a wake() that this one undoes has to be seen.
  is_woken_.exchange(false, std::memory_order_acq_rel);
}

}  // namespace hotline::media
