#include "server/state_word.h"

namespace hotline::server {
namespace {

struct StateWord {
  const char* operator()(const call::Hunting& hunting) const {
    return hunting.queue == nullptr ? "hunting" : "waiting";
  }
  const char* operator()(const call::Choosing&) const { return "choosing"; }
  const char* operator()(const call::Committing&) const { return "answering"; }
  const char* operator()(const call::Talking&) const { return "talking"; }
  const char* operator()(const call::Transferring&) const { return "transferring"; }
  const char* operator()(const call::Surveying&) const { return "surveying"; }
  const char* operator()(const call::Dictating&) const { return "dictating"; }
  const char* operator()(const call::Parting&) const { return "parting"; }
  const char* operator()(const call::Resuming&) const { return "resuming"; }
  const char* operator()(const call::Over&) const { return "over"; }
};

}  // namespace

std::string_view state_word(const call::State& state) { return std::visit(StateWord{}, state); }

}  // namespace hotline::server
