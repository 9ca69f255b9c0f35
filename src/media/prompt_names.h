// The prompts that hotlined plays by itself. Each is the file prompts/NAME.wav of the configuration
// directory; what they say stands in config/prompts/README.md. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace hotline::media {

namespace prompt {

// Whole sentences.
inline constexpr std::string_view all_busy = "all_busy";
inline constexpr std::string_view balance_exhausted = "balance_exhausted";
inline constexpr std::string_view blocked = "blocked";
inline constexpr std::string_view closed = "closed";
inline constexpr std::string_view goodbye = "goodbye";
inline constexpr std::string_view invalid_key = "invalid_key";
inline constexpr std::string_view menu = "menu";
inline constexpr std::string_view no_answer = "no_answer";
inline constexpr std::string_view press_1_to_accept = "press_1_to_accept";
inline constexpr std::string_view queue_next = "queue_next";
inline constexpr std::string_view queue_wait = "queue_wait";
inline constexpr std::string_view recorded_notice = "recorded_notice";
inline constexpr std::string_view survey = "survey";
inline constexpr std::string_view survey_thanks = "survey_thanks";
inline constexpr std::string_view suspended = "suspended";
inline constexpr std::string_view voicemail = "voicemail";
inline constexpr std::string_view wait_short = "wait_short";
inline constexpr std::string_view whisper = "whisper";

// Pieces of sentences (media/spoken.h).
inline constexpr std::string_view people = "piece/people";            // 位
inline constexpr std::string_view minutes = "piece/minutes";          // 分钟
inline constexpr std::string_view queue_ahead = "piece/queue_ahead";  // 您前面还有
inline constexpr std::string_view wait_about = "piece/wait_about";    // 预计还需等待

// Pieces of numbers.
inline constexpr std::string_view digit[] = {"number/0", "number/1", "number/2", "number/3",
                                             "number/4", "number/5", "number/6", "number/7",
                                             "number/8", "number/9"};  // 零 … 九
inline constexpr std::string_view liang = "number/liang";              // 两
inline constexpr std::string_view yao = "number/yao";                  // 幺
inline constexpr std::string_view shi = "number/shi";                  // 十
inline constexpr std::string_view bai = "number/bai";                  // 百
inline constexpr std::string_view qian = "number/qian";                // 千
inline constexpr std::string_view wan = "number/wan";                  // 万

// Music to be repeated: the default ringback.
inline constexpr std::string_view music = "default";

}  // namespace prompt

// All of the above.
std::span<const std::string_view> all_prompts();

// Its file in the configuration directory, as a key of the configuration would name it.
std::string prompt_file(std::string_view name);

}  // namespace hotline::media
