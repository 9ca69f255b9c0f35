// jemalloc, told what this server needs: the whole why is in docs/adr/0004-jemalloc.md.
#include "server/memory.h"

#include <cerrno>
#include <new>

#include <jemalloc/jemalloc.h>
#include <sys/prctl.h>

#include "hotline/base/lasting.h"

// Read before main(). Huge pages, one arena (one thread makes nearly all of it), and nothing is
// given back by itself.
const char* malloc_conf =
    "thp:always,narenas:1,metadata_thp:auto,dirty_decay_ms:-1,muzzy_decay_ms:0";

namespace hotline::server {
namespace {

constexpr std::size_t kWorthwhile = 16U << 20;  // bytes; less is not worth the calls' next steps

// Pages that calls alone lie on. Without a thread's cache: what messages leave there would do.
int lasting_flags() {
  static const int flags = [] {
    unsigned arena = 0;
    std::size_t size = sizeof arena;
    if (mallctl("arenas.create", &arena, &size, nullptr, 0) != 0) return 0;
    return MALLOCX_ARENA(arena) | MALLOCX_TCACHE_NONE;
  }();
  return flags;
}

void* allocate(std::size_t size, int flags) noexcept {
  if (Lasting::here()) flags |= lasting_flags();
  void* const memory = mallocx(size == 0 ? 1 : size, flags);
  if (memory == nullptr) errno = ENOMEM;
  return memory;
}

std::size_t statistic(const char* name) {
  std::size_t value = 0;
  std::size_t size = sizeof value;
  mallctl(name, &value, &size, nullptr, 0);
  return value;
}

struct Bytes {
  std::size_t used = 0;
  std::size_t kept = 0;
};

Bytes bytes_now() {
  std::uint64_t epoch = 1;
  mallctl("epoch", nullptr, nullptr, &epoch, sizeof epoch);  // else as of the last question
  return {statistic("stats.allocated"), statistic("stats.resident")};
}

}  // namespace

void Thrift::look() {
  const Bytes now = bytes_now();
  if (resting_at_ > 0) {
    if (now.kept > resting_at_ + kWorthwhile) wake();
    return;
  }
  const bool idle = now.kept > 2 * now.used && now.kept - now.used > kWorthwhile;
  idle_looks_ = idle ? idle_looks_ + 1 : 0;
  if (idle_looks_ >= kIdleLooks) rest();
}

// Without huge pages: else the kernel would soon fill up what is given back from between the rest.
void Thrift::rest() {
  prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);
  static_assert(MALLCTL_ARENAS_ALL == 4096);
  mallctl("arena.4096.purge", nullptr, nullptr, nullptr, 0);
  resting_at_ = bytes_now().kept;
}

void Thrift::wake() {
  prctl(PR_SET_THP_DISABLE, 0, 0, 0, 0);
  resting_at_ = 0;
  idle_looks_ = 0;
}

}  // namespace hotline::server

// sofia-sip and the standard library ask through these.
extern "C" void* malloc(std::size_t size) noexcept { return hotline::server::allocate(size, 0); }

extern "C" void* calloc(std::size_t count, std::size_t size) noexcept {
  std::size_t bytes = 0;
  if (__builtin_mul_overflow(count, size, &bytes)) {
    errno = ENOMEM;
    return nullptr;
  }
  return hotline::server::allocate(bytes, MALLOCX_ZERO);
}

// What was only needed meanwhile stays among what lasts; all else goes by the thread's cache.
extern "C" void free(void* memory) noexcept {
  if (memory != nullptr) dallocx(memory, hotline::Lasting::here() ? MALLOCX_TCACHE_NONE : 0);
}

// delete is jemalloc's own.
void* operator new(std::size_t size) {  // NOLINT(misc-new-delete-overloads)
  void* const memory = hotline::server::allocate(size, 0);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}
