// All recordings that are written now: what the feed brings goes into their files; of one that is
// over the file is finished and hashed, a piece at a time between two looks at the feed, and told.
// One that fails is told at once, and again at its end, with what there is of it.
// Thread: the recordings' writer.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>

#include "media/recording_feed.h"
#include "media/recording_file.h"
#include "media/recording_timeline.h"

namespace hotline::media {

class RecordingWriter {
 public:
  struct Tell {
    // Something went wrong for the first time: its error says what.
    std::function<void(RecordingId, const RecordingResult&)> failed;
    // The end.
    std::function<void(RecordingId, const RecordingResult&)> recorded;
  };

  RecordingWriter(RecordingFeed& feed, Tell tell);

  // Writes what has come, and does a piece of what else there is.
  // Returns: whether more is left to do.
  bool work();

 private:
  struct Live {
    RecordingResult result;
    std::optional<RecordingFile> file;  // none: it could not be made
    RecordingTimeline timeline;
  };
  // One that is over.
  struct Over {
    RecordingId id = RecordingId::none;
    RecordingResult result;
    RecordingFile file;
    bool is_finished = false;
  };

  void begin(RecordingBegun begun);
  void end(const RecordingEnded& ended);
  void put(RecordingId id, const RecordedPacket& packet);
  RecordingTimeline::Sink into(RecordingId id, Live& live);
  void fail(RecordingId id, RecordingResult& result, const std::string& error);
  // Returns: whether there is more of it to do.
  bool go_on_with(Over& over);

  RecordingFeed& feed_;
  Tell tell_;
  RecordingFeed::Reader reader_;
  std::unordered_map<std::uint32_t, Live> live_;
  std::deque<Over> over_;
};

}  // namespace hotline::media
