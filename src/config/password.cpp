#include "config/password.h"

#include "config/values.h"

namespace hotline::config {

std::string read_password(const Text& file, Folder& folder, FileProblems& problems) {
  constexpr std::size_t most = 256;
  const auto complain = [&](const std::string& what) {
    problems.error(file.at, "password_file: " + in_quotes(file.value) + " " + what);
    return std::string();
  };
  const auto text = folder.read_secret(file.value, kMostToml);
  if (!text) return complain(text.error());
  if (!folder.is_private(file.value)) return complain("may be read by others; chmod 600");
  std::string_view line = text->substr(0, text->find('\n'));
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line.empty()) return complain("begins with an empty line, not a password");
  if (line.size() > most) return complain("has a password of more than 256 bytes");
  return std::string(line);
}

}  // namespace hotline::config
