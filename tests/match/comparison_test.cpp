#include "hub/match/comparison.hpp"

#include <gtest/gtest.h>

#include "tests/match/parties.hpp"

namespace cdh {
namespace {

// `expected` is the rule's name, or "" for no link.
void check(std::string_view a, std::string_view b, std::string_view expected) {
  const Signature of_a = party(1, "a/s/1/p", a);
  const Signature of_b = party(2, "b/s/2/p", b);
  for (const auto& reason : {compare(of_a, of_b, {}), compare(of_b, of_a, {})}) {
    EXPECT_EQ(reason ? name_of(reason->rule) : "", expected) << a << " and " << b;
  }
}

TEST(Comparison, LinksByMailboxAndName) {
  check("given=Anna; family=Nowak; email=a@x.zz", "given=Ania; family=NOWAK; email=A@x.zz",
        "email_and_name");
  check("given=Anna; family=Nowak; email=a@x.zz", "given=Anna; family=Kowalska; email=a@x.zz",
        "email_and_name");
  check("given=A.; family=Nowak; email=a@x.zz", "given=Anna; family=Nowak; email=a@x.zz",
        "email_and_name");
  check("family=Nowak; email=a@x.zz", "given=Anna; family=Nowak; email=a@x.zz", "email_and_name");
  check("native=王小明; email=a@x.zz", "given=Xiaoming; family=Wang; email=a@x.zz",
        "email_and_name");
  check("email=a@x.zz", "given=Anna; family=Nowak; email=a@x.zz", "email_alone");
}

// mautic#5495, roundcubemail#8747: a family shares one address, or one phone.
TEST(Comparison, KeepsAFamilyApart) {
  check("given=Anna; family=Nowak; email=a@x.zz", "given=Jan; family=Nowak; email=a@x.zz", "");
  check("given=Anna; family=Nowak; phone=+48605118236",
        "given=Jan; family=Nowak; phone=+48605118236", "");
  check("given=J; family=Nowak; phone=+48605118236", "given=Jan; family=Nowak; phone=+48605118236",
        "");
  check("family=Nowak; phone=+48605118236", "given=Jan; family=Nowak; phone=+48605118236", "");
  check("given=Anna; family=Nowak; phone=+48605118236",
        "given=Anna; family=Kowalska; phone=+48605118236", "");
  check("phone=+48605118236", "given=Jan; family=Nowak; phone=+48605118236", "");
  check("given=Marta; family=Nowak; born=2001-05-06; town=York",
        "given=Maria; family=Nowak; born=2001-05-06; town=York", "");
}

TEST(Comparison, LinksByPhoneAndName) {
  check("given=Jan; family=Nowak; phone=+48605118236", "given=Jan; phone=+48605118236",
        "phone_and_name");
  check("given=Bob; family=Smith; phone=+48605118236",
        "given=Robert; family=Smith; phone=+48605118236", "phone_and_name");
  check("given=J; family=Nowak; phone=+48605118236; born=1984-02-29",
        "given=Jan; family=Nowak; phone=+48605118236; born=1984-02-29", "phone_and_name");
}

TEST(Comparison, LinksByIdentifiers) {
  check("given=Jan; family=Nowak; id=pesel:44051401359",
        "given=Gosia; family=Lis; id=PESEL:44051401359", "unique_identifier");
  check("given=Jan; family=Nowak; unique=card:007", "unique=card:007", "unique_identifier");
  check("given=Jan; family=Nowak; unique=card:007", "given=Ewa; family=Lis; id=card:007", "");
  check("given=Jan; family=Nowak; id=card:007", "given=Ewa; family=Nowak; id=card:007", "");
  check("given=Jan; family=Nowak; id=card:007", "given=J; family=Nowak; id=card:007",
        "identifier_and_name");
  check("family=Nowak; id=card:007; born=1984-02-29", "given=Jan; id=card:007; born=1984-02-29",
        "identifier_and_name");
}

TEST(Comparison, LinksByBirthDatePlaceAndName) {
  check("given=Anna; family=Nowak; born=1984-02-29; postal=00-950",
        "given=Ania; family=Nowak; born=1984-02-29; postal=00950", "birth_and_name");
  check("given=Anna; family=Nowak; born=1984-02-29", "given=Anna; family=Nowak; born=1984-02-29",
        "");
  check("given=A; family=Nowak; born=1984-02-29; postal=1",
        "given=Anna; family=Nowak; born=1984-02-29; postal=1", "");
}

TEST(Comparison, ListensToContradictions) {
  const std::string jan = "given=Jan; family=Nowak; phone=+48605118236;";
  check(jan + "born=1954-03-31", jan + "born=1984-03-31", "");
  check(jan + "born=1978-12-11", jan + "born=1978-11-12", "phone_and_name");
  check(jan + "born=1978-12-11", jan + "born=1978-12-14", "phone_and_name");
  check(jan + "born=1978-12-11", jan + "born=1975-02-14", "");
  check(jan + "email=j@x.zz; born=1978-12-11", jan + "email=j@x.zz; born=1975-02-14",
        "email_and_name");
  check(jan + "email=j@x.zz; born=1978-12-11", jan + "email=j@x.zz; born=1958-02-14", "");
  check("email=j@x.zz; id=card:7", jan + "email=j@x.zz; id=card:8", "");
  check(jan + "born=1978-01-01", jan + "born=1978-12-14", "phone_and_name");
  check(jan + "suffix=Sr", jan + "suffix=Jr", "");
  check(jan + "id=pesel:44051401359", jan + "id=pesel:02070803628", "");
  check("given=Alex; family=Lee; sex=male; phone=+48605118236",
        "given=Sandra; family=Lee; sex=female; phone=+48605118236", "");
  check("given=Jan; family=Nowak; born=1944-05-14; unique=card:7",
        "given=Ewa; family=Nowak; born=1984-02-29; unique=card:7", "");
}

TEST(Comparison, LinksOrganizations) {
  check("org=Acme Trading Ltd; phone=+48605118236", "org=ACME Trading Limited; phone=+48605118236",
        "phone_and_name");
  check("org=Acme Trading; email=info@acme.zz", "org=Acme Trading; email=info@acme.zz",
        "email_and_name");
  check("org=Acme Trading; url=acme.zz", "org=Acme Trading; url=http://www.acme.zz",
        "web_page_and_name");
  check("org=Acme Trading; street=Mila 5; town=York", "org=Acme Trading; street=Mila 5; town=York",
        "address_and_name");
  check("org=Acme Trading; email=info@acme.zz", "org=Acme Tradng; email=ann@acme.zz",
        "domain_and_name");
  check("org=Acme; staff=jan@acme.zz", "org=ACME Ltd; url=HTTPS://www.Acme.zz/", "domain_and_name");
  check("org=Acme; url=facebook.com/acme.york", "org=Acme; url=facebook.com/acmeleeds", "");
  check("org=Acme; url=Http://acme-york.zz", "org=Acme; url=HTTP://acme-leeds.zz", "");
  check("org=Acme; staff=jan@gmail.com", "org=Acme; staff=ann@gmail.com", "");
  check("org=Acme; staff=jan@acme.zz", "org=Zenith; staff=ann@acme.zz", "");
  check("org=Acme Trading; staff=jan@acme.zz", "org=Acme Trading Poland; email=info@acme.zz", "");
  check("org=Beijing Sanjiang Food Co., Ltd.; phone=+861062085213",
        "org=北京三江食品有限公司; phone=+861062085213", "phone_and_name");
  check("org=Changcheng Electronics; legal=杭州长城电子有限公司", "org=杭州长城电子有限责任公司",
        "name_alone");
  check("org=Acme; tax_id=5260250274", "org=Zenith; tax_id=PL5260250274", "unique_identifier");
  check("org=Acme Trading; phone=+48605118236", "org=Zenith; phone=+48605118236", "");
  check("org=Acme Trading; street=Mila 5; town=York", "org=Acme Trading; street=Mila 6; town=York",
        "");
  check("org=Acme Trading; phone=+48605118236", "given=Acme; family=Trading; phone=+48605118236",
        "");
}

TEST(Comparison, NamesAloneAreNotEnoughForPeople) {
  check("given=Anna; family=Nowak", "given=Anna; family=Nowak", "");
}

TEST(Comparison, IgnoresCrowdedValues) {
  const Signature a = party(1, "a/s/1/p", "given=Anna; family=Nowak; email=a@x.zz");
  const Signature b = party(2, "b/s/2/p", "given=Anna; family=Nowak; email=a@x.zz");
  const std::vector<std::uint64_t> keys = block_keys(a);
  EXPECT_EQ(compare(a, b, KeySet(keys.begin(), keys.end())), std::nullopt);
}

TEST(Comparison, ACompanysNameIsEnoughWhereNothingTellsNamesakesApart) {
  check("org=Acme Trading", "org=Acme Trading Ltd", "name_alone");
  check("org=Acme Trading; postal=SW1 2AA", "org=Acme Trading", "name_alone");
  check("org=Acme Trading; postal=SW1 2AA", "org=Acme Trading; postal=M1 1AE", "");
  check("org=Acme Trading; id=crn:04812763", "org=Acme Trading; id=crn:05117248", "");
  check("org=Orion", "org=Orion", "");
}

// dedupe#1178, zingg#28: the reason is there in words.
TEST(Comparison, SaysWhy) {
  const Signature a = party(1, "a/s/1/p", "given=Anna; family=Nowak; email=a@x.zz");
  const Signature b = party(2, "b/s/2/p", "given=Ania; family=Nowak; email=a@x.zz");
  EXPECT_EQ(describe(compare(a, b, {}).value()), "same e-mail address, similar name");
}

}  // namespace
}  // namespace cdh
