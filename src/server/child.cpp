#include "server/child.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "server/clock.h"

namespace hotline::server {
namespace {

constexpr Milliseconds kLook{20};  // how often it is looked at whether the program has ended
constexpr std::size_t kMostSaid = 300;
constexpr int kReadsAtOnce = 64;

class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(); }

  int get() const { return number_; }
  void set(int number) { number_ = number; }
  void close() {
    if (number_ >= 0) ::close(number_);
    number_ = -1;
  }

 private:
  int number_;
};

struct Pipe {
  Descriptor out;  // to read from
  Descriptor in;

  bool open() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0) return false;
    out.set(ends[0]);
    in.set(ends[1]);
    return true;
  }
};

// What the program finds: the pipes, nothing else of ours, signals as they are by default, and a
// process group that can be killed as a whole.
class Surroundings {
 public:
  Surroundings(int input, int output) {
    ::posix_spawn_file_actions_init(&files_);
    ::posix_spawn_file_actions_adddup2(&files_, input, STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&files_, output, STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&files_, output, STDERR_FILENO);
    ::posix_spawn_file_actions_addclosefrom_np(&files_, STDERR_FILENO + 1);
    ::posix_spawnattr_init(&attributes_);
    ::posix_spawnattr_setflags(
        &attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    sigset_t signals;
    ::sigemptyset(&signals);
    ::posix_spawnattr_setsigmask(&attributes_, &signals);
    ::sigfillset(&signals);
    ::posix_spawnattr_setsigdefault(&attributes_, &signals);
  }
  Surroundings(const Surroundings&) = delete;
  Surroundings& operator=(const Surroundings&) = delete;
  ~Surroundings() {
    ::posix_spawnattr_destroy(&attributes_);
    ::posix_spawn_file_actions_destroy(&files_);
  }

  // Returns: 0, or an errno.
  int spawn(pid_t& pid, const std::vector<std::string>& command) const {
    std::vector<char*> words;
    words.reserve(command.size() + 1);
    for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    return ::posix_spawn(&pid, words[0], &files_, &attributes_, words.data(), environ);
  }

 private:
  posix_spawn_file_actions_t files_{};
  posix_spawnattr_t attributes_{};
};

// Reads what is there, so much at a time that one who never stops is still looked after. Its end,
// or an error: nothing more comes.
void drain(Descriptor& output, std::string& said) {
  std::array<char, 4096> buffer{};
  for (int times = 0; times < kReadsAtOnce; ++times) {
    const ssize_t size = ::read(output.get(), buffer.data(), buffer.size());
    if (size < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (size <= 0) return output.close();
    said.append(buffer.data(), std::min(static_cast<std::size_t>(size), kMostSaid - said.size()));
  }
}

void look_later(const Descriptor& output) {
  pollfd watched{output.get(), POLLIN, 0};  // of a closed one nothing comes
  ::poll(&watched, 1, static_cast<int>(kLook.count()));
}

struct Ended {
  int status = 0;
  bool killed = false;  // by us
  std::string said;
};

Ended wait_for(pid_t pid, Descriptor& output, const Errand& errand) {
  Ended ended;
  Instant last = read_clock().mono + errand.patience;
  bool hurried = false;
  for (;;) {
    if (output.get() >= 0) drain(output, ended.said);
    if (::waitpid(pid, &ended.status, WNOHANG) == pid) break;
    const Instant now = read_clock().mono;
    if (!hurried && errand.hurry && errand.hurry()) {
      hurried = true;
      last = std::min(last, now + kHurried);
    }
    if (now >= last) {
      ended.killed = true;
      ::kill(-pid, SIGKILL);
      while (::waitpid(pid, &ended.status, 0) < 0 && errno == EINTR) {
      }
      break;
    }
    look_later(output);
  }
  if (output.get() >= 0) drain(output, ended.said);
  return ended;
}

std::string why(const Ended& ended) {
  std::string why;
  if (ended.killed) {
    why = "took too long and was killed";
  } else if (WIFSIGNALED(ended.status)) {
    why = "ended by signal " + std::to_string(WTERMSIG(ended.status));
  } else {
    why = "exit status " + std::to_string(WEXITSTATUS(ended.status));
  }
  const auto end = ended.said.find_last_not_of(" \n\r\t");
  if (end == std::string::npos) return why;
  return why + ": " + ended.said.substr(0, end + 1);
}

}  // namespace

tl::expected<void, std::string> run_errand(const Errand& errand) {
  const std::string& program = errand.command.front();
  if (errand.input.size() > kMostInput) return tl::unexpected(program + ": too much to read");
  Pipe input;
  Pipe output;
  if (!input.open() || !output.open() ||
      ::write(input.in.get(), errand.input.data(), errand.input.size()) !=
          static_cast<ssize_t>(errand.input.size())) {
    return tl::unexpected(program + ": no pipe for it: " + std::strerror(errno));
  }
  input.in.close();
  // The program's ends block as programs expect.
  ::fcntl(input.out.get(), F_SETFL, 0);
  ::fcntl(output.in.get(), F_SETFL, O_WRONLY);
  pid_t pid = 0;
  const Surroundings surroundings(input.out.get(), output.in.get());
  if (const int error = surroundings.spawn(pid, errand.command); error != 0) {
    return tl::unexpected(program + ": cannot be run: " + std::strerror(error));
  }
  input.out.close();
  output.in.close();
  const Ended ended = wait_for(pid, output.out, errand);
  if (!ended.killed && WIFEXITED(ended.status) && WEXITSTATUS(ended.status) == 0) return {};
  return tl::unexpected(program + ": " + why(ended));
}

}  // namespace hotline::server
