#include "tests/generator/place_pools.hpp"

namespace cdh::generator {

namespace {

using std::string_view;

constexpr Place kPolishPlaces[] = {
    {"Warszawa", "", "00", "22"},  {"Kraków", "", "30", "12"},    {"Wrocław", "", "50", "71"},
    {"Łódź", "", "90", "42"},      {"Poznań", "", "60", "61"},    {"Gdańsk", "", "80", "58"},
    {"Szczecin", "", "70", "91"},  {"Bydgoszcz", "", "85", "52"}, {"Lublin", "", "20", "81"},
    {"Białystok", "", "15", "85"}, {"Katowice", "", "40", "32"},  {"Częstochowa", "", "42", "34"},
    {"Radom", "", "26", "48"},     {"Toruń", "", "87", "56"},     {"Rzeszów", "", "35", "17"}};
constexpr Place kBritishPlaces[] = {
    {"London", "", "SW", "20"},     {"Birmingham", "", "B", "121"},  {"Manchester", "", "M", "161"},
    {"Glasgow", "", "G", "141"},    {"Leeds", "", "LS", "113"},      {"Liverpool", "", "L", "151"},
    {"Sheffield", "", "S", "114"},  {"Edinburgh", "", "EH", "131"},  {"Bristol", "", "BS", "117"},
    {"Leicester", "", "LE", "116"}, {"Nottingham", "", "NG", "115"}, {"Reading", "", "RG", "118"}};
constexpr Place kChinesePlaces[] = {
    {"Beijing", "北京市", "100", "10"},   {"Shanghai", "上海市", "200", "21"},
    {"Guangzhou", "广州市", "510", "20"}, {"Shenzhen", "深圳市", "518", "755"},
    {"Hangzhou", "杭州市", "310", "571"}, {"Chengdu", "成都市", "610", "28"},
    {"Nanjing", "南京市", "210", "25"},   {"Wuhan", "武汉市", "430", "27"}};

constexpr string_view kPolishStreets[] = {
    "ul. Polna",        "ul. Leśna",    "ul. Słoneczna",   "ul. Krótka",       "ul. Szkolna",
    "ul. Ogrodowa",     "ul. Lipowa",   "ul. Łąkowa",      "ul. Brzozowa",     "ul. Kwiatowa",
    "ul. Kościelna",    "ul. Sosnowa",  "ul. Zielona",     "ul. Parkowa",      "ul. Akacjowa",
    "ul. Kolejowa",     "ul. Długa",    "ul. Mickiewicza", "ul. Sienkiewicza", "al. Niepodległości",
    "ul. Piłsudskiego", "pl. Wolności", "os. Tysiąclecia", "ul. Żeromskiego",  "ul. Świętojańska"};
constexpr string_view kBritishStreets[] = {
    "High Street",  "Station Road",  "Church Lane",    "Victoria Road",  "Green Lane",
    "Manor Road",   "Park Avenue",   "Queens Road",    "Mill Lane",      "The Crescent",
    "Grange Road",  "Kings Close",   "Chapel Street",  "Albert Terrace", "Springfield Drive",
    "Windsor Road", "Richmond Hill", "St John's Road", "Orchard Way",    "Highfield Gardens"};
constexpr ChineseWord kChineseStreets[] = {
    {"建国路", "Jianguo Road"},   {"人民路", "Renmin Road"},     {"中山路", "Zhongshan Road"},
    {"解放路", "Jiefang Road"},   {"和平街", "Heping Street"},   {"长江路", "Changjiang Road"},
    {"文化路", "Wenhua Road"},    {"新华街", "Xinhua Street"},   {"南京路", "Nanjing Road"},
    {"胜利街", "Shengli Street"}, {"科技园路", "Kejiyuan Road"}, {"花园街", "Huayuan Street"}};
constexpr string_view kChineseStreetsInPinyin[] = {
    "Jianguo Road",    "Renmin Road", "Zhongshan Road", "Jiefang Road",   "Heping Street",
    "Changjiang Road", "Wenhua Road", "Xinhua Street",  "Shengli Street", "Huayuan Street"};

constexpr string_view kPolishCompanyWords[] = {
    "Alfa",    "Bałtyk",   "Wisła",   "Tatry",   "Orion", "Meblex", "Agro",     "Pol-Stal",
    "Eko",     "Mazowsze", "Sokół",   "Dąb",     "Sigma", "Żubr",   "Omega",    "Jantar",
    "Polonia", "Krokus",   "Warta",   "Beskid",  "Nova",  "Kamień", "Delta",    "Zefir",
    "Iskra",   "Jaskółka", "Pomorze", "Karpaty", "Termo", "Granit", "Bursztyn", "Złoty Róg"};
constexpr string_view kPolishTrades[] = {"Bud",       "Trans",     "Meble",       "Instalacje",
                                         "Logistyka", "Serwis",    "Hurtownia",   "Produkcja",
                                         "Ogrody",    "Piekarnia", "Gastronomia", "Druk",
                                         "Systemy",   "Hotele",    "Szkolenia"};
constexpr string_view kBritishCompanyWords[] = {
    "Northgate", "Riverside",  "Oakwood",   "Pennine",  "Thames",  "Beacon",
    "Kestrel",   "Harbour",    "Albion",    "Foxglove", "Castle",  "Summit",
    "Westbrook", "Ironbridge", "Meadow",    "Lantern",  "Crown",   "Granary",
    "Highland",  "Seven Oaks", "Millstone", "Wharf",    "Ashdown", "Severn"};
constexpr string_view kBritishTrades[] = {
    "Catering",   "Logistics", "Joinery", "Interiors", "Hotels",      "Services", "Trading",
    "Consulting", "Print",     "Gardens", "Bakery",    "Engineering", "Systems",  "Training"};
constexpr ChineseWord kChineseCompanyWords[] = {
    {"华信", "Huaxin"},     {"东方", "Dongfang"}, {"金龙", "Jinlong"},   {"海天", "Haitian"},
    {"长城", "Changcheng"}, {"宏达", "Hongda"},   {"瑞丰", "Ruifeng"},   {"恒通", "Hengtong"},
    {"天成", "Tiancheng"},  {"新光", "Xinguang"}, {"永盛", "Yongsheng"}, {"嘉禾", "Jiahe"},
    {"明远", "Mingyuan"},   {"三江", "Sanjiang"}, {"百川", "Baichuan"},  {"万象", "Wanxiang"}};
constexpr ChineseWord kChineseTrades[] = {{"科技", "Technology"},  {"贸易", "Trading"},
                                          {"电子", "Electronics"}, {"物流", "Logistics"},
                                          {"食品", "Food"},        {"机械", "Machinery"},
                                          {"酒店", "Hotel"},       {"进出口", "Import & Export"}};

constexpr LegalForm kPolishForms[] = {{"Spółka z ograniczoną odpowiedzialnością", "Sp. z o.o."},
                                      {"spółka jawna", "sp.j."},
                                      {"Spółka Akcyjna", "S.A."},
                                      {"spółka komandytowa", "sp.k."},
                                      {"spółka cywilna", "s.c."}};
constexpr LegalForm kBritishForms[] = {{"Limited", "Ltd"},
                                       {"Public Limited Company", "PLC"},
                                       {"Limited Liability Partnership", "LLP"}};
constexpr LegalForm kChineseForms[] = {
    {"有限公司", "Co., Ltd."}, {"有限责任公司", "Co., Ltd."}, {"股份有限公司", "Inc."}};

constexpr string_view kPolishJobs[] = {
    "Prezes Zarządu",          "Kierownik Zakupów", "Dyrektor Handlowy", "Główna Księgowa",
    "Specjalista ds. zakupów", "Kierownik biura",   "Właściciel",        "Kierownik produkcji"};
constexpr string_view kBritishJobs[] = {"Managing Director",  "Head of Procurement", "Buyer",
                                        "Office Manager",     "Finance Director",    "Owner",
                                        "Operations Manager", "Facilities Manager"};
constexpr string_view kChineseJobs[] = {
    "总经理", "采购经理", "Sales Director", "Purchasing Manager", "财务总监", "General Manager"};

constexpr string_view kPolishMail[] = {"poczta.example", "skrzynka.example", "mail.example",
                                       "listy.example", "internet.example"};
constexpr string_view kBritishMail[] = {"mail.example", "postbox.example", "inbox.example",
                                        "broadband.example"};
constexpr string_view kChineseMail[] = {"youxiang.example", "mail.example", "xinfeng.example"};

// The pool of one country among the three.
template <typename T>
std::span<const T> of(Country country, std::span<const T> poland, std::span<const T> britain,
                      std::span<const T> china) {
  if (country == Country::poland) return poland;
  return country == Country::britain ? britain : china;
}

}  // namespace

std::span<const Place> places(Country country) {
  return of<Place>(country, kPolishPlaces, kBritishPlaces, kChinesePlaces);
}

std::span<const string_view> streets(Country country) {
  return of<string_view>(country, kPolishStreets, kBritishStreets, kChineseStreetsInPinyin);
}

std::span<const ChineseWord> chinese_streets() { return kChineseStreets; }

std::span<const string_view> company_words(Country country) {
  return country == Country::poland ? std::span<const string_view>(kPolishCompanyWords)
                                    : kBritishCompanyWords;
}

std::span<const string_view> company_trades(Country country) {
  return country == Country::poland ? std::span<const string_view>(kPolishTrades) : kBritishTrades;
}

std::span<const ChineseWord> chinese_company_words() { return kChineseCompanyWords; }

std::span<const ChineseWord> chinese_company_trades() { return kChineseTrades; }

std::span<const LegalForm> legal_forms(Country country) {
  return of<LegalForm>(country, kPolishForms, kBritishForms, kChineseForms);
}

std::span<const string_view> job_titles(Country country) {
  return of<string_view>(country, kPolishJobs, kBritishJobs, kChineseJobs);
}

std::span<const string_view> mail_domains(Country country) {
  return of<string_view>(country, kPolishMail, kBritishMail, kChineseMail);
}

}  // namespace cdh::generator
