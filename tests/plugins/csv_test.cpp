// The csv plugin as the hub sees it. Files are written into a folder of their own, read through the
// plugin host, and shown one row a line:
//
//     2: Ann|~|        line 2: a text, a null, an empty text
//     3! reason {raw}  line 3 was rejected
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>
#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>

#include "hub/base/error.hpp"
#include "hub/plugin_host/plugin.hpp"

namespace cdh {
namespace {

namespace fs = std::filesystem;
using std::string_literals::operator""s;
using testing::AllOf;
using testing::HasSubstr;
using Members = std::vector<std::pair<std::string, Setting>>;

const Plugin& csv() {
  static const Plugin plugin = Plugin::load(fs::path(CDH_TEST_PLUGIN_DIR) / "cdh-csv.so");
  return plugin;
}

Setting text(std::string value) { return Setting::scalar(std::move(value)); }

std::string show(const Value& value) {
  return value.type == ValueType::null ? "~" : std::string(value.text);
}

std::string show(const Batch& batch) {
  std::ostringstream out;
  for (std::size_t row = 0; row < batch.row_count(); ++row) {
    const RowInfo info = batch.row(row);
    out << info.position;
    if (!info.rejection.empty()) {
      out << "! " << info.rejection;
      if (!info.rejected_field.empty()) out << " (" << info.rejected_field << ")";
      out << " {" << info.raw << "}\n";
      continue;
    }
    for (std::size_t i = 0; i < batch.column_count(); ++i) {
      out << (i == 0 ? ": " : "|") << show(batch.value(row, i));
    }
    out << "\n";
  }
  return out.str();
}

std::string names(const std::vector<Column>& columns) {
  std::string out;
  for (const Column& column : columns) out += (out.empty() ? "" : ",") + column.name;
  return out;
}

class Csv : public testing::Test {
 protected:
  Csv() {
    std::string pattern = (fs::temp_directory_path() / "cdh-csv-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    logger_ = spdlog::default_logger();
    spdlog::set_default_logger(std::make_shared<spdlog::logger>(
        "test", std::make_shared<spdlog::sinks::ostream_sink_mt>(log_)));
  }
  ~Csv() override {
    spdlog::set_default_logger(logger_);
    fs::remove_all(folder_);
  }

  std::string write(const std::string& name, std::string_view bytes) const {
    const fs::path path = folder_ / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
    return path.string();
  }

  Connector connect(Members options, const std::string& path = "in.csv") const {
    options.emplace_back("path", text((folder_ / path).string()));
    return csv().connect(Setting::map(std::move(options)));
  }

  // All rows of the only stream.
  std::string read(Members options, const std::string& path = "in.csv",
                   std::size_t max_rows = 1000) const {
    Connector connector = connect(std::move(options), path);
    const std::string stream = connector.discover().at(0).name;
    connector.start(stream, "", max_rows);
    std::string out;
    std::vector<Batch> kept;  // a batch outlives those after it
    while (std::optional<Batch> batch = connector.read()) {
      EXPECT_LE(batch->row_count(), max_rows);
      kept.push_back(*batch);
    }
    for (const Batch& batch : kept) out += show(batch);
    return out;
  }

  void check(std::string_view bytes, const std::string& expected, Members options = {}) const {
    write("in.csv", bytes);
    EXPECT_EQ(read(std::move(options)), expected) << "input: " << bytes;
  }

  void check_columns(std::string_view bytes, const std::string& expected,
                     Members options = {}) const {
    write("in.csv", bytes);
    EXPECT_EQ(names(connect(std::move(options)).discover().at(0).columns), expected);
  }

  void check_error(ErrorKind kind, const std::string& part, Members options,
                   const std::string& path = "in.csv") const {
    try {
      read(std::move(options), path);
      FAIL() << "expected: " << part;
    } catch (const Error& error) {
      EXPECT_EQ(name_of(error.kind()), name_of(kind));
      EXPECT_THAT(error.what(), HasSubstr(part));
    }
  }

  fs::path folder_;
  std::ostringstream log_;

 private:
  std::shared_ptr<spdlog::logger> logger_;
};

TEST_F(Csv, ReadsCellsAsTextAndKeepsLeadingZeros) {
  check("id,phone\n007,0035391555000\n", "2: 007|0035391555000\n");
}

TEST_F(Csv, TellsNullFromEmptyText) { check("a,b,c\n,\"\",x\n", "2: ~||x\n"); }

TEST_F(Csv, NullTextsMeanNoValue) {
  check("a,b,c\nNULL,\"n/a\",x\n", "2: ~|~|x\n", {{"null_text", Setting::list({"NULL", "n/a"})}});
}

TEST_F(Csv, TakesEveryLineEnd) {
  check("a,b\n1,2\n3,4\n", "2: 1|2\n3: 3|4\n");
  check("a,b\r\n1,2\r\n3,4\r\n", "2: 1|2\n3: 3|4\n");
  check("a,b\r1,2\r3,4\r", "2: 1|2\n3: 3|4\n");
  check("a,b\n1,2\r\n3,4", "2: 1|2\n3: 3|4\n");
}

TEST_F(Csv, SkipsBlankLinesAndCountsThem) {
  check("\na,b\n\n1,2\r\n\r\n  \n3,4\n\n", "4: 1|2\n7: 3|4\n");
}

TEST_F(Csv, ReadsQuotedCells) {
  check("a,b\n\"x,y\",\"say \"\"hi\"\"\"\n", "2: x,y|say \"hi\"\n");
  check("a,b\n\"two\nlines\",\"three\r\n\r\nlines\"\n4,5\n",
        "2: two\nlines|three\r\n\r\nlines\n6: 4|5\n");
  check("a,b\n\"\"\"\",5\" pipe\n", "2: \"|5\" pipe\n");
}

TEST_F(Csv, TrimsBlanksOutsideQuotes) {
  check("id, name , note\n1,  Ann\t, \" kept \" \n", "2: 1|Ann| kept \n");
  check_columns("id, name ,\" note \"\n", "id,name,note");
  check("id, name\n1, Ann \n", "2: 1| Ann \n", {{"trim", text("false")}});
}

TEST_F(Csv, DetectsTheSeparator) {
  check("a;b\n1,5;2,5\n", "2: 1,5|2,5\n");
  check("a\tb c\n1\t2, 3\n", "2: 1|2, 3\n");
  check("a|b|c\n1|2;3|4\n", "2: 1|2;3|4\n");
  check("name\nAnn\nBob\n", "2: Ann\n3: Bob\n");
  check("sep=;\na;b,c\n1;2\n", "3: 1|2\n");
  check("a;b\n1,2;3\n", "2: 1|2;3\n",
        {{"separator", text(",")}, {"header", text("false")}, {"skip_lines", text("1")}});
}

TEST_F(Csv, DetectsTheQuote) {
  check("'a','b'\n'x,y','it''s'\n", "2: x,y|it's\n");
  check("a,b\n's-Hertogenbosch,'t Hof\n", "2: 's-Hertogenbosch|'t Hof\n");
  check("a\tb\n\"inch\t5\"\n", "2: \"inch|5\"\n", {{"quote", text("none")}});
}

TEST_F(Csv, RejectsRaggedRowsAndGoesOn) {
  check("a,b,c\n1,2\n1,2,3\n1,2,3,\"x\ny\"\r\n4,5,6\n",
        "2! it has 2 cells where the header has 3 {1,2}\n"
        "3: 1|2|3\n"
        "4! it has 4 cells where the header has 3 {1,2,3,\"x\ny\"}\n"
        "6: 4|5|6\n");
}

TEST_F(Csv, MakesNamesUniqueAndWarns) {
  check_columns("Name,,Name,Name_2,column2\n", "Name,column2_2,Name_3,Name_2,column2");
  EXPECT_THAT(log_.str(), AllOf(HasSubstr("column 2 has no name"),
                                HasSubstr("column 3 repeats the name \"Name\"")));
}

TEST_F(Csv, ReadsFilesWithoutHeader) {
  check_columns("1,2\n3,4\n", "column1,column2", {{"header", text("false")}});
  check("1,2\n3,4\n5\n", "1: 1|2\n2: 3|4\n3! it has 1 cell where the first record has 2 {5}\n",
        {{"header", text("false")}});
  const Members named = {{"header", text("false")}, {"columns", Setting::list({"x", "y"})}};
  check_columns("1,2\n", "x,y", named);
  check("1,2,3\n4,5\n", "1! it has 3 cells where the option columns has 2 {1,2,3}\n2: 4|5\n",
        named);
}

TEST_F(Csv, SkipsLinesBeforeTheHeader) {
  check("Export of \"May\n\na,b\n1,2\n", "4: 1|2\n", {{"skip_lines", text("2")}});
}

// Only the line with the forgotten quote is lost to the table, and it is quarantined whole.
TEST_F(Csv, GetsOverAQuoteThatNeverCloses) {
  check("a,b\n1,\"open\n2,x\n3,y\n",
        "2! the quote opened in line 2 is never closed {1,\"open}\n3: 2|x\n4: 3|y\n");
  check("a,b\n1,\"open\n2,\"x\"\n",
        "2! the quote opened in line 2 is closed before the cell ends; a quote inside must be "
        "doubled {1,\"open}\n3: 2|x\n");
  check("a,b\n\"two\nlines\",\"open\n2,x\n",
        "2! the quote opened in line 3 is never closed {\"two\nlines\",\"open}\n4: 2|x\n");
  check("a,b\n1,\"open", "2! the quote opened in line 2 is never closed {1,\"open}\n");
}

TEST_F(Csv, GetsOverAQuoteInsideQuotes) {
  check("a,b\n1,\"say \"hi\" now\"\n2,x\n",
        "2! the quote opened in line 2 is closed before the cell ends; a quote inside must be "
        "doubled {1,\"say \"hi\" now\"}\n3: 2|x\n");
}

TEST_F(Csv, TakesACellOfTooManyLinesForAForgottenQuote) {
  check("a,b\n1,\"open\n2,x\n3,y\n4,\"\n5,z\n",
        "2! the quote opened in line 2 is not closed within 2 lines (max_cell_lines) {1,\"open}\n"
        "3: 2|x\n4: 3|y\n"
        "5! the quote opened in line 5 is never closed {4,\"}\n6: 5|z\n",
        {{"max_cell_lines", text("2")}});
}

// For long texts, which a failure should not print.
bool contains(const std::string& whole, const std::string& part) {
  return whole.find(part) != std::string::npos;
}

std::string repeat(const std::string& part, std::size_t count) {
  std::string out;
  while (count-- > 0) out += part;
  return out;
}

TEST_F(Csv, RejectsALineOverTheLimitInPieces) {
  const std::string megabyte(1u << 20, 'x');
  write("in.csv", "a,b\n" + megabyte + "yz,1\n2,3\n");
  const std::string rows = read({{"max_line_mb", text("1")}});
  const std::string fault =
      "2! a piece of a line longer than 1 MB (max_line_mb); is this a CSV file? {";
  EXPECT_TRUE(rows == fault + megabyte + "}\n" + fault + "yz,1}\n3: 2|3\n") << rows.substr(0, 200);
}

TEST_F(Csv, LimitsAQuotedCellBySize) {
  write("in.csv", "a,b\n1,\"open\n" + repeat("7,x\n", 400'000));
  const std::string rows = read({{"max_line_mb", text("1")}, {"max_cell_lines", text("10000000")}});
  EXPECT_TRUE(contains(rows,
                       "2! the quote opened in line 2 is not closed within 1 MB (max_line_mb) "
                       "{1,\"open}\n3: 7|x\n"))
      << rows.substr(0, 200);
  EXPECT_TRUE(contains(rows, "\n400002: 7|x\n"));
}

TEST_F(Csv, RejectsOnlyTheRowsWithWrongBytes) {
  check("a,b\nx\xC5\xBC,1\ny\xC5,2\nz\xC3\xB3,3\n"s,
        "2: x\xC5\xBC|1\n"
        "3! it holds bytes that are not valid in UTF-8; set the option encoding if the file is in "
        "another one (a) {y\xC5,2}\n"
        "4: z\xC3\xB3|3\n");
  check("a,b\n1,x\0y\n2,z\n"s, "2! it holds a NUL byte (b) {1,x\0y}\n3: 2|z\n"s);
  check("a,b\nx\xE9y,1\nz,2\n"s,
        "2! it holds bytes that are not valid in us-ascii; set the option encoding if the file is "
        "in another one (a) {x\xE9y,1}\n3: z|2\n",
        {{"encoding", text("us-ascii")}});
}

TEST_F(Csv, StripsTheByteOrderMark) {
  check_columns("\xEF\xBB\xBFid,b\n1,2\n", "id,b");
  check("\xEF\xBB\xBFid,b\nż,2\n", "2: ż|2\n", {{"encoding", text("windows-1250")}});
}

// Every text of a name in UTF-8, in the bytes of another encoding: what is read must be the same.
TEST_F(Csv, DecodesWhatItIsTold) {
  const auto check_encoding = [this](const std::string& encoding, const std::string& bytes,
                                     const std::string& expected) {
    check("id,name\n1," + bytes + "\n2,x\n", "2: 1|" + expected + "\n3: 2|x\n",
          {{"encoding", text(encoding)}});
  };
  check_encoding("windows-1250", "\xAFó"s.substr(0, 1) + "\xF3\xB3\xE6", "Żółć");
  check_encoding("iso-8859-2", "\xA1\xB6\xBC", "Ąśź");
  check_encoding("windows-1252", "M\xFCller \x80", "Müller €");
  check_encoding("gb18030", "\xCD\xF5\xD0\xA1\xC3\xF7 \x81\x30\x81\x30", "王小明 \xC2\x80");
  check_encoding("shift_jis", "\x83\x5C\x95\x5C", "ソ表");
}

std::string utf16(std::string_view ascii, bool little) {
  std::string out;
  for (const char c : ascii) out += little ? std::string{c, '\0'} : std::string{'\0', c};
  return out;
}

TEST_F(Csv, DecodesUtf16WithAndWithoutMark) {
  const std::string plain = "id,name\r\n1,Ann\r\n\r\n2,\"B\nb\"\r\n3\r\n";
  const std::string rows = "2: 1|Ann\n4: 2|B\nb\n";
  for (const bool little : {true, false}) {
    const std::string raw = utf16("3", little);
    const std::string expected = rows + "6! it has 1 cell where the header has 2 {" + raw + "}\n";
    const std::string mark = little ? "\xFF\xFE" : "\xFE\xFF";
    check(mark + utf16(plain, little), expected);
    check(utf16(plain, little), expected);
    check(utf16(plain, little), expected, {{"encoding", text("utf-16")}});
    check(utf16(plain, little), expected, {{"encoding", text(little ? "utf-16le" : "utf-16be")}});
  }
}

TEST_F(Csv, KeepsTheBytesOfRejectedRowsInTheirEncoding) {
  check("id,name\n1,\xB3\n2\xB3\n\x81\x20,\xFF\n3,\xF3\n"s,
        "2: 1|ł\n3! it has 1 cell where the header has 2 {2\xB3}\n4: \xC2\x81|˙\n5: 3|ó\n",
        {{"encoding", text("windows-1250")}});
  check("id,name\n1,\xCD\xF5\n2,\xCD\xFF\n3,\xD0\xA1\n"s,
        "2: 1|王\n"
        "3! it holds bytes that are not valid in gb18030; set the option encoding if the file is "
        "in another one (name) {2,\xCD\xFF}\n"
        "4: 3|小\n",
        {{"encoding", text("gb18030")}});
}

TEST_F(Csv, GuessesTheEncoding) {
  const auto check_guess = [this](const std::string& bytes, const std::string& expected) {
    check("id,name\n1," + bytes + "\n", "2: 1|" + expected + "\n");
  };
  check_guess("Żółć", "Żółć");
  check_guess("Wa\xB3\xEAsa \x8Cl\xB9sk", "Wałęsa Śląsk");      // windows-1250
  check_guess("Wa\xB3\xEAsa \xA6l\xB1sk", "Wałęsa Śląsk");      // ISO-8859-2
  check_guess("Dvo\xF8\xE1k Nov\xE1kov\xE1 N\xECmec \x9Eluna",  // windows-1250
              "Dvořák Nováková Němec žluna");
  check_guess(
      "M\xFCller Fran\xE7ois Garc\xED"
      "a \x80",
      "Müller François García €");
  check_guess("\xCD\xF5\xD0\xA1\xC3\xF7,"s.substr(0, 6), "王小明");  // GB18030
}

// The encoding shows only far behind the beginning, where most rows were plain ASCII.
TEST_F(Csv, GuessesTheEncodingWhereItShows) {
  write("in.csv", "id,name\n" + repeat("1,plain ascii\n", 60'000) + "2,Wa\xB3\xEAsa\n3\xB3\n");
  const std::string rows = read({});
  EXPECT_TRUE(contains(rows,
                       "\n60002: 2|Wałęsa\n"
                       "60003! it has 1 cell where the header has 2 {3\xB3}\n"));
  EXPECT_THAT(log_.str(), HasSubstr("in.csv looks like windows-1250"));
}

std::string gzip(std::string_view bytes) {
  std::string out(bytes.size() + 1000, '\0');
  z_stream zlib{};
  deflateInit2(&zlib, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  zlib.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  zlib.avail_in = static_cast<uInt>(bytes.size());
  zlib.next_out = reinterpret_cast<Bytef*>(out.data());
  zlib.avail_out = static_cast<uInt>(out.size());
  deflate(&zlib, Z_FINISH);
  out.resize(zlib.total_out);
  deflateEnd(&zlib);
  return out;
}

std::string zstd(std::string_view bytes) {
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), 3));
  return out;
}

TEST_F(Csv, UnpacksGzipAndZstd) {
  std::string plain = "id,name\n", expected;
  for (int i = 2; i < 100'000; ++i) {
    plain += std::to_string(i) + ",name " + std::to_string(i * 7919) + "\n";
    expected +=
        std::to_string(i) + ": " + std::to_string(i) + "|name " + std::to_string(i * 7919) + "\n";
  }
  check(gzip(plain), expected);
  check(zstd(plain), expected);
  const std::size_t half = plain.size() / 2;
  check(gzip(plain.substr(0, half)) + gzip(plain.substr(half)), expected);
  check(zstd(plain.substr(0, half)) + zstd(plain.substr(half)), expected);
}

TEST_F(Csv, NamesDamagedAndCutOffFiles) {
  const std::string plain = "id,name\n1,Ann\n";
  for (const std::string& packed : {gzip(plain), zstd(plain)}) {
    write("in.csv", packed.substr(0, packed.size() - 3));
    check_error(ErrorKind::source, "in.csv is cut off", {});
  }
  std::string damaged = gzip(plain);
  damaged[damaged.size() - 6] ^= 1;
  write("in.csv", damaged);
  check_error(ErrorKind::source, "in.csv is damaged", {});
}

// What each of the file's records is, then what it fails with.
TEST_F(Csv, DeliversWhatComesBeforeTheDamage) {
  const auto check = [&](const std::string& bytes, const std::string& failure) {
    write("in.csv", bytes);
    Connector connector = connect({});
    connector.start("in", "", 1000);
    std::string seen;
    try {
      while (const std::optional<Batch> batch = connector.read()) seen += show(*batch);
      seen += "no failure";
    } catch (const Error& error) {
      EXPECT_THAT(error.what(), HasSubstr(failure));
    }
    EXPECT_EQ(seen, "2: 1|Ann\n3: 2|Bob\n") << failure;
  };
  const std::string begin = "id,name\n1,Ann\n2,Bob\n3,C", rest = "y\n4,Dee\n";
  check(gzip(begin) + gzip(rest).substr(0, 12), "cut off");
  check(zstd(begin) + zstd(rest).substr(0, 5), "cut off");
  check(gzip(begin) + "no gzip", "damaged");
  check(zstd(begin) + "no zstd", "damaged");
}

TEST_F(Csv, PaddingAfterGzipIsNothing) {
  Csv::check(gzip("id\n1\n") + std::string(1000, '\0') + gzip("2\n") + std::string(1000, '\0'),
             "2: 1\n3: 2\n");
}

TEST_F(Csv, StreamIsNamedAfterTheFileOrTheOption) {
  write("may.csv.gz", gzip("a\n1\n"));
  EXPECT_EQ(connect({}, "may.csv.gz").discover().at(0).name, "may");
  EXPECT_EQ(connect({}, "*.gz").discover().at(0).name, "records");
  EXPECT_EQ(connect({{"stream", text("people")}}, "may.csv.gz").discover().at(0).name, "people");
  EXPECT_FALSE(connect({}, "may.csv.gz").discover().at(0).incremental);
}

TEST_F(Csv, ReadsAGlobInNameOrder) {
  write("in/b.csv", "id,name\n3,Cy\n");
  write("in/a.csv", "id;name\n1;Ann\n2;Bob\n");
  write("in/c.csv", "id,mail\n4,d@example.org\n");
  write("in/empty.csv", "");
  Connector connector = connect({}, "in/*.csv");
  connector.start("records", "", 100);
  std::vector<std::string> seen;
  std::vector<std::uint64_t> serials;
  while (const std::optional<Batch> batch = connector.read()) {
    seen.push_back(std::string(batch->origin()) + " " + names(batch->columns()) + " " +
                   show(*batch));
    serials.push_back(batch->schema_serial());
    EXPECT_EQ(batch->position_unit(), "line");
  }
  EXPECT_EQ(seen, (std::vector<std::string>{"a.csv id,name 2: 1|Ann\n3: 2|Bob\n",
                                            "b.csv id,name 2: 3|Cy\n",
                                            "c.csv id,mail 2: 4|d@example.org\n"}));
  EXPECT_EQ(serials[0], serials[1]);
  EXPECT_NE(serials[0], serials[2]);
  EXPECT_THAT(log_.str(), HasSubstr("empty.csv is empty"));
}

TEST_F(Csv, OffersTheColumnsOfAllFiles) {
  write("in/a.csv", "id,name\n1,Ann\n");
  write("in/b.csv", gzip("phone;id\n5;2\n"));
  write("in/c.csv", gzip("id,mail\n3,x\n").substr(0, 9));
  write("in/empty.csv", "");
  EXPECT_EQ(names(connect({}, "in/*.csv").discover().at(0).columns), "id,name,phone");
  EXPECT_EQ(log_.str(), "") << "what is wrong with a file is told when it is read";
}

TEST_F(Csv, FindsAFileWhoseNameLooksLikeAPattern) {
  write("data[1].csv", "a\n1\n");
  EXPECT_EQ(read({}, "data[1].csv"), "2: 1\n");
}

TEST_F(Csv, SaysWhatIsMissing) {
  check_error(ErrorKind::source, "there is no file", {}, "absent.csv");
  check_error(ErrorKind::source, "absent.csv; the folder exists", {}, "absent.csv");
  check_error(ErrorKind::source, "nothing matches", {}, "*.csv");
  check_error(ErrorKind::source, "there is no folder", {}, "absent/in.csv");
  check_error(ErrorKind::source, "there is no folder", {}, "absent/*.csv");
  check_error(ErrorKind::source, "not a regular file", {}, ".");
}

TEST_F(Csv, RefusesWrongOptions) {
  write("in.csv", "id,name\n1,Ann\n");
  check_error(ErrorKind::config, "unknown encoding \"klingon\"", {{"encoding", text("klingon")}});
  check_error(ErrorKind::config, "one ASCII character", {{"separator", text("||")}});
  check_error(ErrorKind::config, "must differ", {{"separator", text(";")}, {"quote", text(";")}});
  check_error(ErrorKind::config, "from 1 to 1024, not 0", {{"max_line_mb", text("0")}});
  check_error(ErrorKind::config, "set header to false", {{"columns", Setting::list({"x"})}});
  check_error(ErrorKind::config, "no column \"mail\" for the key; there are: id, name",
              {{"key", Setting::list({"mail"})}});
}

TEST_F(Csv, KeepsTheKey) {
  write("in.csv", "id,name\n1,Ann\n");
  EXPECT_EQ(connect({{"key", Setting::list({"id"})}}).discover().at(0).key,
            std::vector<std::string>{"id"});
}

TEST_F(Csv, AnEmptyFileHasNoRowsAndIsWarnedOf) {
  check("", "");
  EXPECT_THAT(log_.str(), HasSubstr("in.csv is empty"));
  check("id,name\n", "");
}

TEST_F(Csv, RecordsAcrossBlocksAndBatchesStayWhole) {
  std::string bytes = "id,text\n", expected;
  std::size_t line = 2;
  for (int i = 0; i < 3000; ++i) {
    const std::string filler(static_cast<std::size_t>(i % 700), 'x');
    bytes += std::to_string(i) + ",\"" + filler + "\n\"\"ż\"\"\"\r\n";
    expected += std::to_string(line) + ": " + std::to_string(i) + "|" + filler + "\n\"ż\"\n";
    line += 2;
  }
  write("in.csv", bytes);
  for (const std::size_t max_rows : {1UL, 7UL, 100'000UL}) {
    EXPECT_EQ(read({}, "in.csv", max_rows), expected);
  }
}

TEST_F(Csv, AShrinkingFileEndsEarlyAndIsWarnedOf) {
  std::string bytes = "id\n";
  while (bytes.size() < 2'000'000) bytes += "1234567\n";
  const std::string path = write("in.csv", bytes);
  Connector connector = connect({});
  connector.start("in", "", 100);
  ASSERT_TRUE(connector.read().has_value());
  fs::resize_file(path, 1000);
  std::size_t rows = 100;
  while (const std::optional<Batch> batch = connector.read()) rows += batch->row_count();
  EXPECT_LT(rows, 100'000U);
  EXPECT_THAT(log_.str(), HasSubstr("in.csv changed while it was read"));
}

TEST_F(Csv, CancelStopsTheReadAndStartBeginsAnew) {
  write("in.csv", "id\n1\n2\n");
  Connector connector = connect({});
  connector.start("in", "", 1);
  ASSERT_TRUE(connector.read().has_value());
  connector.cancel();
  EXPECT_THROW(connector.read(), Error);
  connector.start("in", "", 1);
  EXPECT_EQ(show(*connector.read()), "2: 1\n");
  EXPECT_THROW(connector.start("other", "", 1), Error);
}

}  // namespace
}  // namespace cdh
