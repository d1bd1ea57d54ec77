#include <cerrno>
#include <cmath>
#include <cstring>
#include <fstream>
#include <iostream>
#include <memory>

#include "hub/app/command.hpp"
#include "hub/app/opened_hub.hpp"
#include "hub/app/table.hpp"
#include "hub/base/error.hpp"
#include "hub/base/text.hpp"
#include "hub/run/truth_evaluation.hpp"

namespace cdh {

namespace {

using Json = nlohmann::ordered_json;

double rounded(double share) { return std::round(share * 1e5) / 1e5; }

Json agreement_json(const Agreement& agreement) {
  return {{"precision", rounded(agreement.precision)},
          {"recall", rounded(agreement.recall)},
          {"f1", rounded(agreement.f1())}};
}

Json faults_json(const std::vector<MatchFault>& faults) {
  Json json = Json::array();
  for (const MatchFault& fault : faults) {
    json.push_back({{"pairs", fault.pairs},
                    {"record", fault.record},
                    {"other", fault.other},
                    {"reason", fault.reason.empty() ? Json() : Json(fault.reason)},
                    {"evidence", fault.evidence.empty() ? Json() : Json(fault.evidence)}});
  }
  return json;
}

double share(std::int64_t part, std::int64_t all) {
  return all == 0 ? 0 : rounded(static_cast<double>(part) / static_cast<double>(all));
}

// Calls visit(name, share of the true pairs, share that no other pass finds) of each pass that finds
// any.
template <typename Visit>
void for_each_pass(const BlockingRecall& blocking, Visit&& visit) {
  for (std::size_t i = 0; i < kBlockingPasses; ++i) {
    const PassRecall& pass = blocking.passes[i];
    if (pass.pairs == 0) continue;
    visit(std::string(name_of(static_cast<BlockingPass>(i))),
          share(pass.pairs, blocking.true_pairs), share(pass.alone, blocking.true_pairs));
  }
}

Json blocking_json(const BlockingRecall& blocking) {
  Json json = {{"recall", rounded(blocking.recall())}, {"passes", Json::array()}};
  for_each_pass(blocking, [&](const std::string& name, double recall, double alone) {
    json["passes"].push_back({{"pass", name}, {"recall", recall}, {"alone", alone}});
  });
  return json;
}

Table passes_table(const TruthReport& report) {
  Table table({"pass", "recall", "alone"});
  if (!report.blocking) return table;
  for_each_pass(*report.blocking, [&](const std::string& name, double recall, double alone) {
    table.add({name, recall, alone});
  });
  return table;
}

void print_json(const TruthReport& report, bool with_worst) {
  const Evaluation& figures = report.figures;
  Json json = {{"records", figures.records},
               {"missing", report.missing},
               {"true_clusters", figures.true_clusters},
               {"found_clusters", figures.found_clusters},
               {"pairwise", agreement_json(figures.pairwise)},
               {"b_cubed", agreement_json(figures.b_cubed)},
               {"blocking", report.blocking ? blocking_json(*report.blocking) : Json()}};
  if (with_worst) {
    json["wrong_joins"] = faults_json(report.wrong_joins);
    json["missed_pairs"] = faults_json(report.missed_pairs);
  }
  std::cout << json.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
}

Table figures_table(const TruthReport& report) {
  const Evaluation& figures = report.figures;
  Table table({"measure", "precision", "recall", "f1"});
  const auto add = [&](const char* measure, const Agreement& agreement) {
    table.add({measure, rounded(agreement.precision), rounded(agreement.recall),
               rounded(agreement.f1())});
  };
  add("pairwise", figures.pairwise);
  add("b_cubed", figures.b_cubed);
  if (report.blocking)
    table.add({"blocking", nullptr, rounded(report.blocking->recall()), nullptr});
  return table;
}

Table faults_table(const TruthReport& report) {
  Table table({"fault", "pairs", "record", "other", "reason", "evidence"});
  for (const MatchFault& fault : report.wrong_joins) {
    table.add({"wrong join", fault.pairs, fault.record, fault.other, fault.reason, fault.evidence});
  }
  for (const MatchFault& fault : report.missed_pairs) {
    table.add(
        {"missed pair", fault.pairs, fault.record, fault.other, fault.reason, fault.evidence});
  }
  return table;
}

// What is shown besides the figures.
struct Details {
  std::size_t worst = 0;
  bool passes = false;
};

void print_text(const TruthReport& report, const Details& details) {
  const Evaluation& figures = report.figures;
  std::cout << counted(static_cast<std::int64_t>(figures.records), "record", "records") << ", "
            << report.missing << " missing; " << figures.true_clusters << " true clusters, "
            << figures.found_clusters << " found\n\n";
  figures_table(report).print(std::cout, Format::table);
  if (details.passes) {
    std::cout << '\n';
    passes_table(report).print(std::cout, Format::table);
  }
  if (details.worst > 0) {
    std::cout << '\n';
    faults_table(report).print(std::cout, Format::table);
  }
}

Table csv_table(const TruthReport& report, const Details& details) {
  if (details.worst > 0) return faults_table(report);
  return details.passes ? passes_table(report) : figures_table(report);
}

void report_missing(const TruthReport& report) {
  if (report.missing == 0) return;
  std::cerr << counted(static_cast<std::int64_t>(report.missing), "record of the truth is",
                       "records of the truth are")
            << " in no profile:";
  for (const std::string& name : report.unknown) std::cerr << ' ' << name;
  std::cerr << (report.missing > report.unknown.size() ? " ...\n" : "\n");
}

void evaluate_file(Globals& globals, const std::string& file, const Details& details) {
  std::ifstream truth(file, std::ios::binary);
  if (!truth) throw Error(ErrorKind::config, "cannot open " + file + ": " + std::strerror(errno));
  OpenedHub hub(globals, Database::Mode::view);
  const TruthReport report =
      evaluate_against_truth(hub.database, hub.config.match, truth, file, details.worst);
  if (globals.format == Format::json) {
    print_json(report, details.worst > 0);
  } else if (globals.format == Format::csv) {
    csv_table(report, details).print(std::cout, Format::csv);
  } else {
    print_text(report, details);
  }
  report_missing(report);
  if (report.missing > 0) globals.exit_code = 1;
}

}  // namespace

void add_evaluate(CLI::App& app, Globals& globals) {
  auto* command = app.add_subcommand("evaluate", "How well the profiles agree with known truth");
  auto file = std::make_shared<std::string>();
  auto details = std::make_shared<Details>();
  command->add_option("TRUTH", *file, "CSV with the columns record_id and cluster_id")->required();
  command->add_option("--worst", details->worst,
                      "List so many wrong joins and missed pairs, those of the largest customers "
                      "first; as CSV in place of the figures");
  command->add_flag(
      "--passes", details->passes,
      "Show which keys bring the true pairs together; as CSV in place of the figures");
  command->footer(
      "record_id is SOURCE:KEY (SOURCE:KEY#AS where a record holds several customers), or KEY "
      "alone\n"
      "with one source. What `cdh export links` wrote earlier is a truth, too: so runs compare.\n"
      "The recall of blocking is the share of true pairs that are compared at all: what is not\n"
      "compared cannot be found. --passes shows it by the kind of key that two records share, and\n"
      "what that kind finds alone. The evidence of a fault is each field's weight in bits.\n"
      "Records of the truth that no profile holds count as customers of their own; the exit code\n"
      "is 1 then.");
  command->callback([&globals, file, details] { evaluate_file(globals, *file, *details); });
}

}  // namespace cdh
