#include "hub/match/comparison.hpp"

#include <cstring>
#include <random>

#include <gtest/gtest.h>

#include "tests/match/levels.hpp"
#include "tests/match/town.hpp"

namespace cdh {
namespace {

// "given=exact family=exact ...", without what is missing.
std::string levels_of(const Comparison& comparison) {
  std::string text;
  for (std::size_t i = 0; i < kMatchFields; ++i) {
    const auto field = static_cast<MatchField>(i);
    if (comparison[field] == kMissing) continue;
    text += (text.empty() ? "" : " ") + std::string(name_of(field)) + "=" +
            std::string(level_name(field, comparison[field]));
  }
  return text;
}

void check(const std::string& a, const std::string& b, const std::string& expected) {
  const Parties two{a, b};
  const UncountedContext context(two.words);
  Comparer comparer(context.context);
  EXPECT_EQ(levels_of(comparer.compare(two[0], two[1])), expected) << a << " and " << b;
  EXPECT_EQ(levels_of(comparer.compare(two[1], two[0])), expected) << b << " and " << a;
}

TEST(Comparison, OfNothingIsMissing) {
  check("", "given=Anna; family=Nowak; email=anko@x.zz; phone=+48605118236; born=1984-02-29", "");
  check("", "", "");
}

TEST(Comparison, FieldByField) {
  check("given=Anna; family=Nowak; phone=+48605118236; town=York; sex=female; suffix=Jr",
        "given=Ania; family=Nowak; phone=605118236; town=York; sex=male; suffix=Sr",
        "given=nickname family=exact phone=suffix address=town sex=differ generation=differ");
  check("given=Anna; works=Acme Trading Ltd", "given=Anna; works=ACME Trading",
        "given=exact employer=agree");
  check("given=Anna; works=Acme Trading Ltd", "given=Anna; works=Zenith Foods",
        "given=exact employer=differ");
}

TEST(Comparison, TakesThePairOfValuesThatAgreesBest) {
  check("email=anko@x.zz; email=bnko@y.zz; phone=+48605118236",
        "email=cnko@z.zz; email=bnko@y.zz; phone=+48700900100; phone=+48605118236",
        "email=exact phone=exact");
  check("id=card:701253; id=badge:99121", "id=badge:99121; id=card:555777", "identifier=exact");
}

TEST(Comparison, OfBirthDates) {
  const auto check_dates = [](const std::string& a, const std::string& b,
                              const std::string& expected) {
    check("born=" + a, "born=" + b, expected.empty() ? "" : "birth=" + expected);
  };
  check_dates("1978-12-11", "1978-12-11", "exact");
  check_dates("1978-12-11", "1978-11-12", "swapped");
  check_dates("1978-12-11", "1978-12-14", "digit");
  check_dates("1978-12-11", "1987-12-11", "digit");  // two digits exchanged
  check_dates("1978-12-11", "1978-12-25", "two_parts");
  check_dates("1978-12-11", "1978-03-29", "differ");
  check_dates("1978-01-01", "1978-12-14", "year");
  check_dates("1978-12-11", "1979-12-13", "two_digits");
  check_dates("1978-12-11", "1975-02-24", "differ");
  check_dates("1978-12-11", "1952-03-24", "generation");
  check_dates("1978-12-11", "", "");
}

TEST(Comparison, ReadsABirthYearInAMailbox) {
  check("born=1978-12-11", "email=anko1978@x.zz", "birth=mailbox_year");
  check("born=1978-12-11", "email=anko1979@x.zz", "");
  check("born=1978-12-11", "email=anko1978@x.zz; born=1951-03-04", "birth=generation");
}

TEST(Comparison, ReadsAMissingNameInAMailbox) {
  check("given=Jan; family=Kowalski", "given=Jan; email=j.kowalski@x.zz",
        "given=exact family=typing_error");
  check("given=Jan; family=Kowalski", "given=Jan; email=zebra@x.zz", "given=exact");
  check("given=Jan; family=Kowalski; email=j.kowalski@x.zz", "given=Jan; email=j.kowalski@x.zz",
        "given=exact email=exact");  // which would count the mailbox twice
}

TEST(Comparison, ReadsNoParticleInAMailbox) {
  check("given=Jan; family=van den Berg", "given=Jan; email=j.van.dam@x.zz", "given=exact");
  check("given=Jan; family=van den Berg", "given=Jan; email=j.v.d.berg@x.zz",
        "given=exact family=typing_error");
}

TEST(Comparison, OfOrganizations) {
  const auto check_names = [](const std::string& a, const std::string& b,
                              const std::string& expected) {
    check("org=" + a, "org=" + b, "organization=" + expected);
  };
  check_names("Acme Trading Ltd", "ACME Trading Limited", "exact");
  check_names("Salvation Army Temple", "SalvationArmy Temple", "exact");
  check_names("Acme Trading", "Trading Acme", "typing_error");
  check_names("Acme Carpentry", "Acme Carpenrty", "typing_error");
  check_names("Acme Trading", "Acme Trading Poland", "contained");
  check_names("Szkola Podstawowa nr 5", "Szkola Podstawowa nr 6", "numbers_differ");
  check_names("Shining Star II", "Shining Star III", "numbers_differ");
  check_names("Verwaltungsgesellschaft Objekt 17 mbH", "Verwaltungsgesellschaft Objekt 18 mbH",
              "numbers_differ");
  check_names("Shining Star", "Shining Star III", "partial");
  check_names("Acme Trading", "Zenith Foods", "differ");
  check_names("Acme Intl. Bros.", "Acme International Brothers", "exact");
  check_names("AIT", "Acme Institute of Technology", "contained");
  check_names("Acme Institute of Technology", "A.I.O.T.", "contained");
  check_names("AT", "Acme Trading", "differ");
  check_names("AIX", "Acme Institute of Technology", "differ");
  check("org=Changcheng Electronics; legal=杭州长城电子有限公司", "org=杭州长城电子有限责任公司",
        "organization=exact");
  check("org=Acme; url=acme.zz; email=info@acme.zz", "org=Acme; staff=jan@acme.zz",
        "organization=exact domain=agree");
  check("org=Acme; url=acme.zz", "org=Acme; url=acme.com", "organization=exact domain=differ");
}

TEST(Comparison, SaysWhetherATrustedIdentifierIsInCommon) {
  const auto is_trusted = [](const std::string& a, const std::string& b) {
    const Parties two{a, b};
    const UncountedContext context(two.words);
    return Comparer(context.context).compare(two[0], two[1]).has_trusted_identifier;
  };
  EXPECT_TRUE(is_trusted("unique=card:701253", "unique=card:701253"));
  EXPECT_TRUE(is_trusted("id=pesel:44051401359", "id=pesel:44051401359"));
  EXPECT_FALSE(is_trusted("unique=card:701253", "id=card:701253"));
  EXPECT_FALSE(is_trusted("unique=card:701253", "unique=card:701254"));
}

TEST(Comparison, OfValuesThatSeveralCustomersHave) {
  const Parties two{"email=anko@x.zz; phone=+48605118236", "email=anko@x.zz; phone=+48605118236"};
  UncountedContext context(two.words);
  Comparer comparer(context.context);
  const auto compare = [&] { return comparer.compare(two[0], two[1]); };
  EXPECT_EQ(levels_of(compare()), "email=exact phone=exact");
  const float alone = compare().frequencies[static_cast<std::size_t>(MatchField::phone)];
  context.shared.set(email_key(PartyKind::person, two[0].emails()[0]), 2);
  context.shared.set(phone_key(PartyKind::person, two[0].phones()[0]), 3);
  EXPECT_EQ(levels_of(compare()), "email=shared phone=shared");
  EXPECT_GT(compare().frequencies[static_cast<std::size_t>(MatchField::phone)], alone);
  context.shared.set(email_key(PartyKind::person, two[0].emails()[0]), SharedValues::kCrowded);
  context.shared.set(phone_key(PartyKind::person, two[0].phones()[0]), SharedValues::kCrowded);
  EXPECT_EQ(levels_of(compare()), "") << "as if not known";
}

TEST(Comparison, AnotherNumbersCustomersSayNothingOfAWholeNumber) {
  const Parties parties{"phone=+48605118236", "phone=+48605118236", "phone=5118236"};
  UncountedContext context(parties.words);
  Comparer comparer(context.context);
  const auto frequency = [&](int a, int b) {
    return comparer.compare(parties[a], parties[b])
        .frequencies[static_cast<std::size_t>(MatchField::phone)];
  };
  const float whole = frequency(0, 1), ending = frequency(0, 2);
  context.shared.set(phone_ending_key(PartyKind::person, parties[0].phones()[0]), 3);
  EXPECT_EQ(levels_of(comparer.compare(parties[0], parties[1])), "phone=exact");
  EXPECT_EQ(frequency(0, 1), whole);
  EXPECT_EQ(levels_of(comparer.compare(parties[0], parties[2])), "phone=suffix");
  EXPECT_GT(frequency(0, 2), ending);
}

TEST(Comparison, AnAddressOfManyWeighsLessTheMoreHaveIt) {
  const Parties two{"street=Mila 5; town=York", "street=Mila 5; town=York"};
  UncountedContext context(two.words);
  Comparer comparer(context.context);
  const BlockKey street =
      BlockKeys(two.words, context.frequencies).street_key(two[0], two[0].addresses()[0]);
  float last = 0;
  for (const int holders : {1, 81, 321, 2'000, 100'000}) {
    const auto customers = customers_by_size(street, static_cast<std::size_t>(holders), {});
    context.shared.set(street, customers.value_or(1));
    const float next =
        comparer.compare(two[0], two[1]).frequencies[static_cast<std::size_t>(MatchField::address)];
    EXPECT_GT(next, last) << holders;
    last = next;
  }
}

TEST(Comparison, OfAHouseholdsMailboxIsShared) {
  check("email=rodzina.nowak@x.zz", "email=rodzina.nowak@x.zz", "email=shared");
}

// Of two spellings the commoner one's frequency counts: a misspelling is rare, and says nothing.
TEST(Comparison, CountsTheRarityOfTheCommonerName) {
  Parties parties;
  for (int i = 0; i < 40; ++i) parties.add("given=Anna; family=Nowak");
  const ValueCounts counts = count_values(parties.all, parties.words);
  parties.add("given=Anna; family=Nowka");
  parties.add("given=Bartholomew; family=Quackenbush");
  parties.add("given=Bartholomew; family=Quackenbush");
  const WordFrequencies frequencies(parties.words, counts);
  const SharedValues shared;
  const MatchContext context{parties.words, counts, frequencies, shared};
  Comparer comparer(context);
  const auto family = [&](std::size_t a, std::size_t b) {
    return comparer.compare(parties[a], parties[b])
        .frequencies[static_cast<std::size_t>(MatchField::family)];
  };
  EXPECT_FLOAT_EQ(family(0, 1) - family(41, 42), 39.0F / 140);
  EXPECT_EQ(family(0, 40), family(0, 1));
}

std::string with_names_exchanged(std::string text) {
  const auto given = text.find("given="), family = text.find("family=");
  if (given > family || family == text.npos) return text;
  return text.replace(family, 7, "given=").replace(given, 6, "family=");
}

// To the last bit, whatever is compared.
TEST(Comparison, IsSymmetric) {
  for (std::uint32_t seed = 1; seed <= 3; ++seed) {
    const std::vector<TownRecord> records = Town(150, seed).records();
    Parties parties = parties_of(records);
    std::mt19937 random(seed);
    for (int i = 0; i < 100; ++i) {  // and what no town has: features of several records at random
      std::string text;
      for (int k = 0; k < 3; ++k) {
        const std::string& from = records[random() % records.size()].description;
        if (from.find("org=") == from.npos) text += from;
      }
      parties.add(text);
    }
    for (std::size_t i = 0; i < records.size(); i += 5) {
      parties.add(with_names_exchanged(records[i].description));
    }
    const ValueCounts counts = count_values(parties.all, parties.words);
    const WordFrequencies frequencies(parties.words, counts);
    SharedValues shared;
    for (const Signature& signature : parties.all) {
      for (const PhoneFeature& phone : signature.phones()) {
        shared.set(phone_key(signature.kind, phone), static_cast<int>(1 + random() % 3));
      }
    }
    const MatchContext context{parties.words, counts, frequencies, shared};
    Comparer comparer(context);
    for (std::size_t a = 0; a < parties.all.size(); ++a) {
      for (std::size_t b = 0; b < a; ++b) {
        if (parties[a].kind != parties[b].kind) continue;
        const Comparison one = comparer.compare(parties[a], parties[b]);
        const Comparison other = comparer.compare(parties[b], parties[a]);
        ASSERT_EQ(one.levels, other.levels) << a << " and " << b;
        ASSERT_EQ(
            std::memcmp(one.frequencies.data(), other.frequencies.data(), sizeof one.frequencies),
            0)
            << a << " and " << b;
        ASSERT_EQ(one.has_trusted_identifier, other.has_trusted_identifier);
      }
    }
  }
}

}  // namespace
}  // namespace cdh
