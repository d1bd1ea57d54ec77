#include "hub/match/value_counts.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/match/parties.hpp"

namespace cdh {
namespace {

ValueCounts counts_of(const Parties& parties) { return count_values(parties.all, parties.words); }

TEST(ValueCounts, SaysHowManyHaveAValueBeyondTheFirst) {
  Parties parties{"given=Anna", "given=Anna", "given=Anna", "given=Jan", "family=Nowak"};
  const ValueCounts counts = counts_of(parties);
  const auto frequency = [&](std::string_view name) {
    return counts.frequency(CountedValue::given_name,
                            parties.words[parties.words.intern(name)].hash);
  };
  EXPECT_EQ(counts.all(CountedValue::given_name), 4);
  EXPECT_EQ(counts.all(CountedValue::family_name), 1);
  // (count - 1 + 100 * usual share) / (4 + 100)
  EXPECT_GT(frequency("jan"), 0);
  EXPECT_DOUBLE_EQ(frequency("anna") - frequency("jan"), 2.0 / 104);
  EXPECT_EQ(frequency("jan"), frequency("zbigniew")) << "not counted is as rare as counted once";
}

TEST(ValueCounts, KeepsWhatSeveralPartiesHave) {
  Parties parties{"given=Anna; town=York; born=1984-02-29", "given=Anna; town=Leeds",
                  "given=Jan; born=1984-02-29"};
  const ValueCounts counts = counts_of(parties);
  EXPECT_EQ(counts.counts(CountedValue::given_name).size(), 1U);
  EXPECT_TRUE(counts.counts(CountedValue::town).empty());
  EXPECT_EQ(counts.all(CountedValue::town), 2);
  EXPECT_EQ(counts.counts(CountedValue::birth_date).at(hash_of_birth_date(19840229)), 2U);
}

TEST(ValueCounts, CountsEachWordOfAPartyOnce) {
  Parties parties{"org=Acme Acme Foods; legal=Acme Trading", "org=Zenith Foods"};
  const ValueCounts counts = counts_of(parties);
  const auto& words = counts.counts(CountedValue::organization_word);
  EXPECT_FALSE(words.contains(parties.words[parties.words.intern("acme")].hash)) << "one party's";
  EXPECT_EQ(words.at(parties.words[parties.words.intern("foods")].hash), 2U);
  EXPECT_EQ(counts.all(CountedValue::organization_word), 2);
}

TEST(ValueCounts, FindsACommonWordLessTelling) {
  Parties parties;
  for (int i = 0; i < 30; ++i) parties.add("org=Bank Number" + std::to_string(i));
  const ValueCounts counts = counts_of(parties);
  const auto rarity = [&](std::string_view word) {
    return counts.rarity(CountedValue::organization_word,
                         parties.words[parties.words.intern(word)].hash);
  };
  EXPECT_DOUBLE_EQ(rarity("bank"), std::log2(90 / 29.8));
  EXPECT_DOUBLE_EQ(rarity("number7"), std::log2(90 / 0.8));
}

TEST(ValueCounts, CountsWhoHasAnyOfAKind) {
  const ValueCounts counts = counts_of(Parties{
      "phone=+48605118236; phone=+48605118237; email=anko@x.zz; id=card:701253; born=1984-02-29",
      "email=bnko@x.zz; email=cnko@x.zz", "works=Acme; street=Mila 5; town=York; postal=1-2",
      "org=Acme; url=acme.zz"});
  EXPECT_EQ(counts.all(CountedValue::phone), 1);
  EXPECT_EQ(counts.all(CountedValue::identifier), 1);
  EXPECT_EQ(counts.all(CountedValue::birth_date), 1);
  EXPECT_EQ(counts.all(CountedValue::mail_domain), 2);
  EXPECT_EQ(counts.all(CountedValue::employer), 1);
  EXPECT_EQ(counts.all(CountedValue::postal_code), 1);
  EXPECT_EQ(counts.all(CountedValue::town), 1);
  EXPECT_EQ(counts.all(CountedValue::domain), 1);
}

TEST(ValueCounts, AreTheSameByTheIdsOfAVocabulary) {
  Parties parties{"given=Anna; family=Nowak; town=York; street=Mila 5; email=anko@x.zz",
                  "given=Anna; family=Lis; town=York; street=Dluga 5", "org=Acme Foods"};
  const ValueCounts counts = counts_of(parties);
  const WordFrequencies frequencies(parties.words, counts);
  for (WordId word = 1; word < parties.words.size(); ++word) {
    const std::uint64_t hash = parties.words[word].hash;
    for (const CountedValue kind : {CountedValue::given_name, CountedValue::family_name,
                                    CountedValue::town, CountedValue::mail_domain}) {
      EXPECT_EQ(frequencies.frequency(kind, word),
                static_cast<float>(counts.frequency(kind, hash)));
    }
    EXPECT_EQ(frequencies.street_rarity(word),
              static_cast<float>(counts.rarity(CountedValue::street_word, hash)));
    EXPECT_EQ(frequencies.organization_rarity(word),
              static_cast<float>(counts.rarity(CountedValue::organization_word, hash)));
  }
}

}  // namespace
}  // namespace cdh
