// What the role for BI tools may do that the scripts in config/ make.
#include <fstream>
#include <iterator>
#include <set>

#include "tests/store/store_test.hpp"

namespace cdh {
namespace {

class ReaderRole : public StoreTest {
 protected:
  ReaderRole() {
    database_.execute(script());
    database_.execute(script());  // again does no harm
    const std::string user = "reader_" + name_of_database();
    if (is_postgresql()) {
      database_.execute("CREATE ROLE " + user + " LOGIN IN ROLE cdh_reader");
    } else {
      database_.execute("CREATE USER " + user + "; GRANT cdh_reader TO " + user +
                        "; SET DEFAULT ROLE cdh_reader FOR " + user);
    }
    reader_.emplace(url_for(user), Database::Mode::existing);
  }
  ~ReaderRole() override {
    reader_.reset();
    database_.execute(std::string(is_postgresql() ? "DROP ROLE" : "DROP USER") + " reader_" +
                      name_of_database());
  }

  bool is_postgresql() const { return GetParam() == StoreKind::postgresql; }
  std::string name_of_database() {
    return text(is_postgresql() ? "SELECT current_database()" : "SELECT DATABASE()");
  }
  std::string url_for(const std::string& user) const {
    std::string url = hub_.store();
    const std::string before = is_postgresql() ? "user=cdh" : "root@";
    return url.replace(url.find(before), before.size(),
                       is_postgresql() ? "user=" + user : user + "@");
  }
  std::string script() const {
    const std::string folder = is_postgresql() ? "postgresql" : "mariadb";
    std::ifstream file(CDH_TEST_SOURCE_DIR "/config/" + folder + "/cdh_reader.sql");
    std::string statements;
    for (std::string line; std::getline(file, line);) {
      if (!line.starts_with("--")) statements += line + "\n";
    }
    return statements;
  }
  std::set<std::string> all_tables_and_views() {
    std::set<std::string> names;
    const auto rows = database_.query(
        std::string("SELECT table_name FROM information_schema.tables WHERE table_schema = ") +
        (is_postgresql() ? "'public'" : "DATABASE()"));
    while (rows->next()) names.emplace(rows->text(0));
    return names;
  }

  std::optional<Database> reader_;
};
INSTANTIATE_TEST_SUITE_P(On, ReaderRole, testing::Values(StoreKind::postgresql, StoreKind::mariadb),
                         store_kind_name);

TEST_P(ReaderRole, ReadsCustomersAndEveryViewAndNothingElse) {
  const std::set<std::string> tables = {"profile",        "profile_alias",    "email",
                                        "phone",          "online",           "household",
                                        "postal_address", "effective_consent"};
  int views = 0;
  for (const std::string& name : all_tables_and_views()) {
    const bool is_view = name.starts_with("v_");
    views += is_view ? 1 : 0;
    const std::string why = failure([&] { reader_->number("SELECT COUNT(*) FROM " + name); });
    EXPECT_EQ(why.empty(), is_view || tables.contains(name)) << name << " " << why;
  }
  EXPECT_GT(views, 20);
}

TEST_P(ReaderRole, SeesWhatIsThere) {
  database_.execute("INSERT INTO sales_order (id, total) VALUES (16, 125050)");
  const auto row = reader_->query("SELECT total FROM v_sales_order");
  ASSERT_TRUE(row->next());
  EXPECT_THAT(std::string(row->text(0)), testing::StartsWith("12.505"));
}

TEST_P(ReaderRole, WritesNothing) {
  for (const char* statement :
       {"INSERT INTO profile_alias (alias, profile_uuid, run_id) VALUES ('a', 'b', 1)",
        "UPDATE profile SET display_name = 'x'", "DELETE FROM email", "DELETE FROM v_note",
        "DELETE FROM audit_event", "CREATE TABLE t (id BIGINT)", "DROP TABLE phone"}) {
    EXPECT_NE(failure([&] { reader_->execute(statement); }), "") << statement;
  }
}

}  // namespace
}  // namespace cdh
