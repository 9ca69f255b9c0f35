// The phones of a group.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>

#include "hotline/base/contract.h"
#include "hotline/routing/phone.h"

namespace hotline::routing {

inline constexpr std::size_t kMostPhones = 20;  // bound phones of one hotline

// A phone in a group. Its hours stand here too: among ten thousand hotlines a phone is seldom in
// the processor's cache, and most phones need not be looked at to plan a call.
struct Member {
  Member() = default;
  // Requires: the phone has its schedule already.
  Member(const Phone* of) : phone(of), hours(of->schedule.get()) {}  // NOLINT(google-explicit-*)

  const Phone* phone = nullptr;
  const schedule::Schedule* hours = nullptr;  // null: always open
  friend bool operator==(const Member& a, const Member& b) { return a.phone == b.phone; }
};

// A list of kMostPhones at most that stands where its group does, for the same reason.
class Members {
 public:
  Members() = default;
  Members(std::initializer_list<Member> members) {
    for (const Member& member : members) push_back(member);
  }
  void push_back(const Member& member) {
    HOTLINE_EXPECT(size_ < kMostPhones);
    members_[size_++] = member;
  }

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  const Member& operator[](std::size_t i) const { return members_[i]; }
  const Member& front() const { return members_.front(); }
  const Member* begin() const { return members_.data(); }
  const Member* end() const { return begin() + size_; }
  friend bool operator==(const Members& a, const Members& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
  }

 private:
  std::size_t size_ = 0;
  std::array<Member, kMostPhones> members_;
};

}  // namespace hotline::routing
