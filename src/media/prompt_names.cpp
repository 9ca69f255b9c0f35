#include "media/prompt_names.h"

namespace hotline::media {

std::span<const std::string_view> all_prompts() {
  static constexpr std::string_view kAll[] = {
      prompt::all_busy,
      prompt::balance_exhausted,
      prompt::blocked,
      prompt::closed,
      prompt::goodbye,
      prompt::invalid_key,
      prompt::menu,
      prompt::no_answer,
      prompt::press_1_to_accept,
      prompt::queue_next,
      prompt::queue_wait,
      prompt::recorded_notice,
      prompt::survey,
      prompt::survey_thanks,
      prompt::suspended,
      prompt::voicemail,
      prompt::wait_short,
      prompt::whisper,
      prompt::people,
      prompt::minutes,
      prompt::queue_ahead,
      prompt::wait_about,
      prompt::digit[0],
      prompt::digit[1],
      prompt::digit[2],
      prompt::digit[3],
      prompt::digit[4],
      prompt::digit[5],
      prompt::digit[6],
      prompt::digit[7],
      prompt::digit[8],
      prompt::digit[9],
      prompt::liang,
      prompt::yao,
      prompt::shi,
      prompt::bai,
      prompt::qian,
      prompt::wan,
      prompt::music,
  };
  return kAll;
}

std::string prompt_file(std::string_view name) { return "prompts/" + std::string(name) + ".wav"; }

}  // namespace hotline::media
