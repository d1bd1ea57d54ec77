#include "hub/store/landing.hpp"

#include "hub/store/known_records.hpp"
#include "hub/store/record_reader.hpp"
#include "hub/store/run_log.hpp"
#include "tests/store/store_test.hpp"

namespace cdh {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class LandingTest : public StoreTest {
 protected:
  LandingTest() : stream_(stream_id(database_, "crm", "people")) {}

  static LandedRecord record(std::int64_t id, const std::string& key, const std::string& raw,
                             bool is_new = true) {
    LandedRecord out;
    out.record_id = id;
    out.is_new = is_new;
    out.source_key = key;
    out.raw_fingerprint = fingerprint(raw);
    out.pipeline_id = 1;
    out.raw = raw;
    out.mapped = "[]";
    return out;
  }

  static QuarantinedRecord refused(std::int64_t id, const std::string& raw,
                                   const std::string& reason) {
    QuarantinedRecord out;
    out.id = id;
    out.raw_fingerprint = fingerprint(raw);
    out.pipeline_id = 1;
    out.reason = reason;
    out.origin = "people.csv";
    out.position = 9;
    out.raw = raw;
    return out;
  }

  template <typename Act>
  void write(std::int64_t run, Act&& act) {
    LandingWriter writer(database_, run);
    Transaction transaction(database_);
    act(writer);
    writer.flush();
    transaction.commit();
  }

  std::vector<std::string> records() {
    std::vector<std::string> lines;
    RecordReader reader = RecordReader::all(database_);
    while (const auto next = reader.next()) {
      lines.push_back(std::to_string(next->id) + " " + std::string(next->source_key) + " " +
                      std::string(next->mapped) + (next->gone ? " gone" : "") +
                      (next->updated_at ? " at " + std::to_string(*next->updated_at) : ""));
    }
    return lines;
  }

