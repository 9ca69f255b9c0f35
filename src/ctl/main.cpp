#include <iostream>

#include <unistd.h>

#include "ctl/run.h"
#include "server/clock.h"

int main(int argc, char** argv) {
  return hotline::ctl::run(argc, argv, hotline::server::read_clock, std::cout, std::cerr,
                           ::isatty(STDERR_FILENO) == 1);
}
