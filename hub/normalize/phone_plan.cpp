#include "hub/normalize/phone_plan.hpp"

#include <array>
#include <bitset>
#include <charconv>
#include <cstddef>

namespace cdh {

namespace {

constexpr std::size_t kPrefixDigits = 4;
constexpr std::size_t kMaxDigits = 16;

// First four digits of national numbers of the country's usual length; every number that begins so
// is valid. From libphonenumber 8.12.57, which knows more ranges than these: those that only part
// of is assigned, and the landlines of China, are left to it.
constexpr std::string_view kPoland =
    "1200-1899 2200-2699 2900-2999 3200-3499 3900-3999 4100-4899 5000-7019 7030-7049 "
    "7060-7089 7100-8019 8040-8049 8100-8999 9100-9199 9400-9599";
constexpr std::string_view kChina =
    "1300-1399 1450-1459 1470-1479 1500-1539 1550-1599 1620-1629 1650-1679 1700-1739 "
    "1750-1789 1800-1939 1950-1999";
constexpr std::string_view kBritain =
    "1130-1135 1138 1140-1145 1150-1152 1156-1164 1170-1174 1179-1184 1189 1200 1202 "
    "1204-1217 1223-1229 1233-1237 1239 1241-1246 1248-1250 1252-1264 1267-1271 1273-1280 "
    "1282-1318 1320 1322-1330 1332-1335 1337 1339-1344 1346-1350 1352-1364 1366-1369 "
    "1371-1373 1375-1377 1379-1384 1386-1389 1392-1395 1397-1398 1400 1403-1420 1422-1425 "
    "1427-1440 1442-1446 1449-1458 1460-1467 1469-1480 1482-1485 1487-1497 1499 1501-1503 "
    "1505-1520 1522 1524-1531 1535-1536 1538-1540 1542-1550 1553-1573 1575-1584 1586 1588 "
    "1590-1595 1597-1600 1603-1604 1606 1608-1623 1625-1626 1628-1631 1633-1639 1641-1644 "
    "1646-1647 1650-1656 1659 1661 1663-1678 1680-1681 1683-1692 1694-1695 1697-1698 1700 "
    "1702 1704 1706-1709 1720-1730 1732-1733 1736-1738 1740 1743-1754 1756-1761 1763-1773 "
    "1775-1780 1782 1784-1790 1792-1799 1803 1805-1809 1821-1825 1827-1830 1832-1835 "
    "1837-1838 1840-1845 1847-1848 1851-1852 1854-1859 1862-1866 1869-1880 1882-1890 1892 "
    "1895-1896 1899-1900 1902-1905 1908-1920 1922-1926 1928-1929 1931-1935 1937-1939 "
    "1942-1955 1957 1959 1962-1964 1967-1972 1974-1975 1977-1978 1980-1989 1992-1995 1997 "
    "2000-2019 2030-2049 2070-2089 2300-2319 2380-2419 2470-2479 2800-2849 2860-2929 "
    "3000-3099 3300-3499 3700-3799 5500-5699 7000-7602 7608 7623 7625-7626 7634 7640-7641 "
    "7643-7644 7647 7654 7659-7663 7666 7669 7677 7681 7684 7691 7693 7699 7701-7796 "
    "7798-7910 7912-8009 8080-8089 8420-8459 8700-8739 9000-9199 9800-9849 9890-9899";
// Area codes; the digit after one is never 0 or 1, and is left out by kNorthAmericaMinFourth.
constexpr int kNorthAmericaMinFourth = 2;
constexpr std::string_view kNorthAmerica =
    "2010-2109 2120-2209 2230-2269 2280-2299 2310-2319 2340-2349 2360-2369 2390-2409 "
    "2480-2549 2560-2569 2600-2609 2620-2639 2670-2679 2690-2709 2720-2729 2760-2769 "
    "2790-2799 2810-2819 2830-2839 2890-2899 3010-3109 3120-3219 3230-3239 3250-3269 "
    "3300-3329 3340-3349 3360-3379 3390-3399 3410-3419 3430-3439 3460-3479 3510-3529 "
    "3600-3619 3640-3659 3670-3689 3800-3809 3850-3869 4010-4109 4120-4199 4230-4259 "
    "4300-4329 4340-4359 4370-4389 4400-4409 4420-4439 4450-4459 4470-4489 4500-4509 "
    "4580-4589 4630-4649 4680-4709 4740-4759 4780-4809 4840-4849 5000-5049 5060-5109 "
    "5120-5229 5250-5279 5300-5319 5330-5349 5390-5419 5440-5449 5480-5489 5510-5519 "
    "5590-5599 5610-5649 5660-5679 5700-5759 5770-5779 5790-5829 5840-5889 6000-6109 "
    "6120-6209 6220-6239 6260-6269 6280-6319 6360-6369 6390-6419 6460-6479 6500-6519 "
    "6560-6629 6670-6679 6690-6699 6720-6729 6780-6789 6800-6829 6890-6899 7010-7099 "
    "7120-7209 7240-7279 7310-7329 7340-7349 7370-7379 7400-7409 7420-7439 7470-7479 "
    "7530-7549 7570-7579 7600-7609 7620-7639 7650-7659 7690-7759 7780-7829 7850-7879 "
    "8000-8109 8120-8209 8250-8269 8280-8339 8380-8409 8430-8459 8470-8509 8540-8609 "
    "8620-8679 8700-8709 8720-8739 8770-8789 8880-8889 9000-9109 9120-9209 9250-9259 "
    "9280-9319 9340-9349 9360-9419 9430-9439 9450-9459 9470-9499 9510-9529 9540-9549 "
    "9560-9569 9590-9599 9700-9739 9780-9809 9840-9869 9890-9899";

class NumberPlan {
 public:
  // `trunk` is dialled before a national number within the country, `international` before a
  // calling code; empty: none, or not the usual one.
  NumberPlan(std::string_view country, std::string_view calling_code, std::size_t national_size,
             std::string_view trunk, std::string_view international, std::string_view ranges,
             int min_fourth_digit = 0)
      : country_(country),
        calling_code_(calling_code),
        national_size_(national_size),
        trunk_(trunk),
        international_(international) {
    while (!ranges.empty()) {
      const int first = take_prefix(ranges);
      const int last =
          ranges.starts_with('-') ? (ranges.remove_prefix(1), take_prefix(ranges)) : first;
      for (int prefix = first; prefix <= last; ++prefix) {
        if (prefix % 10 >= min_fourth_digit) valid_.set(static_cast<std::size_t>(prefix));
      }
      if (!ranges.empty()) ranges.remove_prefix(1);
    }
  }

