#include "ctl/progress.h"

#include <algorithm>

#include "ctl/text.h"

namespace hotline::ctl {
namespace {

constexpr int kWidth = 25;

}  // namespace

Progress::~Progress() {
  constexpr const char* kClearLine = "\r\x1b[K";
  if (percent_ >= 0) out_ << kClearLine << std::flush;
}

void Progress::show(std::size_t done, std::size_t whole) {
  if (!is_terminal_ || whole == 0) return;
  const int percent = static_cast<int>(100.0 * static_cast<double>(std::min(done, whole)) /
                                       static_cast<double>(whole));
  if (percent == percent_) return;
  percent_ = percent;
  const int filled = kWidth * percent / 100;
  const std::string number = std::to_string(percent);
  out_ << '\r' << printable(what_) << "  [" << std::string(static_cast<std::size_t>(filled), '#')
       << std::string(static_cast<std::size_t>(kWidth - filled), '-') << "] "
       << std::string(3 - number.size(), ' ') << number << " %" << std::flush;
}

}  // namespace hotline::ctl
