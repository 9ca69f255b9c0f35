#include "media/recording_writer.h"

#include <utility>

namespace hotline::media {
namespace {

// Read at once for a hash: some milliseconds, so that no packets are missed meanwhile.
constexpr std::size_t kHashedAtOnce = 1U << 20;

std::uint32_t number(RecordingId id) { return static_cast<std::uint32_t>(id); }

}  // namespace

RecordingWriter::RecordingWriter(RecordingFeed& feed, Tell tell)
    : feed_(feed), tell_(std::move(tell)) {
  reader_.packet = [this](RecordingId id, const RecordedPacket& packet) { put(id, packet); };
  reader_.order = [this](RecordingOrder order) {
    if (auto* begun = std::get_if<RecordingBegun>(&order)) {
      begin(std::move(*begun));
    } else {
      end(std::get<RecordingEnded>(order));
    }
  };
}

bool RecordingWriter::work() {
  feed_.read(reader_);
  if (over_.empty()) return false;
  if (!go_on_with(over_.front())) {
    tell_.recorded(over_.front().id, over_.front().result);
    over_.pop_front();
  }
  return !over_.empty();
}

void RecordingWriter::begin(RecordingBegun begun) {
  Live live{{}, std::nullopt, RecordingTimeline(begun.channels, begun.at)};
  live.result.path = begun.start.path;
  live.result.label = begun.start.label;
  auto file = RecordingFile::create(begun.start, begun.channels);
  if (file) {
    live.file.emplace(std::move(*file));
  } else {
    fail(begun.id, live.result, file.error());
  }
  live_.emplace(number(begun.id), std::move(live));
}

void RecordingWriter::fail(RecordingId id, RecordingResult& result, const std::string& error) {
  if (!result.error.empty()) return;
  result.error = error;
  tell_.failed(id, result);
}

RecordingTimeline::Sink RecordingWriter::into(RecordingId id, Live& live) {
  return [this, id, &live](std::span<const std::int16_t> samples) {
    if (!live.result.error.empty()) return;
    if (auto written = live.file->append(samples); !written) fail(id, live.result, written.error());
  };
}

void RecordingWriter::put(RecordingId id, const RecordedPacket& packet) {
  const auto found = live_.find(number(id));
  if (found == live_.end() || !found->second.result.error.empty()) return;
  found->second.timeline.put(packet, into(id, found->second));
}

void RecordingWriter::end(const RecordingEnded& ended) {
  const auto found = live_.find(number(ended.id));
  if (found == live_.end()) return;
  Live live = std::move(found->second);
  live_.erase(found);
  if (live.result.error.empty()) live.timeline.end(ended.at, into(ended.id, live));
  live.result.dropped = ended.dropped;
  if (!live.file) return tell_.recorded(ended.id, live.result);
  live.result.duration = live.file->duration();
  live.result.bytes = live.file->bytes();
  over_.push_back(Over{ended.id, std::move(live.result), std::move(*live.file)});
}

bool RecordingWriter::go_on_with(Over& over) {
  RecordingResult& result = over.result;
  if (!std::exchange(over.is_finished, true)) {
    const auto finished = over.file.finish();
    if (finished) return true;
    fail(over.id, result, finished.error());
    result.bytes = 0;
    return false;
  }
  auto hash = over.file.hash_some(kHashedAtOnce);
  if (!hash) return true;
  result.sha256 = std::move(*hash);
  if (result.sha256.empty()) fail(over.id, result, result.path.string() + ": cannot be read again");
  return false;
}

}  // namespace hotline::media
