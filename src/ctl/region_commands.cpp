// region: where numbers belong, and which table says so. (region import: region_import.cpp.)
#include <memory>

#include "hotline/number/number.h"

#include "ctl/command.h"
#include "ctl/region_import.h"
#include "ctl/region_sources.h"
#include "ctl/table.h"
#include "ctl/text.h"
#include "numbering/numbering.h"

namespace hotline::ctl {
namespace {

using admin::Json;

int tell_troubles(Session& session, const RegionSources& sources) {
  for (const std::string& trouble : sources.troubles) {
    session.err << "hotlinectl: left out: " << printable(trouble) << '\n';
  }
  return sources.troubles.empty() ? kDone : kProblem;
}

// The last source that knows it: what is not known is nobody's word.
template <class Knows>
Json source_that(const RegionSources& sources, Knows knows) {
  Json name;
  for (const RegionSource& source : sources.each) {
    if (knows(*source.table)) name = source.name;
  }
  return name;
}

Json look_up(const RegionSources& sources, const number::Number& number) {
  const region::Located located = sources.together->locate(number);
  const region::Place& place = sources.together->place(located.place);
  // Where the other kinds belong is no table's word.
  const bool is_mainland =
      number.kind == number::Kind::mobile || number.kind == number::Kind::landline;
  const auto places = [&](const region::Table& table) {
    return is_mainland && located.place != region::kUnknown &&
           table.locate(number).place != region::kUnknown;
  };
  const auto names_carrier = [&](const region::Table& table) {
    return located.carrier != region::Carrier::unknown &&
           table.locate(number).carrier != region::Carrier::unknown;
  };
  return {{"number", number.e164.empty() ? number.raw : number.e164},
          {"kind", number::to_string(number.kind)},
          {"province", place.province},
          {"city", place.city},
          {"area_code", place.area_code},
          {"carrier", region::to_string(located.carrier)},
          {"place_source", source_that(sources, places)},
          {"carrier_source", source_that(sources, names_carrier)}};
}

int lookup(Session& session, const std::string& text) {
  const RegionSources sources = find_region_sources(session.options);
  const Json found = look_up(sources, numbering::read_caller(text));
  const int exit = tell_troubles(session, sources);
  if (session.options.json) {
    session.out << admin::to_text(found, 2) << '\n';
    return exit;
  }
  Sheet sheet;
  for (const auto& [name, value] : found.items()) {
    std::string title = name;
    std::replace(title.begin(), title.end(), '_', ' ');
    sheet.add(title, word(value));
  }
  sheet.print(session.out);
  return exit;
}

// How many of the prefixes of mobiles that begin with those two digits the table places.
std::size_t placed_mobiles(const region::Table& table, std::uint32_t segment) {
  constexpr std::uint32_t kOfSegment = 100'000;
  std::size_t placed = 0;
  number::Number number{number::Kind::mobile, "", ""};
  for (std::uint32_t i = 0; i < kOfSegment; ++i) {
    number.e164 = "+86" + std::to_string(segment * kOfSegment + i);
    if (table.locate(number).place != region::kUnknown) ++placed;
  }
  return placed;
}

// How many area codes the table places: 10, 2x, and those of three digits from 300 on.
std::size_t placed_area_codes(const region::Table& table) {
  std::size_t placed = 0;
  number::Number number{number::Kind::landline, "", ""};
  for (int code = 10; code < 1000; code = code == 10 ? 20 : code == 29 ? 300 : code + 1) {
    number.e164 = "+86" + std::to_string(code);
    if (table.locate(number).place != region::kUnknown) ++placed;
  }
  return placed;
}

template <class Count>
Json counted(const RegionSources& sources, Count count) {
  Json line;
  for (const RegionSource& source : sources.each) line[source.name] = count(*source.table);
  line["together"] = count(*sources.together);
  return line;
}

void print_coverage(std::ostream& out, const Json& coverage) {
  Table table({{"KNOWN"},
               {"OF", Align::right},
               {"BUILTIN", Align::right},
               {"IMPORTED", Align::right},
               {"OVERRIDE", Align::right},
               {"TOGETHER", Align::right}});
  const auto add = [&table](const std::string& title, const std::string& of, const Json& line) {
    table.add({title, of, word(line.at("builtin")), word(line.at("imported")),
               word(line.at("override")), word(line.at("together"))});
  };
  for (const Json& line : coverage.at("segments")) {
    add(line.at("segment").get<std::string>() + "x", word(line.at("prefixes")), line);
  }
  add("area codes", "", coverage.at("area_codes"));
  table.print(out);
}

int coverage(Session& session) {
  constexpr std::uint32_t kFirstSegment = 13;
  constexpr std::uint32_t kLastSegment = 19;
  const RegionSources sources = find_region_sources(session.options);
  Json segments = Json::array();
  for (std::uint32_t segment = kFirstSegment; segment <= kLastSegment; ++segment) {
    Json line = {{"segment", std::to_string(segment)}, {"prefixes", 100'000}};
    line.update(counted(
        sources, [segment](const region::Table& table) { return placed_mobiles(table, segment); }));
    segments.push_back(std::move(line));
  }
  const Json found = {{"segments", segments}, {"area_codes", counted(sources, placed_area_codes)}};
  const int exit = tell_troubles(session, sources);
  if (session.options.json) {
    session.out << admin::to_text(found, 2) << '\n';
  } else {
    print_coverage(session.out, found);
  }
  return exit;
}

void add_import(CLI::App& group, Session& session) {
  const auto import = std::make_shared<RegionImport>();
  CLI::App* command =
      add_command(group, session, "import",
                  "Take over a table of prefixes (phone.dat, CSV, or either packed by gzip) in the "
                  "place of the one imported before",
                  "hotlinectl region import phone.dat",
                  [&session, import] { return import_regions(session, *import); });
  command->add_option("FILE", import->file, "The file")->required();
  command->add_flag("--skip-bad", import->skip_bad, "Leave out what is wrong in it");
}

}  // namespace

void add_region_commands(CLI::App& app, Session& session) {
  CLI::App* group =
      add_group(app, "region", "Where numbers belong: look up, import a table of prefixes");
  add_import(*group, session);

  const auto number = std::make_shared<std::string>();
  CLI::App* command =
      add_command(*group, session, "lookup", "Say where a number belongs, and which table says so",
                  "hotlinectl region lookup 13800138000",
                  [&session, number] { return lookup(session, *number); });
  command->add_option("NUMBER", *number, "A number in any form a carrier sends")->required();

  add_command(*group, session, "coverage",
              "Show how many prefixes of mobiles and area codes each table knows",
              "hotlinectl region coverage", [&session] { return coverage(session); });
}

}  // namespace hotline::ctl
