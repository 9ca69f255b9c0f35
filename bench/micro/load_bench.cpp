// How long a large configuration takes to load: 10,000 hotlines of 20 phones and 20 routes, from
// memory. (The files' reading is the disk's business.)
#include <map>
#include <string>

#include <benchmark/benchmark.h>

#include "config/load.h"
#include "numbering/numbering.h"

namespace hotline::config {
namespace {

constexpr const char* kPlatform = R"([server]
[[trunk]]
name = "unicom"
sources = ["127.0.0.2"]
gateways = ["udp:127.0.0.2:5060"]
[package.standard]
price_per_min = "0.300"
phones_included = 20
[schedule.office]
weekly = { mon-fri = ["09:00-18:00"] }
)";

std::string hotline(int n) {
  std::string text = "[hotline]\nnumber = \"400" + std::to_string(1'000'000 + n) +
                     "\"\naccount = \"acme\"\npackage = \"standard\"\n";
  std::string names;
  for (int i = 0; i < 20; ++i) {
    const std::string name = "p" + std::to_string(i);
    text += "[[phone]]\nname = \"" + name + "\"\nnumber = \"021" +
            std::to_string(10'000'000 + n * 20 + i) + "\"\ntrunk = \"unicom\"\nlines = 4\n";
    names += (i == 0 ? "\"" : ", \"") + name + "\"";
  }
  text += "[[group]]\nname = \"all\"\nring = \"round_robin\"\nphones = [" + names + "]\n";
  const char* provinces[] = {"北京", "天津", "河北", "山西", "辽宁", "吉林", "江苏",
                             "浙江", "安徽", "福建", "江西", "山东", "河南", "湖北",
                             "湖南", "广东", "广西", "四川", "贵州", "云南"};
  for (const char* province : provinces) {
    text += std::string("[[route]]\nname = \"") + province + "\"\nwhen = { region = \"" + province +
            "\", schedule = \"office\" }\nto = \"group:all\"\n";
  }
  return text + "[otherwise]\nto = \"refuse:closed\"\n";
}

void load_configuration(benchmark::State& state) {
  std::map<std::string, std::string> texts{{kPlatformFile, kPlatform}};
  for (int n = 0; n < state.range(0); ++n) {
    texts["hotlines/" + std::to_string(n) + ".toml"] = hotline(n);
  }
  const MemoryFiles files(std::move(texts));
  Context context;
  context.today = WallTime{Milliseconds{1'772'416'800'000}};
  context.regions = region::builtin_table();
  context.read_number = numbering::read_caller;
  for (auto _ : state) {
    const auto loaded = load(files, context);
    if (!loaded) state.SkipWithError(loaded.error().front().to_string().c_str());
    benchmark::DoNotOptimize(loaded);
  }
}
BENCHMARK(load_configuration)->Arg(1'000)->Arg(10'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace hotline::config
