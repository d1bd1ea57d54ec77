#include "hub/base/new_file.hpp"

#include <fstream>
#include <sstream>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hub/base/error.hpp"

namespace cdh {
namespace {

namespace fs = std::filesystem;

class NewFileTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(testing::TempDir()) /
              testing::UnitTest::GetInstance()->current_test_info()->name();
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string content() const {
    std::ostringstream text;
    text << std::ifstream(path()).rdbuf();
    return text.str();
  }
  std::ptrdiff_t files() const {
    return std::distance(fs::directory_iterator(folder_), fs::directory_iterator());
  }
  fs::path path() const { return folder_ / "out.csv"; }

  fs::path folder_;
};

TEST_F(NewFileTest, TakesThePlaceOfTheFormerFileAtTheEnd) {
  std::ofstream(path()) << "former";
  NewFile file(path());
  file.write(std::string(1'000'000, 'x'));
  EXPECT_EQ(content(), "former");
  file.write("end");
  file.keep();
  EXPECT_EQ(content(), std::string(1'000'000, 'x') + "end");
  EXPECT_EQ(files(), 1);
}

TEST_F(NewFileTest, LeavesNothingBehindWhenItIsNotKept) {
  { NewFile(path()).write("half"); }
  EXPECT_EQ(files(), 0);
}

TEST_F(NewFileTest, IsPrivateUnlessAFormerFileIsNot) {
  NewFile(path()).keep();
  struct stat status {};
  ASSERT_EQ(::stat(path().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
  fs::permissions(path(), fs::perms(0640));
  NewFile(path()).keep();
  ASSERT_EQ(::stat(path().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0640U);
}

TEST_F(NewFileTest, KeptIfNewItReplacesNothing) {
  NewFile first(path());
  first.write("first");
  NewFile second(path());
  second.write("second");
  first.keep_if_new();
  try {
    second.keep_if_new();
    FAIL() << "there is a file";
  } catch (const Error& error) {
    EXPECT_EQ(std::string(error.what()), "cannot make " + path().string() + ": File exists");
  }
  EXPECT_EQ(content(), "first");
}

TEST_F(NewFileTest, StaysItsOwnersWhenRootReplacesIt) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root may give a file away";
  for (const NewFile::Mode mode : {NewFile::Mode::like_before, NewFile::Mode::owner_only}) {
    std::ofstream(path()) << "former";
    ASSERT_EQ(::chown(path().c_str(), 1234, 2345), 0);
    NewFile(path(), mode).keep();
    struct stat status {};
    ASSERT_EQ(::stat(path().c_str(), &status), 0);
    EXPECT_EQ(status.st_uid, 1234U);
    EXPECT_EQ(status.st_gid, 2345U);
    fs::remove(path());
  }
}

TEST_F(NewFileTest, SaysWhichFileCannotBeWritten) {
  for (const fs::path& wrong : {folder_, folder_ / "no" / "such" / "folder.csv"}) {
    try {
      NewFile file(wrong);
      ADD_FAILURE() << wrong;
    } catch (const Error& error) {
      EXPECT_NE(std::string(error.what()).find(wrong.string()), std::string::npos);
    }
  }
}

}  // namespace
}  // namespace cdh
