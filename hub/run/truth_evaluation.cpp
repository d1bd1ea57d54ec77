#include "hub/run/truth_evaluation.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "hub/base/csv.hpp"
#include "hub/base/error.hpp"
#include "hub/base/text.hpp"
#include "hub/run/pair_assessment.hpp"
#include "hub/run/party_set.hpp"
#include "hub/store/link_reader.hpp"
#include "hub/store/match_model_store.hpp"

namespace cdh {

namespace {

constexpr std::size_t kUnknownNamed = 10;

// What the truth says: names and clusters of records.
class Truth {
 public:
  Truth(std::istream& in, const std::string& name) : rows_(in, name), name_(name) {
    find_columns();
    while (rows_.next()) {
      const std::string key =
          by_party_ ? party_key({0, 0, rows_[*source_], rows_[*stream_]}, rows_[*key_], rows_[*as_])
                    : rows_[*id_];
      add(key, id_ ? rows_[*id_] : key, rows_[*cluster_]);
    }
    if (names_.empty()) throw Error(ErrorKind::config, name + " holds no record");
  }

  const std::vector<std::string>& names() const { return names_; }
  const std::vector<std::int64_t>& clusters() const { return clusters_; }

  // The record of the truth that a party of the store is.
  std::optional<std::uint32_t> find(const StreamName& stream, const std::string& source_key,
                                    const std::string& as) const {
    if (by_party_) return find(party_key(stream, source_key, as));
    const std::string id = stream.source + ":" + source_key;
    if (const auto record = find(id + "#" + as)) return record;
    if (const auto record = find(id)) return record;
    if (const auto record = find(source_key)) return record;
    const auto at = by_lower_.find(ascii_lower(id));
    return at != by_lower_.end() ? std::optional(at->second) : std::nullopt;
  }

 private:
  void find_columns() {
    id_ = rows_.column("record_id");
    source_ = rows_.column("source");
    stream_ = rows_.column("stream");
    key_ = rows_.column("source_key");
    as_ = rows_.column("as");
    by_party_ = source_ && stream_ && key_ && as_;
    cluster_ = rows_.column("cluster_id");
    if (!cluster_) cluster_ = rows_.column("profile_id");
    if (!cluster_ || (!id_ && !by_party_)) {
      throw Error(ErrorKind::config,
                  name_ + " needs the columns record_id and cluster_id; record_id is SOURCE:KEY");
    }
  }

  void add(const std::string& key, const std::string& shown, const std::string& cluster) {
    const auto number =
        cluster_numbers_.emplace(cluster, std::ssize(cluster_numbers_)).first->second;
    const auto [at, is_new] = records_.emplace(key, static_cast<std::uint32_t>(names_.size()));
    if (is_new) {
      names_.push_back(shown);
      clusters_.push_back(number);
      if (!by_party_) by_lower_.emplace(ascii_lower(key), at->second);
    } else if (clusters_[at->second] != number) {
      throw Error(ErrorKind::config, name_ + ":" + std::to_string(rows_.line()) + ": the record " +
                                         shown + " stands in two clusters");
    }
  }

  std::optional<std::uint32_t> find(const std::string& key) const {
    const auto at = records_.find(key);
    return at != records_.end() ? std::optional(at->second) : std::nullopt;
  }

