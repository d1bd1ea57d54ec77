#include "hub/match/signature.hpp"

#include <gtest/gtest.h>

#include "tests/match/parties.hpp"

namespace cdh {
namespace {

TEST(Signature, FoldsThePerson) {
  const Parties one{"given=Łucja; family=Żak-Nowak; suffix=Jr.; born=1984-02-29; sex=female"};
  EXPECT_EQ(one[0].kind, PartyKind::person);
  EXPECT_EQ(one.text(0, one[0].given.words), "lucja");
  EXPECT_EQ(one.text(0, one[0].family.words), "zak nowak");
  EXPECT_EQ(one.text(one[0].family.joined), "zaknowak");
  EXPECT_EQ(one[0].generation, 2);
  EXPECT_EQ(one[0].birth_date, 19840229);
  EXPECT_EQ(one[0].sex, Sex::female);
}

TEST(Signature, JoinsNamesInTheOrderOfTheirWords) {
  const Parties two{"family=Zak Nowak", "family=Nowak Zak"};
  EXPECT_EQ(two[0].family.sorted, two[1].family.sorted);
  EXPECT_EQ(two.text(two[0].family.sorted), "nowakzak");
  EXPECT_NE(two[0].family.joined, two[1].family.joined);
}

TEST(Signature, TakesTheGenerationOutOfTheName) {
  const auto check = [](const std::string& description, int generation, std::string_view family) {
    const Parties one{description};
    EXPECT_EQ(one[0].generation, generation) << description;
    EXPECT_EQ(one.text(0, one[0].family.words), family) << description;
  };
  check("given=John; family=Smith", 0, "smith");
  check("given=John; family=Smith; suffix=Sr", 1, "smith");
  check("given=John; family=Smith Jr", 2, "smith");
  check("given=John; family=Smith II", 2, "smith");
  check("given=John; family=Smith III", 3, "smith");
  check("given=John; family=Smith I", 1, "smith");
  check("given=John; family=Junior", 0, "junior");  // all the name there is
}

TEST(Signature, ReadsChineseCharactersAsPinyin) {
  const Parties one{"native=王小明"};
  EXPECT_EQ(one.text(one[0].given.joined), "xiaoming");
  EXPECT_EQ(one.text(one[0].family.joined), "wang");
}

TEST(Signature, TakesBirthDateAndSexFromAPesel) {
  const Parties two{"given=Jan; id=PESEL:44051401359",
                    "given=Jan; born=1950-01-02; sex=female; id=pesel:44051401359"};
  EXPECT_EQ(two[0].birth_date, 19440514);
  EXPECT_EQ(two[0].sex, Sex::male);
  EXPECT_EQ(two[1].birth_date, 19500102) << "the record's own word counts more";
  EXPECT_EQ(two[1].sex, Sex::female);
}

TEST(Signature, ReadsMailboxes) {
  const Parties one{
      "email=Jan.Nowak1984@x.zz; email=info@acme.zz; email=rodzina.nowak@wp.pl; "
      "email=k77@gmail.com"};
  ASSERT_EQ(one[0].emails().size(), 4U);
  const EmailFeature& own = one[0].emails()[0];
  EXPECT_EQ(one[0].letters_of(own.local), "jan.nowak1984");
  EXPECT_EQ(one.text(own.domain), "x.zz");
  EXPECT_EQ(own.birth_year, 1984);
  EXPECT_EQ(own.digits, 0);
  EXPECT_FALSE(own.is_role || own.is_public || own.is_household);
  EXPECT_TRUE(one[0].emails()[1].is_role);
  EXPECT_TRUE(one[0].emails()[2].is_household);
  EXPECT_TRUE(one[0].emails()[3].is_public);
  EXPECT_EQ(one[0].emails()[3].birth_year, 0);
  EXPECT_EQ(one[0].emails()[3].digits, 2);
}

TEST(Signature, KnowsTheSameMailboxInOtherSpellings) {
  const auto key = [](const std::string& email) {
    const Parties one{"email=" + email};
    return one[0].emails()[0].key;
  };
  EXPECT_EQ(key("Ann@x.zz"), key("ann@x.zz"));
  EXPECT_EQ(key("a.nn+web@gmail.com"), key("ann@gmail.com"));
  EXPECT_NE(key("ann@x.zz"), key("bob@x.zz"));
}

TEST(Signature, ReadsPhonesByTheirDigits) {
  const Parties one{"phone=+48605118236; phone=0555 123 99; phone=123; phone=+48605118236"};
  ASSERT_EQ(one[0].phones().size(), 2U);
  EXPECT_EQ(one[0].phones()[0].number, 48605118236U);
  EXPECT_EQ(one[0].phones()[1].number, 55512399U);
}

TEST(Signature, ReadsAddresses) {
  const Parties two{"street=12 Main Street Flat 3; town=New York; postal=10001-1234",
                    "street=ul. Długa 5/7, 31st floor"};
  ASSERT_EQ(two[0].addresses().size(), 1U);
  const AddressFeature& first = two[0].addresses()[0];
  EXPECT_EQ(two.text(0, first.street), "main");
  EXPECT_EQ(two.text(0, first.numbers), "12 3");
  EXPECT_EQ(two.text(0, first.town), "new york");
  EXPECT_EQ(two.text(first.joined_town), "newyork");
  EXPECT_EQ(two.text(first.postal_code), "10001") << "without the side of the street";
  const AddressFeature& second = two[1].addresses()[0];
  EXPECT_EQ(two.text(1, second.street), "dluga o31");
  EXPECT_EQ(two.text(1, second.numbers), "5 7");
  EXPECT_EQ(second.postal_code, kNoWord);
}

TEST(Signature, KeepsTheKindOfAStreetThatHasNoOtherName) {
  const Parties one{"street=5 Court Square"};
  EXPECT_EQ(one.text(0, one[0].addresses()[0].street), "ct sq");
}

TEST(Signature, KnowsNumbersByTheirCheckDigits) {
  const auto identifier = [](const std::string& description) {
    const Parties one{description};
    EXPECT_EQ(one[0].identifiers().size(), 1U) << description;
    return one[0].identifiers()[0];
  };
  EXPECT_EQ(identifier("id=pesel:44051401359").key, identifier("unique=PESEL:440514-01359").key);
  EXPECT_TRUE(identifier("id=pesel:44051401359").is_trusted);
  EXPECT_EQ(identifier("org=Acme; tax_id=PL 526-025-02-74").key,
            identifier("org=Acme; id=NIP:5260250274").key);
  EXPECT_EQ(identifier("id=card:00 71 52").key, identifier("id=card:007152").key);
  EXPECT_FALSE(identifier("id=card:007152").is_trusted);
  EXPECT_TRUE(identifier("unique=card:007152").is_trusted);
  EXPECT_NE(identifier("id=card:007152").type, identifier("id=badge:007152").type);
}

TEST(Signature, FoldsTheOrganization) {
  const Parties one{"org=ACME Trading Sp. z o.o.; legal=Acme Trading Poland S.A."};
  EXPECT_EQ(one[0].kind, PartyKind::organization);
  ASSERT_EQ(one[0].organizations().size(), 2U);
  EXPECT_EQ(one.text(0, one[0].organizations()[0].words), "acme trading");
  EXPECT_EQ(one.text(0, one[0].organizations()[1].words), "acme trading poland");
  const Parties same{"org=Acme Trading Ltd; legal=ACME Trading Limited"};
  EXPECT_EQ(same[0].organizations().size(), 1U) << "each name once";
}

TEST(Signature, ReadsTheDomainsOfAnOrganization) {
  const auto check = [](const std::string& description, const std::string& expected) {
    const Parties one{"org=Acme; " + description};
    std::string domains;
    for (const WordId domain : one[0].domains()) {
      domains += (domains.empty() ? "" : " ") + std::string(one.text(domain));
    }
    EXPECT_EQ(domains, expected) << description;
  };
  check("url=https://www.Acme.zz/", "acme.zz");
  check("url=acme.zz", "acme.zz");
  check("url=https://www.acme.zz/en", "");  // facebook.com/acme
  check("email=info@acme.zz", "acme.zz");
  check("email=acme@gmail.com", "");
  check("staff=ann@acme.zz; staff=bob@acme.zz; url=acme.com", "acme.com acme.zz");
  check("staff=ann@gmail.com", "");
}

TEST(Signature, KnowsWhomAPersonWorksFor) {
  const Parties one{"given=Anna; family=Nowak; works=Acme Trading Ltd"};
  ASSERT_EQ(one[0].organizations().size(), 1U);
  EXPECT_EQ(one.text(0, one[0].organizations()[0].words), "acme trading");
}

// mautic#5504, roundcubemail#8747: default values are nobody's.
TEST(Signature, LeavesOutBlankAndPlaceholderValues) {
  const Parties one{
      "given=n/a; family=; email=; email=test@test.com; phone=000000000; phone=123; "
      "id=card:n/a; id=card:0000; born=1900-01-01; town=n/a; street=-"};
  EXPECT_EQ(one[0].given.words.size, 0);
  EXPECT_EQ(one[0].given.joined, kNoWord);
  EXPECT_EQ(one[0].family.words.size, 0);
  EXPECT_EQ(one[0].birth_date, 0);
  EXPECT_TRUE(one[0].emails().empty());
  EXPECT_TRUE(one[0].phones().empty());
  EXPECT_TRUE(one[0].identifiers().empty());
  EXPECT_TRUE(one[0].addresses().empty());
}

// As loading does: with the words of a block of records, which a vocabulary then takes over.
TEST(Signature, IsTheSameWithItsWordsRenumbered) {
  const std::vector<std::string> descriptions = {
      "given=Anna Maria; family=Nowak; email=anna@nowak.zz; phone=+48601234567; id=card:0071; "
      "street=Mila 5; town=New York; postal=00-950; works=Acme Foods",
      "org=Acme Foods; legal=Acme Foods Holding; url=acme.zz; street=Polna 7; town=York"};
  WordList list;
  for (const char* word : {"york", "acme", "anna", "unheard"}) list.intern(word);
  Parties expected{descriptions[0], descriptions[1]};
  Vocabulary words;
  words.intern("foods");
  for (std::size_t i = 0; i < descriptions.size(); ++i) {
    const Signature& other = expected[i];
    Signature signature = make_signature(other.identity, record_of(descriptions[i]), 0, list);
    renumber_words(signature, words.intern(list));
    const auto expect_word = [&](WordId word, WordId as) {
      EXPECT_EQ(words[word].text, expected.words[as].text);
    };
    const auto expect_name = [&](const NameFeature& name, const NameFeature& as) {
      expect_word(name.joined, as.joined);
      expect_word(name.sorted, as.sorted);
    };
    const auto expect_all = [](const auto& some, const auto& as, auto&& expect) {
      ASSERT_EQ(some.size(), as.size());
      for (std::size_t k = 0; k < some.size(); ++k) expect(some[k], as[k]);
    };
    expect_name(signature.given, other.given);
    expect_name(signature.family, other.family);
    expect_all(signature.words(), other.words(), expect_word);
    expect_all(signature.domains(), other.domains(), expect_word);
    expect_all(signature.organizations(), other.organizations(), expect_name);
    expect_all(signature.emails(), other.emails(), [&](const EmailFeature& email, const auto& as) {
      expect_word(email.domain, as.domain);
    });
    expect_all(signature.addresses(), other.addresses(),
               [&](const AddressFeature& at, const auto& as) {
                 expect_word(at.joined_street, as.joined_street);
                 expect_word(at.joined_town, as.joined_town);
                 expect_word(at.postal_code, as.postal_code);
               });
  }
}

TEST(Signature, LimitsItsValues) {
  std::string description;
  for (int i = 0; i < 500; ++i) {
    const std::string number = std::to_string(17'000 + i * 37);
    description += "id=card:" + number + ";email=m" + number + "@x.zz;phone=+48605" + number + ";";
  }
  const Parties one{description};
  EXPECT_EQ(one[0].identifiers().size(), kMaxValues);
  EXPECT_EQ(one[0].emails().size(), kMaxValues);
  EXPECT_EQ(one[0].phones().size(), kMaxValues);
}

TEST(Signature, LimitsItsWords) {
  std::string name;
  for (int i = 0; i < 2000; ++i) name += "word" + std::to_string(i) + " ";
  const Parties one{"org=" + name + "; street=" + name};
  EXPECT_LE(one[0].organizations()[0].words.size, 64);
  EXPECT_LE(one[0].addresses()[0].all.size, 64);
}

}  // namespace
}  // namespace cdh
