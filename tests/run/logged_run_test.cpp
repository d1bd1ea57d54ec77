// A run is closed however it ends.
#include "hub/run/logged_run.hpp"

#include <stdexcept>

#include "hub/base/error.hpp"
#include "hub/run/maintenance.hpp"
#include "hub/store/quarantine.hpp"
#include "tests/run/small_hub.hpp"

namespace cdh {
namespace {

using LoggedRun = SmallHub;

TEST_F(LoggedRun, WhatALibraryThrowsClosesTheRunToo) {
  run(config());
  Database database(config().store, Database::Mode::existing);
  const auto fail = [](RunEntry&) { throw std::runtime_error("no such thing"); };
  EXPECT_THROW(logged_run(database, config(), RunKind::act, "a test", fail), std::runtime_error);
  const auto row = database.query("SELECT status, message FROM run ORDER BY id DESC LIMIT 1");
  ASSERT_TRUE(row->next());
  EXPECT_EQ(row->text(0), "failed");
  EXPECT_EQ(row->text(1), "a test: no such thing");
}

TEST_F(LoggedRun, ADamagedTableIsNamed) {
  write("crm.csv", "id,first,last,mail,born\n1,Ann,Lee,,someday\n");
  run(config());
  Database database(config().store, Database::Mode::existing);
  database.execute("UPDATE pipeline SET columns = '[oops'");
  try {
    retry_quarantine(database, config(), {}, "admin");
    FAIL() << "the columns are damaged";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::store);
    EXPECT_NE(std::string(error.what()).find("the table pipeline"), std::string::npos);
  }
}

}  // namespace
}  // namespace cdh
