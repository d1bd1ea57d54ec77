#include "hub/normalize/org_name.hpp"

#include <gtest/gtest.h>

namespace cdh {
namespace {

void check(std::string_view text, std::string_view expected) {
  EXPECT_EQ(fold_org_name(text), expected) << text;
}

TEST(OrgName, PolishForms) {
  for (const char* text :
       {"Żuk Sp. z o.o.", "ŻUK SP. Z O. O.", "Żuk Sp z oo", "Żuk spzoo", "Zuk sp. zoo",
        "Żuk Spółka z ograniczoną odpowiedzialnością", "Żuk Spółka z o.o.", "Żuk S.A.",
        "Żuk Spółka Akcyjna", "Żuk sp.j.", "Żuk sp. k.", "Żuk s.c.", "P.P.H.U. Żuk", "PPHU \"Żuk\"",
        "F.H.U. ŻUK", "Żuk sp. z o.o. sp. k.", "Żuk P.S.A."}) {
    check(text, "zuk");
  }
  check("Żuk Sp. z o.o. Oddział w Łodzi", "zuk oddzial w lodzi");
}

TEST(OrgName, FormsOfOtherCountries) {
  for (const char* text : {"Acme Ltd",           "ACME LIMITED", "Acme, Inc.",    "Acme Corp.",
                           "Acme LLC",           "Acme L.L.C.",  "Acme PLC",      "Acme GmbH",
                           "Acme GmbH & Co. KG", "Acme AG",      "Acme S.A.R.L.", "Acme SAS",
                           "Acme B.V.",          "Acme N.V.",    "Acme Oy",       "Acme AB",
                           "Acme A/S",           "Acme ApS",     "Acme s.r.o.",   "Acme a.s.",
                           "Acme Kft.",          "Acme Zrt.",    "Acme OÜ",       "UAB Acme",
                           "Acme, UAB",          "SIA Acme",     "Acme d.o.o.",   "Acme S.p.A.",
                           "Acme S.r.l.",        "Acme S.L.",    "Acme Pty Ltd",  "Acme Pte. Ltd.",
                           "Acme Sdn Bhd",       "Acme K.K.",    "ООО Acme",      "Acme Co., Ltd.",
                           "The Acme Company",   "Acme & Co",    "株式会社Acme",  "Acme有限公司"}) {
    check(text, "acme");
  }
  check("上海东风有限责任公司", "shang hai dong feng");
  check("上海东风股份有限公司", "shang hai dong feng");
}

TEST(OrgName, UnifiesAnd) {
  for (const char* text :
       {"Roe & Sons", "Roe and Sons", "Roe und Sons", "Roe i Sons", "Roe + Sons"}) {
    check(text, "roe and sons");
  }
}

TEST(OrgName, WritesShortFormsOut) {
  for (const char* text : {"Roe Bros. Mfg. Intl.", "Roe Brothers Manufacturing International, Inc.",
                           "ROE BROS MFG INT'L"}) {
    check(text, "roe brothers manufacturing international");
  }
  check("St. Jude Hosp. Ctr", "saint jude hospital center");
  check("St Jude Hospital Centre", "saint jude hospital center");
  check("Roe & Assoc.", "roe and associates");
}

TEST(OrgName, SaysTheTradeOfChineseCompaniesInEnglish) {
  check("北京三江食品有限公司", "bei jing san jiang food");
  check("武汉华信进出口股份有限公司", "wu han hua xin import and export");
  check("Wuhan Huaxin Import & Export Inc.", "wuhan huaxin import and export");
  check("三江酒店", "san jiang hotel");
}

TEST(OrgName, JoinsInitials) {
  check("J. P. Roe", "jp roe");
  check("JP Roe", "jp roe");
}

TEST(OrgName, KeepsWhatIsOnlyAForm) {
  check("Limited", "limited");
  check("AB Foods plc", "ab foods");
  check("", "");
}

}  // namespace
}  // namespace cdh
