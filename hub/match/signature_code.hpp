// Signatures as bytes, for the store. Words are written as texts, so the bytes mean the same beside
// any vocabulary, and equal signatures have equal bytes.
#pragma once

#include <cstdint>
#include <string_view>

#include "hub/base/bytes.hpp"
#include "hub/match/signature.hpp"
#include "hub/match/vocabulary.hpp"

namespace cdh {

// Appends everything but identity.id.
void encode(const Signature& signature, const Vocabulary& vocabulary, ByteWriter& out);

// The signature, with this id; its words go into the list or the vocabulary. Throws Error(store) on
// bytes that are none.
Signature decode_signature(std::string_view bytes, std::int64_t id, WordList& words);
Signature decode_signature(std::string_view bytes, std::int64_t id, Vocabulary& vocabulary);

}  // namespace cdh
