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

TEST(PersonName, TitlesAndGenerationsThatAreNamesAsWell) {
  check_whole("Jun Wang", "jun|wang");
  check_whole("Wang, Jun", "jun|wang");
  check_whole("Li Jun", "li|jun");
  check_whole("Anil Sen", "anil|sen");
  check_whole("Mehmet Ali Şen", "mehmet ali|sen");
  check_whole("Wei Pan", "wei|pan");
  check_whole("Pan Wei", "pan|wei");
  check_whole("Nguyen Ing", "nguyen|ing");
  check_parts("Jun", "", "Wang", "jun|wang");
  check_parts("Wei Jun", "", "Li", "wei jun|li");
  check_parts("Anil", "", "Sen", "anil|sen");
  check_whole("Pan Jan Nowak", "jan|nowak");
  check_whole("Ing. Jan Nowak", "jan|nowak");
  check_whole("Jan Nowak, Ing.", "jan|nowak");
  check_whole("Jan Nowak jun.", "jan|nowak|jr");
  check_whole("Jan Nowak, sen.", "jan|nowak|sr");
  check_parts("Pan Jan", "", "Nowak sen.", "jan|nowak|sr");
  check_whole("Sr. José Silva Júnior", "jose|silva|jr");
  check_parts("", "", "Sen", "|sen");
}

TEST(PersonName, TheNativeNameIsForWantOfOthers) {
  EXPECT_EQ(shown(fold_person_name("Ming", "", "Li", "王小明")), "ming|li");
}

}  // namespace
}  // namespace cdh
