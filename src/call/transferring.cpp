// A phone wants its caller to go on to somebody else.
#include "call/handlers.h"

namespace hotline::call {

void Handlers::decline_transfer(LegId phone) {
  constexpr int kDeclined = 603;
  actions.push_back(TellTransfer{phone, kDeclined});
}

void Handlers::when(Talking&, const TransferAsked& event) { decline_transfer(event.leg); }

}  // namespace hotline::call
