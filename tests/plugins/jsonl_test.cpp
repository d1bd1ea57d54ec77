// The jsonl connector, as the hub sees it: files in, rows out.
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "hub/base/error.hpp"
#include "hub/plugin_host/plugin.hpp"

namespace cdh {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Options = std::vector<std::pair<std::string, Setting>>;

std::string_view short_name(ValueType type) {
  switch (type) {
    case ValueType::boolean:
      return "bool";
    case ValueType::integer:
      return "int";
    case ValueType::decimal:
      return "dec";
    case ValueType::json:
      return "json";
    case ValueType::null:
      return "null";
    default:
      return "";
  }
}

// "2: id=7:int name=Ann" for a row at position 2, absent fields left out, text without its type;
// "3! REASON <RAW>" for a rejected one.
std::string to_line(const Batch& batch, std::size_t row) {
  const RowInfo info = batch.row(row);
  std::string line = std::to_string(info.position);
  if (!info.rejection.empty()) {
    return line + "! " + std::string(info.rejection) + " <" + std::string(info.raw) + ">";
  }
  line += ":";
  const std::vector<Column> columns = batch.columns();
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const Value value = batch.value(row, i);
    if (value.type == ValueType::absent) continue;
    line += " " + columns[i].name + "=" + to_text(value);
    const std::string_view type = short_name(value.type);
    if (!type.empty()) line += ":" + std::string(type);
  }
  if (!info.raw.empty()) line += " <" + std::string(info.raw) + ">";
  return line;
}

class Jsonl : public ::testing::Test {
 protected:
  Jsonl() : plugin_(Plugin::load(CDH_TEST_PLUGIN_DIR "/cdh-jsonl.so")) {
    folder_ = std::filesystem::temp_directory_path() /
              ("cdh-jsonl-" + std::to_string(getpid()) + "-" +
               ::testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder_);
  }
  ~Jsonl() override { std::filesystem::remove_all(folder_); }

  std::string write(const std::string& name, std::string_view content) {
    std::ofstream(folder_ / name, std::ios::binary) << content;
    return (folder_ / name).string();
  }

  Connector connect(const std::string& path, Options options = {}) {
    options.emplace_back("path", Setting::scalar(path));
    return plugin_.connect(Setting::map(std::move(options)));
  }

  std::vector<std::string> read(Connector& connector, std::size_t max_rows = 4096) {
    const std::string stream = connector.discover().at(0).name;
    connector.start(stream, "", max_rows);
    std::vector<std::string> lines;
    while (const std::optional<Batch> batch = connector.read()) {
      for (std::size_t i = 0; i < batch->row_count(); ++i) lines.push_back(to_line(*batch, i));
    }
    return lines;
  }

  std::vector<std::string> read_text(std::string_view content, Options options = {}) {
    Connector connector = connect(write("records.jsonl", content), std::move(options));
    return read(connector);
  }

