// The two codecs that hotlined speaks, G.711's A-law and mu-law: one byte a sample, 8,000 samples a
// second. Pure; used where prompts and tones are made and where recordings are written, on any
// thread.
// Source: ITU-T G.711; RFC 3551 section 4.5.14 (PCMA, PCMU).
#pragma once

#include <cstddef>
#include <cstdint>

namespace hotline::media {

enum class G711 : std::uint8_t { pcma, pcmu };

// Their payload types (RFC 3551 §6).
inline constexpr std::uint8_t kPcmu = 0;
inline constexpr std::uint8_t kPcma = 8;

inline constexpr int kSamplesPerSecond = 8000;
// 20 ms: what one RTP packet carries.
inline constexpr std::size_t kFrameBytes = 160;

// Of a sample of 16 bits. Values between two steps fall towards zero.
std::uint8_t to_pcma(std::int16_t sample);
std::uint8_t to_pcmu(std::int16_t sample);
// Of 16 bits, the middle of the step.
std::int16_t from_g711(G711 codec, std::uint8_t code);

}  // namespace hotline::media
