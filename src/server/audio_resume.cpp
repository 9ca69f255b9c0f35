#include "server/audio_resume.h"

#include <nlohmann/json.hpp>

namespace hotline::server {
namespace {

using Json = nlohmann::json;

Json json_of(const ResumedLeg& leg) {
  const sip::AudioStream& heard = leg.heard;
  return {{"v6", leg.is_v6},
          {"port", leg.port},
          {"codec", leg.codec},
          {"said", leg.said},
          {"session", leg.session},
          {"version", leg.version},
          {"heard",
           {{"address", heard.address},
            {"v6", heard.is_v6},
            {"port", heard.port},
            {"rtcp", heard.rtcp_port},
            {"sends", heard.sends},
            {"receives", heard.receives},
            {"events", heard.event_type},
            {"companded", heard.companded}}}};
}

ResumedLeg leg_from(const Json& json) {
  ResumedLeg leg;
  json.at("v6").get_to(leg.is_v6);
  json.at("port").get_to(leg.port);
  json.at("codec").get_to(leg.codec);
  json.at("said").get_to(leg.said);
  json.at("session").get_to(leg.session);
  json.at("version").get_to(leg.version);
  const Json& heard = json.at("heard");
  heard.at("address").get_to(leg.heard.address);
  heard.at("v6").get_to(leg.heard.is_v6);
  heard.at("port").get_to(leg.heard.port);
  heard.at("rtcp").get_to(leg.heard.rtcp_port);
  heard.at("sends").get_to(leg.heard.sends);
  heard.at("receives").get_to(leg.heard.receives);
  heard.at("events").get_to(leg.heard.event_type);
  heard.at("companded").get_to(leg.heard.companded);
  return leg;
}

}  // namespace

std::string text_of(const ResumedAudio& audio) {
  Json json{{"caller", json_of(audio.caller)}};
  if (audio.phone) json["phone"] = json_of(*audio.phone);
  if (audio.played) {
    json["played"] = {{"offer", audio.played->offer},
                      {"codec", audio.played->codec},
                      {"events", audio.played->event_type}};
  }
  // A description may hold any bytes.
  return json.dump(-1, ' ', true, Json::error_handler_t::replace);
}

std::optional<ResumedAudio> resumed_audio_from(std::string_view text) {
  try {
    const Json json = Json::parse(text);
    ResumedAudio audio{leg_from(json.at("caller")), {}, {}};
    if (json.contains("phone")) audio.phone = leg_from(json.at("phone"));
    if (json.contains("played")) {
      ResumedPlay& played = audio.played.emplace();
      json.at("played").at("offer").get_to(played.offer);
      json.at("played").at("codec").get_to(played.codec);
      json.at("played").at("events").get_to(played.event_type);
    }
    return audio;
  } catch (const Json::exception&) {
    return std::nullopt;
  }
}

}  // namespace hotline::server
