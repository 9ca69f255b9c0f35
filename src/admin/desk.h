// The desk that answers admins: the server has one on its live calls, hotlinectl one on the
// database of a stopped server.
#pragma once

#include "admin/ask.h"

namespace hotline::admin {

class Desk {
 public:
  virtual ~Desk() = default;

  // Each may reply at once or later, from any thread, once.
  // Thread: the admin interface's; must not block.
  virtual void answer(const GetStatus&, Reply) = 0;
  virtual void answer(const Reload&, Reply) = 0;
  virtual void answer(const ListAccounts&, Reply) = 0;
  virtual void answer(const ShowAccount&, Reply) = 0;
  virtual void answer(const OpenAccount&, Reply) = 0;
  virtual void answer(const Recharge&, Reply) = 0;
  virtual void answer(const Adjust&, Reply) = 0;
  virtual void answer(const BuyService&, Reply) = 0;
  virtual void answer(const CloseAccount&, Reply) = 0;
  virtual void answer(const ReinstateAccount&, Reply) = 0;
  virtual void answer(const ShowHistory&, Reply) = 0;
  virtual void answer(const ListCalls&, Reply) = 0;
  virtual void answer(const ShowCall&, Reply) = 0;
  virtual void answer(const HangUpCall&, Reply) = 0;
  virtual void answer(const ListPhones&, Reply) = 0;
  virtual void answer(const PausePhone&, Reply) = 0;
  virtual void answer(const ResumePhone&, Reply) = 0;
  virtual void answer(const ListBlocks&, Reply) = 0;
  virtual void answer(const BlockCaller&, Reply) = 0;
  virtual void answer(const LiftBlock&, Reply) = 0;
  virtual void answer(const ListCdrs&, Reply) = 0;
  virtual void answer(const ShowCdr&, Reply) = 0;
  virtual void answer(const AddNote&, Reply) = 0;
  virtual void answer(const ListLedger&, Reply) = 0;
  virtual void answer(const ListNotices&, Reply) = 0;
  virtual void answer(const ResendNotice&, Reply) = 0;
};

}  // namespace hotline::admin
