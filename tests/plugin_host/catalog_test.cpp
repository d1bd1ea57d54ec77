#include "hub/plugin_host/catalog.hpp"

#include <cstddef>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hub/base/error.hpp"

namespace cdh {
namespace {

// A catalog of one stream with one field, to be changed by a test.
struct Offer {
  cdh_field field = {{"id", 2}, CDH_TEXT};
  cdh_schema schema = {sizeof schema, sizeof field, 0, 1, &field};
  cdh_string key = {"id", 2};
  cdh_stream stream = {{"people", 6}, {"All.", 4}, &schema, &key, 1, 1, 1};
  int releases = 0;
  cdh_catalog catalog = {
      sizeof catalog, sizeof stream,
      &stream,        1,
      &releases,      [](cdh_catalog* self) { ++*static_cast<int*>(self->private_data); }};

  std::vector<StreamInfo> take(std::uint32_t abi_minor = CDH_ABI_MINOR) {
    return take_catalog(cdh_catalog(catalog), abi_minor);
  }
  std::string fault() {
    try {
      take();
      return "none";
    } catch (const Error& error) {
      return error.what();
    }
  }
};

TEST(Catalog, IsCopiedAndReleased) {
  Offer offer;
  const std::vector<StreamInfo> streams = offer.take();
  EXPECT_EQ(offer.releases, 1);
  ASSERT_EQ(streams.size(), 1U);
  EXPECT_EQ(streams[0].name, "people");
  EXPECT_EQ(streams[0].description, "All.");
  EXPECT_EQ(streams[0].columns, (std::vector<Column>{{"id"}}));
  EXPECT_EQ(streams[0].key, std::vector<std::string>{"id"});
  EXPECT_TRUE(streams[0].incremental);
  EXPECT_TRUE(streams[0].open);
}

TEST(Catalog, OpenIsPaddingBeforeVersion02) { EXPECT_FALSE(Offer().take(1).at(0).open); }

TEST(Catalog, WhatCannotBeReadIsRefusedAndReleased) {
  const auto check = [](void (*spoil)(Offer&), const std::string& fault) {
    Offer offer;
    spoil(offer);
    EXPECT_THAT(offer.fault(), testing::HasSubstr(fault));
    EXPECT_EQ(offer.releases, 1) << fault;
  };
  check([](Offer& offer) { offer.catalog.stream_stride = 8; }, "streams that cannot be read");
  check([](Offer& offer) { offer.catalog.streams = nullptr; }, "streams that cannot be read");
  check([](Offer& offer) { offer.stream.key = nullptr; }, "a stream without its key");
  check([](Offer& offer) { offer.schema.size = 8; }, "a schema shorter than version 0.1 defines");
  check([](Offer& offer) { offer.schema.fields = nullptr; }, "a schema without its fields");
  check([](Offer& offer) { offer.schema.field_stride = 16; }, "fields too short");
}

// Then its release is not to be believed either.
TEST(Catalog, OneTooShortIsRefused) {
  Offer offer;
  offer.catalog.size = offsetof(cdh_catalog, release);
  EXPECT_THAT(offer.fault(), testing::HasSubstr("a catalog shorter than version 0.1 defines"));
  EXPECT_EQ(offer.releases, 0);
}

}  // namespace
}  // namespace cdh
