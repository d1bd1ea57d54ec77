#include "hub/normalize/placeholder.hpp"

#include <gtest/gtest.h>

namespace cdh {
namespace {

void expect_nobody(FieldKind kind, std::string_view text) {
  EXPECT_TRUE(is_placeholder(kind, text)) << text;
}
void expect_somebody(FieldKind kind, std::string_view text) {
  EXPECT_FALSE(is_placeholder(kind, text)) << text;
}

TEST(Placeholder, OfAnyKind) {
  for (const FieldKind kind : {FieldKind::text, FieldKind::person_name, FieldKind::email,
                               FieldKind::phone, FieldKind::identifier, FieldKind::org_name}) {
    for (const char* text :
         {"", " ", "n/a", "N/A", "brak", "Brak danych", "none", "NULL", "-", "--", "?", "???", ".",
          "test", "nieznany", "无", "暂无", "不详", "do uzupełnienia"}) {
      expect_nobody(kind, text);
    }
  }
}

TEST(Placeholder, SomeSayThatNothingIsKnown) {
  for (const char* text : {"", " ", "-", "n/a", "Brak", "unknown", "无", "?"}) {
    EXPECT_TRUE(says_nothing(text)) << text;
  }
  for (const char* text : {"Test", "测试", "test@test.pl", "000000", "Klient", "Na"}) {
    EXPECT_FALSE(says_nothing(text)) << text;
  }
}

TEST(Placeholder, Names) {
  for (const char* text : {"xxx", "Test Test", "asdf", "Imię", "anonim", "Klient", "123"}) {
    expect_nobody(FieldKind::person_name, text);
  }
  for (const char* text : {"Na", "No", "Anna", "Bo", "Xi", "Testa", "王", "Li"}) {
    expect_somebody(FieldKind::person_name, text);
  }
}

TEST(Placeholder, Emails) {
  for (const char* text :
       {"test@test.pl", "test@firma.pl", "noreply@example.com", "no-reply@x.org", "a@a.a",
        "xx@xx.pl", "brak@brak.pl", "ann@host.invalid", "none@none.com", "TEST+1@x.org"}) {
    expect_nobody(FieldKind::email, text);
  }
  for (const char* text : {"ann@x.org", "info@roe.pl", "testa@x.org", "a@b.pl", "roe@roe.pl",
                           "ann@example.org", "ann@firm.example", "psmith@email.com"}) {
    expect_somebody(FieldKind::email, text);
  }
}

TEST(Placeholder, Phones) {
  for (const char* text :
       {"000000000", "111 111 111", "123456789", "123-456-789", "+48 000 000 000", "+48123456789",
        "987654321", "0048 999 999 999", "+1 111 111 1111"}) {
    expect_nobody(FieldKind::phone, text);
  }
  for (const char* text : {"601234567", "+48 601 234 567", "+442079460958", "112"}) {
    expect_somebody(FieldKind::phone, text);
  }
}

TEST(Placeholder, Identifiers) {
  for (const char* text : {"0000000000", "0", "11111", "123456789", "999999999", "000-000-00-00"}) {
    expect_nobody(FieldKind::identifier, text);
  }
  for (const char* text : {"5260250274", "222", "7", "AAA", "A111", "00-950"}) {
    expect_somebody(FieldKind::identifier, text);
  }
}

TEST(Placeholder, Dates) {
  for (const char* text : {"1900-01-01", "9999-12-31", "1899-12-30"})
    expect_nobody(FieldKind::date, text);
  expect_nobody(FieldKind::instant, "1900-01-01T00:00:00Z");
  expect_somebody(FieldKind::date, "1984-02-13");
}

}  // namespace
}  // namespace cdh
