#include "hub/config/field_words.hpp"

#include <array>
#include <string>
#include <utility>

#include "hub/base/text.hpp"

namespace cdh {

namespace {

using enum FieldPlace;

struct Words {
  FieldPlace place;
  std::string_view field;
  std::string_view words;  // folded, between blanks
};

// A whole name that is listed wins over a name that only ends in a listed word; then the order
// here.
constexpr Words kWords[] = {
    {contact, "emails",
     "email mail emailaddress mailaddress adresemail adresmailowy adrespocztyelektronicznej "
     "emailadresse mailadresse 邮箱 电子邮箱 电子邮件 邮件 邮箱地址"},
    {contact, "phones",
     "phone phonenumber telephone tel mobile mobilephone cell cellphone telefon numertelefonu "
     "nrtelefonu telefonkomorkowy komorka telefonnummer handy handynummer mobil 电话 电话号码 手机 "
     "手机号 手机号码 联系电话"},
    {person, "given_name",
     "first firstname fname givenname forename imie pierwszeimie vorname 名 名字"},
    {person, "additional_name", "middlename drugieimie zweitervorname"},
    {person, "family_name",
     "last lastname lname surname familyname nazwisko nachname familienname zuname 姓 姓氏"},
    {person, "native_name",
     "fullname contactname imieinazwisko imienazwisko nazwiskoiimie vollername 姓名 客户姓名 "
     "联系人"},
    {person, "birth_date",
     "dob birthdate dateofbirth birthday dataurodzenia geburtsdatum geburtstag 出生日期 生日"},
    {person, "gender", "gender sex plec geschlecht 性别"},
    {person, "honorific_prefix", "salutation anrede zwrotgrzecznosciowy"},
    {person, "occupation", "occupation zawod beruf 职业"},
    {organization, "name",
     "company companyname organization organisation organizationname firma nazwafirmy nazwa "
     "firmenname unternehmen 公司 公司名称 企业名称 单位名称"},
    {organization, "tax_id",
     "nip taxid taxno vat vatid vatno vatnumber nrnip ustid ustidnr steuernummer 税号 "
     "纳税人识别号"},
    {organization, "registration_id",
     "regon krs nrkrs registrationnumber handelsregister hrb 统一社会信用代码 注册号"},
    {organization, "url", "website www stronawww stronainternetowa webseite 网站 网址"},
    {contact, "street_address",
     "street streetaddress address addressline address1 ulica adres strasse anschrift adresse 地址 "
     "街道 详细地址"},
    {contact, "postal_code",
     "zip zipcode postcode postalcode kodpocztowy plz postleitzahl 邮编 邮政编码"},
    {contact, "address_locality",
     "city town locality miasto miejscowosc ort stadt wohnort 城市 市"},
    {contact, "address_region", "state region province county wojewodztwo bundesland 省 省份"},
    {contact, "address_country", "country countrycode kraj panstwo land 国家"},
    {contact, "identifiers", "pesel nrpesel"},
    {order, "number",
     "orderno ordernumber orderid numerzamowienia nrzamowienia bestellnummer auftragsnummer 订单号 "
     "订单编号"},
    {order, "order_date", "orderdate datazamowienia bestelldatum auftragsdatum 订单日期 下单时间"},
    {order, "total",
     "total ordertotal totalamount grandtotal wartosc wartoscbrutto gesamtbetrag summe 总额 总金额 "
     "订单金额"},
    {order, "currency", "currency waluta wahrung 货币 币种"},
    {updated_at, "",
     "lastchanged updatedat updated lastmodified modifiedat lastupdate datamodyfikacji zmieniono "
     "geandertam anderungsdatum 更新时间 修改时间"},
    {key, "",
     "id uid uuid guid memberid customerid customerno custno clientid contactid recordid nrklienta "
     "idklienta "
     "kundennummer kundennr 编号 客户编号 会员号"},
    {any_name, "", "name customername clientname klient kunde 名称 客户名称"},
};

// Letters with accents, in both cases, and what is left of them.
constexpr std::array<std::pair<std::string_view, char>, 26> kAccents = {{
    {"ą", 'a'}, {"ć", 'c'}, {"ę", 'e'}, {"ł", 'l'}, {"ń", 'n'}, {"ó", 'o'}, {"ś", 's'},
    {"ź", 'z'}, {"ż", 'z'}, {"ä", 'a'}, {"ö", 'o'}, {"ü", 'u'}, {"é", 'e'}, {"Ą", 'a'},
    {"Ć", 'c'}, {"Ę", 'e'}, {"Ł", 'l'}, {"Ń", 'n'}, {"Ó", 'o'}, {"Ś", 's'}, {"Ź", 'z'},
    {"Ż", 'z'}, {"Ä", 'a'}, {"Ö", 'o'}, {"Ü", 'u'}, {"É", 'e'},
}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Lower case letters and digits, without accents, blanks, punctuation and a number at the end.
std::string folded(std::string_view name) {
  std::string out;
  while (!name.empty()) {
    const char c = name.front();
    if (static_cast<unsigned char>(c) < 0x80) {
      if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c)) out += c;
      name.remove_prefix(1);
      continue;
    }
    if (name.starts_with("ß")) {
      out += "ss";
      name.remove_prefix(2);
      continue;
    }
    bool plain = false;
    for (const auto& [accented, letter] : kAccents) {
      if (!name.starts_with(accented)) continue;
      out += letter;
      name.remove_prefix(accented.size());
      plain = true;
      break;
    }
    if (plain) continue;
    out += c;
    name.remove_prefix(1);
  }
  while (!out.empty() && is_digit(out.back())) out.pop_back();
  return ascii_lower(out);
}

// Short words end too many others: "total" is no "tal", and "valid" no "id".
constexpr std::size_t kMinSuffixBytes = 4;

}  // namespace

FieldGuess guess_field(std::string_view name) {
  const std::string wanted = folded(name);
  if (wanted.empty()) return {};
  FieldGuess partial;
  for (const Words& entry : kWords) {
    for (const std::string_view word : split(entry.words, ' ')) {
      if (wanted == word) return {entry.place, entry.field};
      if (partial.place == none && entry.place != any_name && word.size() >= kMinSuffixBytes &&
          wanted.ends_with(word)) {
        partial = {entry.place, entry.field};
      }
    }
  }
  return partial;
}

}  // namespace cdh
