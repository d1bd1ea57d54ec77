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
  check_whole("Anna Nowak-Zielona, MD", "anna|nowak zielona");
  check_whole("Dr Anna Nowak-Zielona MBA.", "anna|nowak zielona");
  check_whole("Jan Nowak, Dipl.-Ing.", "jan|nowak");
  check_whole("Anne-Marie Roe", "anne marie|roe");
  check_whole("Nowak-Zielona", "|nowak zielona");
  check_whole("Roe", "|roe");
  check_whole("Иван Лесной", "ivan|lesnoj");
}

// Words that are a title or generation for one and a name for another.
TEST(PersonName, KeepsNamesThatReadAsTitles) {
  check_whole("Jun Wang", "jun|wang");
  check_whole("Wei Jun", "wei|jun");
  check_whole("Li Wei Sen", "li wei|sen");
  check_whole("Anil Sen", "anil|sen");
  check_whole("Mehmet Şen", "mehmet|sen");
  check_whole("Wei Pan", "wei|pan");
  check_whole("Pan Wei", "pan|wei");
  check_whole("Pan", "|pan");
  check_whole("Dr. Pan", "|pan");
  check_whole("Michael Herr", "michael|herr");
  check_whole("Dr. Anil Sen", "anil|sen");
  check_whole("Md Abdul Rahman", "md abdul|rahman");
  check_whole("Jean Pierre Mba", "jean pierre|mba");
  check_whole("Junior Silva", "junior|silva");
  check_whole("Lek Gashi", "lek|gashi");
  check_whole("Wang, Jun", "jun|wang");
  check_whole("Wei, Pan", "pan|wei");
  check_whole("Rahman, Md", "md|rahman");
  check_parts("Jun", "", "Wang", "jun|wang");
  check_parts("Wei Jun", "", "Li", "wei jun|li");
  check_parts("Jun Wei", "", "Li", "jun wei|li");
  check_parts("Anil", "", "Sen", "anil|sen");
  check_parts("Sujata", "", "Das Sen", "sujata|das sen");
  check_parts("Wei", "", "Pan", "wei|pan");
  check_parts("Pan", "Jun", "Ma", "pan jun|ma");
  check_parts("Ing", "", "Berg", "ing|berg");
  check_parts("Md", "", "Rahman", "md|rahman");
  check_parts("Junior", "", "Silva", "junior|silva");
}

TEST(PersonName, KnowsTitlesByTheirPlace) {
  check_whole("Pan Jan Nowak", "jan|nowak");
  check_whole("Pani Anna Zielona", "anna|zielona");
  check_whole("Pani Zielona", "|zielona");
  check_whole("Herr Dr. Karl Berg", "karl|berg");
  check_whole("Berg, Frau", "|berg");
  check_whole("Ing. Mag. Karl Berg", "karl|berg");
  check_whole("Karl Berg, Ing.", "karl|berg");
  check_whole("lek. Anna Zielona", "anna|zielona");
  check_whole("Ing. Berg", "|berg");
  check_whole("John Roe MD", "john|roe");
  check_whole("John Roe, MD, MBA", "john|roe");
  check_whole("Mr John Roe III", "john|roe|iii");
  check_whole("John Roe, Ph.D., M.D.", "john|roe");
  check_whole("John Roe Ph.D", "john|roe");
  check_whole("M.D. Roe", "m d|roe");
  check_whole("J.M.D. Roe", "j m d|roe");
  check_whole("Roe, Dr. John", "john|roe");
  check_parts("Ing. Karl", "", "Berg", "karl|berg");
  check_parts("Pan Jan Maria", "", "Nowak", "jan maria|nowak");
  check_parts("Pan Jan", "", "Nowak", "jan|nowak");
  check_parts("Ing Karl", "", "Berg", "karl|berg");
}

TEST(PersonName, KnowsGenerationsByTheirPlace) {
  check_whole("Jan Nowak, sen.", "jan|nowak|sr");
  check_whole("Jan Nowak, sen", "jan|nowak|sr");
  check_whole("Jan Nowak jun.", "jan|nowak|jr");
  check_whole("Dr. Jan Nowak jun., MBA", "jan|nowak|jr");
  check_whole("Jan Nowak Junior", "jan|nowak|jr");
  check_whole("Roe, John Senior", "john|roe|sr");
  check_parts("Jan", "", "Nowak, jun.", "jan|nowak|jr");
  check_parts("Jan sen.", "", "Nowak", "jan|nowak|sr");
  check_parts("John", "", "Roe Senior", "john|roe|sr");
  check_whole("Sr. José Silva Júnior", "jose|silva|jr");
  check_parts("", "", "Sen", "|sen");
}

