#include "hub/normalize/email.hpp"

#include <gtest/gtest.h>

namespace cdh {
namespace {

void check(std::string_view text, std::string_view expected) {
  EXPECT_EQ(normalize_email(text).value_or("none"), expected) << text;
}

TEST(Email, Canonical) {
  check("ann.lee@x.org", "ann.lee@x.org");
  check("  Ann.Lee@X.ORG ", "ann.lee@x.org");
  check("mailto:ann@x.org?subject=hi", "ann@x.org");
  check("Ann Lee <Ann@x.org>", "ann@x.org");
  check("<ann@x.org>;", "ann@x.org");
  check("ann@x.org,", "ann@x.org");
  check("'ann@x.org'", "ann@x.org");
  check("ann+tag@mail.x.co.uk", "ann+tag@mail.x.co.uk");
  check("Łucja@Łódź.pl", "łucja@xn--d-uga0v4h.pl");
  check("ann@büro.example", "ann@xn--bro-hoa.example");
  check("\u00A0ann@x.org\u200B", "ann@x.org");
}

TEST(Email, WhatIsNoAddress) {
  for (const char* text :
       {"", "ann", "ann@", "@x.org", "ann@x", "a b@x.org", "ann..lee@x.org", ".ann@x.org",
        "ann.@x.org", "ann@-x.org", "ann@x-.org", "ann@x..org", "ann@127.0.0.1",
        "ann@x.org bob@x.org", "ann@@x.org", "\"ann lee\"@x.org", "ann@x_y.org"}) {
    check(text, "none");
  }
}

TEST(Email, Limits) {
  check(std::string(64, 'a') + "@x.org", std::string(64, 'a') + "@x.org");
  check(std::string(65, 'a') + "@x.org", "none");
  check("a@" + std::string(63, 'b') + ".org", "a@" + std::string(63, 'b') + ".org");
  check("a@" + std::string(64, 'b') + ".org", "none");
  std::string domain;
  for (int i = 0; i < 127; ++i) domain += "a.";
  check("a@" + domain + "org", "none");
  check(std::string(100'000, 'a') + "@x.org", "none");
}

TEST(Email, RoleMailboxes) {
  for (const char* text :
       {"info@x.org", "kontakt@x.pl", "biuro@x.pl", "no-reply@x.org", "sales+eu@x.org",
        "customer.service@x.org", "xiaoshou@x.cn", "vertrieb@x.de"}) {
    EXPECT_TRUE(is_role_mailbox(text)) << text;
  }
  for (const char* text : {"ann@x.org", "infos@x.org", "annasales@x.org", "postman@x.org"}) {
    EXPECT_FALSE(is_role_mailbox(text)) << text;
  }
}

TEST(Email, PublicProviders) {
  for (const char* domain : {"gmail.com", "wp.pl", "163.com", "btinternet.com", "126.com"}) {
    EXPECT_TRUE(is_public_provider(domain)) << domain;
  }
  for (const char* domain : {"acme.example", "mail.gmail.com", "com", ""}) {
    EXPECT_FALSE(is_public_provider(domain)) << domain;
  }
}

TEST(Email, MatchForm) {
  const auto check_form = [](std::string_view canonical, std::string_view expected) {
    EXPECT_EQ(match_form(canonical), expected);
  };
  check_form("ann.lee+news@gmail.com", "annlee@gmail.com");
  check_form("annlee@googlemail.com", "annlee@gmail.com");
  check_form("ann.lee+news@outlook.com", "ann.lee@outlook.com");
  check_form("ann.lee+news@x.org", "ann.lee+news@x.org");
  check_form("+news@gmail.com", "+news@gmail.com");
}

}  // namespace
}  // namespace cdh
