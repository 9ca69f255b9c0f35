#include "region/segments.h"

namespace hotline::region {
namespace {

constexpr Carrier kMobile = Carrier::mobile;
constexpr Carrier kUnicom = Carrier::unicom;
constexpr Carrier kTelecom = Carrier::telecom;

// clang-format off
constexpr Segment kSegments[] = {
    {"130", kUnicom},  {"131", kUnicom},  {"132", kUnicom},  {"133", kTelecom}, {"134", kMobile},
    {"135", kMobile},  {"136", kMobile},  {"137", kMobile},  {"138", kMobile},  {"139", kMobile},
    {"1349", kTelecom},                                      // satellite
    {"140", kUnicom},  {"141", kTelecom}, {"144", kMobile},  {"146", kUnicom},  // machines
    {"145", kUnicom},  {"147", kMobile},  {"148", kMobile},  {"149", kTelecom},
    {"150", kMobile},  {"151", kMobile},  {"152", kMobile},  {"153", kTelecom}, {"155", kUnicom},
    {"156", kUnicom},  {"157", kMobile},  {"158", kMobile},  {"159", kMobile},
    {"162", kTelecom}, {"165", kMobile},  {"167", kUnicom},  // virtual operators
    {"166", kUnicom},
    {"170", kUnicom},  {"171", kUnicom},                     // virtual operators
    {"1700", kTelecom}, {"1701", kTelecom}, {"1702", kTelecom},
    {"1703", kMobile},  {"1705", kMobile},  {"1706", kMobile},
    {"172", kMobile},  {"173", kTelecom}, {"175", kUnicom},  {"176", kUnicom},  {"177", kTelecom},
    {"178", kMobile},
    {"1740", kTelecom}, {"1741", kTelecom},                  // satellite
    {"180", kTelecom}, {"181", kTelecom}, {"182", kMobile},  {"183", kMobile},  {"184", kMobile},
    {"185", kUnicom},  {"186", kUnicom},  {"187", kMobile},  {"188", kMobile},  {"189", kTelecom},
    {"190", kTelecom}, {"191", kTelecom}, {"192", Carrier::broadnet},           {"193", kTelecom},
    {"195", kMobile},  {"196", kUnicom},  {"197", kMobile},  {"198", kMobile},  {"199", kTelecom},
};
// clang-format on

}  // namespace

std::span<const Segment> segments() { return kSegments; }

}  // namespace hotline::region
