// A file that appears under its name when it is whole, and not at all before.
#pragma once

#include <fstream>
#include <string>

namespace hotline::ctl {

class NewFile {
 public:
  // Begins a file beside `path`, readable by its owner alone: records are personal data. An empty
  // path begins none; neither does one of what is no file, a device or a pipe.
  explicit NewFile(const std::string& path);
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  ~NewFile();  // removes what was not kept

  // False where the file could not be made.
  bool is_open() const { return path_.empty() || stream_.is_open(); }
  std::ostream& stream() { return stream_; }
  // Where it is written until it is kept, for who writes it otherwise; empty where none was begun.
  const std::string& draft() const { return draft_; }
  // Makes what was written durable. Returns: false where that, or any writing before, failed.
  bool sync();
  // Makes it durable and gives it its name.
  // Returns: false where that failed.
  bool keep();
  // Removes what was kept.
  void take_back();

 private:
  std::string path_;
  std::string draft_;
  std::ofstream stream_;
};

}  // namespace hotline::ctl
