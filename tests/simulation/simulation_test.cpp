// Plays simulations: as many as HOTLINE_WORLDS says (a hundred take about a second), their seeds
// counted up from a random one; or the one seed of HOTLINE_SEED. A seed that breaks something is
// printed.
#include "simulation/simulation.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <iostream>

#include <gtest/gtest.h>

namespace hotline::simulation {
namespace {

constexpr std::chrono::minutes kPlayed{30};

long number_of(const char* variable, long otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::atol(text);
}

// For a contract that is broken: that ends the process.
std::uint64_t seed_under_way = 0;
extern "C" void tell_the_seed(int) {
  std::fprintf(stderr, "again: HOTLINE_SEED=%llu\n",
               static_cast<unsigned long long>(seed_under_way));
}

// Adds what has happened to `all`. Returns: whether all that must hold did.
bool play(std::uint64_t seed, Simulation::Counts& all) {
  seed_under_way = seed;
  std::signal(SIGABRT, tell_the_seed);
  Simulation simulation(seed);
  try {
    simulation.play(kPlayed);
  } catch (const Broken& broken) {
    ADD_FAILURE() << broken.what() << "; again: HOTLINE_SEED=" << seed;
    return false;
  }
  const Simulation::Counts& one = simulation.counts();
  all.calls += one.calls;
  all.answered += one.answered;
  all.bridged += one.bridged;
  all.menus += one.menus;
  all.waited += one.waited;
  all.cut_off += one.cut_off;
  all.surveyed += one.surveyed;
  all.crashes += one.crashes;
  all.failures += one.failures;
  all.reloads += one.reloads;
  all.adopted_rows += one.adopted_rows;
  all.begun_again += one.begun_again;
  all.confirmed_rows += one.confirmed_rows;
  all.closed_rows += one.closed_rows;
  all.whispers += one.whispers;
  all.passed_on += one.passed_on;
  all.not_passed_on += one.not_passed_on;
  all.credit_tones += one.credit_tones;
  return true;
}

TEST(Simulation, what_must_hold_always_holds) {
  Simulation::Counts all;
  if (std::getenv("HOTLINE_SEED") != nullptr) {
    play(static_cast<std::uint64_t>(number_of("HOTLINE_SEED", 0)), all);
    return;
  }
  const std::uint64_t first = std::random_device()();
  const std::uint64_t end = first + static_cast<std::uint64_t>(number_of("HOTLINE_WORLDS", 100));
  std::uint64_t seed = first;
  while (seed < end && play(seed, all)) ++seed;
  std::cout << seed - first << " worlds of " << kPlayed.count() << " minutes from seed " << first
            << ": " << all.calls << " calls, " << all.answered << " answered, " << all.bridged
            << " bridged, " << all.menus << " by menus, " << all.waited << " waited, "
            << all.whispers << " whispers, " << all.passed_on << " passed on (" << all.not_passed_on
            << " not), " << all.credit_tones << " credit tones, " << all.surveyed << " surveyed, "
            << all.cut_off << " cut off, " << all.crashes << " crashes with " << all.adopted_rows
            << " calls going on (" << all.begun_again << " anew, " << all.confirmed_rows
            << " confirmed) and " << all.closed_rows << " closed, " << all.failures
            << " failures of the store, " << all.reloads << " reloads\n";
  if (HasFailure()) return;
  // Dice that never bring something about prove nothing of it.
  EXPECT_GT(all.bridged, 0);
  EXPECT_GT(all.menus, 0);
  EXPECT_GT(all.waited, 0);
  EXPECT_GT(all.surveyed, 0);
  EXPECT_GT(all.cut_off, 0);
  EXPECT_GT(all.adopted_rows, 0);
  EXPECT_GT(all.begun_again, 0);
  EXPECT_GT(all.confirmed_rows, 0);
  EXPECT_GT(all.closed_rows, 0);
  EXPECT_GT(all.whispers, 0);
  EXPECT_GT(all.passed_on, 0);
  EXPECT_GT(all.not_passed_on, 0);
  EXPECT_GT(all.credit_tones, 0);
}

}  // namespace
}  // namespace hotline::simulation
