#include "hub/match/frozen_lists.hpp"

#include <string_view>
#include <utility>
#include <vector>

#include <gmock/gmock.h>

namespace cdh {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Wide {
  std::uint64_t number;
  char sign;
  friend bool operator==(const Wide&, const Wide&) = default;
};
using Lists = FrozenLists<Wide, std::uint32_t, char>;

Lists some() {
  const std::vector<Wide> wide = {{1, 'a'}, {2, 'b'}};
  const std::vector<std::uint32_t> numbers = {7, 8, 9};
  const std::vector<char> letters = {'x'};
  return Lists(wide, numbers, letters);
}

void check(const Lists& lists) {
  EXPECT_THAT(lists.get<0>(), ElementsAre(Wide{1, 'a'}, Wide{2, 'b'}));
  EXPECT_THAT(lists.get<1>(), ElementsAre(7, 8, 9));
  EXPECT_THAT(lists.get<2>(), ElementsAre('x'));
}

TEST(FrozenLists, HaveWhatTheyWereMadeOf) { check(some()); }

TEST(FrozenLists, AreEmptyOfNothing) {
  for (const Lists& lists : {Lists(), Lists({}, {}, {})}) {
    EXPECT_THAT(lists.get<0>(), IsEmpty());
    EXPECT_THAT(lists.get<2>(), IsEmpty());
    EXPECT_EQ(lists.data(), nullptr);
  }
}

TEST(FrozenLists, AreCopiedAndMoved) {
  const Lists first = some();
  Lists copy = first;
  copy.get<1>()[0] = 70;
  EXPECT_THAT(copy.get<1>(), ElementsAre(70, 8, 9));
  check(first);
  Lists moved = std::move(copy);
  EXPECT_THAT(moved.get<1>(), ElementsAre(70, 8, 9));
  EXPECT_THAT(copy.get<1>(), IsEmpty());  // NOLINT(bugprone-use-after-move): what it says
  moved = first;
  check(moved);
  moved = Lists();
  EXPECT_THAT(moved.get<0>(), IsEmpty());
}

}  // namespace
}  // namespace cdh
