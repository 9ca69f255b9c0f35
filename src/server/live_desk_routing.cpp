// What admins ask about phones and callers: pauses and blocks, on the call thread.
#include <algorithm>
#include <tuple>

#include "numbering/numbering.h"
#include "server/clock.h"
#include "server/live_desk.h"
#include "server/server.h"

namespace hotline::server {
namespace {

using admin::Reply;

admin::PhoneView view_of(const std::string& hotline, const routing::Phone& phone,
                         const call::Switchboard& board, Now now) {
  const call::PhoneLog log = board.logbook().phone(phone.line_key, now.wall);
  admin::PhoneView view;
  view.hotline = hotline;
  view.name = phone.name;
  view.address = phone.line_key;
  view.lines = phone.lines;
  view.in_use = board.lines().in_use(phone.line_key, now.mono);
  view.paused = log.pause.has_value();
  if (log.pause && log.pause->until != WallTime::max()) view.paused_until = log.pause->until;
  if (log.pause) view.why = log.pause->why;
  return view;
}

const routing::Phone* find_phone(const call::Switchboard& board, const std::string& hotline,
                                 const std::string& name) {
  const routing::Hotline* found = board.snapshot().find(hotline);
  return found == nullptr ? nullptr : routing::phone_of(*found, name);
}

admin::Answer no_such_phone(const std::string& hotline, const std::string& phone) {
  return admin::refusal(404, "no_such_phone", "hotline " + hotline + " has no phone " + phone,
                        "see hotlinectl phone list");
}

admin::Answer no_caller(const std::string& text) {
  return admin::refusal(400, "bad_caller", text + " is no phone number",
                        "give the number as records show it: +8613900000000");
}

}  // namespace

void LiveDesk::answer(const admin::ListPhones&, Reply reply) {
  server_.loop().post([this, reply = std::move(reply)] {
    const call::Switchboard& board = server_.switchboard();
    std::vector<admin::PhoneView> views;
    for (const auto& [number, hotline] : board.snapshot().hotlines) {
      if (number != hotline->number) continue;
      for (const auto& phone : hotline->phones) {
        views.push_back(view_of(number, *phone, board, read_clock()));
      }
    }
    std::sort(views.begin(), views.end(), [](const auto& a, const auto& b) {
      return std::tie(a.hotline, a.name) < std::tie(b.hotline, b.name);
    });
    reply(admin::phone_list(views));
  });
}

void LiveDesk::answer(const admin::PausePhone& ask, Reply reply) {
  server_.loop().post([this, ask, reply = std::move(reply)] {
    call::Switchboard& board = server_.switchboard();
    const routing::Phone* phone = find_phone(board, ask.hotline, ask.phone);
    if (phone == nullptr) return reply(no_such_phone(ask.hotline, ask.phone));
    const Now now = read_clock();
    call::Pause pause;
    if (ask.how_long) pause.until = now.wall + *ask.how_long;
    pause.why = ask.why;
    board.logbook().pause(phone->line_key, std::move(pause));
    reply(admin::shown(view_of(ask.hotline, *phone, board, now)));
  });
}

void LiveDesk::answer(const admin::ResumePhone& ask, Reply reply) {
  server_.loop().post([this, ask, reply = std::move(reply)] {
    call::Switchboard& board = server_.switchboard();
    const routing::Phone* phone = find_phone(board, ask.hotline, ask.phone);
    if (phone == nullptr) return reply(no_such_phone(ask.hotline, ask.phone));
    const Now now = read_clock();
    if (!board.logbook().resume(phone->line_key, now.wall)) {
      return reply(admin::refusal(409, "not_paused", "phone " + ask.phone + " is not paused",
                                  "see hotlinectl phone list"));
    }
    reply(admin::shown(view_of(ask.hotline, *phone, board, now)));
  });
}

void LiveDesk::answer(const admin::ListBlocks&, Reply reply) {
  server_.loop().post([this, reply = std::move(reply)] {
    std::vector<admin::BlockView> views;
    server_.switchboard().logbook().each_block(
        read_clock().wall, [&](const std::string& caller, const call::Block& block) {
          views.push_back({caller, block.since, block.until, block.why});
        });
    reply(admin::block_list(views));
  });
}

void LiveDesk::answer(const admin::BlockCaller& ask, Reply reply) {
  const number::Number caller = numbering::read_caller(ask.caller);
  if (caller.e164.empty()) return reply(no_caller(ask.caller));
  server_.loop().post([this, ask, e164 = caller.e164, reply = std::move(reply)] {
    const WallTime now = read_clock().wall;
    const call::Block block{now, now + ask.how_long, ask.why, true};
    server_.switchboard().logbook().block(e164, block);
    reply(admin::shown(admin::BlockView{e164, block.since, block.until, block.why}));
  });
}

void LiveDesk::answer(const admin::LiftBlock& ask, Reply reply) {
  const number::Number caller = numbering::read_caller(ask.caller);
  if (caller.e164.empty()) return reply(no_caller(ask.caller));
  server_.loop().post([this, e164 = caller.e164, reply = std::move(reply)] {
    const WallTime now = read_clock().wall;
    call::Logbook& logbook = server_.switchboard().logbook();
    const auto block = logbook.block_of(e164, now);
    if (!logbook.lift(e164, now)) {
      return reply(admin::refusal(404, "not_blocked", "caller " + e164 + " is not blocked",
                                  "see hotlinectl caller list"));
    }
    reply(admin::shown(admin::BlockView{e164, block->since, block->until, block->why}));
  });
}

}  // namespace hotline::server
