#include "hub/match/pair_evidence.hpp"

#include <gmock/gmock.h>

#include "tests/match/levels.hpp"
#include "tests/match/parties.hpp"

namespace cdh {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// Of two parties, by the usual shares of a store of some thousands.
PairEvidence evidence_of(const std::string& a, const std::string& b) {
  const Parties parties = {a, b};
  const UncountedContext uncounted(parties.words);
  MatchModel model;
  for (KindModel& kind : model.kinds) set_usual_shares(4000, kind);
  return pair_evidence(MatchWeights(model), parties[0].kind,
                       Comparer(uncounted.context).compare(parties[0], parties[1]));
}

double weight_of(const PairEvidence& evidence, MatchField field) {
  for (const FieldEvidence& one : evidence.fields) {
    if (one.field == field) return one.weight;
  }
  return 0;
}

TEST(PairEvidence, NamesTheFieldsThatBothHave) {
  const PairEvidence evidence =
      evidence_of("given=Anna; family=Nowak; email=anko@x.zz; phone=+48605118236",
                  "given=Ania; family=Nowak; email=anko@x.zz; born=1980-01-02");
  std::vector<std::string_view> fields;
  for (const FieldEvidence& field : evidence.fields) fields.push_back(words_of(field.field));
  EXPECT_THAT(fields, ::testing::ElementsAre("given name", "family name", "e-mail address"));
  EXPECT_EQ(evidence.fields[1].words, "equal");
  EXPECT_NE(evidence.fields[0].words, "equal");
}

TEST(PairEvidence, AddsUpToTheScore) {
  for (const char* other :
       {"given=Anna; family=Nowak; email=anko@x.zz", "given=Jan; family=Nowak; email=jan@x.zz",
        "given=Anna; family=Nowak; email=anko@x.zz; born=1950-01-01; suffix=Jr",
        "given=Zoe; family=Brown; email=zoe@y.zz"}) {
    const PairEvidence evidence = evidence_of("given=Anna; family=Nowak; email=anko@x.zz", other);
    double sum =
        evidence.prior + evidence.other_weight + evidence.identifier_weight + evidence.doubt_weight;
    for (const FieldEvidence& field : evidence.fields) sum += field.weight;
    EXPECT_NEAR(sum, evidence.score, 1e-9) << other;
  }
}

TEST(PairEvidence, SaysWhatElseCouldExplainIt) {
  const PairEvidence family = evidence_of("given=Anna; family=Nowak; phone=+48605118236",
                                          "given=Jan; family=Nowak; phone=+48605118236");
  EXPECT_EQ(family.other, PairEvidence::Other::household);
  EXPECT_LT(family.other_weight, -1);
  EXPECT_EQ(words_of(family.kind, family.other), "could be a household");
  EXPECT_EQ(words_of(PartyKind::organization, family.other), "could be another branch");
  const PairEvidence namesakes = evidence_of("given=Anna; family=Nowak; born=1980-01-02",
                                             "given=Anna; family=Nowak; born=1955-11-30");
  EXPECT_EQ(namesakes.other, PairEvidence::Other::namesake);
  EXPECT_EQ(words_of(namesakes.kind, namesakes.other), "could be a namesake");
}

TEST(PairEvidence, ATrustedIdentifierHasALineOfItsOwn) {
  const PairEvidence evidence = evidence_of("given=Anna; family=Nowak; unique=pesel:44051401359",
                                            "given=Zoe; family=Brown; unique=pesel:44051401359");
  EXPECT_GT(evidence.identifier_weight, 0);
  EXPECT_DOUBLE_EQ(evidence.score, 15);
  EXPECT_THAT(describe(evidence), HasSubstr("trusted identifier +"));
}

TEST(PairEvidence, SaysWhatIsLeftToASteward) {
  const std::string home = "given=Anna; family=Nowak; phone=+48605118236; email=anko@x.zz; ";
  const PairEvidence evidence = evidence_of(home + "suffix=Sr", home + "suffix=Jr; id=card:1");
  EXPECT_LE(evidence.doubt_weight, 0);
  EXPECT_EQ(evidence.doubt, "senior and junior");
  const std::string company = "; phone=+48605118236; email=info@acme.zz; url=acme.zz";
  const PairEvidence companies = evidence_of("org=Kwiat" + company, "org=Korzen" + company);
  EXPECT_LT(companies.doubt_weight, -1);
  EXPECT_DOUBLE_EQ(companies.score, 0);
  EXPECT_THAT(describe(companies), HasSubstr("names of two companies -"));
}

TEST(PairEvidence, InWordsHasTheWeightiestFirst) {
  const PairEvidence evidence = evidence_of("given=Anna; family=Nowak; email=anko@x.zz",
                                            "given=Anna; family=Nowak; email=anko@x.zz");
  const std::string text = describe(evidence);
  EXPECT_THAT(text, AllOf(HasSubstr("for: "), HasSubstr("; against: before comparing -")));
  EXPECT_GT(weight_of(evidence, MatchField::email), weight_of(evidence, MatchField::given));
  EXPECT_LT(text.find("e-mail address +"), text.find("given name +")) << text;
  EXPECT_THAT(text, Not(HasSubstr("trusted identifier")));
}

}  // namespace
}  // namespace cdh
