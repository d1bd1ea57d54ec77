// Postal codes as they are compared.
#pragma once

#include <string>
#include <string_view>

namespace cdh {

// fold() without blanks. Of a nine-digit code of the United States, which names a side of a street,
// the first five digits: the place.
std::string fold_postal_code(std::string_view text);

}  // namespace cdh
