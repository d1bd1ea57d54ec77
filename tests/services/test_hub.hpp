// A hub in a folder of its own with a fresh, empty store, on each database that a store can be on.
#pragma once

#include <filesystem>
#include <ostream>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "hub/config/hub_config.hpp"

namespace cdh {

enum class StoreKind { sqlite, postgresql, mariadb };

void PrintTo(StoreKind kind, std::ostream* out);

//     INSTANTIATE_TEST_SUITE_P(On, StoreTest, kEveryStore, store_kind_name);
// Tests on PostgreSQL and MariaDB need the private server that CTest starts before them; to run one
// without CTest, start it with tests/services/postgresql.sh or mariadb.sh.
inline const auto kEveryStore =
    testing::Values(StoreKind::sqlite, StoreKind::postgresql, StoreKind::mariadb);
std::string store_kind_name(const testing::TestParamInfo<StoreKind>& info);

// Removes the folder and the database at its end. Plugins are found as they were built.
class TestHub {
 public:
  // Throws when there is no such server for tests.
  explicit TestHub(StoreKind kind = StoreKind::sqlite);
  ~TestHub();
  TestHub(const TestHub&) = delete;
  TestHub& operator=(const TestHub&) = delete;

  const std::string& store() const { return store_; }  // URL
  const std::filesystem::path& folder() const { return folder_; }

  void write(const std::string& file, std::string_view text) const;
  void remove(const std::string& file) const;

  // hub.yaml with this store, the country US, and `rest` below: sources, match, merge.
  HubConfig config(const std::string& rest) const;

 private:
  std::filesystem::path folder_;
  StoreKind kind_;
  std::string store_;
  std::string server_database_;  // name; empty on SQLite
};

}  // namespace cdh
