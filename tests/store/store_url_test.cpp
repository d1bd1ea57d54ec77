#include "hub/store/store_url.hpp"

#include <gmock/gmock.h>

#include "hub/base/error.hpp"
#include "hub/store/database.hpp"

namespace cdh {
namespace {

using testing::HasSubstr;

// The driver would say which piece of the password it took for what.
TEST(PostgreSQLStoreUrl, APasswordThatIsNotEncodedIsRefusedBeforeItIsTried) {
  for (const char* password :
       {"secret@piece", "abc/piece", "abc?piece", "abc#piece", "p@ss/w?d#piece", "p@ss/w?piece",
        "12/piece", "12#piece", "a@b?piece", "/piece@", "?x=piece"}) {
    try {
      const Database database("postgresql://ann:" + std::string(password) + "@127.0.0.1:1/c",
                              Database::Mode::create);
      FAIL() << password;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::config);
      EXPECT_THAT(error.what(), HasSubstr("write %40 for @"));
      EXPECT_THAT(error.what(), testing::Not(HasSubstr("piece")));
    }
  }
}

TEST(MariaDBStoreUrl, WhatCannotBeUnderstoodIsRefused) {
  const auto failure_of = [](const std::string& url) -> std::string {
    try {
      const Database database(url, Database::Mode::create);
      return "";
    } catch (const Error& error) {
      return error.what();
    }
  };
  EXPECT_THAT(failure_of("mariadb://ann:secret@127.0.0.1:1/customers"),
              testing::AllOf(HasSubstr("cannot open the store mariadb://ann:***@127.0.0.1:1"),
                             HasSubstr("is the server running, and does it listen there?"),
                             testing::Not(HasSubstr("secret"))));
  EXPECT_THAT(failure_of("mariadb://ann@127.0.0.1:1"), HasSubstr("names no database"));
  for (const char* port : {"port", "0", "65536", "99999", "99999999999", "-1", "3306x"}) {
    EXPECT_THAT(failure_of("mariadb://ann@127.0.0.1:" + std::string(port) + "/c"),
                HasSubstr("no number from 1 to 65535"))
        << port;
  }
  for (const char* user : {"ann%zz", "ann%2", "ann%", "ann%+1", "ann:%0g"}) {
    EXPECT_THAT(failure_of("mariadb://" + std::string(user) + "@127.0.0.1:1/c"),
                HasSubstr("write %25 for %"))
        << user;
  }
  EXPECT_THAT(failure_of("mariadb://root%00x@127.0.0.1:1/c"), HasSubstr("has a %00"));
  EXPECT_THAT(failure_of("mariadb://ann@127.0.0.1:1/c?sslmode=require"),
              HasSubstr("has the parameter sslmode; known are socket, ssl_ca, user and password"));
  for (const char* password : {"secret@piece", "p@ss/w?d#piece", "p@ss/w?piece", "12?piece"}) {
    EXPECT_THAT(failure_of("mariadb://ann:" + std::string(password) + "@127.0.0.1:1/c"),
                testing::AllOf(HasSubstr("write %40 for @"), testing::Not(HasSubstr("piece"))));
  }
}

}  // namespace
}  // namespace cdh
