// A place for sofia to allocate from while we read or build a few headers.
#pragma once

#include "sip/sofia.h"

namespace hotline::sip {

class Home {
 public:
  Home() { su_home_init(home_); }
  ~Home() { su_home_deinit(home_); }
  Home(const Home&) = delete;
  Home& operator=(const Home&) = delete;
  operator su_home_t*() { return home_; }  // NOLINT(google-explicit-constructor): it is one

 private:
  su_home_t home_[1] = {SU_HOME_INIT(home_)};
};

}  // namespace hotline::sip
