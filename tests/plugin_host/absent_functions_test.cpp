#include "hub/plugin_host/absent_functions.hpp"

#include <cstddef>
#include <cstring>
#include <string>

#include <gtest/gtest.h>

#include "hub/base/error.hpp"

namespace cdh {
namespace {

cdh_error empty_error() {
  cdh_error error{};
  error.size = sizeof error;
  return error;
}

// What lies beyond the size is nothing that anyone may follow.
template <typename Instance>
Instance cut_at(std::size_t size) {
  Instance instance;
  std::memset(&instance, 0xAA, sizeof instance);
  std::memset(&instance, 0, size);
  instance.size = static_cast<std::uint32_t>(size);
  return instance;
}

TEST(AbsentFunctions, OfAConnectorAnswerThatTheyAreNotThere) {
  cdh_connector connector = completed(cut_at<cdh_connector>(offsetof(cdh_connector, check)));
  EXPECT_EQ(connector.size, sizeof connector);
  cdh_error error = empty_error();
  EXPECT_EQ(connector.check(&connector, &error), CDH_OK);
  EXPECT_EQ(connector.discover(&connector, nullptr, &error), CDH_ERROR_UNSUPPORTED);
  EXPECT_EQ(std::string(error.message), "it cannot list its streams");
  EXPECT_EQ(connector.start(&connector, nullptr, &error), CDH_ERROR_UNSUPPORTED);
  EXPECT_EQ(connector.read(&connector, nullptr, &error), CDH_ERROR_UNSUPPORTED);
  EXPECT_EQ(std::string(error.message), "it cannot read");
  connector.cancel(&connector);
  connector.destroy(&connector);
}

TEST(AbsentFunctions, OfATransformAnswerThatTheyAreNotThere) {
  cdh_transform transform = completed(cut_at<cdh_transform>(offsetof(cdh_transform, apply)));
  cdh_error error = empty_error();
  EXPECT_EQ(transform.apply(&transform, nullptr, nullptr, &error), CDH_ERROR_UNSUPPORTED);
  EXPECT_EQ(std::string(error.message), "it cannot change records");
  transform.destroy(&transform);
}

TEST(AbsentFunctions, AFunctionThatIsThereStays) {
  cdh_connector given = cut_at<cdh_connector>(offsetof(cdh_connector, discover));
  given.check = [](cdh_connector*, cdh_error*) { return CDH_ERROR_TRANSIENT; };
  cdh_connector connector = completed(given);
  cdh_error error = empty_error();
  EXPECT_EQ(connector.check(&connector, &error), CDH_ERROR_TRANSIENT);
  EXPECT_EQ(connector.discover(&connector, nullptr, &error), CDH_ERROR_UNSUPPORTED);
}

TEST(AbsentFunctions, HalfAMemberIsNone) {
  cdh_connector connector = completed(cut_at<cdh_connector>(offsetof(cdh_connector, read) + 4));
  cdh_error error = empty_error();
  EXPECT_EQ(connector.read(&connector, nullptr, &error), CDH_ERROR_UNSUPPORTED);
}

TEST(AbsentFunctions, AnInstanceWithoutItsSizeIsRefused) {
  EXPECT_THROW(completed(cdh_connector{}), Error);
  EXPECT_THROW(completed(cdh_transform{}), Error);
}

}  // namespace
}  // namespace cdh
