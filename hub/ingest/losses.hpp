// How many of its records a stream may lose at once before somebody must look.
#pragma once

#include <cstddef>

namespace cdh {

// More than half of `before`; a stream of fewer than a hundred records may lose most of them.
bool is_too_great_a_loss(std::size_t gone, std::size_t before);

}  // namespace cdh
