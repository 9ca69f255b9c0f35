#include "media/rtcp.h"

namespace hotline::media {
namespace {

constexpr std::uint8_t kSenderReport = 200;
constexpr std::uint8_t kReceiverReport = 201;
constexpr std::uint8_t kDescription = 202;
constexpr std::uint8_t kBye = 203;
constexpr std::uint8_t kTransportFeedback = 205;
constexpr std::uint8_t kPayloadFeedback = 206;
constexpr std::size_t kHeadBytes = 8;  // of every packet here: its head and the SSRC of its sender
constexpr std::size_t kSenderInfoBytes = 20;
constexpr std::size_t kBlockBytes = 24;

// One packet of a compound, whole.
struct Part {
  std::span<std::uint8_t> bytes;
  std::uint8_t type = 0;
  std::size_t count = 0;
};

// How long the part at the beginning is; 0 where none fits.
std::size_t part_bytes(std::span<const std::uint8_t> rest) {
  if (rest.size() < 4 || (rest[0] & 0xc0) != 0x80 || !is_rtcp(rest)) return 0;
  const std::size_t bytes = 4 * (std::size_t{read_u16(rest.data() + 2)} + 1);
  return bytes <= rest.size() ? bytes : 0;
}

Part first_part(std::span<std::uint8_t> rest) {
  const std::size_t bytes = part_bytes(rest);
  if (bytes == 0) return {};
  return {rest.first(bytes), rest[1], static_cast<std::size_t>(rest[0] & 0x1f)};
}

// Report blocks about our stream towards this peer become reports about who sends it.
void rewrite_blocks(std::span<std::uint8_t> blocks, const OutStream& reported) {
  for (std::size_t at = 0; at < blocks.size(); at += kBlockBytes) {
    std::uint8_t* block = blocks.data() + at;
    if (!reported.has_begun() || read_u32(block) != reported.ssrc()) continue;
    write_u32(block, reported.sender().ssrc);
    write_u32(block + 8, reported.sequence_in(read_u32(block + 8)));
  }
}

bool rewrite_report(const Part& part, std::uint64_t who, const OutStream& heard,
                    const OutStream& reported) {
  std::size_t blocks_at = kHeadBytes;
  if (part.type == kSenderReport) {
    blocks_at += kSenderInfoBytes;
    if (part.bytes.size() < blocks_at) return false;
    if (heard.sender() != Sender{who, read_u32(part.bytes.data() + 4)}) return false;
    std::uint8_t* info = part.bytes.data() + kHeadBytes;
    write_u32(info + 8, heard.timestamp_out(read_u32(info + 8)));
    write_u32(info + 12, heard.packets());
    write_u32(info + 16, heard.octets());
  }
  if (part.bytes.size() < blocks_at + part.count * kBlockBytes) return false;
  rewrite_blocks(part.bytes.subspan(blocks_at, part.count * kBlockBytes), reported);
  return true;
}

bool rewrite_part(const Part& part, std::uint64_t who, const OutStream& heard,
                  const OutStream& reported) {
  // A description of nobody has no SSRC.
  if (part.type == kDescription && part.count == 0) return true;
  if (part.bytes.size() < kHeadBytes) return false;
  if (part.type == kSenderReport || part.type == kReceiverReport) {
    if (!rewrite_report(part, who, heard, reported)) return false;
  }
  if (part.type == kTransportFeedback || part.type == kPayloadFeedback) {
    if (part.bytes.size() < kHeadBytes + 4) return false;
    if (reported.has_begun() && read_u32(part.bytes.data() + kHeadBytes) == reported.ssrc()) {
      write_u32(part.bytes.data() + kHeadBytes, reported.sender().ssrc);
    }
  }
  write_u32(part.bytes.data() + 4, heard.ssrc());
  return true;
}

}  // namespace

bool is_whole_rtcp(std::span<const std::uint8_t> packet) {
  if (packet.empty() || packet.size() > kMostPacketBytes) return false;
  while (!packet.empty()) {
    const std::size_t bytes = part_bytes(packet);
    if (bytes == 0) return false;
    packet = packet.subspan(bytes);
  }
  return true;
}

std::size_t rewrite_rtcp(std::span<std::uint8_t> packet, std::uint64_t who, const OutStream& heard,
                         const OutStream& reported) {
  if (packet.size() > kMostPacketBytes) return 0;
  std::size_t at = 0;
  while (at < packet.size()) {
    const Part part = first_part(packet.subspan(at));
    if (part.bytes.empty()) return 0;
    if (part.type == kBye) break;
    if (!rewrite_part(part, who, heard, reported)) return 0;
    at += part.bytes.size();
  }
  return at;
}

}  // namespace hotline::media
