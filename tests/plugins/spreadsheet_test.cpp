// The spreadsheet connector on files that LibreOffice, gnumeric and openpyxl wrote, and on its
// options. What no program writes is in spreadsheet_xlsx_test.cpp and spreadsheet_ods_test.cpp.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spreadsheet_reading.hpp"

namespace cdh::spreadsheet_test {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(Spreadsheet, ReadsEachKindOfCell) {
  const CapturedLog log;
  EXPECT_THAT(
      rows_of(data_file("kinds.xlsx"), "kinds"),
      ElementsAre("2: text=007; whole=i42; decimal=d0.1; flag=b1; day=D2024-02-29; "
                  "moment=T2024-02-29T13:30:05; clock=07:05:00; padded=00345; percent=d0.25; "
                  "sum=?; error=-; phone=i35391555000",
                  "5: text=zażółć & <gęślą>\njaźń; whole=-; decimal=d1234.5; flag=-; day=-; "
                  "moment=-; clock=-; padded=-; percent=-; sum=-; error=-; phone=-"));
  EXPECT_THAT(log.text(), AllOf(HasSubstr("kinds.xlsx#Kinds: 1 formulas have no stored result"),
                                HasSubstr("the first is J2"), HasSubstr("1 cells hold an error"),
                                HasSubstr("the first is K2")));
}

TEST(Spreadsheet, DiscoversStreamsAndTypes) {
  EXPECT_THAT(streams_of(data_file("kinds.xlsx"), {{"key", "text"}}),
              ElementsAre("kinds(text text*, whole integer, decimal decimal, flag boolean, "
                          "day date, moment local_time, clock text, padded text, "
                          "percent decimal, sum text, error text, phone integer)"));
}

// The same three customers, written by three programs in three formats.
TEST(Spreadsheet, ReadsWhatEveryProgramWrites) {
  const Lines expected = {
      "2: No=0001; Name=Ann Example; Since=D2001-05-06; Seen=T2024-01-02T03:04:05; Balance=d12.5; "
      "Active=b1; Zip=01234; Note=two  blanks",
      "3: No=0002; Name=Bob Example; Since=D1999-12-31; Seen=T2023-12-31T23:59:59; Balance=i-7; "
      "Active=b0; Zip=00099; Note=line one\nline two",
      "4: No=0003; Name=Čeněk Ukázka; Since=-; Seen=-; Balance=-; Active=-; Zip=-; Note=-"};
  for (const std::string file :
       {"customers.xlsx", "libreoffice.xlsx", "libreoffice.ods", "libreoffice.xls", "gnumeric.xlsx",
        "gnumeric.ods", "gnumeric.xls"}) {
    EXPECT_EQ(rows_of(data_file(file), "customers"), expected) << file;
    EXPECT_THAT(rows_of(data_file(file), "quiet", {{"sheets", "Quiet"}}), ElementsAre("2: id=i1"))
        << file;
    if (file == "gnumeric.xlsx") continue;  // gnumeric forgets what was hidden
    EXPECT_THAT(streams_of(data_file(file)),
                ElementsAre(HasSubstr("customers("), HasSubstr("merged(")))
        << file << ": the hidden sheet is not read";
  }
}

TEST(Spreadsheet, ReadsResultsOfFormulas) {
  for (const char* file : {"formulas.xlsx", "formulas.ods", "formulas.xls"}) {
    EXPECT_THAT(rows_of(data_file(file), "formulas"),
                ElementsAre("2: number=i2; text=ab; flag=b1; error=-; blank=-; negative=d-1.5",
                            "3: number=i4; text=abx; flag=b0; error=-; blank=-; negative=i-3"))
        << file;
  }
}

TEST(Spreadsheet, FillsMergedCellsWhenAsked) {
  for (const char* file :
       {"libreoffice.xlsx", "libreoffice.ods", "libreoffice.xls", "gnumeric.ods", "gnumeric.xls"}) {
    EXPECT_THAT(rows_of(data_file(file), "merged"),
                ElementsAre("2: Region=North; Town=Kiel", "3: Region=-; Town=Husum"))
        << file;
    EXPECT_THAT(rows_of(data_file(file), "merged", {{"fill_merged", "true"}}),
                ElementsAre("2: Region=North; Town=Kiel", "3: Region=North; Town=Husum"))
        << file;
  }
}

TEST(Spreadsheet, FindsTheHeaderAndNamesColumns) {
  const Lines expected = {"4: Name=Acme; Name_2=Berlin; Tax No=0012; column_C=note",
                          "5: Name=Beta; Name_2=Bonn; Tax No=0013; column_C=-",
                          "7: Name=Gamma; Name_2=Graz; Tax No=-; column_C=-",
                          "8: Name=-; Name_2=Genf; Tax No=-; column_C=-"};
  const std::string file = data_file("sheets.xlsx");
  EXPECT_EQ(rows_of(file, "key_accounts", {{"header_row", "3"}}), expected);
  EXPECT_EQ(rows_of(file, "key_accounts", {{"range", "A3:F"}}), expected);
  EXPECT_THAT(rows_of(file, "key_accounts", {{"range", "A3:B5"}}),
              ElementsAre("4: Name=Acme; Name_2=Berlin", "5: Name=Beta; Name_2=Bonn"));
  EXPECT_THAT(rows_of(file, "key_accounts", {{"range", "A8:B9"}, {"header_row", "3"}}),
              ElementsAre("8: Name=-; Name_2=Genf"));
  EXPECT_THAT(rows_of(file, "key_accounts", {{"range", "A8:B9"}, {"header_row", "0"}}),
              ElementsAre("8: column_B=Genf"));
  EXPECT_THAT(failure_of(file, "key_accounts", {{"header_row", "2"}}),
              AllOf(HasSubstr("configuration: "), HasSubstr("sheets.xlsx#Key Accounts: row 2"),
                    HasSubstr("is empty")));
}

TEST(Spreadsheet, ChoosesSheets) {
  const std::string file = data_file("sheets.xlsx");
  EXPECT_THAT(streams_of(file, {{"header_row", "0"}}), ElementsAre(HasSubstr("key_accounts(")));
  EXPECT_THAT(streams_of(file, {{"sheets", "secret"}, {"key", "id"}}),
              ElementsAre("secret(id integer*)"));
  EXPECT_THAT(failure_of(file, "secret"),
              AllOf(HasSubstr("there is no stream \"secret\""), HasSubstr("key_accounts")));
  const auto discover = [&](const Options& options) {
    try {
      streams_of(file, options);
    } catch (const std::exception& error) {
      return std::string(error.what());
    }
    return std::string("no error");
  };
  EXPECT_THAT(discover({{"sheets", "Orders"}}),
              AllOf(HasSubstr("no sheet \"Orders\""), HasSubstr("Key Accounts")));
  EXPECT_THAT(discover({{"sheets", "secret"}, {"key", "number"}}),
              AllOf(HasSubstr("key"), HasSubstr("has: id")));
}

TEST(Spreadsheet, CountsDaysFrom1904) {
  EXPECT_THAT(rows_of(data_file("mac1904.xlsx"), "mac"), ElementsAre("2: day=D2024-02-29"));
}

TEST(Spreadsheet, ReadsFilesOfAPatternInOrder) {
  const ScratchFolder folder;
  const auto sheet = [](const std::string& column, const std::string& value) {
    return xlsx_parts({"<row><c t=\"str\"><v>" + column + "</v></c></row><row><c><v>" + value +
                       "</v></c></row>"});
  };
  folder.write_zip("b.xlsx", sheet("id", "2"));
  folder.write_zip("a.xlsx", sheet("id", "1"));
  folder.write_zip("c.xlsx", sheet("number", "3"));
  folder.write("~$a.xlsx", "a lock file");
  EXPECT_THAT(rows_of(folder.path("*.xlsx"), "s"),
              ElementsAre("2: id=i1", "2: id=i2", "2: number=i3"));
  EXPECT_THAT(streams_of(folder.path("*.xlsx")), ElementsAre("s(id integer, number integer)"));
  EXPECT_THAT(failure_of(folder.path("*.ods"), "s"), HasSubstr("there is no file"));
  EXPECT_THAT(failure_of(folder.path(""), "s"), HasSubstr("is a folder"));
}

TEST(Spreadsheet, GivesOriginAndBatches) {
  Connector connector = connect(data_file("customers.xlsx"));
  connector.start("customers", "", 2);
  std::vector<std::size_t> sizes;
  while (const std::optional<Batch> batch = connector.read()) {
    sizes.push_back(batch->row_count());
    EXPECT_EQ(batch->origin(), "customers.xlsx#Customers");
    EXPECT_EQ(batch->position_unit(), "row");
  }
  EXPECT_THAT(sizes, ElementsAre(2U, 1U));
  EXPECT_EQ(rows_of(connector, "customers").size(), 3U) << "a second pass gives the same";
}

TEST(Spreadsheet, SaysWhichOfSeveralFilesARowIsOf) {
  const ScratchFolder folder;
  for (const char* month : {"april", "may"}) {
    std::filesystem::create_directory(folder.path(month));
    folder.write_zip(
        std::string(month) + "/x.xlsx",
        xlsx_parts({"<row><c t=\"str\"><v>id</v></c></row><row><c><v>1</v></c></row>"}));
  }
  Connector connector = connect(folder.path("*/x.xlsx"));
  connector.start("s", "", 100);
  std::vector<std::string> origins;
  while (const std::optional<Batch> batch = connector.read()) {
    origins.emplace_back(batch->origin());
  }
  EXPECT_THAT(origins, ElementsAre("april/x.xlsx#S", "may/x.xlsx#S"));
}

TEST(Spreadsheet, RefusesWhatIsNoSpreadsheet) {
  const ScratchFolder folder;
  const auto check = [&](const std::string& bytes, const std::string& expected) {
    const std::string failure = failure_of(folder.write("odd.xlsx", bytes), "s");
    EXPECT_THAT(failure, AllOf(HasSubstr("source: "), HasSubstr("odd.xlsx"), HasSubstr(expected)));
  };
  check("", "the file is empty");
  check("name;city\nAnn;Bonn\n", "csv connector");
  check("PK\x03\x04 and no more", "cut off or damaged");
  const std::string compound_file = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
  check(compound_file + std::string(600, '\0'), "damaged or cut off");

  // An encrypted XLSX is a compound file with a stream of this name.
  const auto wide = [](const std::string& name) {
    std::string units;
    for (const char c : name) units += {c, '\0'};
    return units;
  };
  std::string encrypted = bytes_of(data_file("gnumeric.xls"));
  const std::size_t entry = encrypted.find(wide("Workbook"));
  ASSERT_NE(entry, std::string::npos);
  encrypted.replace(entry, 32, wide("EncryptedPackage"));
  encrypted[entry + 64] = 34;  // bytes of the name and its end
  check(encrypted, "is encrypted; save it without a password");
}

// A file that was cut off anywhere must fail, and never read as a shorter one. (The padding at the
// end of an XLS file may go.)
TEST(Spreadsheet, RefusesFilesCutOffAnywhere) {
  const ScratchFolder folder;
  for (const std::string name : {"libreoffice.xlsx", "libreoffice.ods", "libreoffice.xls"}) {
    const std::string whole = bytes_of(data_file(name));
    const Lines rows = rows_of(data_file(name), "customers");
    int failures = 0;
    for (std::size_t size = whole.size() - 1; size > 100; size -= size / 7 + 1) {
      const std::string file = folder.write("cut.xlsx", whole.substr(0, size));
      const std::string failure = failure_of(file, "customers");
      if (failure == "no error") {
        EXPECT_EQ(rows_of(file, "customers"), rows) << name << " at " << size;
      } else {
        EXPECT_THAT(failure, HasSubstr("cut.xlsx: ")) << name << " at " << size;
        ++failures;
      }
    }
    EXPECT_GT(failures, 20) << name;
  }
}

// A flipped bit shows as a checksum error, never as other data.
TEST(Spreadsheet, RefusesDamagedParts) {
  const ScratchFolder folder;
  Parts parts = xlsx_parts({"<row><c><v>1</v></c></row>" + std::string(5000, ' ')});
  std::string bytes = bytes_of(folder.write_zip("good.xlsx", parts));
  const std::size_t header = bytes.find("xl/worksheets/sheet1.xml");
  ASSERT_NE(header, std::string::npos);
  bytes[header + 60] = static_cast<char>(bytes[header + 60] ^ 1);
  const std::string failure = failure_of(folder.write("flipped.xlsx", bytes), "s");
  EXPECT_THAT(failure, HasSubstr("flipped.xlsx: xl/worksheets/sheet1.xml"));
}

TEST(Spreadsheet, RefusesWrongOptions) {
  const auto check = [](const std::string& option, const std::string& value) {
    const std::string failure = failure_of(data_file("kinds.xlsx"), "kinds", {{option, value}});
    EXPECT_THAT(failure, AllOf(HasSubstr("configuration: "), HasSubstr(option)));
  };
  check("range", "3B:H200");
  check("range", "H3:B200");
  check("header_row", "-1");
  check("max_unpacked_mb", "0");
  check("max_cells_per_row", "0");
}

TEST(Spreadsheet, StopsWhenCancelled) {
  const ScratchFolder folder;
  std::string rows;
  for (int i = 0; i < 100'000; ++i) rows += "<row><c><v>" + std::to_string(i) + "</v></c></row>";
  const std::string file = folder.write_zip("long.xlsx", xlsx_parts({rows}));
  Connector connector = connect(file);
  connector.start("s", "", 10);
  ASSERT_TRUE(connector.read());
  connector.cancel();
  EXPECT_ANY_THROW({
    while (connector.read()) {
    }
  });
}

}  // namespace
}  // namespace cdh::spreadsheet_test
