#include "hub/match/signature_code.hpp"

#include <gtest/gtest.h>

#include "hub/base/error.hpp"
#include "hub/match/blocking.hpp"
#include "hub/match/value_counts.hpp"
#include "tests/match/parties.hpp"

namespace cdh {
namespace {

std::string encoded(const Signature& signature, const Vocabulary& words) {
  ByteWriter out;
  encode(signature, words, out);
  return std::string(out.bytes());
}

const char* const kParties[] = {
    "",
    "given=Anna Maria; family=Kowalska Nowak; born=1984-02-29",
    "given=Jan; family=Lis; email=jan.lis84@example.com; phone=601234567; street=ul. Mila 5/7; "
    "town=York; postal=10-100; country=PL; unique=card:71234",
    "native=王伟; suffix=Jr",
    "org=Acme Foods Sp. z o.o.; street=Dluga 17; town=Leeds; email=info@acme.example",
};

TEST(SignatureCode, ASignatureComesBackAsItWas) {
  for (const char* description : kParties) {
    const Parties parties({description});
    Vocabulary words;
    words.intern("other");  // so that ids differ
    const Signature read = decode_signature(encoded(parties[0], parties.words), 17, words);
    EXPECT_EQ(read.identity.id, 17);
    EXPECT_EQ(read.identity.key, parties[0].identity.key);
    EXPECT_EQ(read.identity.source, parties[0].identity.source);
    EXPECT_EQ(read.kind, parties[0].kind);
    EXPECT_EQ(read.birth_date, parties[0].birth_date);
    EXPECT_EQ(read.given_characters, parties[0].given_characters);
    EXPECT_EQ(encoded(read, words), encoded(parties[0], parties.words)) << description;
  }
}

// Not only the same bytes: the same keys, so nothing of a name or an address is lost.
TEST(SignatureCode, WhatComesBackHasTheSameKeys) {
  for (const char* description : kParties) {
    const Parties parties({description});
    Vocabulary words;
    const Signature read = decode_signature(encoded(parties[0], parties.words), 1, words);
    const ValueCounts none;
    const WordFrequencies before(parties.words, none), after(words, none);
    BlockKeys keys_before(parties.words, before), keys_after(words, after);
    const auto expected = keys_before.of(parties[0]);
    const auto found = keys_after.of(read);
    EXPECT_TRUE(std::ranges::equal(expected, found)) << description;
  }
}

TEST(SignatureCode, DamagedBytesAreRefused) {
  const Parties parties({kParties[2]});
  const std::string bytes = encoded(parties[0], parties.words);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    Vocabulary words;
    EXPECT_THROW(decode_signature(std::string_view(bytes).substr(0, size), 1, words), Error)
        << size;
  }
  // Any byte may be wrong: then it is refused, or another signature.
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string damaged = bytes;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x55);
    Vocabulary words;
    try {
      decode_signature(damaged, 1, words);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::store);
    }
  }
}

TEST(SignatureCode, MoreValuesThanAPartyCanHaveAreRefused) {
  const Parties parties({kParties[0]});
  Signature signature = parties[0];
  const auto with_phones = [&](std::size_t count) {
    const std::vector<PhoneFeature> phones(count, PhoneFeature{601234567});
    signature.lists = decltype(signature.lists)({}, phones, {}, {}, {}, {}, {}, {});
    return encoded(signature, parties.words);
  };
  Vocabulary words;
  EXPECT_EQ(decode_signature(with_phones(kMaxValues), 1, words).phones().size(), kMaxValues);
  EXPECT_THROW(decode_signature(with_phones(kMaxValues + 1), 1, words), Error);
}

}  // namespace
}  // namespace cdh
