#include "media/statistics.h"

namespace hotline::media {

void Traffic::add(const LegStatistics& leg) {
  packets_in += leg.packets_in;
  packets_out += leg.packets_out;
  lost += leg.lost;
  foreign += leg.foreign;
  malformed += leg.malformed;
  looped += leg.looped;
  unsent += leg.unsent;
}

LegStatistics LegCounters::read() const {
  return LegStatistics{.packets_in = packets_in.get(),
                       .bytes_in = bytes_in.get(),
                       .packets_out = packets_out.get(),
                       .bytes_out = bytes_out.get(),
                       .rtcp_in = rtcp_in.get(),
                       .rtcp_out = rtcp_out.get(),
                       .foreign = foreign.get(),
                       .malformed = malformed.get(),
                       .looped = looped.get(),
                       .digits_dropped = digits_dropped.get(),
                       .unsent = unsent.get(),
                       .lost = lost.get(),
                       .jitter = jitter.get(),
                       .last_packet = Instant(Milliseconds(last_packet_ms.get()))};
}

}  // namespace hotline::media
