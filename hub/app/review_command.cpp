#include <iostream>
#include <memory>

#include "hub/app/command.hpp"
#include "hub/app/evidence_printer.hpp"
#include "hub/app/opened_hub.hpp"
#include "hub/app/profile_printer.hpp"
#include "hub/app/table.hpp"
#include "hub/app/user_name.hpp"
#include "hub/base/error.hpp"
#include "hub/base/text.hpp"
#include "hub/run/pair_assessment.hpp"
#include "hub/run/review_decision.hpp"

namespace cdh {

namespace {

using Json = nlohmann::ordered_json;

std::string record_name(const ReviewedParty& party) {
  return party.source + ":" + party.source_key;
}

Json or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

double bits(const ReviewItem& item) { return static_cast<double>(item.score) / 1000; }

void print_pairs(const std::vector<ReviewedPair>& pairs, Format format) {
  Table table({"id", "score", "record", "name", "other_record", "other_name", "evidence", "decided",
               "since_run", "profile", "other_profile"});
  for (const ReviewedPair& pair : pairs) {
    table.add({pair.item.id, bits(pair.item), record_name(pair.a), pair.a.display_name,
               record_name(pair.b), pair.b.display_name, pair.item.reason, or_null(pair.decided),
               pair.item.first_seen_run, pair.a.profile_uuid, pair.b.profile_uuid});
  }
  table.print(std::cout, format);
}

void list(const Globals& globals, std::size_t most) {
  OpenedHub hub(globals, Database::Mode::view);
  auto& [config, database] = hub;
  const std::vector<ReviewedPair> pairs = reviewed_pairs(database, most);
  if (!pairs.empty() || globals.format != Format::table) print_pairs(pairs, globals.format);
  if (globals.quiet) return;
  const std::int64_t all = count_review_items(database);
  if (all == 0) {
    std::cerr << "no pair waits for review\n";
  } else if (all > std::ssize(pairs)) {
    std::cerr << "the first " << pairs.size() << " of " << all << "; --limit shows more\n";
  }
}

Json party_json(const ReviewedParty& party) {
  return {{"source", party.source}, {"stream", party.stream},     {"key", party.source_key},
          {"as", party.name},       {"name", party.display_name}, {"profile", party.profile_uuid}};
}

void show_json(const ReviewedPair& pair, const PairEvidence& evidence) {
  const Json json = {{"id", pair.item.id},
                     {"records", {party_json(pair.a), party_json(pair.b)}},
                     {"decided", or_null(pair.decided)},
                     {"since_run", pair.item.first_seen_run},
                     {"evidence", evidence_json(evidence)}};
  std::cout << json.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
}

// The two, and what their profiles hold.
void show_parties(Database& database, const ReviewedPair& pair) {
  for (const ReviewedParty* party : {&pair.a, &pair.b}) {
    std::cout << printable_line(record_name(*party)) << "  " << printable_line(party->display_name)
              << "  " << party->profile_uuid << '\n';
  }
  if (!pair.decided.empty()) std::cout << pair.decided << "; the next `cdh run` follows\n";
  std::cout << '\n';
  const auto a = view_profile(database, pair.a.profile_uuid, 0);
  const auto b = view_profile(database, pair.b.profile_uuid, 0);
  if (!a || !b) return;
  print_side_by_side(std::cout, *a, record_name(pair.a), *b, record_name(pair.b));
  std::cout << '\n';
}

void show(const Globals& globals, std::int64_t id) {
  OpenedHub hub(globals, Database::Mode::view);
  auto& [config, database] = hub;
  const Transaction reading(database, Transaction::Access::read);
  const ReviewedPair pair = require_reviewed_pair(database, id);
  PairAssessor assessor(database, config.match);
  const auto evidence = assessor.assess(pair.a.party_id, pair.b.party_id);
  if (!evidence) {
    throw Error(ErrorKind::config, "a record of pair " + std::to_string(id) +
                                       " has gone since it was found; the next `cdh run` takes the "
                                       "pair away");
  }
  if (globals.format == Format::json) return show_json(pair, *evidence);
  if (globals.format == Format::table) show_parties(database, pair);
  print_evidence(std::cout, *evidence, globals.format);
}

void judge(const Globals& globals, const std::vector<std::int64_t>& ids, ReviewVerdict verdict) {
  OpenedHub hub(globals, Database::Mode::existing);
  auto& [config, database] = hub;
  const std::vector<ReviewedPair> pairs = judge_review_items(database, ids, verdict, user_name());
  print_pairs(pairs, globals.format);
  if (globals.quiet) return;
  std::cerr << counted(std::ssize(pairs), "decision is", "decisions are")
            << " kept; the next `cdh run` follows\n";
}

struct Words {
  std::vector<std::int64_t> ids;
  std::int64_t id = 0;
  std::size_t most = 50;
};

void add_verdict(CLI::App& review, Globals& globals, const std::shared_ptr<Words>& words,
                 const char* name, const char* help, ReviewVerdict verdict) {
  auto* command = review.add_subcommand(name, help);
  command->add_option("ID", words->ids, "Numbers that `review list` shows")->required();
  command->footer(
      "Kept as a decision on all records of the two customers, for ever, whatever later runs\n"
      "find. The next `cdh run` follows it, and the pair is gone from the list then. Until then a\n"
      "later word on the same pair replaces this one; after that, see `cdh profile merge` and\n"
      "`split`.");
  command->callback([&globals, words, verdict] { judge(globals, words->ids, verdict); });
}

}  // namespace

void add_review(CLI::App& app, Globals& globals) {
  auto* review =
      app.add_subcommand("review", "Pairs that may be one customer: see why, and decide");
  review->require_subcommand(1);
  auto words = std::make_shared<Words>();

  auto* list_them = review->add_subcommand("list", "The pairs, those that are likeliest one first");
  list_them->add_option("--limit,--most", words->most, "How many to show, at most 10000")
      ->check(CLI::Range(1, 10'000).description(""))
      ->capture_default_str();
  list_them->footer(
      "Each pair is two records of different profiles, the two that agree best. The score is in\n"
      "bits: 0 means that it is even whether they are one customer, each bit more doubles the "
      "odds\n"
      "and each bit less halves them.");
  list_them->callback([&globals, words] { list(globals, words->most); });

  auto* show_one = review->add_subcommand("show", "What speaks for and against, field by field");
  show_one->add_option("ID", words->id, "The number that `review list` shows")->required();
  show_one->footer(
      "The bits of all lines add up to the score. \"before comparing\" are the odds of any two\n"
      "records; a household or a namesake explains what they have in common as well. Compared are\n"
      "the records as they stand now, by the stored match model.");
  show_one->callback([&globals, words] { show(globals, words->id); });

  add_verdict(*review, globals, words, "accept", "These two are one customer, for ever",
              ReviewVerdict::accept);
  add_verdict(*review, globals, words, "reject", "These two are not one customer, for ever",
              ReviewVerdict::reject);
}

}  // namespace cdh
