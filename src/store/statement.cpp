#include "store/statement.h"

namespace hotline::store {

Run& Run::text(const std::string& text) {
  statement_.bindNoCopy(next_++, text);
  return *this;
}

Run& Run::blob(const std::string& bytes) {
  statement_.bindNoCopy(next_++, bytes.data(), static_cast<int>(bytes.size()));
  return *this;
}

Run& Run::word(std::string_view word) {
  statement_.bind(next_++, std::string(word));
  return *this;
}

Run& Run::number(std::int64_t number) {
  statement_.bind(next_++, number);
  return *this;
}

Run& Run::null() {
  statement_.bind(next_++);
  return *this;
}

std::optional<WallTime> Row::optional_time() {
  if (!next_is_null()) return time();
  ++next_;
  return std::nullopt;
}

}  // namespace hotline::store