  std::string failure_of(std::string_view content, Options options = {}) {
    try {
      read_text(content, std::move(options));
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  }

  Plugin plugin_;
  std::filesystem::path folder_;
};

TEST_F(Jsonl, GivesEachTypeAsItWasWritten) {
  EXPECT_THAT(
      read_text(R"({"a":"x","b":7,"c":1.10,"d":true,"e":null,"f":[1, 2],"g":""})"
                "\n"
                R"({"a":"y"})"),
      ElementsAre("1: a=x b=7:int c=1.10:dec d=true:bool e=:null f=[1, 2]:json g=", "2: a=y"));
}

TEST_F(Jsonl, KeepsTheDigitsOfNumbers) {
  const std::pair<std::string, std::string> cases[] = {
      {"9223372036854775807", "9223372036854775807:int"},
      {"-9223372036854775808", "-9223372036854775808:int"},
      {"9223372036854775808", "9223372036854775808:dec"},
      {"123456789012345678901234567890", "123456789012345678901234567890:dec"},
      {"0.10", "0.10:dec"},
      {"-0.0", "-0.0:dec"},
      {"1.5e3", "1500:dec"},
      {"12e0", "12:dec"},
      {"-1.25E-2", "-0.0125:dec"},
      {"0.01e1", "0.1:dec"},
      {"123.456e1", "1234.56:dec"},
      {"1e400", "1e400"},
      {"0", "0:int"},
  };
  for (const auto& [written, expected] : cases) {
    EXPECT_THAT(read_text("{\"n\":" + written + "}"), ElementsAre("1: n=" + expected));
  }
}

TEST_F(Jsonl, RefusesWhatIsNotANumber) {
  for (const std::string written :
       {"01", "1.", ".5", "+1", "1e", "NaN", "-", "0x10", "Infinity", "tru", "nulll", "'a'"}) {
    const std::vector<std::string> rows = read_text("{\"ok\":1}\n{\"n\":" + written + "}");
    ASSERT_EQ(rows.size(), 2u) << written;
    EXPECT_THAT(rows[1], HasSubstr("2! not JSON")) << written;
  }
}

TEST_F(Jsonl, TakesNestedObjectsApart) {
  EXPECT_THAT(
      read_text(R"({"id":1,"address":{"city":"Lyon","geo":{"lat":45.7}},"tags":["a",{"b":1}]})"),
      ElementsAre(
          R"(1: id=1:int address.city=Lyon address.geo.lat=45.7:dec tags=["a",{"b":1}]:json)"));
  // Deeper than five levels, the rest is JSON.
  EXPECT_THAT(read_text(R"({"a":{"b":{"c":{"d":{"e":{"f":{"g":1}}}}}}})"),
              ElementsAre(R"(1: a.b.c.d.e={"f":{"g":1}}:json)"));
}

TEST_F(Jsonl, KeepsAMemberWithAPointInItsName) {
  EXPECT_THAT(read_text(R"({"a":{"b":1},"a.b":2})"), ElementsAre("1: a.b=1:int a.b_2=2:int"));
}

TEST_F(Jsonl, ReadsChosenFields) {
  const Options options = {{"fields", Setting::map({{"utm", Setting::scalar("tracking.utm.source")},
                                                    {"first_tag", Setting::scalar("tags.0")},
                                                    {"second", Setting::scalar("tags.1.name")},
                                                    {"dotted", Setting::scalar("a\\.b")},
                                                    {"all", Setting::scalar("tracking")}})}};
  EXPECT_THAT(
      read_text(R"({"tracking":{"utm":{"source":"mail"}},"tags":["x",{"name":"y"}],"a.b":1,"z":2})"
                "\n"
                R"({"tags":[],"z":{"deep":[1,{}]}})",
                options),
      ElementsAre(
          R"(1: utm=mail first_tag=x second=y dotted=1:int all={"utm":{"source":"mail"}}:json)",
          "2:"));
}

TEST_F(Jsonl, AddsColumnsThatAppearLaterAndMovesNone) {
  std::string content;
  for (int i = 1; i <= 1500; ++i) content += "{\"id\":" + std::to_string(i) + "}\n";
  content += "{\"id\":1501,\"email\":\"a@example.com\"}\n{\"id\":1502}\n";
  Connector connector = connect(write("grow.jsonl", content));
  connector.start("grow", "", 10'000);
  std::vector<std::size_t> rows, widths;
  std::vector<std::uint64_t> serials;
  while (const std::optional<Batch> batch = connector.read()) {
    rows.push_back(batch->row_count());
    widths.push_back(batch->column_count());
    serials.push_back(batch->schema_serial());
    EXPECT_EQ(batch->columns()[0].name, "id");
    if (batch->column_count() == 2) {
      EXPECT_EQ(to_line(*batch, 0), "1501: id=1501:int email=a@example.com");
    }
  }
  EXPECT_THAT(rows, ElementsAre(1500u, 2u));
  EXPECT_THAT(widths, ElementsAre(1u, 2u));
  EXPECT_NE(serials[0], serials[1]);
}

TEST_F(Jsonl, RejectsBrokenLinesAndGoesOn) {
  EXPECT_THAT(
      read_text("{\"id\":1}\n"
                "{\"id\":2\n"
                "\n"
                "{\"id\":\"3}\n"
                "[4]\n"
                "{\"id\":5} {\"id\":6}\n"
                "{\"id\":7,}\n"
                "{\"id\" 8}\n"
                "{\"id\":9}\r\n"
                "oops\n"
                "{\"id\":10}"),
      ElementsAre("1: id=1:int", "2! not JSON: it ends before its brackets are closed <{\"id\":2>",
                  "4! not JSON: a string is not closed <{\"id\":\"3}>",
                  "5! not a JSON object <[4]>",
                  "6! not JSON: more text behind the record's last bracket <{\"id\":5} {\"id\":6}>",
                  "7! not JSON: a comma, colon, bracket or name is missing <{\"id\":7,}>",
                  "8! not JSON: a comma, colon, bracket or name is missing <{\"id\" 8}>",
                  "9: id=9:int", "10! not a JSON object <oops>", "11: id=10:int"));
}

TEST_F(Jsonl, ABrokenLineLeavesNoColumnBehind) {
  Connector connector = connect(write("records.jsonl", "{\"id\":1}\n{\"junk\":1,\"more\":x}\n"));
  EXPECT_EQ(read(connector).size(), 2u);
  EXPECT_EQ(connector.discover()[0].columns.size(), 1u);
}

TEST_F(Jsonl, ChecksAlsoWhatIsNotWanted) {
  const Options options = {{"fields", Setting::map({{"id", Setting::scalar("id")}})}};
  for (const std::string rest : {"[1,]", "{\"a\":}", "[}", "tru", "\"\\q\"", "[1 2]"}) {
    const std::vector<std::string> rows = read_text("{\"id\":1,\"x\":" + rest + "}", options);
    ASSERT_EQ(rows.size(), 1u) << rest;
    EXPECT_THAT(rows[0], HasSubstr("1! not JSON")) << rest;
  }
}

TEST_F(Jsonl, RejectsTextThatIsNotUtf8OrHoldsNul) {
  EXPECT_THAT(
      read_text("{\"a\":\"\xB3ukasz\"}\n{\"a\":\"x\\u0000y\"}\n{\"a\":\"\\ud800\"}\n"
                "{\"a\":\"\\udc00\"}\n{\"a\":\"\\ud83d\\ude00\"}\n{\"a\":[\"\\u0000\"]}\n"),
      ElementsAre(
          "1! not valid UTF-8 <{\"a\":\"\xB3ukasz\"}>",
          "2! a text holds the character NUL <{\"a\":\"x\\u0000y\"}>",
          HasSubstr("3! not JSON: a string with a wrong escape or half of a surrogate pair"),
          HasSubstr("4! not JSON: a string with a wrong escape or half of a surrogate pair"),
          "5: a=\xF0\x9F\x98\x80", "6! a text holds the character NUL <{\"a\":[\"\\u0000\"]}>"));
  const std::string nul = std::string("{\"a\":1}\n") + '\0' + "\n{\"a\":2}\n";
  EXPECT_EQ(read_text(nul).size(), 3u);
}

TEST_F(Jsonl, UnderstandsEscapesInNamesAndTexts) {
  EXPECT_THAT(read_text(R"({"na\u006de":"a\"b\\\n\/","\u00e9":1})"),
              ElementsAre("1: name=a\"b\\\n/ \xC3\xA9=1:int"));
}

TEST_F(Jsonl, TheLastOfRepeatedMembersCountsAndTheTextIsKept) {
  EXPECT_THAT(read_text(R"({"a":1,"b":2,"a":3})"),
              ElementsAre(R"(1: a=3:int b=2:int <{"a":1,"b":2,"a":3}>)"));
}

TEST_F(Jsonl, PassesOverByteOrderMarks) {
  EXPECT_THAT(read_text("\xEF\xBB\xBF{\"a\":1}\n\xEF\xBB\xBF{\"a\":2}\n"),
              ElementsAre("1: a=1:int", "2: a=2:int"));
  EXPECT_THAT(read_text("\xEF\xBB\xBF[{\"a\":1}]"), ElementsAre("1: a=1:int"));
}

TEST_F(Jsonl, SaysThatUtf16MustBeConverted) {
  EXPECT_THAT(failure_of(std::string_view("\xFF\xFE{\0\"\0", 6)), HasSubstr("UTF-16"));
  EXPECT_THAT(failure_of(std::string_view("{\0\"\0a\0", 6)), HasSubstr("UTF-16"));
}

TEST_F(Jsonl, ReadsAnArray) {
  EXPECT_THAT(read_text("[]"), ElementsAre());
  EXPECT_THAT(read_text(" \n [ {\"a\":\"x,]}\"} , {\"a\":[1,{}]},\n{\"a\":3} ] \n"),
              ElementsAre("1: a=x,]}", "2: a=[1,{}]:json", "3: a=3:int"));
  EXPECT_THAT(read_text("[{\"a\":1},]"), ElementsAre("1: a=1:int"));
  EXPECT_THAT(read_text("[{\"a\":1}]\n[{\"a\":2}]"), ElementsAre("1: a=1:int", "2: a=2:int"));
}

TEST_F(Jsonl, ReadsAnArrayInsideADocument) {
  const Options options = {{"records", Setting::scalar("data.items")}};
  const std::string page =
      R"({"next":"[{,","meta":{"items":[9]},"data":{"total":2,"items":[{"a":1},{"a":2}],"x":[1]}})";
  EXPECT_THAT(read_text(page, options), ElementsAre("1: a=1:int", "2: a=2:int"));
  EXPECT_THAT(read_text(page + "\n" + page + "\n{\"data\":{\"items\":null}}", options),
              ElementsAre("1: a=1:int", "2: a=2:int", "3: a=1:int", "4: a=2:int"));
  EXPECT_THAT(failure_of(R"({"error":"expired"})", options),
              HasSubstr("no array at \"data.items\""));
  EXPECT_THAT(failure_of(R"([1,2])", options), HasSubstr("no array at \"data.items\""));
  EXPECT_THAT(failure_of(R"({"data":{"items":)", options), HasSubstr("no array"));
}

TEST_F(Jsonl, GivesWhatATruncatedArrayHas) {
  EXPECT_THAT(read_text("[{\"a\":1},{\"a\":2},{\"a\":"),
              ElementsAre("1: a=1:int", "2: a=2:int",
                          "3! the file ends within this element of the array <{\"a\":>"));
  EXPECT_THAT(
      read_text("[{\"a\":1},"),
      ElementsAre("1: a=1:int", "2! the file ends within the array; it may have been cut off <>"));
  EXPECT_THAT(read_text("[{\"a\":1}"),
              ElementsAre("1! the file ends within this element of the array <{\"a\":1}>"));
}

TEST_F(Jsonl, FindsItsWayAfterABrokenElement) {
  EXPECT_THAT(read_text("[\n{\"a\":1},\n{\"a\":\"2},\n{\"a\":3},\n{\"a\":4}\n]"),
              ElementsAre("1: a=1:int",
                          "2! the element is not complete: a quote or bracket is not closed "
                          "<{\"a\":\"2},>",
                          "3: a=3:int", "4: a=4:int"));
  // A missing bracket, in an indented file.
  EXPECT_THAT(read_text("[\n  {\n    \"a\": {\"b\": 1\n  },\n  {\n    \"a\": {\"b\": 2}\n  }\n]"),
              ElementsAre(HasSubstr("1! the element is not complete"), "2: a.b=2:int"));
  // Commas that lead their line.
  EXPECT_THAT(read_text("[{\"a\":1}\n,{\"a\":\"2}\n,{\"a\":3}]"),
              ElementsAre("1: a=1:int", HasSubstr("2! the element is not complete"), "3: a=3:int"));
  // An element that is complete, but wrong.
  EXPECT_THAT(read_text("[{\"a\":1},{a:2},7,,{\"a\":5}]"),
              ElementsAre("1: a=1:int", HasSubstr("2! not JSON"), "3! not a JSON object <7>",
                          "4! nothing between two commas <>", "5: a=5:int"));
}

TEST_F(Jsonl, ReadsIndentedRecords) {
  EXPECT_THAT(read_text("{\n  \"a\": 1\n}\n{\n  \"a\": 2,\n  \"b\": \"}\"\n}\n"),
              ElementsAre("1: a=1:int", "4: a=2:int b=}"));
  EXPECT_THAT(read_text("{\n  \"a\": \"1\n}\n{\n  \"a\": 2\n}\noops\n{\n  \"a\": 3"),
              ElementsAre(HasSubstr("1! the record is not complete"), "4: a=2:int",
                          "7! not a JSON object <oops>",
                          "8! the file ends within this record <{\n  \"a\": 3>"));
}

TEST_F(Jsonl, LimitsTheLengthOfARecord) {
  const Options options = {{"max_line_mb", Setting::scalar("1")}};
  const std::string filler(2 << 20, 'x');
  const std::string record = "{\"a\":\"" + filler + "\"}";
  const std::pair<std::string, std::string> cases[] = {
      {"{\"a\":1}\n" + record + "\n{\"a\":3}\n", "lines"},
      {"[{\"a\":1},\n" + record + ",\n{\"a\":3}]", "array"},
      {"{\n\"a\":1}\n" + record + "\n{\"a\":3}\n", "indented"},
  };
  for (const auto& [content, name] : cases) {
    const std::vector<std::string> rows = read_text(content, options);
    ASSERT_EQ(rows.size(), 3u) << name;
    EXPECT_THAT(rows[1], HasSubstr("longer than 1 MB")) << name;
    EXPECT_THAT(rows[1], HasSubstr("raise max_line_mb")) << name;
    EXPECT_THAT(rows[2], HasSubstr("a=3:int")) << name;
  }
  EXPECT_THAT(read_text("[" + record, options),
              ElementsAre(HasSubstr("longer than 1 MB"), HasSubstr("the file ends within")));
}

TEST_F(Jsonl, LimitsDepthAndWidth) {
  std::string deep = "{\"a\":";
  for (int i = 0; i < 200; ++i) deep += "[";
  for (int i = 0; i < 200; ++i) deep += "]";
  EXPECT_THAT(read_text(deep + "}\n{\"a\":1}"),
              ElementsAre(HasSubstr("1! nested too deeply"), "2: a=1:int"));
  std::string wide = "{\"a\":1}\n{";
  for (int i = 0; i < 3000; ++i) wide += (i ? ",\"m" : "\"m") + std::to_string(i) + "\":1";
  const std::vector<std::string> rows = read_text(wide + "}\n{\"a\":3}");
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_THAT(rows[1], HasSubstr("more than 2000 different members"));
  EXPECT_EQ(rows[2], "3: a=3:int");
}

std::string gzipped(std::string_view text) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string out(text.size() + 100, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string zstd_compressed(std::string_view text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
  return out;
}

TEST_F(Jsonl, ReadsCompressedFiles) {
  const auto expected = ElementsAre("1: a=1:int", "2: a=2:int");
  EXPECT_THAT(read_text(gzipped("{\"a\":1}\n{\"a\":2}\n")), expected);
  EXPECT_THAT(read_text(gzipped("{\"a\":1}\n") + gzipped("{\"a\":2}\n")), expected);
  EXPECT_THAT(read_text(gzipped("{\"a\":1}\n{\"a\":2}\n") + std::string(512, '\0')), expected);
  EXPECT_THAT(read_text(zstd_compressed("{\"a\":1}\n{\"a\":2}\n")), expected);
  EXPECT_THAT(read_text(zstd_compressed("{\"a\":1}\n") + zstd_compressed("{\"a\":2}\n")), expected);
}

TEST_F(Jsonl, ACompressedFileCutOffFailsAfterItsRecords) {
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += "{\"a\":" + std::to_string(i * 7919) + "}\n";
  for (const std::string& whole : {gzipped(text), zstd_compressed(text)}) {
    Connector connector = connect(write("cut.jsonl.gz", whole.substr(0, whole.size() - 100)));
    connector.start("cut", "", 4096);
    std::size_t rows = 0;
    std::string failure;
    try {
      while (const std::optional<Batch> batch = connector.read()) rows += batch->row_count();
    } catch (const Error& error) {
      failure = error.what();
    }
    EXPECT_GT(rows, 10'000u);
    EXPECT_LT(rows, 200'000u);
    EXPECT_THAT(failure, HasSubstr("ends too early"));
    EXPECT_THAT(failure, HasSubstr("cut.jsonl.gz"));
  }
}

TEST_F(Jsonl, ADamagedFileFailsAfterAllRecordsBeforeTheDamage) {
  constexpr std::size_t kRecords = 20'000;
  std::string text;
  for (std::size_t i = 0; i < kRecords; ++i) text += "{\"a\":" + std::to_string(i * 7919) + "}\n";
  std::string damaged = gzipped(text);
  damaged[damaged.size() - 6] ^= 1;  // of the checksum
  Connector connector = connect(write("damaged.jsonl.gz", damaged));
  connector.start("damaged", "", 4096);
  std::size_t rows = 0;
  std::string failure;
  try {
    while (const std::optional<Batch> batch = connector.read()) rows += batch->row_count();
  } catch (const Error& error) {
    failure = error.what();
  }
  EXPECT_EQ(rows, kRecords);
  EXPECT_THAT(failure, HasSubstr("damaged.jsonl.gz: the gzip data is damaged"));
}

TEST_F(Jsonl, ReadsTheFilesOfAPatternInOrder) {
  write("b.jsonl", "{\"n\":3,\"extra\":true}\n");
  write("a.jsonl", "{\"n\":1}\n{\"n\":2}");
  write("c.txt", "{\"n\":4}");
  Connector connector = connect((folder_ / "*.jsonl").string());
  EXPECT_EQ(connector.discover()[0].name, "records");
  connector.start("records", "", 4096);
  std::vector<std::string> rows;
  while (const std::optional<Batch> batch = connector.read()) {
    const std::string file = std::filesystem::path(batch->origin()).filename();
    EXPECT_EQ(batch->position_unit(), "line");
    for (std::size_t i = 0; i < batch->row_count(); ++i) {
      rows.push_back(file + " " + to_line(*batch, i));
    }
  }
  EXPECT_THAT(rows, ElementsAre("a.jsonl 1: n=1:int", "a.jsonl 2: n=2:int",
                                "b.jsonl 1: n=3:int extra=true:bool"));
}

TEST_F(Jsonl, NamesTheFileThatIsMissing) {
  const auto failure = [&](const std::string& path) -> std::string {
    try {
      connect(path).check();
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_THAT(failure((folder_ / "no.jsonl").string()), HasSubstr("no.jsonl: No such file"));
  EXPECT_THAT(failure((folder_ / "*.no").string()), HasSubstr("no file matches"));
  EXPECT_THAT(failure(folder_.string()), HasSubstr("is a folder"));
  const std::string pipe = (folder_ / "pipe").string();
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_THAT(failure(pipe), HasSubstr("pipe is not a regular file"));
}

TEST_F(Jsonl, SaysWhichOfSeveralFilesARecordIsOf) {
  for (const char* month : {"april", "may"}) {
    std::filesystem::create_directory(folder_ / month);
    write(std::string(month) + "/orders.jsonl", "{\"id\":1}\n");
  }
  const auto origins = [&](const std::string& path) {
    Connector connector = connect((folder_ / path).string());
    connector.start(connector.discover()[0].name, "", 100);
    std::vector<std::string> names;
    while (const std::optional<Batch> batch = connector.read()) {
      names.emplace_back(batch->origin());
    }
    return names;
  };
  EXPECT_THAT(origins("*/orders.jsonl"), ElementsAre("april/orders.jsonl", "may/orders.jsonl"));
  EXPECT_THAT(origins("may/*.jsonl"), ElementsAre("orders.jsonl"));
  EXPECT_THAT(origins("may/orders.jsonl"), ElementsAre("orders.jsonl"));
}

TEST_F(Jsonl, DescribesItsStream) {
  Connector connector =
      connect(write("orders.jsonl.gz", "{\"id\":1,\"total\":2,\"open\":true}\n{\"total\":2.5}"),
              {{"key", Setting::list({"id"})}});
  const std::vector<StreamInfo> streams = connector.discover();
  ASSERT_EQ(streams.size(), 1u);
  EXPECT_EQ(streams[0].name, "orders");
  EXPECT_THAT(streams[0].key, ElementsAre("id"));
  EXPECT_FALSE(streams[0].incremental);
  EXPECT_THAT(streams[0].columns,
              ElementsAre(Column{"id", ValueType::integer}, Column{"total", ValueType::decimal},
                          Column{"open", ValueType::boolean}));
}

TEST_F(Jsonl, RefusesAKeyThatNoRecordHas) {
  EXPECT_THAT(failure_of("{\"id\":1,\"mail\":\"x\"}", {{"key", Setting::list({"uid"})}}),
              HasSubstr("no field \"uid\"; did you mean \"id\"? There are: id, mail"));
}

TEST_F(Jsonl, AnEmptyFileHasNoRecords) {
  EXPECT_THAT(read_text(""), ElementsAre());
  EXPECT_THAT(read_text("\n\n  \n"), ElementsAre());
}

TEST_F(Jsonl, ReadsTheSameAgain) {
  Connector connector = connect(write("records.jsonl", "{\"a\":1}\n{\"a\":2}\n"));
  const std::vector<std::string> first = read(connector, 1);
  EXPECT_EQ(first.size(), 2u);
  EXPECT_EQ(read(connector), first);
}

TEST_F(Jsonl, StopsWhenCancelled) {
  Connector connector = connect(write("records.jsonl", "{\"a\":1}\n{\"a\":2}\n"));
  connector.start("records", "", 1);
  ASSERT_TRUE(connector.read().has_value());
  connector.cancel();
  EXPECT_THROW(connector.read(), Error);
}

}  // namespace
}  // namespace cdh
