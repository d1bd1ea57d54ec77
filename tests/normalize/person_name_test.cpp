#include "hub/normalize/person_name.hpp"

#include <gtest/gtest.h>

#include "hub/base/text.hpp"

namespace cdh {
namespace {

std::string shown(const FoldedName& name) {
  return join(name.given, " ") + "|" + join(name.family, " ") +
         (name.suffix.empty() ? "" : "|" + join(name.suffix, " "));
}

void check_parts(std::string_view given, std::string_view additional, std::string_view family,
                 std::string_view expected) {
  EXPECT_EQ(shown(fold_person_name(given, additional, family, "")), expected);
}

void check_whole(std::string_view native, std::string_view expected) {
  EXPECT_EQ(shown(fold_person_name("", "", "", native)), expected) << native;
}

TEST(PersonName, Parts) {
  check_parts("Łucja", "Maria", "Nowak-Kowalska", "lucja maria|nowak kowalska");
  check_parts("dr inż. Jan", "", "Żak", "jan|zak");
  check_parts("John", "", "Roe Jr.", "john|roe|jr");
  check_parts("", "", "Dr", "|dr");
  check_parts("小明", "", "王", "xiaoming|wang");
  check_parts("修", "", "欧阳", "xiu|ouyang");
  check_parts("", "", "", "|");
}

TEST(PersonName, ChineseWholeNames) {
  check_whole("王小明", "xiaoming|wang");
  check_whole("欧阳修", "xiu|ouyang");
  check_whole("欧阳 文忠", "wenzhong|ouyang");
  check_whole("诸葛孔明", "kongming|zhuge");
  check_whole("单小明", "xiaoming|shan");  // not dan
  check_whole("曾国", "guo|zeng");         // not ceng
  check_whole("李明先生", "ming|li");
  check_whole("阿里·买买提", "ali|maimaiti");
}

TEST(PersonName, LatinWholeNames) {
  check_whole("Anna Maria Zielona", "anna maria|zielona");
  check_whole("Zielona, Anna Maria", "anna maria|zielona");
  check_whole("Anna Nowak-Zielona", "anna|nowak zielona");
  check_whole("Karl van der Berg", "karl|van der berg");
  check_whole("Mr. John Roe, Jr.", "john|roe|jr");
  check_whole("Roe", "|roe");
  check_whole("Иван Лесной", "ivan|lesnoj");
}

TEST(PersonName, TheNativeNameIsForWantOfOthers) {
  EXPECT_EQ(shown(fold_person_name("Ming", "", "Li", "王小明")), "ming|li");
}

}  // namespace
}  // namespace cdh
