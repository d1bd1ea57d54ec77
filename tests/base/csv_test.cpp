#include "hub/base/csv.hpp"

#include <sstream>

#include <gtest/gtest.h>

#include "hub/base/error.hpp"

namespace cdh {
namespace {

using Rows = std::vector<std::vector<std::string>>;

// The records below a header of the columns a and b.
Rows read(const std::string& body) {
  std::istringstream in("a,b\n" + body);
  CsvReader reader(in, "some.csv");
  Rows rows;
  while (reader.next()) rows.push_back({reader[0], reader[1]});
  return rows;
}

std::string failure_of(const std::string& text) {
  std::istringstream in(text);
  try {
    CsvReader reader(in, "some.csv");
    while (reader.next()) continue;
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::config);
    return error.what();
  }
  return "";
}

TEST(Csv, ReadsQuotesLineEndsAndBlanks) {
  EXPECT_EQ(read("1,2\n3,4\n"), (Rows{{"1", "2"}, {"3", "4"}}));
  EXPECT_EQ(read("1,2\r\n3,4\r\n"), (Rows{{"1", "2"}, {"3", "4"}}));
  EXPECT_EQ(read("1,2"), (Rows{{"1", "2"}}));
  EXPECT_EQ(read("\n1,2\n\r\n"), (Rows{{"1", "2"}}));
  EXPECT_EQ(read("\"x, y\",\"say \"\"hi\"\"\"\r\n"), (Rows{{"x, y", "say \"hi\""}}));
  EXPECT_EQ(read("\"two\r\nlines\",\n"), (Rows{{"two\r\nlines", ""}}));
  EXPECT_EQ(read("\"\",\"\"\n"), (Rows{{"", ""}}));
}

TEST(Csv, FindsColumnsBehindAByteOrderMark) {
  std::istringstream in("\xEF\xBB\xBFkey,value\n");
  const CsvReader reader(in, "some.csv");
  EXPECT_EQ(reader.column("key"), 0U);
  EXPECT_EQ(reader.column("value"), 1U);
  EXPECT_EQ(reader.column("other"), std::nullopt);
}

TEST(Csv, FaultsNameFileAndLine) {
  EXPECT_EQ(failure_of("a,b\n1,2\n3\n"), "some.csv:3: the line has 1 field, the header has 2");
  EXPECT_EQ(failure_of("a,b\n1,\"2\n"), "some.csv:2: the file ends within quotes");
  EXPECT_EQ(failure_of(""),
            "some.csv:0: the file is empty; it needs a line with the names of its columns");
  EXPECT_EQ(failure_of("a,b\n" + std::string(1 << 20, 'x') + ",1\n"),
            "some.csv:2: the record is longer than 1 MiB; is a quote never closed?");
}

TEST(Csv, WhatIsWrittenReadsBack) {
  for (const char* text : {"", "plain", "a,b", "say \"hi\"", "two\nlines", "\r", "Żółć"}) {
    std::string line = "x,";
    append_csv_field(text, line);
    EXPECT_EQ(read(line + "\n"), (Rows{{"x", text}}));
  }
}

}  // namespace
}  // namespace cdh
