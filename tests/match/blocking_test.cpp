#include "hub/match/blocking.hpp"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "tests/match/levels.hpp"
#include "tests/match/parties.hpp"

namespace cdh {
namespace {

// The passes by which the two meet: "birth email".
std::string shared_passes(const std::string& a, const std::string& b) {
  const Parties two{a, b};
  const UncountedContext context(two.words);
  BlockKeys keys(two.words, context.frequencies);
  const auto of = [&](std::size_t i) {
    const std::span<const BlockKey> all = keys.of(two[i]);
    EXPECT_TRUE(std::ranges::is_sorted(all));
    EXPECT_EQ(std::ranges::adjacent_find(all), all.end());
    return std::vector<BlockKey>(all.begin(), all.end());
  };
  std::vector<BlockKey> shared;
  std::ranges::set_intersection(of(0), of(1), std::back_inserter(shared));
  std::set<std::string_view> passes;
  for (const BlockKey key : shared) passes.insert(name_of(pass_of(key)));
  std::string text;
  for (const std::string_view pass : passes) {
    text += (text.empty() ? "" : " ") + std::string(pass);
  }
  return text;
}

void check(const std::string& a, const std::string& b, std::string_view expected) {
  EXPECT_EQ(shared_passes(a, b), expected) << a << " and " << b;
}

TEST(Blocking, FindsContacts) {
  check("email=Ann@x.zz; sex=female", "email=ann@x.zz", "email");
  check("email=dragon@x.zz", "email=dragon@wp.pl", "mail_local");
  check("email=dragonfly@x.zz", "email=dragonfyl@x.zz", "mail_local_start");
  check("email=office@x.zz", "email=office@y.zz", "");
  check("phone=+48605118236", "phone=605118236", "phone_ending");
  check("phone=+48605118236", "phone=+48 605 118 236; sex=male", "phone phone_ending");
  check("phone=+48605118236", "phone=+48605118237", "");
  check("id=card:00 7152; sex=male", "id=card:007152", "identifier");
  check("id=card:007152", "id=badge:007152", "");
  check("given=Jan; id=pesel:44051401359", "unique=PESEL:440514-01359", "birth identifier");
}

TEST(Blocking, FindsNames) {
  check("given=Anna; family=Nowak", "given=Nowak; family=Ana", "names");
  check("given=Anna; family=Schmidt", "given=Piotr; family=Szmit", "family_name");
  check("given=Anna; family=Nowak-Lis", "given=Piotr; family=Lis", "family_name");
  check("given=Anna", "given=Anna", "equal");
  check("given=A; family=Nowak", "given=A; family=Kowal", "");
}

TEST(Blocking, MakesNoKeysOfParticles) {
  check("given=Jan; family=van den Berg", "given=Piet; family=van den Heuvel", "");
  check("given=Jan; family=van den Berg; postal=10-950",
        "given=Piet; family=van Dam; postal=10-950", "");
  check("given=Jan; family=van Dam; town=York", "given=Piet; family=van Lier; town=York", "");
  check("given=Jan; family=van den Berg", "given=Piet; family=Berg", "family_name");
  check("given=Jan; family=van der Berg", "given=Jan; family=van den Berg",
        "equal family_name names");
  check("given=Ngoc; family=Van", "given=Linh; family=Van", "family_name");
  check("given=Bin; family=Zhang", "given=Zhang; family=Bin", "names");
  check("given=Van An; family=Nguyen", "native=Nguyen Van An", "names");
}

// Five sounds at most make keys: they are those of the name.
TEST(Blocking, SparesThePlacesOfSoundsForNames) {
  for (const std::string name : {"Berg", "Heuvel", "Stein", "Reis", "Lopez", "Kruse", "Dahl"}) {
    check("given=Anna Maria; family=van von dos bin al del den los " + name,
          "given=Maria; family=" + name, "family_name names");
  }
}

TEST(Blocking, FindsNamesWithMore) {
  check("given=Anna; born=1984-02-29", "given=Anna; born=1984-11-15", "name_and_year");
  check("given=Anna; born=1984-02-29", "given=Anna; born=1948-02-29", "name_and_day");
  check("born=1984-02-29", "born=1984-02-29", "birth equal");
  check("born=1984-02-11", "born=1984-11-02", "birth");
  check("given=Anna; postal=10-950; town=York", "given=Ana; postal=10950", "name_and_place");
  check("given=Anna; postal=10-100", "given=Ana; postal=10 100", "name_and_place");
  check("family=Nowak; town=York", "family=Novak; town=YORK", "family_name name_and_place");
  check("given=Anna; town=York", "given=Ana; town=York", "");  // half a town
  check("given=Anna; works=Acme Trading", "given=Ana; works=Acme Foods", "name_and_employer");
}

TEST(Blocking, FindsWhatIsEqual) {
  check("given=Ann; sex=female; suffix=Jr", "given=ann; sex=female; suffix=jr", "equal");
  check("given=Ann; sex=female", "given=Ann; sex=male", "");
  check("given=Ann; suffix=Jr", "given=Ann; suffix=Sr", "");
  check("given=Ann Lee", "given=Ann; family=Lee", "names");
  check("given=Ann; street=Mila", "given=Ann; street=Lipa", "");
  check("given=Ann; id=card:007", "given=Ann; id=card:008", "");
  check("given=Ann; email=a@x.zz", "given=Ann; phone=+48605118236", "");
}

TEST(Blocking, FindsAddresses) {
  check("street=12 Main Street", "street=12, Mein St.", "street");
  check("street=12 Main Street", "street=48 Main Street", "street_word");
  check("street=12 Main Street; postal=10-950", "street=12 Church Lane; postal=10-950",
        "number_and_place");
}

TEST(Blocking, FindsOrganizations) {
  check("org=Acme Trading", "org=ACME Trading Ltd",
        "equal organization organization_start organization_word");
  check("org=Bei Jing Hotel", "org=Beijing Hotel Ltd",
        "organization organization_start organization_word");
  check("org=Acme Trading", "org=Akme Foods", "organization_word");
  check("org=Acme; url=acme.zz", "org=Zenith; email=info@acme.zz", "domain");
  check("org=Acme Trading", "org=Zenith Foods", "");
}

TEST(Blocking, KeepsPersonsAndOrganizationsApart) {
  check("org=Acme; email=ann@x.zz; phone=+48605118236",
        "given=Acme; email=ann@x.zz; phone=605118236", "");
}

TEST(Blocking, GivesNoKeyForBlankValues) {
  check("", "", "");
  check("given=n/a; family=n/a; email=test@test.com; phone=000000000; id=card:n/a; town=n/a",
        "given=n/a; family=n/a; email=test@test.com; phone=000000000; id=card:n/a; town=n/a", "");
}

TEST(Blocking, ChoosesTheRarestWordsOfAName) {
  Parties parties;
  for (int i = 0; i < 50; ++i) {
    parties.add("org=National Federal Central United" + std::to_string(i));
  }
  const ValueCounts counts = count_values(parties.all, parties.words);
  parties.add("org=National Federal Central Acme Zenith Orion");
  const WordFrequencies frequencies(parties.words, counts);
  BlockKeys keys(parties.words, frequencies);
  const auto of = [&](std::size_t i) {
    const auto all = keys.of(parties[i]);
    return std::set<BlockKey>(all.begin(), all.end());
  };
  const std::set<BlockKey> rare = of(50);
  for (const BlockKey key : of(0)) EXPECT_FALSE(rare.contains(key));
}

// The key of an address counts its customers, so it must be one of the party's keys.
TEST(Blocking, HasTheKeyOfAnAddressAmongTheKeys) {
  const Parties one{"street=12 Old Maple Street; town=York", "street=Main Street", "street=12"};
  const UncountedContext context(one.words);
  BlockKeys keys(one.words, context.frequencies);
  const BlockKey key = keys.street_key(one[0], one[0].addresses()[0]);
  EXPECT_EQ(pass_of(key), BlockingPass::street);
  EXPECT_TRUE(std::ranges::binary_search(keys.of(one[0]), key));
  EXPECT_EQ(keys.street_key(one[1], one[1].addresses()[0]), 0U);
  EXPECT_EQ(keys.street_key(one[2], one[2].addresses()[0]), 0U);
}

TEST(Blocking, MakesFinerKeysOfASecondValue) {
  const std::string name = "given=Anna; family=Nowak; ";
  const Parties parties{name + "born=1984-02-29", name + "born=1984-11-15", name + "town=York",
                        name};
  const UncountedContext context(parties.words);
  BlockKeys keys(parties.words, context.frequencies);
  BlockKey crowded = 0;
  for (const BlockKey key : keys.of(parties[0])) {
    if (pass_of(key) == BlockingPass::names) crowded = key;
  }
  const auto finer = [&](std::size_t i) {
    const auto all = keys.finer(parties[i], crowded);
    for (const BlockKey key : all) EXPECT_EQ(pass_of(key), BlockingPass::names);
    EXPECT_FALSE(std::ranges::binary_search(all, crowded));
    return std::vector<BlockKey>(all.begin(), all.end());
  };
  const auto meet = [&](std::size_t a, std::size_t b) {
    std::vector<BlockKey> shared;
    std::ranges::set_intersection(finer(a), finer(b), std::back_inserter(shared));
    return !shared.empty();
  };
  EXPECT_TRUE(meet(0, 1)) << "the year of birth";
  EXPECT_FALSE(meet(0, 2));
  EXPECT_TRUE(meet(2, 2));
  EXPECT_TRUE(finer(3).empty()) << "nothing to tell it from others";
}

}  // namespace
}  // namespace cdh
