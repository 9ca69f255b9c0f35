#include "media/recording_file.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <limits>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "media/g711.h"

namespace hotline::media {
namespace {

namespace fs = std::filesystem;

using Failure = tl::unexpected<std::string>;

// Samples are written as they lie in memory.
static_assert(std::endian::native == std::endian::little);

constexpr std::size_t kHeaderBytes = 44;
constexpr std::size_t kSampleBytes = sizeof(std::int16_t);
// The header counts with 32 bits; a day and a half in stereo.
constexpr std::uint64_t kMostDataBytes =
    std::numeric_limits<std::uint32_t>::max() - kHeaderBytes - kSampleBytes;
// How much may be missing in the header of a file whose writer was killed: some seconds.
constexpr std::uint64_t kHeaderEvery = 160'000;

using Header = std::array<std::uint8_t, kHeaderBytes>;

void put_word(Header& header, std::size_t at, const char* word) {
  std::memcpy(header.data() + at, word, 4);
}

template <class Number>
void put_number(Header& header, std::size_t at, Number number) {
  std::memcpy(header.data() + at, &number, sizeof number);
}

// Source: Microsoft, "Multimedia Programming Interface and Data Specifications 1.0": RIFF, WAVE.
Header header_of(std::size_t channels, std::uint64_t data_bytes) {
  Header header{};
  const auto frame = static_cast<std::uint16_t>(channels * kSampleBytes);
  put_word(header, 0, "RIFF");
  put_number(header, 4, static_cast<std::uint32_t>(kHeaderBytes - 8 + data_bytes));
  put_word(header, 8, "WAVE");
  put_word(header, 12, "fmt ");
  put_number(header, 16, std::uint32_t{16});
  put_number(header, 20, std::uint16_t{1});  // plain samples
  put_number(header, 22, static_cast<std::uint16_t>(channels));
  put_number(header, 24, std::uint32_t{kSamplesPerSecond});
  put_number(header, 28, std::uint32_t{kSamplesPerSecond} * frame);
  put_number(header, 32, frame);
  put_number(header, 34, std::uint16_t{8 * kSampleBytes});
  put_word(header, 36, "data");
  put_number(header, 40, static_cast<std::uint32_t>(data_bytes));
  return header;
}

fs::path part_of(const fs::path& path) { return fs::path(path) += kPartSuffix; }

Failure failure(const fs::path& path, const std::string& what, int error) {
  return Failure(path.string() + ": " + what + ": " + std::generic_category().message(error));
}

// Returns: 0 or an errno.
int write_all(int descriptor, std::span<const std::uint8_t> bytes, std::uint64_t at) {
  while (!bytes.empty()) {
    const ssize_t wrote = ::pwrite(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(at));
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return errno;
    if (wrote == 0) return ENOSPC;
    bytes = bytes.subspan(static_cast<std::size_t>(wrote));
    at += static_cast<std::uint64_t>(wrote);
  }
  return 0;
}

tl::expected<void, std::string> check_room(const fs::path& path, int descriptor,
                                           std::uint64_t least_free_bytes) {
  if (least_free_bytes == 0) return {};
  struct statvfs disk {};
  if (::fstatvfs(descriptor, &disk) != 0) return failure(path, "cannot be written", errno);
  const std::uint64_t free = std::uint64_t{disk.f_bavail} * disk.f_frsize;
  if (free >= least_free_bytes) return {};
  return Failure(path.string() + ": the disk has " + std::to_string(free / 1'000'000) +
                 " MB left; " + std::to_string(least_free_bytes / 1'000'000) +
                 " have to stay free");
}

}  // namespace

// --- writing ------------------------------------------------------------------------------------

tl::expected<RecordingFile, std::string> RecordingFile::create(const RecordingStart& start,
                                                               std::size_t channels) {
  const fs::path part = part_of(start.path);
  int descriptor = -1;
  // Twice, for an empty folder may be tidied away in between.
  for (int tried = 0; descriptor < 0 && tried < 2; ++tried) {
    std::error_code error;
    fs::create_directories(start.path.parent_path(), error);
    if (error) return failure(start.path.parent_path(), "cannot be made", error.value());
    if (fs::exists(start.path, error)) return failure(start.path, "cannot be written", EEXIST);
    descriptor = ::open(part.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
    if (descriptor < 0 && errno != ENOENT) break;
  }
  if (descriptor < 0) return failure(part, "cannot be written", errno);
  RecordingFile file(start.path, descriptor, channels, 0);
  file.least_free_bytes_ = start.least_free_bytes;
  auto begun = check_room(start.path, descriptor, start.least_free_bytes);
  if (begun) begun = file.write_header();
  if (begun) return file;
  ::unlink(part.c_str());
  return Failure(begun.error());
}

RecordingFile::RecordingFile(fs::path path, int descriptor, std::size_t channels,
                             std::uint64_t data_bytes)
    : path_(std::move(path)),
      descriptor_(descriptor),
      channels_(channels),
      data_bytes_(data_bytes) {}

RecordingFile::~RecordingFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

RecordingFile::RecordingFile(RecordingFile&& other) noexcept
    : path_(std::move(other.path_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      channels_(other.channels_),
      least_free_bytes_(other.least_free_bytes_),
      data_bytes_(other.data_bytes_),
      data_bytes_in_header_(other.data_bytes_in_header_),
      hashed_bytes_(other.hashed_bytes_),
      hash_(std::move(other.hash_)) {}

std::uint64_t RecordingFile::bytes() const { return kHeaderBytes + data_bytes_; }

Milliseconds RecordingFile::duration() const {
  return Milliseconds(data_bytes_ / (channels_ * kSampleBytes) * 1'000 / kSamplesPerSecond);
}

tl::expected<void, std::string> RecordingFile::append(std::span<const std::int16_t> samples) {
  const std::size_t bytes = samples.size_bytes();
  if (data_bytes_ + bytes > kMostDataBytes) {
    return Failure(path_.string() + ": a WAV file can hold no more than 4 GB");
  }
  const std::span written(reinterpret_cast<const std::uint8_t*>(samples.data()), bytes);
  if (const int error = write_all(descriptor_, written, kHeaderBytes + data_bytes_)) {
    return failure(part_of(path_), "cannot be written", error);
  }
  data_bytes_ += bytes;
  if (data_bytes_ - data_bytes_in_header_ < kHeaderEvery) return {};
  if (auto room = check_room(path_, descriptor_, least_free_bytes_); !room) return room;
  return write_header();
}

tl::expected<void, std::string> RecordingFile::write_header() {
  const Header header = header_of(channels_, data_bytes_);
  if (const int error = write_all(descriptor_, header, 0)) {
    return failure(part_of(path_), "cannot be written", error);
  }
  data_bytes_in_header_ = data_bytes_;
  return {};
}

tl::expected<void, std::string> RecordingFile::finish() {
  const fs::path part = part_of(path_);
  if (auto written = write_header(); !written) return written;
  // What a failed write has left behind the last whole sample.
  if (::ftruncate(descriptor_, static_cast<off_t>(bytes())) != 0 || ::fdatasync(descriptor_) != 0) {
    return failure(part, "cannot be written", errno);
  }
  // Never in the place of another one.
  if (::renameat2(AT_FDCWD, part.c_str(), AT_FDCWD, path_.c_str(), RENAME_NOREPLACE) != 0) {
    return failure(part, "cannot be renamed", errno);
  }
  return {};
}

std::optional<std::string> RecordingFile::hash_some(std::size_t bytes) {
  std::array<std::uint8_t, 65'536> buffer;
  while (bytes > 0) {
    const ssize_t got = ::pread(descriptor_, buffer.data(), std::min(bytes, buffer.size()),
                                static_cast<off_t>(hashed_bytes_));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return std::string();
    if (got == 0) return hash_.hex();
    hash_.add(std::span(buffer).first(static_cast<std::size_t>(got)));
    hashed_bytes_ += static_cast<std::uint64_t>(got);
    bytes -= static_cast<std::size_t>(got);
  }
  return std::nullopt;
}

// --- what was left over -------------------------------------------------------------------------

namespace {

WallTime written_at(const struct stat& status) {
  return WallTime(
      std::chrono::floor<Milliseconds>(std::chrono::seconds(status.st_mtim.tv_sec) +
                                       std::chrono::nanoseconds(status.st_mtim.tv_nsec)));
}

// Of a file that has the header of a recording, and nothing else in it.
std::optional<std::size_t> channels_in(const Header& header) {
  for (const std::size_t channels : {std::size_t{1}, std::size_t{2}}) {
    Header like = header_of(channels, 0);
    // How much there is may be anything.
    std::memcpy(like.data() + 4, header.data() + 4, 4);
    std::memcpy(like.data() + 40, header.data() + 40, 4);
    if (like == header) return channels;
  }
  return std::nullopt;
}

// One that lies at that place and is to have that name.
std::optional<RecordingFile> open_one(const fs::path& place, const fs::path& path, int how,
                                      WallTime before) {
  const int descriptor = ::open(place.c_str(), how | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (descriptor < 0) return std::nullopt;
  Header header{};
  struct stat status {};
  const bool is_read =
      ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) && written_at(status) < before &&
      ::pread(descriptor, header.data(), header.size(), 0) == static_cast<ssize_t>(header.size());
  const auto channels = is_read ? channels_in(header) : std::nullopt;
  if (!channels) {
    ::close(descriptor);
    return std::nullopt;
  }
  const auto data = static_cast<std::uint64_t>(status.st_size) - kHeaderBytes;
  const std::uint64_t frame = *channels * kSampleBytes;
  return RecordingFile(path, descriptor, *channels, std::min(data, kMostDataBytes) / frame * frame);
}

RecordingResult result_of(RecordingFile& file) {
  RecordingResult result;
  result.path = file.path();
  result.duration = file.duration();
  result.bytes = file.bytes();
  result.sha256 = file.hash_some(std::numeric_limits<std::size_t>::max()).value_or("");
  return result;
}

}  // namespace

std::vector<RecordingResult> finish_left_over(const fs::path& directory, WallTime before) {
  std::vector<fs::path> parts;
  std::error_code error;
  for (auto entry = fs::recursive_directory_iterator(
           directory, fs::directory_options::skip_permission_denied, error);
       !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    if (entry->path().extension() == kPartSuffix) parts.push_back(entry->path());
  }
  std::vector<RecordingResult> results;
  for (const fs::path& part : parts) {
    auto file = open_one(part, fs::path(part).replace_extension(), O_RDWR, before);
    if (!file) continue;
    const auto finished = file->finish();
    RecordingResult result = finished ? result_of(*file) : RecordingResult();
    result.path = file->path();
    if (!finished) result.error = finished.error();
    results.push_back(std::move(result));
  }
  return results;
}

std::optional<RecordingResult> examine_recording(const fs::path& path) {
  auto file = open_one(path, path, O_RDONLY, WallTime::max());
  if (!file) return std::nullopt;
  return result_of(*file);
}

}  // namespace hotline::media
