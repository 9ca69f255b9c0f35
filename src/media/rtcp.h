// RTCP of one leg's peer, made to fit the stream that the other leg hears: its reports speak of the
// SSRC, timestamps and counts that went out, and what they say about our stream is put in the terms
// of who sends it. Pure. Thread: media.
//
// Not passed on: what does not parse; a sender report of another SSRC than is heard now; a BYE and
// what follows it, for the stream goes on when its sender leaves.
// Source: RFC 3550 §6; RFC 4585 §6.1 and RFC 3611 §2 begin like a receiver report.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "media/out_stream.h"

namespace hotline::media {

// Is it RTCP from its begin to its end, so far as its heads say?
bool is_whole_rtcp(std::span<const std::uint8_t> packet);

// Changes the packet where it lies. `heard` is the stream the receiver hears, `who` whose packet
// this is, `reported` the stream towards that one, which its report blocks are about.
// Returns: how many bytes of it go on, 0 for none.
std::size_t rewrite_rtcp(std::span<std::uint8_t> packet, std::uint64_t who, const OutStream& heard,
                         const OutStream& reported);

}  // namespace hotline::media
