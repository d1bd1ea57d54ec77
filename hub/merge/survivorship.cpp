#include "hub/merge/survivorship.hpp"

#include <algorithm>
#include <array>
#include <functional>

#include "hub/merge/contact_set.hpp"
#include "hub/merge/display_name.hpp"
#include "hub/merge/precedence.hpp"
#include "hub/normalize/placeholder.hpp"

namespace cdh {

namespace {

const MappedEntity& party_of(const ProfileMember& member) {
  return member.record->entities[member.party_index];
}

// The fields of a person's name that only make sense together.
const std::array<FieldId, 5>& name_group() {
  static const EntityId person = known_entities().person;
  static const std::array<FieldId, 5> group = {
      find_field(person, "honorific_prefix"), find_field(person, "given_name"),
      find_field(person, "additional_name"), find_field(person, "family_name"),
      find_field(person, "honorific_suffix")};
  return group;
}

bool is_in_name_group(EntityId party, FieldId field) {
  return party == known_entities().person &&
         std::ranges::find(name_group(), field) != name_group().end();
}

bool same_text(const Candidate& a, const Candidate& b) { return a.text == b.text; }

bool same_name(const Candidate& a, const Candidate& b) {
  return std::ranges::all_of(
      name_group(), [&](FieldId field) { return a.entity->get(field) == b.entity->get(field); });
}

// 0 for a title without a name and for a name of which a part says that none is known ("Jan Test"),
// 1 for half a name, 2 for a whole one.
int grade_of_name(const Candidate& candidate) {
  static const EntityId person = known_entities().person;
  static const std::array<FieldId, 2> parts = {find_field(person, "given_name"),
                                               find_field(person, "family_name")};
  int grade = 0;
  for (const FieldId part : parts) {
    const std::string_view text = candidate.entity->get(part);
    if (text.empty()) continue;
    if (is_placeholder(FieldKind::person_name, text)) return 0;
    ++grade;
  }
  return grade;
}

Candidate single_value(const ProfileMember& member, std::string_view text) {
  return {.member = &member,
          .entity = &party_of(member),
          .position = member.party_index,
          .text = text,
          .filled = text.empty() ? 0U : 1U,
          .length = text.size()};
}

// Chooses the values of one profile. Its buffers serve one field after the other.
class Survivor {
 public:
  Survivor(std::span<const ProfileMember> members, const MergePolicy& policy)
      : members_(members), policy_(policy), party_(party_of(members.front()).entity) {
    profile_.party = party_;
  }

  GoldenProfile choose_all(std::span<const Pin> pins) {
    if (members_.size() == 1) {
      copy_only_member();
    } else {
      if (party_ == known_entities().person) choose_name();
      choose_fields();
      choose_extensions();
      std::ranges::sort(profile_.fields, {}, &GoldenField::field);
    }
    profile_.contacts = collect_contacts(members_, policy_);
    for (const Pin& pin : pins) apply(pin);
    profile_.display_name = display_name_of(profile_);
    return std::move(profile_);
  }

 private:
  void copy_only_member() {
    const MappedEntity& party = party_of(members_.front());
    const Origin origin{members_.front().party_id, ChosenBy::only};
    profile_.fields.reserve(party.fields.size());
    for (const MappedField& field : party.fields) {
      profile_.fields.push_back({field.field, field.text, origin});
    }
    for (const auto& [name, text] : party.ext) profile_.extensions.push_back({name, text, origin});
    std::ranges::sort(profile_.extensions, {}, &GoldenExtension::name);
  }

  void choose_name() {
    candidates_.clear();
    for (const ProfileMember& member : members_) {
      Candidate candidate = single_value(member, {});
      bool has_name = false;
      for (const MappedField& field : party_of(member).fields) {
        if (!is_in_name_group(party_, field.field)) continue;
        has_name = true;
        candidate.filled += field.text.empty() ? 0U : 1U;
        candidate.length += field.text.size();
      }
      if (has_name) candidates_.push_back(candidate);
    }
    if (candidates_.empty()) return;
    const auto chain = name_chain();
    const Choice choice = choose_graded(chain, same_name, grade_of_name);
    for (const MappedField& field : choice.winner->entity->fields) {
      if (!is_in_name_group(party_, field.field)) continue;
      profile_.fields.push_back(
          {field.field, field.text, Origin{choice.winner->member->party_id, choice.rule}});
    }
  }

  std::span<const Survivorship> name_chain() const {
    for (const std::string_view name :
         {"family_name", "given_name", "additional_name", "honorific_prefix", "honorific_suffix"}) {
      const auto chain = chain_of(policy_, name);
      if (chain.data() != policy_.chain.data()) return chain;
    }
    return policy_.chain;
  }