  std::int64_t stream_;
};
INSTANTIATE_TEST_SUITE_P(On, LandingTest, kEveryStore, store_kind_name);

TEST_P(LandingTest, StreamsHaveOneIdForEver) {
  EXPECT_EQ(stream_id(database_, "crm", "people"), stream_);
  EXPECT_NE(stream_id(database_, "crm", "orders"), stream_);
  EXPECT_NE(stream_id(database_, "shop", "people"), stream_);
  std::vector<std::string> names;
  for (const StreamName& name : stream_names(database_)) {
    names.push_back(name.source + "/" + name.stream);
  }
  EXPECT_THAT(names, ElementsAre("crm/people", "crm/orders", "shop/people"));
}

TEST_P(LandingTest, RecordsAreWrittenReplacedAndGone) {
  write(1, [&](LandingWriter& writer) {
    LandedRecord timed = record(1, "a|\t王", "[1]");
    timed.updated_at = 9007199254740993;
    writer.write(stream_, timed);
    writer.write(stream_, record(2, "b", "[2]"));
    writer.write(stream_, record(3, "c", "[3]"));
  });
  EXPECT_THAT(records(), ElementsAre("1 a|\t王 [] at 9007199254740993", "2 b []", "3 c []"));
  write(2, [&](LandingWriter& writer) {
    LandedRecord next = record(1, "a|\t王", "[4]", false);
    next.mapped = R"([{"e":"person","as":"it's \\ \"x\"","f":{}}])";
    writer.write(stream_, next);
    writer.mark_gone({{3, {}}});
  });
  EXPECT_THAT(records(), ElementsAre(R"(1 a|	王 [{"e":"person","as":"it's \\ \"x\"","f":{}}])",
                                     "2 b []", "3 c [] gone"));
  EXPECT_EQ(text("SELECT first_seen_run FROM source_record WHERE id = 1"), "1");
  EXPECT_EQ(text("SELECT changed_run FROM source_record WHERE id = 1"), "2");
  EXPECT_EQ(text("SELECT changed_run FROM source_record WHERE id = 2"), "1");
  EXPECT_EQ(text("SELECT changed_run FROM source_record WHERE id = 3"), "2");
  write(3, [&](LandingWriter& writer) { writer.write(stream_, record(3, "c", "[3]", false)); });
  EXPECT_EQ(text("SELECT gone_run FROM source_record WHERE id = 3"), "null");
}

// Its first version still waits to be written.
TEST_P(LandingTest, ARecordMayBeReplacedInItsOwnBatch) {
  write(1, [&](LandingWriter& writer) {
    writer.write(stream_, record(1, "a", "[1]"));
    writer.write(stream_, record(1, "a", "[2]", false));
  });
  EXPECT_EQ(text("SELECT raw FROM source_record"), "[2]");
}

TEST_P(LandingTest, OfSeveralNewVersionsTheLastIsKept) {
  write(1, [&](LandingWriter& writer) { writer.write(stream_, record(1, "a", "[1]")); });
  write(2, [&](LandingWriter& writer) {
    for (const char* raw : {"[2]", "[3]"}) writer.write(stream_, record(1, "a", raw, false));
    writer.mark_gone({{1, {}}});
    writer.write(stream_, record(1, "a", "[4]", false));
    writer.write(stream_, record(2, "b", "[1]"));
    writer.write(stream_, record(2, "b", "[2]", false));
    writer.mark_gone({{2, {}}});
  });
  EXPECT_THAT(records(), ElementsAre("1 a []", "2 b [] gone"));
  EXPECT_EQ(text("SELECT raw FROM source_record WHERE id = 1"), "[4]");
  EXPECT_EQ(text("SELECT raw FROM source_record WHERE id = 2"), "[2]");
}

// More than one statement brings over.
TEST_P(LandingTest, ManyRecordsAreReplacedTogether) {
  constexpr std::int64_t kRecords = 25'000;
  write(1, [&](LandingWriter& writer) {
    for (std::int64_t id = 1; id <= kRecords; ++id) {
      writer.write(stream_, record(id, std::to_string(id), "[1]"));
    }
  });
  write(2, [&](LandingWriter& writer) {
    for (std::int64_t id = 1; id <= kRecords; ++id) {
      writer.write(stream_, record(id, std::to_string(id), "[2]", false));
    }
  });
  EXPECT_EQ(text("SELECT COUNT(*) FROM source_record WHERE raw = '[2]' AND changed_run = 2"),
            std::to_string(kRecords));
}

TEST_P(LandingTest, ABatchThatIsNotCommittedLeavesNothing) {
  {
    LandingWriter writer(database_, 1);
    const Transaction transaction(database_);
    writer.write(stream_, record(1, "a", "[1]"));
    writer.write(stream_, refused(1, "[2]", "bad"));
    writer.flush();
  }
  EXPECT_THAT(records(), IsEmpty());
  EXPECT_EQ(text("SELECT COUNT(*) FROM quarantine"), "0");
}

TEST_P(LandingTest, QuarantinedRecordsAreReplacedAndRemoved) {
  write(1, [&](LandingWriter& writer) {
    writer.write(stream_, refused(1, "[1]", "no date"));
    writer.write(stream_, refused(2, "[2]", "no key"));
  });
  write(2, [&](LandingWriter& writer) {
    QuarantinedRecord again = refused(1, "[1]", "no country");
    again.is_new = false;
    writer.write(stream_, again);
    writer.remove_quarantined({2});
  });
  EXPECT_EQ(text("SELECT COUNT(*) FROM quarantine"), "1");
  EXPECT_EQ(text("SELECT reason FROM quarantine"), "no country");
  EXPECT_EQ(text("SELECT source_key FROM quarantine"), "null");
  EXPECT_EQ(text("SELECT position FROM quarantine"), "9");
}

TEST_P(LandingTest, AStreamsStateIsTheLastOne) {
  EXPECT_EQ(stream_state(database_, stream_).resume_state, "");
  write(1, [&](LandingWriter& writer) { writer.set_stream_state(stream_, {"page 1", 10}); });
  write(2, [&](LandingWriter& writer) { writer.set_stream_state(stream_, {"it's page 2", 20}); });
  EXPECT_EQ(stream_state(database_, stream_).resume_state, "it's page 2");
  EXPECT_EQ(text("SELECT last_count FROM stream_state"), "20");
}

TEST_P(LandingTest, PipelinesComeBackWithTheirColumns) {
  write(1, [&](LandingWriter& writer) {
    writer.write(stream_, StoredPipeline{1, 0xFFFFFFFFFFFFFFFE, R"([["a",6]])"});
    writer.write(stream_, StoredPipeline{2, 7, "[]"});
  });
  const auto stored = pipelines(database_, stream_);
  ASSERT_EQ(stored.size(), 2);
  EXPECT_EQ(stored[0].fingerprint, 0xFFFFFFFFFFFFFFFE);
  EXPECT_EQ(stored[0].columns, R"([["a",6]])");
  EXPECT_EQ(stored[1].id, 2);
}

TEST_P(LandingTest, ReadersKnowWhatIsNewAndWhatChanged) {
  write(1, [&](LandingWriter& writer) {
    writer.write(stream_, record(1, "a", "[1]"));
    writer.write(stream_, record(2, "b", "[2]"));
  });
  set_hub_state(database_, "published_run", 1);
  write(2, [&](LandingWriter& writer) {
    writer.write(stream_, record(2, "b", "[3]", false));
    writer.write(stream_, record(3, "c", "[4]"));
  });
  std::vector<std::string> lines;
  RecordReader reader = RecordReader::changed_since(database_, 1);
  while (const auto next = reader.next()) {
    EXPECT_TRUE(next->changed);
    lines.push_back(std::string(next->source_key) + (next->is_new ? " new" : ""));
  }
  EXPECT_THAT(lines, ElementsAre("b", "c new"));
  RecordReader some = RecordReader::of(database_, {3, 1, 99});
  EXPECT_EQ(some.next()->id, 1);
  EXPECT_EQ(some.next()->id, 3);
  EXPECT_FALSE(some.next());
  EXPECT_FALSE(RecordReader::of(database_, {}).next());
  EXPECT_EQ(find_records(database_, stream_, {"c", "d"}),
            (std::unordered_map<std::string, std::int64_t>{{"c", 3}}));
}

// --- What is known of a stream while it is read --------------------------------------------------

using Seen = KnownRecords::Seen;

TEST_P(LandingTest, KnownRecordsAreTheStreamsOwn) {
  write(1, [&](LandingWriter& writer) {
    LandedRecord timed = record(1, "a", "[1]");
    timed.updated_at = -5;
    writer.write(stream_, timed);
    writer.write(stream_, record(2, "b", "[2]"));
    writer.write(stream_, record(3, "c", "[3]"));
    writer.write(stream_id(database_, "shop", "people"), record(4, "a", "[4]"));
    writer.mark_gone({{3, {}}});
  });
  KnownRecords known = KnownRecords::load(database_, stream_);
  EXPECT_EQ(known.size(), 3);
  EXPECT_EQ(known.present(), 2);
  EXPECT_EQ(known.find_key(fingerprint("a"))->updated_at, -5);
  EXPECT_EQ(known.find_key(fingerprint("b"))->updated_at, std::nullopt);
  EXPECT_TRUE(known.find_key(fingerprint("c"))->gone);
  EXPECT_FALSE(known.find_key(fingerprint("d")));
  EXPECT_EQ(known.see(fingerprint("[1]"), {1}), Seen::unchanged);
  EXPECT_EQ(known.see(fingerprint("[1]"), {1}), Seen::repeated);
  EXPECT_EQ(known.see(fingerprint("[2]"), {2}), Seen::no) << "another pipeline made it";
  EXPECT_EQ(known.see(fingerprint("[3]"), {1}), Seen::no) << "it was gone";
  EXPECT_EQ(known.see(fingerprint("[4]"), {1}), Seen::no) << "another stream's";
  EXPECT_THAT(known.unseen(), ElementsAre(2));
}

// A transform made several records of one raw record, in one order and then in another.
TEST_P(LandingTest, PartsOfSplitRecordsMayChangePlaces) {
  write(1, [&](LandingWriter& writer) {
    writer.write(stream_, record(1, "a", "[1]"));
    writer.write(stream_, record(2, "b", "[1]"));
  });
  KnownRecords known = KnownRecords::load(database_, stream_);
  known.put(fingerprint("b"), fingerprint("[2]"), 2, std::nullopt, 1);
  EXPECT_EQ(known.see(fingerprint("[1]"), {1}), Seen::unchanged) << "a is still of the first";
  known.put(fingerprint("a"), fingerprint("[2]"), 1, std::nullopt, 1);
  EXPECT_EQ(known.see(fingerprint("[1]"), {1}), Seen::no);
  EXPECT_EQ(known.see(fingerprint("[2]"), {1}), Seen::repeated);
  known.put(fingerprint("c"), fingerprint("[1]"), 3, std::nullopt, 1);
  EXPECT_EQ(known.see(fingerprint("[1]"), {1}), Seen::repeated);
  EXPECT_THAT(known.unseen(), IsEmpty());
}

TEST_P(LandingTest, KnownQuarantineRemembersThePipeline) {
  write(1, [&](LandingWriter& writer) {
    QuarantinedRecord keyed = refused(1, "[1]", "no date");
    keyed.source_key = "a";
    writer.write(stream_, keyed);
    writer.write(stream_, refused(2, "[2]", "no key"));
  });
  KnownQuarantine known = KnownQuarantine::load(database_, stream_);
  EXPECT_THAT(known.unseen(), ElementsAre(1, 2));
  const auto entries = known.see(fingerprint("[1]"), {1});
  ASSERT_EQ(entries.size(), 1);
  EXPECT_EQ(entries[0].id, 1);
  EXPECT_TRUE(entries[0].same_pipeline);
  EXPECT_FALSE(entries[0].second_of_key);
  EXPECT_EQ(entries[0].key, fingerprint("a"));
  EXPECT_FALSE(known.see(fingerprint("[1]"), {2}).front().same_pipeline);
  EXPECT_THAT(known.see(fingerprint("[9]"), {1}), IsEmpty());
  EXPECT_THAT(known.unseen(), ElementsAre(2));
}

// Several parts of one raw record may be refused, each for its own reason.
TEST_P(LandingTest, KnownQuarantineHoldsEachPartOfASplitRecord) {
  write(1, [&](LandingWriter& writer) {
    writer.write(stream_, refused(1, "[1]", "no date"));
    writer.write(stream_, refused(2, "[1]", "no key"));
  });
  KnownQuarantine known = KnownQuarantine::load(database_, stream_);
  EXPECT_EQ(known.see(fingerprint("[1]"), {1}).size(), 2);
  EXPECT_THAT(known.unseen(), IsEmpty());
}

}  // namespace
}  // namespace cdh
