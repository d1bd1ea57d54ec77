#include "hub/config/field_words.hpp"

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "hub/base/text.hpp"

namespace cdh {

namespace {

using enum FieldPlace;

struct Words {
  FieldPlace place;
  std::string_view field;
  std::string_view words;  // folded, between blanks; "=" before one that must be the whole name
};

// A name that is listed counts as it stands; else the longest word that it ends in. Of equal words
// the first.
constexpr Words kWords[] = {
    {contact, "emails",
     "email mail emailaddress mailaddress emailvalue smtpaddr adresemail adresmailowy "
     "adrespocztyelektronicznej emailadresse mailadresse 邮箱 电子邮箱 电子邮件 邮件 邮箱地址 "
     "电子邮件地址"},
    {contact, "phones",
     "phone phonenumber phonevalue telephone tel telf =mobile mobilephone mobilenumber cell "
     "cellphone telefon numertelefonu nrtelefonu telefonkomorkowy numertelefonukomorkowego "
     "telefondomowy telefonsluzbowy telefonstacjonarny telefonkontaktowy telkom telkomorkowy "
     "komorka telefonnummer mobilnummer handy handynummer =mobil 电话 电话号码 手机 手机号 "
     "手机号码 "
     "联系电话 電話"},
    {person, "given_name",
     "=first firstname namefirst fname givenname forename imie pierwszeimie vorname =名 名字"},
    {person, "additional_name", "middlename additionalname drugieimie zweitervorname"},
    {person, "family_name",
     "=last lastname namelast lname surname familyname nazwisko nachname familienname zuname =姓 "
     "姓氏"},
    {whole_name, "",
     "fullname contactname personname nameandsurname namesurname firstandlastname imieinazwisko "
     "imienazwisko vollername vollstandigername vorundnachname vorundzuname vornamenachname 姓名 "
     "客户姓名 联系人 收货人 收件人"},
    {whole_name, "family_first",
     "nazwiskoiimie nazwiskoimie nachnamevorname nachnameundvorname surnameandname "
     "lastnamefirstname"},
    {none, "", "phoneticfirstname phoneticmiddlename phoneticlastname yomifirstname yomilastname"},
    {person, "birth_date",
     "dob birthdate dateofbirth birthday dataurodzenia geburtsdatum geburtstag 出生日期 生日"},
    {person, "gender", "gender sex plec geschlecht 性别 性別"},
    {person, "honorific_prefix", "salutation nameprefix anrede zwrotgrzecznosciowy"},
    {person, "honorific_suffix", "=suffix namesuffix"},
    {person, "occupation", "occupation zawod beruf 职业"},
    {affiliation, "job_title",
     "jobtitle organizationtitle =position stanowisko berufsbezeichnung 职位 职务"},
    {affiliation, "department", "department dzial abteilung 部门"},
    {organization, "name",
     "company companyname organization organisation organizationname accountname firma nazwafirmy "
     "=nazwa nazwakontrahenta firmenname unternehmen 公司 公司名称 企业名称 单位名称"},
    {organization, "tax_id",
     "nip taxid taxno =vat vatid vatno vatnumber nrnip ustid ustidnr steuernummer stceg 税号 "
     "纳税人识别号"},
    {organization, "registration_id",
     "regon krs nrkrs registrationnumber handelsregister hrb 统一社会信用代码 注册号"},
    {organization, "url",
     "website websiteurl websitevalue webpage www stronawww stronainternetowa webseite 网站 网址"},
    {none, "", "ipaddress macaddress webaddress ipadresse adresip emaildisplayname"},
    {contact, "street_address",
     "street streetaddress address addressline ulica adres stras strasse strasseundhausnummer "
     "strassehausnummer strassehausnr strasseundhausnr ulicainumer ulicainrdomu anschrift adresse "
     "地址 街道 详细地址"},
    {street_part, "house",
     "nrdomu numerdomu nrbudynku housenumber houseno streetnumber hausnummer hausnr 门牌号"},
    {street_part, "flat", "nrlokalu numerlokalu nrmieszkania numermieszkania"},
    {contact, "address_line2", "adresszusatz extendedaddress addressextra"},
    {contact, "postal_code",
     "zip zipcode postcode postalcode kodpocztowy =kod plz postleitzahl pstlz 邮编 邮政编码 "
     "郵遞區號"},
    {contact, "address_locality",
     "city town locality miasto miejscowosc ort stadt wohnort 城市 =市 所在城市"},
    {none, "", "plzort plzundort kodimiasto kodimiejscowosc kodpocztowyimiasto"},
    {contact, "address_region",
     "=state mailingstate billingstate shippingstate businessstate homestate otherstate "
     "addressstate stateprovince stateregion region regio province provincecode county "
     "wojewodztwo bundesland =省 省份"},
    {contact, "address_country",
     "country countrycode countryregion kraj panstwo =land lieferland rechnungsland 国家"},
    {contact, "identifiers", "pesel nrpesel"},
    {order, "number",
     "orderno ordernumber orderid numerzamowienia nrzamowienia bestellnummer auftragsnummer 订单号 "
     "订单编号"},
    {order, "order_date", "orderdate datazamowienia bestelldatum auftragsdatum 订单日期 下单时间"},
    {order, "total",
     "=total ordertotal totalamount grandtotal =wartosc wartoscbrutto gesamtbetrag =summe 总额 "
     "总金额 订单金额"},
    {order, "currency", "currency ordercurrency waluta wahrung 货币 币种"},
    {updated_at, "",
     "lastchanged updatedat updated lastmodified modifiedat lastupdate lastmodifieddate "
     "lastmodifiedtime datamodyfikacji zmieniono geandertam anderungsdatum 更新时间 修改时间"},
    {key, "",
     "=id uid uuid guid memberid customerid customerno custno clientid contactid recordid "
     "nrklienta "
     "idklienta kodklienta kundennummer kundennr kunnr businesspartner =编号 客户编号 会员号"},
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

// Lower case letters, without accents, blanks, punctuation and digits, and where its words begin.
struct Folded {
  std::string text;
  std::vector<bool> begins_word;  // for each byte

  void append(char c, bool begins) {
    text += c;
    begins_word.push_back(begins);
  }
};

// The first character of the name; its bytes.
std::size_t append_beyond_ascii(std::string_view name, bool begins, Folded& out) {
  constexpr std::string_view kSharpS = "ß";
  if (name.starts_with(kSharpS)) {
    out.append('s', begins);
    out.append('s', false);
    return kSharpS.size();
  }
  for (const auto& [accented, letter] : kAccents) {
    if (!name.starts_with(accented)) continue;
    out.append(letter, begins);
    return accented.size();
  }
  out.append(name.front(), begins);
  return 1;
}

// A word begins behind what is no letter, and with a capital behind a small letter.
Folded folded(std::string_view name) {
  Folded out;
  bool begins = true, was_small = false;
  const auto is_small = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  while (!name.empty()) {
    const char c = name.front();
    if (static_cast<unsigned char>(c) < 0x80) {
      const bool is_letter = is_small(c) || is_capital(c);
      if (is_letter) {
        out.append(is_small(c) ? c : static_cast<char>(c - 'A' + 'a'),
                   begins || (was_small && is_capital(c)));
      }
      begins = !is_letter;
      was_small = is_small(c);
      name.remove_prefix(1);
      continue;
    }
    const std::size_t size = append_beyond_ascii(name, begins, out);
    begins = false;
    was_small = true;
    name.remove_prefix(size);
  }
  return out;
}

// Shorter words end too many others, if they do not stand apart there: "capacity" is no "city".
constexpr std::size_t kMinCompoundBytes = 5;
constexpr std::size_t kMinSuffixBytes = 3;

bool ends_in(const Folded& name, std::string_view word) {
  if (word.size() < kMinSuffixBytes || !name.text.ends_with(word)) return false;
  return word.size() >= kMinCompoundBytes || name.begins_word[name.text.size() - word.size()];
}

// "Address 2", "billing_address_2"
bool ends_in_two(std::string_view name) {
  return name.ends_with('2') && (name.size() < 2 || !is_digit(name[name.size() - 2]));
}

FieldGuess guess_by_words(const Folded& name) {
  FieldGuess partial;
  std::size_t longest = 0;
  for (const Words& entry : kWords) {
    for (std::string_view word : split(entry.words, ' ')) {
      const bool is_whole = word.starts_with('=');
      if (is_whole) word.remove_prefix(1);
      if (name.text == word) return {entry.place, entry.field};
      if (is_whole || entry.place == any_name || word.size() <= longest) continue;
      if (!ends_in(name, word)) continue;
      partial = {entry.place, entry.field};
      longest = word.size();
    }
  }
  return partial;
}

}  // namespace

FieldGuess guess_field(std::string_view name) {
  const Folded wanted = folded(name);
  if (wanted.text.empty()) return {};
  const FieldGuess guess = guess_by_words(wanted);
  const bool is_second = guess.field == "street_address" && ends_in_two(trim(name));
  return is_second ? FieldGuess{contact, "address_line2"} : guess;
}

}  // namespace cdh