  void choose_fields() {
    const auto specs = entity(party_).fields;
    for (std::size_t i = 0; i < specs.size(); ++i) {
      const auto id = static_cast<FieldId>(i);
      if (is_in_name_group(party_, id)) continue;
      candidates_.clear();
      for (const ProfileMember& member : members_) {
        for (const MappedField& field : party_of(member).fields) {
          if (field.field == id) candidates_.push_back(single_value(member, field.text));
        }
      }
      if (candidates_.empty()) continue;
      const FieldKind kind = specs[i].kind;
      const Choice choice = choose_graded(
          chain_of(policy_, specs[i].name), same_text, [&](const Candidate& candidate) {
            return kind != FieldKind::text && is_placeholder(kind, candidate.text) ? 0 : 1;
          });
      profile_.fields.push_back({id, std::string(choice.winner->text),
                                 Origin{choice.winner->member->party_id, choice.rule}});
    }
  }

  void choose_extensions() {
    std::vector<std::string_view> names;
    for (const ProfileMember& member : members_) {
      for (const auto& extension : party_of(member).ext) names.push_back(extension.first);
    }
    std::ranges::sort(names);
    names.erase(std::unique(names.begin(), names.end()), names.end());
    for (const std::string_view name : names) {
      candidates_.clear();
      for (const ProfileMember& member : members_) {
        for (const auto& extension : party_of(member).ext) {
          if (extension.first == name)
            candidates_.push_back(single_value(member, extension.second));
        }
      }
      const Choice choice = choose(candidates_, chain_of(policy_, name), same_text);
      profile_.extensions.push_back({std::string(name), std::string(choice.winner->text),
                                     Origin{choice.winner->member->party_id, choice.rule}});
    }
  }

  // As choose(), but only the best grade counts, and the blank by which a source clears a value.
  template <typename GradeOf>
  Choice choose_graded(std::span<const Survivorship> chain, SameValue same_value,
                       GradeOf&& grade_of) {
    int best = 0;
    for (const Candidate& candidate : candidates_) best = std::max(best, grade_of(candidate));
    const auto counts = [&](const Candidate& candidate) {
      return candidate.filled == 0 || grade_of(candidate) == best;
    };
    Choice choice = choose(candidates_, chain, same_value);
    if (counts(*choice.winner)) return choice;
    std::erase_if(candidates_, std::not_fn(counts));
    choice = choose(candidates_, chain, same_value);
    const bool is_alone = choice.rule == ChosenBy::only || choice.rule == ChosenBy::agreed;
    if (is_alone) choice.rule = ChosenBy::valid;
    return choice;
  }

  // A pin on a field that the party does not have pins a contact; on neither, it is passed over.
  void apply(const Pin& pin) {
    const FieldId field = find_field(party_, pin.field);
    if (field == kNoField) {
      pin_contact(pin.field, pin.text, profile_.contacts);
      return;
    }
    const auto at = std::ranges::lower_bound(profile_.fields, field, {}, &GoldenField::field);
    if (at != profile_.fields.end() && at->field == field) {
      at->text = pin.text;
      at->origin = {kNoParty, ChosenBy::pinned};
    } else {
      profile_.fields.insert(at, {field, pin.text, {kNoParty, ChosenBy::pinned}});
    }
  }

  std::span<const ProfileMember> members_;
  const MergePolicy& policy_;
  const EntityId party_;
  std::vector<Candidate> candidates_;
  GoldenProfile profile_;
};

}  // namespace

std::string_view name_of(ChosenBy rule) {
  switch (rule) {
    case ChosenBy::source_priority:
      return "source_priority";
    case ChosenBy::most_recent:
      return "most_recent";
    case ChosenBy::most_frequent:
      return "most_frequent";
    case ChosenBy::most_complete:
      return "most_complete";
    case ChosenBy::verified_first:
      return "verified_first";
    case ChosenBy::furthest_stage:
      return "furthest_stage";
    case ChosenBy::most_restrictive:
      return "most_restrictive";
    case ChosenBy::only:
      return "only";
    case ChosenBy::agreed:
      return "agreed";
    case ChosenBy::tie:
      return "tie";
    case ChosenBy::valid:
      return "valid";
    case ChosenBy::pinned:
      return "pinned";
  }
  return "";
}

GoldenProfile survive(std::span<const ProfileMember> members, const MergePolicy& policy,
                      std::span<const Pin> pins) {
  return Survivor(members, policy).choose_all(pins);
}

}  // namespace cdh
