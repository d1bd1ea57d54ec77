#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "hub/app/command.hpp"
#include "hub/base/error.hpp"

namespace cdh {

namespace {

namespace fs = std::filesystem;

struct StarterFile {
  const char* name;
  const char* content;
};

// Two sources that share customers, each with a flaw of its own: another spelling, another way to
// write a phone number, a row twice.
constexpr StarterFile kStarterFiles[] = {
    {"hub.yaml", R"(# A customer data hub of two sources. Paths are relative to this file.
#
#     cdh check      is everything understood and reachable?
#     cdh run        reads the sources and updates the profiles; run it as often as you like

hub:
  store: sqlite://customers.db     # or postgresql://user@host/name, mariadb://...
  country: US                      # how to read phones, addresses and dates that do not say
  time_zone: UTC                   # of times without an offset

sources:
  shop:                            # one system that knows customers; the name is yours
    connector: csv                 # see `cdh plugin list` and `cdh plugin info csv`
    config: { path: shop.csv }     # a secret is written ${env:NAME} or ${file:PATH}
    trust: 70                      # 0 to 100: whose word counts when sources disagree
    streams:
      shop:                        # see `cdh discover shop`
        key: Customer No           # what tells one record from another, for ever
        updated_at: Changed        # which of two values is newer
        map:                       # fields of the customer model: fields of the source
          - into: person
            fields:
              given_name: First Name
              family_name: Last Name
              emails: [E-Mail]
              phones: [Phone]
              address_locality: City

  newsletter:
    connector: jsonl
    config: { path: newsletter.jsonl }
    trust: 40
    streams:
      newsletter:
        key: id
        transforms:                # repair a source's text before the mapping
          - { use: text, fields: [first, last], trim: true, case: title }
        map:
          - as: subscriber
            into: person
            fields: { given_name: first, family_name: last, emails: [email], phones: [mobile] }
          - into: consent          # an event of the person in the same record
            fields: { purpose: { value: newsletter }, status: status }
            refs: { customer: { as: subscriber } }
)"},
    {"shop.csv", R"(Customer No,First Name,Last Name,E-Mail,Phone,City,Changed
1001,Alice,Example,alice@shop.example,(212) 555-0142,New York,2026-03-02T09:15:00Z
1002,Robert,Sample,bob@mail.example,212-555-0178,Boston,2026-04-11T16:40:00Z
1003,Carla,Specimen,carla@mail.example,,Chicago,2026-05-20T11:05:00Z
1004,Dmitri,Muster,dmitri@mail.example,312-555-0119,Chicago,2026-06-01T08:00:00Z
)"},
    {"newsletter.jsonl",
     R"({"id":"n1","first":"ALICE","last":"EXAMPLE","email":"Alice@Shop.Example","status":"granted"}
{"id":"n2","first":" Bob ","last":"Sample","email":"bob@mail.example","mobile":null,"status":"refused"}
{"id":"n3","first":"Erin","last":"Fictional","email":"erin@mail.example","mobile":"","status":"granted"}
)"},
};

[[noreturn]] void fail(const fs::path& path, const std::string& why) {
  throw Error(ErrorKind::config, "cannot write " + path.string() + ": " + why);
}

void write_file(const fs::path& path, std::string_view content) {
  std::ofstream file(path, std::ios::binary);
  file << content;
  file.close();
  if (!file) fail(path, std::strerror(errno));
}

// Nothing is written over, and nothing is written unless everything can be.
void refuse_to_overwrite(const fs::path& folder) {
  std::string there;
  for (const StarterFile& file : kStarterFiles) {
    if (fs::exists(folder / file.name))
      there += (there.empty() ? "" : ", ") + std::string(file.name);
  }
  if (!there.empty()) {
    throw Error(ErrorKind::config,
                folder.string() + " already holds " + there +
                    ", which `cdh init` does not overwrite: choose a new folder");
  }
}

void init(const Globals& globals, const fs::path& folder) {
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (failed) fail(folder, failed.message());
  refuse_to_overwrite(folder);
  for (const StarterFile& file : kStarterFiles) {
    write_file(folder / file.name, file.content);
    std::cout << (folder / file.name).string() << '\n';
  }
  if (globals.quiet) return;
  std::cerr
      << "\nNext:\n\n  cd " << folder.string()
      << "\n  cdh run\n  cdh profile find alice@shop.example\n\nThen put your own sources into "
         "hub.yaml; its comments say how.\n";
}

}  // namespace

void add_init(CLI::App& app, Globals& globals) {
  auto* command =
      app.add_subcommand("init", "Write a commented hub.yaml and sample data to start from");
  auto folder = std::make_shared<std::string>();
  command->add_option("DIR", *folder, "The folder to fill; it is made when it is not there")
      ->required();
  command->callback([&globals, folder] { init(globals, *folder); });
}

}  // namespace cdh
