// sofia-sip's headers, with the types of our own contexts in its callbacks. Only the files of
// src/sip see them: no other room knows a SIP word.
#pragma once

namespace hotline::sip {
class Agent;
class Leg;
class Loop;
}  // namespace hotline::sip

#define SU_ROOT_MAGIC_T hotline::sip::Loop
#define SU_WAKEUP_ARG_T hotline::sip::Loop
#define NTA_AGENT_MAGIC_T hotline::sip::Agent
#define NTA_LEG_MAGIC_T hotline::sip::Leg
#define NTA_INCOMING_MAGIC_T hotline::sip::Leg
#define NTA_OUTGOING_MAGIC_T hotline::sip::Leg
#define NTA_RELIABLE_MAGIC_T hotline::sip::Leg

#include <sofia-sip/msg_addr.h>
#include <sofia-sip/msg_mclass.h>
#include <sofia-sip/msg_parser.h>
#include <sofia-sip/nta.h>
#include <sofia-sip/nta_stateless.h>
#include <sofia-sip/nta_tport.h>
#include <sofia-sip/sip_header.h>
#include <sofia-sip/sip_parser.h>
#include <sofia-sip/sip_status.h>
#include <sofia-sip/sip_tag.h>
#include <sofia-sip/sip_util.h>
#include <sofia-sip/su_log.h>
#include <sofia-sip/su_uniqueid.h>
#include <sofia-sip/su_wait.h>
#include <sofia-sip/tport_tag.h>
