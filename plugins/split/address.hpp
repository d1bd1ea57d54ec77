// The parts of a postal address written in one field, by the rules of a country.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cdh::split {

// Parts as written, but the country as ISO 3166-1 alpha-2. What no rule can tell stays in
// street_address, so that nothing of the text is lost. A country that the address does not name
// stays empty.
struct Address {
  std::string street_address, address_line2, postal_code, address_locality, address_region,
      address_country;
};

enum class AddressRule { automatic, poland, britain, usa, china };

// "ul. Długa 5/7 m. 3, 00-238 Warszawa, Polska", "10 Downing Street, London SW1A 2AA",
// "1515 Adela Ln, Las Vegas, NV 89111", "北京市朝阳区建国路88号".
//
// automatic: Chinese characters, else the country at the end, else the shape of the postal code
// decide. Text over 1000 bytes is not taken apart.
Address split_address(std::string_view text, AddressRule rule);

// --- The rules, each over the address's comma-separated segments without the country ---

using Segments = std::vector<std::string>;

void split_polish(Segments segments, Address& out);
void split_british(Segments segments, Address& out);
void split_american(Segments segments, Address& out);
// Over the whole text: Chinese addresses have no commas.
void split_chinese(std::string_view text, Address& out);

// Where a postal code begins in `text`, the last one, or npos. In a shape 9 is any digit and A any
// letter; before and after it stands no letter or digit.
std::size_t find_shape(std::string_view text, std::string_view shape);

// Where a British postal code begins, and its length; npos when there is none.
struct Place {
  std::size_t begin = std::string_view::npos;
  std::size_t size = 0;
};
Place find_british_postal_code(std::string_view text);

}  // namespace cdh::split
