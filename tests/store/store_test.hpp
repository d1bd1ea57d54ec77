// A test that runs on every database, each time with a fresh store.
#pragma once

#include <gmock/gmock.h>

#include "hub/base/error.hpp"
#include "hub/store/database.hpp"
#include "hub/store/schema.hpp"
#include "tests/services/test_hub.hpp"

namespace cdh {

class StoreTest : public testing::TestWithParam<StoreKind> {
 protected:
  StoreTest() : hub_(GetParam()), database_(hub_.store(), Database::Mode::create) {
    migrate(database_);
  }

  bool is_sqlite() const { return GetParam() == StoreKind::sqlite; }

  std::string text(std::string_view sql) {
    const auto row = database_.query(sql);
    if (!row->next()) return "no row";
    return row->is_null(0) ? "null" : std::string(row->text(0));
  }

  // What the act fails with, or empty.
  template <typename Act>
  static std::string failure(Act&& act) {
    try {
      act();
      return "";
    } catch (const Error& error) {
      return std::string(name_of(error.kind())) + ": " + error.what();
    }
  }

  TestHub hub_;
  Database database_;
};

}  // namespace cdh
