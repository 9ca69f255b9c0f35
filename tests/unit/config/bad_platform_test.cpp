// What can be wrong inside hotline.toml, key by key.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/config/fixture.h"

namespace hotline::config {
namespace {

using testing::ElementsAreArray;

struct Row {
  std::string text;  // after a good hotline.toml of 11 lines
  std::vector<std::string> problems;
};

// Lines are counted from the row's own first.
std::vector<std::string> problems_after(const std::string& good, const std::string& text) {
  return problems_of({{kPlatformFile, text + "\n" + good},
                      {kHotlineFile, kHotline},
                      {"bad.csv", "date,kind\n"},
                      {"days.csv",
                       "date,kind,name\n2026-01-01,holiday,元旦\n2026-02-30,holiday,x\n"
                       "2026-03-01,feast,x\n2026-01-01,holiday,x\n2026-05-01,holiday\n"},
                      {"cn.csv", "date,kind,name\n2026-01-01,holiday,元旦\n"},
                      {"list.txt", "# all\n+8613900000000 # him\n\n+86170*\nnobody\n86170*\n"}});
}

void expect(std::initializer_list<Row> rows) {
  for (const Row& row : rows) {
    EXPECT_THAT(problems_after(kPlatform, row.text), ElementsAreArray(row.problems)) << row.text;
  }
}

TEST(BadPlatform, media) {
  expect({
      {"[media]\nmode = \"proxy\"\nrtp_ports = [30000, 20000]\nsilence_s = 4",
       {"hotline.toml:2:8: mode: \"proxy\" is none of \"direct\", \"relay\"",
        "hotline.toml:3:13: rtp_ports: the last is not above the first",
        "hotline.toml:4:13: silence_s: 4 is out of bounds, 5 to 3600 seconds"}},
      {"[media]\nmode = \"relay\"\nringback = \"../x.wav\"\nannouncements = { overload = "
       "\"x.wav\", "
       "lunch = \"x.wav\", closed = \"/x.wav\" }",
       {"hotline.toml:3:12: ringback: \"../x.wav\" is no path inside the configuration's "
        "directory",
        "hotline.toml:4:19: announcements: \"overload\" is no refusal that can be announced",
        "hotline.toml:4:39: announcements: \"lunch\" is no refusal that can be announced",
        "hotline.toml:4:65: announcements: \"/x.wav\" is no path inside the configuration's "
        "directory"}},
      {"[media]\nrealtime_priority = 100\ncredit_tone = 1",
       {"hotline.toml:2:21: realtime_priority: 100 is out of bounds, 0 to 99",
        "hotline.toml:3:15: credit_tone: true or false is wanted, not integer"}},
      {"[media]\nmode = \"relay\"\nconfirm_prompt = \"/etc/x.wav\"",
       {"hotline.toml:3:18: confirm_prompt: \"/etc/x.wav\" is no path inside the configuration's "
        "directory"}},
  });
}

TEST(BadPlatform, notice) {
  expect({
      {"[notice]\ncommand = \"/bin/tell\"",
       {"hotline.toml:2:11: command: a list of strings is wanted, not string"}},
      {"[notice]\ncommand = []", {"hotline.toml:2:11: command: an empty list"}},
      {"[notice]\ncommand = [\"tell\", \"x\"]",
       {"hotline.toml:2:12: command: \"tell\" is no absolute path"}},
      {"[notice]\ntimeout_s = 0",
       {"hotline.toml:2:13: timeout_s: 0 is out of bounds, 1 to 600 seconds"}},
      {"[notice]\nretry_s = 21601",
       {"hotline.toml:2:11: retry_s: 21601 is out of bounds, 1 to 21600 seconds"}},
      {"[notice]\ncommand = [\"/bin/tell\", \"--sms\"]\nretry_s = 5", {}},
  });
}

TEST(BadPlatform, server) {
  const std::string rest = kPlatform.substr(kPlatform.find("[[trunk]]"));
  const Row rows[] = {
      {"[server]\ndrain = 30",
       {"hotline.toml:2:1: unknown key \"drain\" in [server]; did you mean "
        "\"drain_s\"?"}},
      {"[server]\ndrain_s = -1",
       {"hotline.toml:2:11: drain_s: -1 is out of bounds, 0 to 3600 seconds"}},
      {"[server]\ndrain_s = 1.5",
       {"hotline.toml:2:11: drain_s: a whole number is wanted, not floating-point"}},
      {"[server]\nmax_calls = 0",
       {"hotline.toml:2:13: max_calls: 0 is out of bounds, 1 to 1000000 calls"}},
      {"[server]\nlisten = \"udp:127.0.0.1:5060\"",
       {"hotline.toml:2:10: listen: a list of strings is wanted, not string"}},
      {"[server]\nlisten = []", {"hotline.toml:2:10: listen: an empty list"}},
      {"[server]\nlisten = [1]", {"hotline.toml:2:11: listen: a string is wanted, not integer"}},
      {"[server]\nlisten = [\"tls:127.0.0.1:5061\"]",
       {"hotline.toml:2:11: listen: \"tls:127.0.0.1:5061\": tls is the business of a proxy in "
        "front (docs/operating.md)"}},
      {"[server]\nlisten = [\"udp:127.0.0.1:5060\", \"udp:127.0.0.1:05060\"]",
       {"hotline.toml:2:33: listen: \"udp:127.0.0.1:05060\" is named twice"}},
      {"[server]\nlisten = [\"udp:::1:5060\", \"udp:[127.0.0.1]:5060\"]",
       {"hotline.toml:2:11: listen: \"\" is no IP address; names are not resolved, IP literals "
        "only; wanted is udp:IP:port or tcp:IP:port, IPv6 in brackets",
        "hotline.toml:2:27: listen: \"127.0.0.1\" is no IP address; names are not resolved, IP "
        "literals only; wanted is udp:IP:port or tcp:IP:port, IPv6 in brackets"}},
      {"[server]\nlisten = [\"udp:127.0.0.1:0\", \"udp:127.0.0.1\", \"127.0.0.1:5060\"]",
       {"hotline.toml:2:11: listen: \"udp:127.0.0.1:0\" has no port from 1 to 65535; wanted is "
        "udp:IP:port or tcp:IP:port, IPv6 in brackets",
        "hotline.toml:2:30: listen: \"udp:127.0.0.1\" has no port from 1 to 65535; wanted is "
        "udp:IP:port or tcp:IP:port, IPv6 in brackets",
        "hotline.toml:2:47: listen: \"127.0.0.1:5060\" is no address; wanted is udp:IP:port or "
        "tcp:IP:port, IPv6 "
        "in brackets"}},
      {"[server]\nstate_dir = \"state\"",
       {"hotline.toml:2:13: state_dir: \"state\" is no absolute path"}},
      {"[server]\nstate_dir = \"\"", {"hotline.toml:2:13: state_dir: an empty string"}},
      {"[server]\nstate_dir = \"/a\\u0000b\"",
       {"hotline.toml:2:13: state_dir: \"/a\\x00b\" holds a control character"}},
      {"[server]\n[log]\nlevel = \"warn\"",
       {"hotline.toml:3:9: level: \"warn\" is none of \"debug\", \"info\", \"warning\", "
        "\"error\""}},
      {"[server]\n[log]\nlevel = \"inf\"",
       {"hotline.toml:3:9: level: \"inf\" is none of \"debug\", \"info\", \"warning\", \"error\"; "
        "did you mean \"info\"?"}},
      {"[server]\n[log]\njson = \"no\"",
       {"hotline.toml:3:8: json: true or false is wanted, not string"}},
  };
  for (const Row& row : rows) {
    EXPECT_THAT(problems_after(rest, row.text), ElementsAreArray(row.problems)) << row.text;
  }
}

TEST(BadPlatform, metrics) {
  const std::string rest = kPlatform.substr(kPlatform.find("[[trunk]]"));
  const Row rows[] = {
      {"[server]\nmetrics = 9400", {"hotline.toml:2:11: metrics: a string is wanted, not integer"}},
      {"[server]\nmetrics = \"127.0.0.1\"",
       {"hotline.toml:2:11: metrics: \"127.0.0.1\" has no port"}},
      {"[server]\nmetrics = \"localhost:9400\"",
       {"hotline.toml:2:11: metrics: \"localhost:9400\" holds no IP address; names are not "
        "resolved, IP literals only; wanted is IP or IP:port, IPv6 in brackets"}},
      {"[server]\nmetrics = \"[::]:9400\"",
       {"hotline.toml:2:11: warning: metrics: everybody who reaches \"[::]:9400\" may read them"}},
      {"[server]\nmetrics = \"[::1]:9400\"", {}},
  };
  for (const Row& row : rows) {
    EXPECT_THAT(problems_of({{kPlatformFile, row.text + "\n" + rest}, {kHotlineFile, kHotline}}),
                ElementsAreArray(row.problems))
        << row.text;
  }
}

TEST(BadPlatform, advertise) {
  const std::string rest = kPlatform.substr(kPlatform.find("[[trunk]]"));
  const Row rows[] = {
      {"[server]\nadvertise = \"203.0.113.7\"",
       {"hotline.toml:2:13: advertise: a table is wanted, not string"}},
      {"[server]\nadvertise = {}", {"hotline.toml:2:13: advertise: an empty table"}},
      {"[server]\nadvertise = { \"udp:127.0.0.1:5060\" = 5060 }",
       {"hotline.toml:2:38: advertise: a string is wanted, not integer"}},
      {"[server]\nadvertise = { \"udp:127.0.0.1:5061\" = \"203.0.113.7\" }",
       {"hotline.toml:2:15: advertise: \"udp:127.0.0.1:5061\" is no address of listen"}},
      {"[server]\nadvertise = { \"127.0.0.1\" = \"203.0.113.7\" }",
       {"hotline.toml:2:15: advertise: \"127.0.0.1\" is no address; wanted is udp:IP:port or "
        "tcp:IP:port, IPv6 in brackets"}},
      {"[server]\nadvertise = { \"udp:127.0.0.1:5060\" = \"sip.acme.cn\" }",
       {"hotline.toml:2:38: advertise: \"sip.acme.cn\" holds no IP address; names are not "
        "resolved, IP literals only; wanted is IP or IP:port, IPv6 in brackets"}},
      {"[server]\nadvertise = { \"udp:127.0.0.1:5060\" = \"203.0.113.7:0\" }",
       {"hotline.toml:2:38: advertise: \"203.0.113.7:0\" has no port from 1 to 65535; wanted is IP "
        "or IP:port, IPv6 in brackets"}},
      {"[server]\nadvertise = { \"udp:127.0.0.1:5060\" = \"0.0.0.0\" }",
       {"hotline.toml:2:38: advertise: \"0.0.0.0\" is nobody's address"}},
      {"[server]\nadvertise = { \"udp:127.0.0.1:5060\" = \"[2001:db8::7]\" }",
       {"hotline.toml:2:38: advertise: \"[2001:db8::7]\" is of another IP version than "
        "\"udp:127.0.0.1:5060\""}},
      {"[server]\nadvertise = { \"udp:127.0.0.1:5060\" = \"192.0.2.7\", "
       "\"udp:127.0.0.1:05060\" = \"192.0.2.8\" }",
       {"hotline.toml:2:51: advertise: \"udp:127.0.0.1:05060\" is named twice"}},
  };
  for (const Row& row : rows) {
    EXPECT_THAT(problems_after(rest, row.text), ElementsAreArray(row.problems)) << row.text;
  }
}

TEST(BadPlatform, trunk) {
  expect({
      {"[[trunk]]\nsources = [\"127.0.0.9\"]", {"hotline.toml:1:1: [[trunk]] has no name"}},
      {"[[trunk]]\nname = \"a b\"\nsources = [\"127.0.0.9\"]",
       {"hotline.toml:2:8: \"a b\" is no name: letters, digits, '_', '-' and '.', at most 64 "
        "bytes"}},
      {"[[trunk]]\nname = \"a\"",
       {"hotline.toml:1:1: [[trunk]] has neither sources nor gateways: no call can pass"}},
      {"[[trunk]]\nname = \"a\"\nsources = [\"127.0.0.2\"]",
       {"hotline.toml:7:12: sources: 127.0.0.2 already belongs to trunk \"a\""}},
      {"[[trunk]]\nname = \"a\"\nsources = [\"::1\", \"0:0::1\"]",
       {"hotline.toml:3:19: sources: ::1 already belongs to trunk \"a\""}},
      {"[[trunk]]\nname = \"unicom\"\ngateways = [\"udp:127.0.0.9:1\"]",
       {"hotline.toml:6:8: trunk \"unicom\" is already defined in line 2"}},
      {"[[trunk]]\nname = \"a\"\nsources = [\"sbc.example\", \"0.0.0.0\", \"127.1\"]",
       {"hotline.toml:3:12: sources: \"sbc.example\" is no IP address of a peer; names are not "
        "resolved, IP literals only",
        "hotline.toml:3:27: sources: \"0.0.0.0\" is no IP address of a peer; names are not "
        "resolved, IP literals only",
        "hotline.toml:3:38: sources: \"127.1\" is no IP address of a peer; names are not resolved, "
        "IP literals only"}},
      {"[[trunk]]\nname = \"a\"\ngateways = [\"udp:sbc_1.example:5060\", \"udp:127.1:5060\", "
       "\"udp:sbc.example\", \"udp:sbc.example:1\", \"udp:sbc.example:1\"]",
       {"hotline.toml:3:13: gateways: \"sbc_1.example\" is neither an IP address nor a host's "
        "name; "
        "wanted is udp:IP:port or tcp:IP:port, IPv6 in brackets, or a name for the IP",
        "hotline.toml:3:39: gateways: \"127.1\" is neither an IP address nor a host's name; wanted "
        "is udp:IP:port or tcp:IP:port, IPv6 in brackets, or a name for the IP",
        "hotline.toml:3:57: gateways: \"udp:sbc.example\" has no port from 1 to 65535; wanted is "
        "udp:IP:port or tcp:IP:port, IPv6 in brackets, or a name for the IP",
        "hotline.toml:3:97: gateways: \"udp:sbc.example:1\" is named twice"}},
      {"[[trunk]]\nname = \"a\"\ngateways = [\"udp:0.0.0.0:5060\"]",
       {"hotline.toml:3:13: gateways: \"udp:0.0.0.0:5060\" is no address of a peer"}},
      {"[[trunk]]\nname = \"a\"\ntrusted = 1\ngateways = [\"udp:127.0.0.2:5060\", "
       "\"udp:127.0.0.2:05060\"]",
       {"hotline.toml:3:11: trusted: true or false is wanted, not integer",
        "hotline.toml:4:35: gateways: \"udp:127.0.0.2:05060\" is named twice"}},
      {"[[trunk]]\nname = \"a\"\ngateways = [\"tcp:127.0.0.2:5060\", \"udp:[::2]:5060\"]",
       {"hotline.toml:3:13: gateways: \"tcp:127.0.0.2:5060\" cannot be reached: server.listen has "
        "no address of that transport and IP version",
        "hotline.toml:3:35: gateways: \"udp:[::2]:5060\" cannot be reached: server.listen has no "
        "address of that transport and IP version"}},
  });
}

TEST(BadPlatform, trunk_and_its_calls) {
  const std::string head = "[[trunk]]\nname = \"a\"\ngateways = [\"udp:127.0.0.9:1\"]\n";
  const Row rows[] = {
      {"weights = [1, 2]", {"hotline.toml:4:11: weights: 2 values for 1 gateways; each needs one"}},
      {"weights = [0]", {"hotline.toml:4:11: weights: all are 0, nobody would get a call"}},
      {"weights = [1001]",
       {"hotline.toml:4:11: weights: all are 0, nobody would get a call",
        "hotline.toml:4:12: weights: 1001 is out of bounds, 0 to 1000"}},
      {"weights = 3",
       {"hotline.toml:4:11: weights: 0 values for 1 gateways; each needs one",
        "hotline.toml:4:11: weights: a list of whole numbers is wanted, not integer"}},
      {"weights = [\"1\"]",
       {"hotline.toml:4:11: weights: all are 0, nobody would get a call",
        "hotline.toml:4:12: weights: a whole number is wanted, not string"}},
      {"probe_s = -1", {"hotline.toml:4:11: probe_s: -1 is out of bounds, 0 to 3600 seconds"}},
      {"max_calls = -1\nmax_calls_per_s = 10001",
       {"hotline.toml:4:13: max_calls: -1 is out of bounds, 0 to 1000000 calls",
        "hotline.toml:5:19: max_calls_per_s: 10001 is out of bounds, 0 to 10000 calls"}},
      {"number_format = \"E164\"",
       {"hotline.toml:4:17: number_format: \"E164\" is none of \"as_written\", \"national\", "
        "\"national_0\", \"national_bare\", \"e164\", \"e164_bare\"; did you mean \"e164\"?"}},
      {"username = \"acme\"", {"hotline.toml:4:12: username and password_file go together"}},
      {"password_file = \"p\"", {"hotline.toml:4:17: username and password_file go together"}},
      {"username = \"acme\"\npassword_file = \"gone\"",
       {"hotline.toml:5:17: password_file: \"gone\" cannot be opened: No such file or directory"}},
      {"username = \"acme\"\npassword_file = \"../p\"",
       {"hotline.toml:5:17: password_file: \"../p\" is not inside the configuration directory"}},
      {"number_prefix = \"+9\"",
       {"hotline.toml:4:17: number_prefix: \"+9\" holds more than digits, '*' and '#'"}},
  };
  for (const Row& row : rows) {
    EXPECT_THAT(problems_after(kPlatform, head + row.text), ElementsAreArray(row.problems))
        << row.text;
  }
}

TEST(BadPlatform, package) {
  expect({
      {"[package.a]", {"hotline.toml:1:10: [package.a] has no price_per_min"}},
      {"[package.a]\nprice_per_min = 0.3",
       {"hotline.toml:2:17: price_per_min: money in a quoted string (\"0.300\") is wanted, not "
        "floating-point"}},
      {"[package.a]\nprice_per_min = \"0.3001\"",
       {"hotline.toml:2:17: price_per_min: \"0.3001\" is no amount of yuan with at most three "
        "decimals"}},
      {"[package.a]\nprice_per_min = \"nan\"",
       {"hotline.toml:2:17: price_per_min: \"nan\" is no amount of yuan with at most three "
        "decimals"}},
      {"[package.a]\nprice_per_min = \"-0.300\"",
       {"hotline.toml:2:17: price_per_min: -0.300 is out of bounds, 0.000 to 1000.000 yuan"}},
      {"[package.a]\nprice_per_min = \"8999999999999\"",
       {"hotline.toml:2:17: price_per_min: 8999999999999.000 is out of bounds, 0.000 to 1000.000 "
        "yuan"}},
      {"[package.a]\nprice_per_min = \"99999999999999999999\"",
       {"hotline.toml:2:17: price_per_min: \"99999999999999999999\" is no amount of yuan with at "
        "most three decimals"}},
      {"[package.a]\nprice_per_min = \"0.305\"\nincrements_s = [60, 6]",
       {"hotline.toml:2:17: price_per_min: 0.305 over increments of 60 and 6 seconds is no whole "
        "number of 厘; the nearest prices that are: \"0.300\" and \"0.310\""}},
      {"[package.a]\nprice_per_min = \"0.299\"\nincrements_s = [1, 25]",
       {"hotline.toml:2:17: price_per_min: 0.299 over increments of 1 and 25 seconds is no whole "
        "number of 厘; the nearest prices that are: \"0.240\" and \"0.300\""}},
      {"[package.a]\nprice_per_min = \"0.3\"\nincrements_s = [60]",
       {"hotline.toml:3:16: increments_s: a pair of whole numbers is wanted, [first, next]"}},
      {"[package.a]\nprice_per_min = \"0.3\"\nincrements_s = [0, \"60\"]",
       {"hotline.toml:3:17: increments_s: 0 is out of bounds, 1 to 3600 seconds",
        "hotline.toml:3:20: increments_s: a whole number is wanted, not string"}},
      {"[package.a]\nprice_per_min = \"0.3\"\nmin_balance = \"-1\"\ncall_max_s = 0",
       {"hotline.toml:3:15: min_balance: -1.000 is out of bounds, 0.000 to 1000000.000 yuan",
        "hotline.toml:4:14: call_max_s: 0 is out of bounds, 1 to 86400 seconds"}},
      {"[package.a]\nprice_per_min = \"0.3\"\nmonthly_minimum = \"50.00\"",
       {"hotline.toml:3:1: unknown key \"monthly_minimum\" in [package.a]; did you mean "
        "\"month_minimum\"?"}},
      {"[package]\nprice_per_min = \"0.3\"", {"hotline.toml:2:17: this is written [package.NAME]"}},
      {"[package.\"a\\nb\"]\nprice_per_min = \"0.3\"",
       {"hotline.toml:1:10: \"a\\x0ab\" is no name: letters, digits, '_', '-' and '.', at most 64 "
        "bytes"}},
  });
}

TEST(BadPlatform, steps) {
  const std::string head = "[package.a]\nprice_per_min = \"0.3\"\n";
  expect({
      {head + "steps = [{ from_s = 90, price_per_min = \"0.2\" }]",
       {"hotline.toml:3:21: from_s: no unit begins after 90 seconds of talk; the nearest are 60 "
        "and "
        "120"}},
      {head + "increments_s = [60, 6]\nsteps = [{ from_s = 30, price_per_min = \"0.2\" }]",
       {"hotline.toml:4:21: from_s: no unit begins after 30 seconds of talk; the nearest is 60"}},
      {head +
           "steps = [{ from_s = 180, price_per_min = \"0.2\" },\n{ from_s = 120, price_per_min = "
           "\"0.1\" }]",
       {"hotline.toml:4:12: from_s: 120 does not come after 180"}},
      {head + "increments_s = [1, 1]\nsteps = [{ from_s = 1, price_per_min = \"0.2\" }]",
       {"hotline.toml:4:40: price_per_min: 0.200 over increments of 1 seconds is no whole number "
        "of "
        "厘; the nearest prices that are: \"0.180\" and \"0.240\""}},
      {head + "steps = [{ from_s = 0, price_per_min = \"0.2\" }, { from_s = 7 }]",
       {"hotline.toml:3:21: from_s: 0 is out of bounds, 1 to 86400 seconds",
        "hotline.toml:3:49: steps has no price_per_min",
        "hotline.toml:3:60: from_s: no unit begins after 7 seconds of talk; the nearest is 60"}},
      {head + "steps = { from_s = 60 }",
       {"hotline.toml:3:9: steps: a list of tables is wanted, not table"}},
      {head + "steps = [60]", {"hotline.toml:3:10: steps: a table is wanted, not integer"}},
      {head + "steps = [{},{},{},{},{},{},{},{},{}]",
       {"hotline.toml:3:9: steps: 9 tables; at most 8 are taken"}},
      {head + "rounding = \"upp\"\nsetup_fee = \"-0.1\"\nfree_s = 3601\n"
              "caller_fee_per_min = 0.1",
       {"hotline.toml:3:12: rounding: \"upp\" is none of \"none\", \"up\", \"down\", \"nearest\"; "
        "did "
        "you mean \"up\"?",
        "hotline.toml:4:13: setup_fee: -0.100 is out of bounds, 0.000 to 1000.000 yuan",
        "hotline.toml:5:10: free_s: 3601 is out of bounds, 0 to 3600 seconds",
        "hotline.toml:6:22: caller_fee_per_min: money in a quoted string (\"0.300\") is wanted, "
        "not "
        "floating-point"}},
  });
}

TEST(BadPlatform, rate) {
  const std::string head =
      "[package.a]\nprice_per_min = \"0.3\"\nsteps = [{ from_s = 120, price_per_min = \"0.15\" }]\n"
      "[[package.a.rate]]\n";
  expect({
      {head, {"hotline.toml:4:1: rate has no name"}},
      {head + "name = \"x\"\nschedule = \"nigth\"\nregion = [\"江荪\"]\nprise = 1",
       {"hotline.toml:6:12: there is no schedule \"nigth\"",
        "hotline.toml:7:11: there is no region \"江荪\"; did you mean \"江苏\"?",
        "hotline.toml:8:1: unknown key \"prise\" in rate"}},
      {head + "name = \"x\"\nregion = \"江苏\"\n[[package.a.rate]]\nname = \"x\"",
       {"hotline.toml:8:8: rate \"x\" is already defined"}},
      {head + "name = \"x\"\nincrements_s = [1, 1]",
       {"hotline.toml:6:16: price_per_min: 0.150 over increments of 1 seconds is no whole number "
        "of "
        "厘; the nearest prices that are: \"0.120\" and \"0.180\""}},
      {head + "name = \"x\"\nincrements_s = [70, 60]",
       {"hotline.toml:6:16: from_s: no unit begins after 120 seconds of talk; the nearest are 70 "
        "and 130"}},
      {head + "name = \"x\"\nprice_per_min = \"0.301\"\nincrements_s = [60, 6]",
       {"hotline.toml:6:17: price_per_min: 0.301 over increments of 60 and 6 seconds is no whole "
        "number of 厘; the nearest prices that are: \"0.300\" and \"0.310\""}},
      {head + "name = \"x\"\nrounding = \"odd\"\nincrements_s = 60",
       {"hotline.toml:6:12: rounding: \"odd\" is none of \"none\", \"up\", \"down\", \"nearest\"",
        "hotline.toml:7:16: increments_s: a pair of whole numbers is wanted, [first, next]"}},
      {"[package.a]\nprice_per_min = \"0.3\"\nrate = 5",
       {"hotline.toml:3:8: rate: a list of tables is wanted, not integer"}},
  });
}

// A warning: the configuration loads.
TEST(BadPlatform, a_rate_behind_one_that_asks_for_nothing) {
  EXPECT_THAT(problems_after(kPlatform,
                             "[[package.standard.rate]]\nname = \"all\"\n"
                             "[[package.standard.rate]]\nname = \"late\"\n"
                             "schedule = \"office\""),
              testing::Contains(testing::HasSubstr(
                  "3:1: warning: no call has this rate: \"all\" before it asks for nothing")));
}

TEST(BadPlatform, schedule) {
  expect({
      {"[schedule.a]", {"hotline.toml:1:11: [schedule.a] has no weekly"}},
      {"[schedule.a]\noffset = \"8\"\nweekly = { mon = [\"09:00-18:00\"] }",
       {"hotline.toml:2:10: offset: \"8\" is no offset from UTC; wanted is \"+08:00\""}},
      {"[schedule.a]\noffset = \"+14:01\"\nweekly = { mon = [\"09:00-18:00\"] }",
       {"hotline.toml:2:10: offset: \"+14:01\" is no offset from UTC; wanted is \"+08:00\""}},
      {"[schedule.a]\nweekly = {}", {"hotline.toml:2:10: weekly: an empty table"}},
      {"[schedule.a]\nweekly = { mon = [] }", {"hotline.toml:2:18: weekly: an empty list"}},
      {"[schedule.a]\nweekly = { mon = \"09:00-18:00\" }",
       {"hotline.toml:2:18: weekly: a list of strings is wanted, not string"}},
      {"[schedule.a]\nweekly = { mon = [\"9-18\"] }",
       {"hotline.toml:2:19: weekly: \"9-18\" are no hours; wanted is \"09:00-18:00\""}},
      {"[schedule.a]\nweekly = { mon = [\"13:00-18:00\", \"09:00-13:01\"] }",
       {"hotline.toml:2:34: weekly: \"09:00-13:01\" overlaps other hours of the day"}},
      {"[schedule.a]\nweekly = { sat = [\"09:00-13:00\"], mon-sat = [\"09:00-18:00\"] }",
       {"hotline.toml:2:35: weekly: sat is in both \"sat\" and \"mon-sat\""}},
      {"[schedule.a]\nweekly = { monday = [\"09:00-13:00\"], fri-mon = [\"09:00-18:00\"] }",
       {"hotline.toml:2:12: weekly: \"monday\" is no day (mon … sun) nor range of days (mon-fri)",
        "hotline.toml:2:38: weekly: \"fri-mon\" is no day (mon … sun) nor range of days "
        "(mon-fri)"}},
      {"[schedule.a]\nweekly = { mon = [\"09:00-13:00\"] }\nexceptions = { 2026-02-29 = [] }",
       {"hotline.toml:3:16: exceptions: \"2026-02-29\" is no date; wanted is YYYY-MM-DD"}},
      {"[schedule.a]\nweekly = { mon = [\"09:00-13:00\"] }\nholidays = \"closed\"\n"
       "makeup_workdays = \"mon\"",
       {"hotline.toml:3:12: holidays: has no effect without a calendar",
        "hotline.toml:4:19: makeup_workdays: has no effect without a calendar"}},
      {"[schedule.a]\ncalendar = \"cn.csv\"\nweekly = { mon = [\"09:00-13:00\"] }\n"
       "holidays = \"open\"\nmakeup_workdays = \"tue\"",
       {"hotline.toml:4:12: holidays: \"open\" is none of \"closed\", \"weekly\"",
        "hotline.toml:5:19: makeup_workdays: \"tue\" is no key of weekly"}},
  });
}

TEST(BadPlatform, calendar) {
  const std::string weekly = "\nweekly = { mon = [\"09:00-13:00\"] }";
  const Row rows[] = {
      {"[schedule.a]\ncalendar = \"none.csv\"",
       {"hotline.toml:2:12: calendar: \"none.csv\" cannot be opened: No such file or directory"}},
      {"[schedule.a]\ncalendar = \"../cn.csv\"",
       {"hotline.toml:2:12: calendar: \"../cn.csv\" is not inside the configuration directory"}},
      {"[schedule.a]\ncalendar = \"/etc/passwd\"",
       {"hotline.toml:2:12: calendar: \"/etc/passwd\" is not inside the configuration directory"}},
      {"[schedule.a]\ncalendar = \"bad.csv\"",
       {"bad.csv:1:1: the first line is not \"date,kind,name\""}},
      {"[schedule.a]\ncalendar = \"days.csv\"",
       {"days.csv:3:1: \"2026-02-30\" is no date; wanted is YYYY-MM-DD",
        "days.csv:4:1: \"feast\" is none of holiday, makeup_workday",
        "days.csv:5:1: 2026-01-01 is already in the file",
        "days.csv:6:1: \"\" is no name of a day: 1 to 64 bytes, no comma"}},
  };
  for (const Row& row : rows) {
    EXPECT_THAT(problems_after(kPlatform, row.text + weekly), ElementsAreArray(row.problems))
        << row.text;
  }
}

TEST(BadPlatform, caller_list) {
  expect({
      {"[caller_list.a]", {"hotline.toml:1:14: [caller_list.a] names no caller"}},
      {"[caller_list.a]\nwithheld = false", {"hotline.toml:1:14: [caller_list.a] names no caller"}},
      {"[caller_list.a]\nnumbers = [\"10086\", \"x\"]",
       {"hotline.toml:2:12: \"10086\" is no phone number",
        "hotline.toml:2:21: \"x\" is no phone number"}},
      {"[caller_list.a]\nprefixes = [\"86170\", \"+\", \"+86-170\", \"+1234567890123456\"]",
       {"hotline.toml:2:13: \"86170\" is no prefix; wanted is \"+86170\", 1 to 15 digits",
        "hotline.toml:2:22: \"+\" is no prefix; wanted is \"+86170\", 1 to 15 digits",
        "hotline.toml:2:27: \"+86-170\" is no prefix; wanted is \"+86170\", 1 to 15 digits",
        "hotline.toml:2:38: \"+1234567890123456\" is no prefix; wanted is \"+86170\", 1 to 15 "
        "digits"}},
      {"[caller_list.a]\nnumbers = [\"+1234567890123456\"]",
       {"hotline.toml:2:12: \"+1234567890123456\" has more than 15 digits with its country"}},
      {"[caller_list.a]\nregions = [\"上海\", \"上湖\"]\nkinds = [\"mobile\", \"mobil\"]\n"
       "prefixes = [\"x\"]\nnumbers = [5]\nwithheld = \"yes\"\nkind = [\"mobile\"]\nfiles = []",
       {"hotline.toml:2:18: there is no region \"上湖\"; did you mean \"上海\"?",
        "hotline.toml:3:20: kinds: \"mobil\" is none of \"mobile\", \"landline\", \"hongkong\", "
        "\"macau\", \"taiwan\", \"abroad\", \"withheld\", \"unknown\"; did you mean \"mobile\"?",
        "hotline.toml:4:13: \"x\" is no prefix; wanted is \"+86170\", 1 to 15 digits",
        "hotline.toml:5:12: numbers: a string is wanted, not integer",
        "hotline.toml:6:12: withheld: true or false is wanted, not string",
        "hotline.toml:7:1: unknown key \"kind\" in [caller_list.a]; did you mean \"kinds\"?",
        "hotline.toml:8:9: files: an empty list"}},
      {"[caller_list.a]\nregions = [\"withheld\"]\n[caller_list.b]\nkinds = [\"abroad\"]", {}},
      {"[caller_list.a]\nregions = []\nkinds = \"mobile\"",
       {"hotline.toml:2:11: regions: an empty list",
        "hotline.toml:3:9: kinds: a list of strings is wanted, not string"}},
      {"[caller_list.a]\nfiles = [\"list.txt\", \"none.txt\", \"a/../../list.txt\"]",
       {"hotline.toml:2:22: files: \"none.txt\" cannot be opened: No such file or directory",
        "hotline.toml:2:34: files: \"a/../../list.txt\" is not inside the configuration directory",
        "list.txt:5:1: \"nobody\" is no phone number",
        "list.txt:6:1: \"86170\" is no prefix; wanted is \"+86170\", 1 to 15 digits"}},
      {"[screening]\nblacklists = [\"nuisance\", \"nuisance\"]\nwhitelists = [\"nuisanse\"]",
       {"hotline.toml:2:27: caller list \"nuisance\" is named twice",
        "hotline.toml:3:15: there is no caller list \"nuisanse\"; did you mean \"nuisance\"?"}},
  });
}

}  // namespace
}  // namespace hotline::config
