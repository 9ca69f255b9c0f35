#include "server/vitals.h"

#include <numeric>

#include <prometheus/text_serializer.h>

namespace hotline::server {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;
using Labels = std::vector<ClientMetric::Label>;

double seconds(Timing::Took took) { return std::chrono::duration<double>(took).count(); }

// One family after the other, as they are added.
class Families {
 public:
  void gauge(const char* name, const char* help) { add(name, help, MetricType::Gauge); }
  void counter(const char* name, const char* help) { add(name, help, MetricType::Counter); }
  // Of the family that was added last.
  void value(std::uint64_t count, Labels labels = {}) {
    value(static_cast<double>(count), std::move(labels));
  }
  void value(double number, Labels labels = {}) {
    ClientMetric metric;
    metric.label = std::move(labels);
    metric.gauge.value = metric.counter.value = number;
    families_.back().metric.push_back(std::move(metric));
  }
  void gauge(const char* name, const char* help, std::uint64_t count) {
    gauge(name, help);
    value(count);
  }
  void counter(const char* name, const char* help, std::uint64_t count) {
    counter(name, help);
    value(count);
  }
  void histogram(const char* name, const char* help, const Timing& counts) {
    add(name, help, MetricType::Histogram);
    ClientMetric metric;
    std::uint64_t so_far = 0;
    for (std::size_t i = 0; i < Timing::kBounds.size(); ++i) {
      so_far += counts.each[i];
      metric.histogram.bucket.push_back({so_far, seconds(Timing::kBounds[i])});
    }
    metric.histogram.sample_count = so_far + counts.each.back();
    metric.histogram.sample_sum = seconds(counts.sum);
    families_.back().metric.push_back(std::move(metric));
  }

  std::string text() const { return prometheus::TextSerializer().Serializer::Serialize(families_); }

 private:
  void add(const char* name, const char* help, MetricType type) {
    families_.push_back({std::string("hotline_") + name, help, type, {}});
  }

  std::vector<MetricFamily> families_;
};

void write_calls(Families& families, const Vitals& vitals) {
  families.gauge("calls", "Live calls, by state");
  for (const auto& [state, count] : vitals.calls) families.value(count, {{"state", state}});
  families.gauge("calls_adopted", "Live calls that outlived a former process", vitals.adopted);
  families.counter("calls_ended_total", "Calls that are over, by cause and whether answered");
  for (const auto& [result, count] : vitals.ended) {
    families.value(count, {{"cause", std::string(result.cause)},
                           {"answered", result.is_answered ? "yes" : "no"}});
  }
  families.gauge("queue_waiting", "Callers who wait, by queue");
  for (const auto& [queue, count] : vitals.waiting) {
    families.value(std::uint64_t{count}, {{"queue", queue}});
  }
  families.histogram("ring_delay_seconds", "From the caller's INVITE until a phone rings",
                     vitals.until_ring);
  families.histogram("answer_delay_seconds", "From the caller's INVITE until its answer",
                     vitals.until_answer);
  families.gauge("reserved_yuan", "Money reserved for live calls, of all accounts");
  families.value(static_cast<double>(vitals.reserved.li()) / 1000);
}

void write_signalling(Families& families, const Vitals& vitals) {
  families.gauge("trunk_up", "Whether a trunk has a gateway that is up");
  for (const auto& trunk : vitals.trunks) {
    families.value(std::uint64_t{trunk.is_up}, {{"trunk", trunk.name}});
  }
  families.gauge("trunk_calls", "Calls on a trunk, either way");
  for (const auto& trunk : vitals.trunks) families.value(trunk.calls, {{"trunk", trunk.name}});
  families.gauge("gateway_up", "Whether a gateway is up");
  for (const auto& trunk : vitals.trunks) {
    for (const auto& gateway : trunk.gateways) {
      families.value(std::uint64_t{gateway.is_up},
                     {{"trunk", trunk.name}, {"gateway", gateway.address}});
    }
  }
  families.counter("strangers_total", "Datagrams from addresses that no configuration names",
                   vitals.strangers);
  families.counter("malformed_total", "Messages refused for what is in them", vitals.malformed);
  families.counter("strays_total", "Messages that belong to no live leg", vitals.strays);
  families.counter("turned_away_total",
                   "New calls answered 503 unread, for more came than can be done",
                   vitals.turned_away);
  families.counter("rings_total", "INVITEs to phones, every gateway counted", vitals.rings);
  families.gauge("legs", "Dialogs that wait for something", vitals.legs);
  families.gauge("blocked_callers", "Callers who are refused for a while", vitals.blocked_callers);
  families.gauge("registered_phones", "Phones that have registered", vitals.registered);
  families.counter("bans_total", "Addresses shut out for guessing passwords", vitals.bans);
  families.counter("sent_away_total", "Connections ended, for there was no descriptor",
                   vitals.sent_away);
}

void write_audio(Families& families, const Vitals& vitals) {
  families.gauge("audio_legs", "Legs whose audio is relayed", vitals.audio_legs);
  families.gauge("audio_port_pairs", "Pairs of ports there are", vitals.audio_pairs);
  families.counter("audio_ports_exhausted_total", "Times a leg found no free pair",
                   vitals.audio_exhausted);
  families.counter("audio_out_of_descriptors_total", "Calls for whose audio no descriptor was left",
                   vitals.out_of_descriptors);
  const media::Traffic& rtp = vitals.rtp;
  families.counter("rtp_packets_total", "RTP packets, by direction");
  families.value(rtp.packets_in, {{"direction", "in"}});
  families.value(rtp.packets_out, {{"direction", "out"}});
  families.counter("rtp_lost_total", "RTP packets of callers and phones that never came", rtp.lost);
  families.counter("rtp_dropped_total", "RTP packets that were dropped, by reason");
  families.value(rtp.foreign, {{"reason", "foreign"}});
  families.value(rtp.malformed, {{"reason", "malformed"}});
  families.value(rtp.looped, {{"reason", "looped"}});
  families.value(rtp.unsent, {{"reason", "unsent"}});
}

void write_machine(Families& families, const Vitals& vitals) {
  families.histogram("loop_delay_seconds", "How late the call thread does what it is given",
                     vitals.loop_delay);
  families.gauge("store_up", "Whether the database can be written",
                 std::uint64_t{vitals.store_is_well});
  families.gauge("store_waiting", "Requests that are not durable yet", vitals.store_waiting);
  families.histogram("store_commit_seconds", "A transaction, with its sync", vitals.commit);
  families.gauge("resident_bytes", "Memory of the process", vitals.resident_bytes);
}

}  // namespace

std::string to_prometheus(const Vitals& vitals) {
  Families families;
  families.gauge("build_info", "Which version runs");
  families.value(std::uint64_t{1}, {{"version", vitals.version}});
  families.gauge("ready", "Whether new calls are taken", std::uint64_t{vitals.not_ready.empty()});
  write_calls(families, vitals);
  write_signalling(families, vitals);
  write_audio(families, vitals);
  write_machine(families, vitals);
  return families.text();
}

}  // namespace hotline::server