  CsvReader rows_;
  std::string name_;
  std::optional<std::size_t> id_, source_, stream_, key_, as_, cluster_;
  bool by_party_ = false;
  std::vector<std::string> names_;
  std::vector<std::int64_t> clusters_;
  std::unordered_map<std::string, std::int64_t> cluster_numbers_;
  std::unordered_map<std::string, std::uint32_t> records_, by_lower_;
};

// What the store says of the truth's records.
struct Found {
  std::vector<std::int64_t> profiles;   // of each record; below zero: none
  std::vector<std::int64_t> parties;    // 0: none
  std::vector<std::int64_t> joined_to;  // the party it was joined to; 0: none
};

Found find_records(Database& database, const Truth& truth) {
  const std::size_t count = truth.names().size();
  Found found{std::vector<std::int64_t>(count), std::vector<std::int64_t>(count),
              std::vector<std::int64_t>(count)};
  for (std::size_t i = 0; i < count; ++i) found.profiles[i] = -1 - static_cast<std::int64_t>(i);
  LinkReader links(database);
  while (const auto link = links.next()) {
    const auto record = truth.find(*link->stream, link->source_key, link->as);
    if (!record) continue;
    if (found.parties[*record] != 0 && found.profiles[*record] != link->profile_id) {
      throw Error(
          ErrorKind::config,
          "the truth's record " + truth.names()[*record] +
              " means several in the store; give SOURCE:KEY, or the columns source, stream, "
              "source_key and as that `cdh export links` writes");
    }
    found.profiles[*record] = link->profile_id;
    found.parties[*record] = link->party_id;
    found.joined_to[*record] = link->joined_to;
  }
  return found;
}

// A line for each link that joined two customers, as far as there is room; without one, since the
// join went through records that the truth does not name, a line for a record of each customer.
std::vector<MatchFault> wrong_joins(Database& database, const Truth& truth, const Found& found,
                                    std::size_t most) {
  std::unordered_map<std::int64_t, std::uint32_t> record_of_party;
  for (std::uint32_t i = 0; i < found.parties.size(); ++i) {
    if (found.parties[i] != 0) record_of_party.emplace(found.parties[i], i);
  }
  const auto mixed = mixed_clusters(found.profiles, truth.clusters(), most);
  std::unordered_map<std::int64_t, std::vector<std::uint32_t>> members;
  for (const MixedCluster& cluster : mixed) members[cluster.cluster];
  for (std::uint32_t i = 0; i < found.profiles.size(); ++i) {
    const auto at = members.find(found.profiles[i]);
    if (at != members.end()) at->second.push_back(i);
  }
  std::vector<MatchFault> faults;
  for (const MixedCluster& cluster : mixed) {
    const std::size_t before = faults.size();
    for (const std::uint32_t record : members[cluster.cluster]) {
      const auto other = record_of_party.find(found.joined_to[record]);
      if (other == record_of_party.end()) continue;
      if (truth.clusters()[record] == truth.clusters()[other->second]) continue;
      faults.push_back({cluster.pairs, truth.names()[record], truth.names()[other->second],
                        link_reason(database, found.parties[record]), ""});
    }
    if (faults.size() > before) continue;
    for (std::size_t i = 1; i < cluster.parts.size(); ++i) {
      faults.push_back({cluster.pairs, truth.names()[cluster.parts[i]],
                        truth.names()[cluster.parts[0]], "", ""});
    }
  }
  if (faults.size() > most) faults.resize(most);
  return faults;
}

// A line for each customer that was found in several parts: a record of each of the two largest.
std::vector<MatchFault> missed_pairs(const Truth& truth, const Found& found, std::size_t most) {
  std::vector<MatchFault> faults;
  for (const MixedCluster& cluster : mixed_clusters(truth.clusters(), found.profiles, most)) {
    faults.push_back(
        {cluster.pairs, truth.names()[cluster.parts[1]], truth.names()[cluster.parts[0]], "", ""});
  }
  return faults;
}

// Of the truth's records that are there.
BlockingRecall recall_of_blocking(Database& database, const Truth& truth, const Found& found,
                                  const MatchPolicy& policy) {
  const MatchModel model = match_model_from_json(current_match_model(database)->content);
  const PartySet set = [&] {
    const Transaction reading(database, Transaction::Access::read);
    return PartyLoader(database).everything(&model);
  }();
  std::unordered_map<std::int64_t, std::int64_t> customer_of;
  for (std::size_t i = 0; i < found.parties.size(); ++i) {
    customer_of.emplace(found.parties[i], truth.clusters()[i]);
  }
  std::vector<std::int64_t> customers;
  for (const Signature& signature : set.signatures) {
    const auto at = customer_of.find(signature.identity.id);
    customers.push_back(at == customer_of.end() ? -1 : at->second);
  }
  return blocking_recall(set.signatures, set.vocabulary, policy, model, customers);
}

void add_evidence(const Truth& truth, const Found& found, PairAssessor& assessor,
                  std::vector<MatchFault>& faults) {
  if (faults.empty()) return;
  std::unordered_map<std::string_view, std::int64_t> party_of;
  for (std::size_t i = 0; i < found.parties.size(); ++i) {
    party_of.emplace(truth.names()[i], found.parties[i]);
  }
  for (MatchFault& fault : faults) {
    const auto evidence = assessor.assess(party_of[fault.record], party_of[fault.other]);
    if (evidence) fault.evidence = describe(*evidence);
  }
}

}  // namespace

TruthReport evaluate_against_truth(Database& database, const MatchPolicy& policy, std::istream& in,
                                   const std::string& name, std::size_t worst) {
  const Truth truth(in, name);
  const Found found = find_records(database, truth);
  TruthReport report;
  report.figures = evaluate(truth.clusters(), found.profiles);
  for (std::size_t i = 0; i < found.parties.size(); ++i) {
    if (found.parties[i] != 0) continue;
    if (++report.missing <= kUnknownNamed) report.unknown.push_back(truth.names()[i]);
  }
  if (worst > 0) {
    report.wrong_joins = wrong_joins(database, truth, found, worst);
    report.missed_pairs = missed_pairs(truth, found, worst);
  }
  if (!match_model_summary(database)) return report;
  report.blocking = recall_of_blocking(database, truth, found, policy);
  PairAssessor assessor(database, policy);
  add_evidence(truth, found, assessor, report.wrong_joins);
  add_evidence(truth, found, assessor, report.missed_pairs);
  return report;
}

}  // namespace cdh