TEST(PersonName, Particles) {
  for (const std::string_view word : {"abd", "bin", "de", "dos", "van", "von", "zur"}) {
    EXPECT_TRUE(is_name_particle(word)) << word;
  }
  for (const std::string_view word : {"", "berg", "va", "vans"}) {
    EXPECT_FALSE(is_name_particle(word)) << word;
  }
  check_whole("Omar bin Abd al Rahman", "omar|bin abd al rahman");
  check_whole("Bin Zhang", "bin|zhang");
  check_whole("Ngoc Van", "ngoc|van");
}

TEST(PersonName, LeavesVietnameseMiddleNamesOut) {
  check_parts("Thi Lan", "", "Nguyen", "lan|nguyen");
  check_parts("Văn Minh", "", "Nguyễn", "minh|nguyen");
  check_parts("Thi", "", "Nguyen", "thi|nguyen");
  check_whole("Thi Lan Nguyen", "lan|nguyen");
  check_parts("van den Berg", "", "Jan", "van den berg|jan");
  EXPECT_EQ(sex_of_middle_name("thi", "lan"), Sex::female);
  EXPECT_EQ(sex_of_middle_name("van", "den"), Sex::unknown);
  EXPECT_EQ(sex_of_middle_name("lan", "thi"), Sex::unknown);
}

TEST(PersonName, KeepsTheCharactersOfAChineseGivenName) {
  const auto characters = [](std::string_view given, std::string_view family,
                             std::string_view native) {
    return fold_person_name(given, "", family, native).given_characters;
  };
  EXPECT_EQ(characters("", "", "王伟"), "伟");
  EXPECT_EQ(characters("", "", "王偉"), "伟") << "traditional";
  EXPECT_EQ(characters("薇", "王", ""), "薇");
  EXPECT_EQ(characters("", "", "阿里·买买提"), "阿里");
  EXPECT_EQ(characters("Wei", "Wang", ""), "");
}

TEST(PersonName, TellsTheSexByTitlesAndMiddleNames) {
  const auto sex_of_whole = [](std::string_view native) {
    return fold_person_name("", "", "", native).sex;
  };
  EXPECT_EQ(sex_of_whole("Mrs Alfred Roe"), Sex::female);
  EXPECT_EQ(sex_of_whole("Mr. Alfred Roe"), Sex::male);
  EXPECT_EQ(sex_of_whole("Pan Jan Nowak"), Sex::male);
  EXPECT_EQ(sex_of_whole("Pani Nowak"), Sex::female);
  EXPECT_EQ(sex_of_whole("Pan Wei"), Sex::unknown) << "a name";
  EXPECT_EQ(sex_of_whole("Dr. Alfred Roe"), Sex::unknown);
  EXPECT_EQ(sex_of_whole("李明先生"), Sex::male);
  EXPECT_EQ(sex_of_whole("李明女士"), Sex::female);
  EXPECT_EQ(fold_person_name("Thi Lan", "", "Nguyen", "").sex, Sex::female);
  EXPECT_EQ(fold_person_name("Van Minh", "", "Nguyen", "").sex, Sex::male);
  const FoldedName cloud = fold_person_name("Vân Anh", "", "Nguyen", "");
  EXPECT_EQ(cloud.sex, Sex::unknown);
  EXPECT_EQ(cloud.given.size(), 2) << "a woman's name, of which none is a middle name";
}

TEST(PersonName, KnowsNamesOfVietnamByTheirSyllables) {
  const auto is_one = [](const std::vector<std::string_view>& words) {
    return is_vietnamese_name(words);
  };
  EXPECT_TRUE(is_one({"le", "thi", "hoa"}));
  EXPECT_TRUE(is_one({"do", "hoang", "nam"}));
  EXPECT_TRUE(is_one({"nguyen", "quoc", "khanh"}));
  EXPECT_FALSE(is_one({"le", "gall", "yann"}));
  EXPECT_FALSE(is_one({"do", "carmo", "maria"}));
  EXPECT_FALSE(is_one({"van", "den", "berg", "jan"}));
  EXPECT_FALSE(is_one({"ng", "wei"}));
}

TEST(PersonName, SaysWhetherAWholeNameMayBeReversed) {
  const auto may_be_reversed = [](std::string_view given, std::string_view native) {
    return fold_person_name(given, "", "", native).may_be_reversed;
  };
  EXPECT_TRUE(may_be_reversed("", "Anna Nowak"));
  EXPECT_TRUE(may_be_reversed("", "Nagy Péter"));
  EXPECT_FALSE(may_be_reversed("", "Nagy, Péter"));
  EXPECT_FALSE(may_be_reversed("", "王小明"));
  EXPECT_FALSE(may_be_reversed("", "Nowak"));
  EXPECT_FALSE(may_be_reversed("Anna", "Nagy Péter"));
}

TEST(PersonName, TheNativeNameIsForWantOfOthers) {
  EXPECT_EQ(shown(fold_person_name("Ming", "", "Li", "王小明")), "ming|li");
}

}  // namespace
}  // namespace cdh