  std::string_view country() const { return country_; }

  // From digits that begin with a calling code, after the plus.
  std::string read_international(std::string_view digits) const {
    return read_after(calling_code_, digits);
  }

  // From digits as dialled within the country.
  std::string read_national(std::string_view digits) const {
    if (digits.size() == national_size_) return e164(digits);
    if (!international_.empty() && digits.starts_with(international_)) {
      return read_after(calling_code_, digits.substr(international_.size()));
    }
    if (!trunk_.empty() && digits.starts_with(trunk_)) return read_after(trunk_, digits);
    return read_after(calling_code_, digits);
  }

 private:
  static int take_prefix(std::string_view& ranges) {
    int prefix = 0;
    std::from_chars(ranges.data(), ranges.data() + kPrefixDigits, prefix);
    ranges.remove_prefix(kPrefixDigits);
    return prefix;
  }

  std::string read_after(std::string_view prefix, std::string_view digits) const {
    if (digits.size() != prefix.size() + national_size_ || !digits.starts_with(prefix)) return {};
    return e164(digits.substr(prefix.size()));
  }

  std::string e164(std::string_view national) const {
    int prefix = 0;
    std::from_chars(national.data(), national.data() + kPrefixDigits, prefix);
    if (!valid_.test(static_cast<std::size_t>(prefix))) return {};
    std::string number(1, '+');
    number += calling_code_;
    number += national;
    return number;
  }

  std::string_view country_;
  std::string_view calling_code_;
  std::size_t national_size_;
  std::string_view trunk_;
  std::string_view international_;
  std::bitset<10'000> valid_;
};

const std::array<NumberPlan, 4>& plans() {
  static const std::array<NumberPlan, 4> all = {
      NumberPlan("PL", "48", 9, "", "00", kPoland), NumberPlan("CN", "86", 11, "0", "00", kChina),
      NumberPlan("GB", "44", 10, "0", "00", kBritain),
      NumberPlan("US", "1", 10, "", "", kNorthAmerica, kNorthAmericaMinFourth)};
  return all;
}

struct Digits {
  std::array<char, kMaxDigits> text{};
  std::size_t size = 0;
  std::string_view view() const { return {text.data(), size}; }
};

// False when there is anything but digits and the usual separators, or too many digits.
bool collect_digits(std::string_view text, Digits& digits) {
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      if (digits.size == kMaxDigits) return false;
      digits.text[digits.size++] = c;
    } else if (c != ' ' && c != '-' && c != '.' && c != '(' && c != ')') {
      return false;
    }
  }
  return digits.size > 0;
}

}  // namespace

std::string e164_by_plan(std::string_view text, std::string_view country) {
  const bool is_international = text.starts_with('+');
  if (is_international) text.remove_prefix(1);
  Digits digits;
  if (!collect_digits(text, digits)) return {};
  for (const NumberPlan& plan : plans()) {
    if (is_international) {
      if (std::string number = plan.read_international(digits.view()); !number.empty())
        return number;
    } else if (plan.country() == country) {
      return plan.read_national(digits.view());
    }
  }
  return {};
}

}  // namespace cdh
