#include <algorithm>
#include <iostream>
#include <memory>

#include "hub/app/command.hpp"
#include "hub/app/opened_hub.hpp"
#include "hub/app/profile_printer.hpp"
#include "hub/app/table.hpp"
#include "hub/app/user_name.hpp"
#include "hub/base/error.hpp"
#include "hub/run/link_path.hpp"
#include "hub/run/pair_assessment.hpp"
#include "hub/run/profile_search.hpp"
#include "hub/run/stewardship.hpp"
#include "hub/store/database.hpp"

namespace cdh {

namespace {

// Events of one kind that are shown of a profile.
constexpr std::size_t kMostEvents = 50;
// Profiles that are looked through for a record; a key may be one of several sources.
constexpr std::size_t kMostOfOneKey = 1000;

void find(const Globals& globals, const std::string& text, std::size_t most) {
  OpenedHub hub(globals, Database::Mode::view);
  auto& [config, database] = hub;
  auto found = search_profiles(database, config, text, most + 1);
  const bool are_more = found.size() > most;
  if (are_more) found.pop_back();
  if (found.empty() && globals.format == Format::table) {
    std::cerr << "no profile fits \"" << text << "\"\n";
    return;
  }
  print_summaries(std::cout, found, globals.format);
  if (are_more && !globals.quiet) {
    std::cerr << "the first " << most << "; more fit, --limit shows them\n";
  }
}

ProfileView require_profile(Database& database, const std::string& id) {
  const auto uuid = resolve_profile(database, id);
  auto view = uuid ? view_profile(database, *uuid, kMostEvents) : std::nullopt;
  if (!view) {
    throw Error(ErrorKind::config, "there is no profile \"" + id +
                                       "\", or several begin like that; see `cdh profile find`");
  }
  return *std::move(view);
}

using Printer = void (*)(std::ostream&, ProfileView, Format, const std::string&);

void print_with(const Globals& globals, const std::string& id, Printer print) {
  OpenedHub hub(globals, Database::Mode::view);
  auto& [config, database] = hub;
  print(std::cout, require_profile(database, id), globals.format, config.time_zone);
}

const ViewedMember* find_member(const ProfileView& view, const std::string& record) {
  const auto at = std::ranges::find_if(
      view.members, [&](const ViewedMember& member) { return is_named(member, record); });
  return at == view.members.end() ? nullptr : &*at;
}

// The profile that a record belongs to.
std::optional<ProfileView> profile_of(Database& database, const std::string& record) {
  for (const ProfileSummary& found : find_by_record(database, record, kMostOfOneKey)) {
    auto view = view_profile(database, found.uuid, 0);
    if (view && find_member(*view, record) != nullptr) return view;
  }
  return std::nullopt;
}

void explain_pair(const Globals& globals, const std::string& id,
                  const std::vector<std::string>& records) {
  OpenedHub hub(globals, Database::Mode::view);
  auto& [config, database] = hub;
  const Transaction reading(database, Transaction::Access::read);
  const ProfileView view = require_profile(database, id);
  const ViewedMember* a = find_member(view, records.front());
  const ViewedMember* b = find_member(view, records.back());
  std::optional<ProfileView> other;  // of the record that is not in this one
  if ((a == nullptr) != (b == nullptr)) {
    const bool is_a = a == nullptr;
    other = profile_of(database, is_a ? records.front() : records.back());
    if (other) (is_a ? a : b) = find_member(*other, is_a ? records.front() : records.back());
  }
  if (a == nullptr || b == nullptr) {
    throw Error(ErrorKind::config, "profile " + view.uuid + " has no record \"" +
                                       (a == nullptr ? records.front() : records.back()) +
                                       "\"; name it as `cdh profile show` does, SOURCE:KEY");
  }
  if (a == b) throw Error(ErrorKind::config, "name two different records");
  PairAssessor assessor(database, config.match);
  const auto evidence = assessor.assess(a->party_id, b->party_id);
  if (!evidence) {
    throw Error(
        ErrorKind::config,
        "one of these records has gone since the last run published, or one is a person and "
        "the other an organization");
  }
  if (other) {
    const bool is_a = find_member(view, records.front()) != nullptr;  // in this one
    print_pair_apart(std::cout, *a, *b,
                     {is_a ? view.uuid : other->uuid, is_a ? other->uuid : view.uuid}, *evidence,
                     globals.format);
  } else {
    print_pair(std::cout, link_path(view.members, a->party_id, b->party_id), *evidence,
               globals.format);
  }
}

void report(const Globals& globals, const StewardshipResult& result) {
  if (!result.published && !globals.quiet) {
    std::cerr << "the decision is kept; the run that is going takes it in if it publishes, or else "
                 "the next\n";
  }
  if (globals.format == Format::table) {
    for (const std::string& uuid : result.profiles) std::cout << uuid << '\n';
    return;
  }
  Table table({"profile"});
  for (const std::string& uuid : result.profiles) table.add({uuid});
  table.print(std::cout, globals.format);
}

// Everything a subcommand's words may hold.
struct Words {
  std::string text, id, other, field, value;
  std::vector<std::string> records;
  std::size_t most = 20;
};

template <typename Action>
void act(const Globals& globals, Action&& action) {
  OpenedHub hub(globals, Database::Mode::existing);
  auto& [config, database] = hub;
  if (database.is_locked_for_run() && !globals.quiet) {
    std::cerr << "a run is going: while it publishes, this waits, for at most five minutes\n";
  }
  report(globals, action(database, config));
}

}  // namespace

void add_profile(CLI::App& app, Globals& globals) {
  auto* profile = app.add_subcommand("profile", "Look customers up, and put matches right");
  profile->require_subcommand(1);
  auto words = std::make_shared<Words>();

  auto* find_it =
      profile->add_subcommand("find", "Find customers by name, e-mail, phone or number");
  find_it->add_option("TEXT", words->text, "What to look for; of a record also SOURCE:KEY")
      ->required();
  find_it->add_option("--limit,--most", words->most, "How many to show, at most 10000")
      ->check(CLI::Range(1, 10'000).description(""))
      ->capture_default_str();
  find_it->callback([&globals, words] { find(globals, words->text, words->most); });

  auto* show = profile->add_subcommand("show", "Everything known of one customer");
  show->add_option("ID", words->id, "The profile's id, or its beginning")->required();
  show->callback([&globals, words] { print_with(globals, words->id, &print_profile); });

  auto* explain =
      profile->add_subcommand("explain", "Why these records are one, and where each value is from");
  explain->add_option("ID", words->id, "The profile's id, or its beginning")->required();
  explain
      ->add_option("RECORD", words->records,
                   "Two records, SOURCE:KEY, one of them at least its own: what speaks for and "
                   "against their being one")
      ->expected(2)
      ->required(false);
  explain->footer(
      "With two records: a line for each field with its weight in bits, which add up to the "
      "score;\n"
      "0 is even, each bit more doubles the odds that they are one customer. Then the path of "
      "links\n"
      "that joined them, or that they are two customers. Compared are the records as they stand "
      "now, by the stored match model.");
  explain->callback([&globals, words] {
    if (words->records.empty()) {
      print_with(globals, words->id, &print_explanation);
    } else {
      explain_pair(globals, words->id, words->records);
    }
  });

  auto* merge = profile->add_subcommand("merge", "These two are one customer, for ever");
  merge->add_option("A", words->id, "A profile's id")->required();
  merge->add_option("B", words->other, "Another profile's id")->required();
  merge->callback([&globals, words] {
    act(globals, [&](Database& database, const HubConfig& config) {
      return merge_profiles(database, config, words->id, words->other, user_name());
    });
  });

  auto* split = profile->add_subcommand("split", "These records are another customer, for ever");
  split->add_option("ID", words->id, "The profile's id")->required();
  split->add_option("RECORD", words->records, "A record that leaves it, SOURCE:KEY")->required();
  split->callback([&globals, words] {
    act(globals, [&](Database& database, const HubConfig& config) {
      return split_profile(database, config, words->id, words->records, user_name());
    });
  });

  auto* set = profile->add_subcommand("set", "Pin a value, whatever the sources say");
  set->add_option("ID", words->id, "The profile's id")->required();
  set->add_option("FIELD", words->field, "A field such as family_name, or a contact such as email")
      ->required();
  set->add_option("VALUE", words->value, "The value; empty takes the pin away")->required();
  set->callback([&globals, words] {
    act(globals, [&](Database& database, const HubConfig& config) {
      return pin_value(database, config, words->id, words->field, words->value, user_name());
    });
  });
}

}  // namespace cdh
