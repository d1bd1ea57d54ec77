#include "hub/ingest/verdict.hpp"

#include <string>

#include <gtest/gtest.h>

namespace cdh {
namespace {

std::string name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::added:
      return "added";
    case Verdict::changed:
      return "changed";
    case Verdict::replaced:
      return "replaced";
    case Verdict::repeated:
      return "repeated";
    case Verdict::stale:
      return "stale";
    case Verdict::second:
      return "second";
    case Verdict::deleted:
      return "deleted";
  }
  return "";
}

void check(const RowFacts& facts, const std::string& expected, const std::string& why) {
  EXPECT_EQ(name_of(judge(facts)), expected) << why;
}

TEST(Verdict, WithoutTimesTheReadsOrderCounts) {
  check({}, "added", "nothing is known");
  check({.known = true}, "changed", "another row than in the read before");
  check({.known = true, .same_raw = true}, "changed", "the same row by another pipeline");
  check({.known = true, .gone = true}, "changed", "it is back");
  check({.known = true, .seen = true, .same_raw = true}, "repeated", "the same row once more");
  check({.known = true, .seen = true}, "replaced", "a later change");
  check({.known = true, .seen = true, .keeps_first = true}, "second", "another record of a list");
  check({.known = true, .keeps_first = true}, "changed", "what the list held before is no rival");
}

TEST(Verdict, TheSourcesTimeGoesFirst) {
  for (const bool keeps_first : {false, true}) {
    const auto known = [&](std::int64_t updated_at, bool seen) {
      return RowFacts{.updated_at = updated_at,
                      .known = true,
                      .seen = seen,
                      .known_updated_at = 5,
                      .keeps_first = keeps_first};
    };
    check(known(4, false), "stale", "older than the stored one");
    check(known(4, true), "stale", "older than the one just read");
    check(known(6, false), "changed", "newer than the stored one");
    check(known(6, true), "replaced", "newer than the one just read");
    check(known(5, true), keeps_first ? "second" : "replaced", "a time that does not decide");
  }
  check({.updated_at = 4, .known = true, .gone = true, .known_updated_at = 5}, "changed",
        "an older version of a record that was gone");
  check({.updated_at = 4, .known = true, .gone = true, .known_updated_at = 5, .feed = true},
        "stale", "an older version of a record that a feed deleted");
  check({.updated_at = 4, .known = true, .known_updated_at = 5, .anew = true}, "changed",
        "the list counts as it is");
  check({.updated_at = 4, .known = true, .seen = true, .known_updated_at = 5, .anew = true},
        "stale", "but the newer one is in it too");
  check({.updated_at = 4, .known = true, .same_raw = true, .known_updated_at = 5}, "changed",
        "the mapping reads another time in the same row");
  check({.updated_at = 4, .known = true, .seen = true, .keeps_first = true}, "second",
        "only one of them has a time");
}

TEST(Verdict, ADeletionNeedsARecordThatIsThere) {
  check({.deletion = true}, "repeated", "it was never here");
  check({.deletion = true, .known = true}, "deleted", "of an earlier read");
  check({.deletion = true, .known = true, .seen = true}, "deleted", "of this read");
  check({.deletion = true, .known = true, .gone = true}, "repeated", "it was deleted before");
  check({.deletion = true, .updated_at = 4, .known = true, .known_updated_at = 5}, "stale",
        "a newer version came since");
  check({.deletion = true, .updated_at = 5, .known = true, .known_updated_at = 5}, "deleted",
        "a time that does not decide");
}

TEST(Verdict, WhatWasDeletedAfterAVersionGoesBeforeIt) {
  check({.known = true, .gone = true, .seen = true, .keeps_first = true}, "stale", "no rival back");
}

TEST(Verdict, TwoRecordsOfOneRowWithOneKeyAreNoRepetition) {
  check({.known = true, .seen = true, .same_raw = true, .has_twin = true, .keeps_first = true},
        "second", "of a list");
  check({.known = true, .seen = true, .same_raw = true, .has_twin = true}, "replaced", "of a feed");
}

TEST(Verdict, AStoredRowMakesItsOwnRecordsOnly) {
  RowFacts facts{.known = true, .keeps_first = true, .stored = true};
  facts.same_raw = true;
  check(facts, "changed", "its own");
  facts.same_raw = false;
  check(facts, "second", "another record got its key");
  facts.split = true;
  check(facts, "stale", "a record that a later row made too");
  facts.gone = true;
  check(facts, "changed", "nobody holds the key now");
}

}  // namespace
}  // namespace cdh
