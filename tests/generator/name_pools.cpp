#include "tests/generator/name_pools.hpp"

namespace cdh::generator {

namespace {

constexpr GivenName kPolishWomen[] = {
    {"Anna", "Ania"},         {"Katarzyna", "Kasia"},  {"Maria", "Marysia"},
    {"Małgorzata", "Gosia"},  {"Agnieszka", "Aga"},    {"Barbara", "Basia"},
    {"Ewa", "Ewka"},          {"Magdalena", "Magda"},  {"Elżbieta", "Ela"},
    {"Joanna", "Asia"},       {"Krystyna", "Krysia"},  {"Aleksandra", "Ola"},
    {"Monika", ""},           {"Zofia", "Zosia"},      {"Teresa", "Terenia"},
    {"Natalia", "Natalka"},   {"Julia", "Julka"},      {"Danuta", "Danusia"},
    {"Karolina", "Karola"},   {"Marta", "Martusia"},   {"Beata", ""},
    {"Dorota", "Dorotka"},    {"Jadwiga", "Jadzia"},   {"Alicja", "Ala"},
    {"Zuzanna", "Zuzia"},     {"Hanna", "Hania"},      {"Iwona", "Iwonka"},
    {"Halina", "Halinka"},    {"Justyna", "Justynka"}, {"Wiktoria", "Wika"},
    {"Emilia", "Emilka"},     {"Grażyna", "Grażynka"}, {"Weronika", "Wera"},
    {"Renata", "Renia"},      {"Patrycja", "Pati"},    {"Sylwia", "Sylwunia"},
    {"Helena", "Hela"},       {"Oliwia", "Oliwka"},    {"Bożena", "Bożenka"},
    {"Izabela", "Iza"},       {"Żaneta", "Żanetka"},   {"Łucja", "Łucka"},
    {"Stanisława", "Stasia"}, {"Lucyna", "Lucynka"}};

constexpr GivenName kPolishMen[] = {
    {"Jan", "Janek"},        {"Piotr", "Piotrek"},      {"Krzysztof", "Krzysiek"},
    {"Andrzej", "Jędrek"},   {"Tomasz", "Tomek"},       {"Paweł", "Pawełek"},
    {"Michał", "Michałek"},  {"Marcin", "Marcinek"},    {"Jakub", "Kuba"},
    {"Adam", "Adaś"},        {"Stanisław", "Staszek"},  {"Marek", "Mareczek"},
    {"Łukasz", "Łukaszek"},  {"Grzegorz", "Grzesiek"},  {"Mateusz", "Mati"},
    {"Wojciech", "Wojtek"},  {"Mariusz", "Mario"},      {"Dariusz", "Darek"},
    {"Zbigniew", "Zbyszek"}, {"Maciej", "Maciek"},      {"Rafał", "Rafałek"},
    {"Robert", "Robuś"},     {"Kamil", "Kamilek"},      {"Jerzy", "Jurek"},
    {"Szymon", "Szymek"},    {"Kacper", "Kacperek"},    {"Jacek", "Jacuś"},
    {"Bartosz", "Bartek"},   {"Artur", "Arturek"},      {"Sławomir", "Sławek"},
    {"Aleksander", "Olek"},  {"Filip", "Filipek"},      {"Józef", "Józek"},
    {"Henryk", "Heniek"},    {"Przemysław", "Przemek"}, {"Antoni", "Antek"},
    {"Władysław", "Władek"}, {"Dominik", "Domino"},     {"Zdzisław", "Zdzisiek"},
    {"Radosław", "Radek"},   {"Wiesław", "Wiesiek"},    {"Bogdan", "Boguś"},
    {"Ignacy", "Ignaś"},     {"Franciszek", "Franek"}};

constexpr GivenName kBritishWomen[] = {{"Margaret", "Maggie"},  {"Elizabeth", "Liz"},
                                       {"Susan", "Sue"},        {"Sarah", ""},
                                       {"Emma", "Em"},          {"Catherine", "Kate"},
                                       {"Jennifer", "Jenny"},   {"Rebecca", "Becky"},
                                       {"Victoria", "Vicky"},   {"Christine", "Chris"},
                                       {"Patricia", "Pat"},     {"Deborah", "Debbie"},
                                       {"Charlotte", "Lottie"}, {"Jessica", "Jess"},
                                       {"Samantha", "Sam"},     {"Amanda", "Mandy"},
                                       {"Olivia", "Liv"},       {"Sophie", "Soph"},
                                       {"Amelia", "Millie"},    {"Isabella", "Bella"},
                                       {"Alexandra", "Alex"},   {"Jacqueline", "Jackie"},
                                       {"Pamela", "Pam"},       {"Gillian", "Gill"},
                                       {"Hannah", ""},          {"Lucy", ""},
                                       {"Grace", ""},           {"Eleanor", "Ellie"},
                                       {"Abigail", "Abby"},     {"Nicola", "Nicky"},
                                       {"Theresa", "Terri"},    {"Frances", "Fran"}};

constexpr GivenName kBritishMen[] = {
    {"David", "Dave"},     {"John", "Jack"},     {"Michael", "Mike"},
    {"James", "Jim"},      {"Robert", "Bob"},    {"William", "Bill"},
    {"Richard", "Dick"},   {"Thomas", "Tom"},    {"Christopher", "Chris"},
    {"Andrew", "Andy"},    {"Stephen", "Steve"}, {"Anthony", "Tony"},
    {"Matthew", "Matt"},   {"Daniel", "Dan"},    {"Edward", "Ted"},
    {"Benjamin", "Ben"},   {"Joseph", "Joe"},    {"Samuel", "Sam"},
    {"Alexander", "Alex"}, {"Nicholas", "Nick"}, {"Jonathan", "Jon"},
    {"Kenneth", "Ken"},    {"Ronald", "Ron"},    {"Oliver", "Ollie"},
    {"Harry", ""},         {"George", ""},       {"Charles", "Charlie"},
    {"Philip", "Phil"},    {"Timothy", "Tim"},   {"Gregory", "Greg"},
    {"Frederick", "Fred"}, {"Douglas", "Doug"}};

constexpr Surname kPolishSurnames[] = {{"Nowak", "Nowak"},
                                       {"Kowalski", "Kowalska"},
                                       {"Wiśniewski", "Wiśniewska"},
                                       {"Wójcik", "Wójcik"},
                                       {"Kowalczyk", "Kowalczyk"},
                                       {"Kamiński", "Kamińska"},
                                       {"Lewandowski", "Lewandowska"},
                                       {"Zieliński", "Zielińska"},
                                       {"Szymański", "Szymańska"},
                                       {"Woźniak", "Woźniak"},
                                       {"Dąbrowski", "Dąbrowska"},
                                       {"Kozłowski", "Kozłowska"},
                                       {"Jankowski", "Jankowska"},
                                       {"Mazur", "Mazur"},
                                       {"Kwiatkowski", "Kwiatkowska"},
                                       {"Krawczyk", "Krawczyk"},
                                       {"Kaczmarek", "Kaczmarek"},
                                       {"Piotrowski", "Piotrowska"},
                                       {"Grabowski", "Grabowska"},
                                       {"Zając", "Zając"},
                                       {"Pawłowski", "Pawłowska"},
                                       {"Michalski", "Michalska"},
                                       {"Król", "Król"},
                                       {"Wieczorek", "Wieczorek"},
                                       {"Jabłoński", "Jabłońska"},
                                       {"Wróbel", "Wróbel"},
                                       {"Nowakowski", "Nowakowska"},
                                       {"Majewski", "Majewska"},
                                       {"Olszewski", "Olszewska"},
                                       {"Stępień", "Stępień"},
                                       {"Malinowski", "Malinowska"},
                                       {"Jaworski", "Jaworska"},
                                       {"Adamczyk", "Adamczyk"},
                                       {"Dudek", "Dudek"},
                                       {"Nowicki", "Nowicka"},
                                       {"Pawlak", "Pawlak"},
                                       {"Górski", "Górska"},
                                       {"Witkowski", "Witkowska"},
                                       {"Walczak", "Walczak"},
                                       {"Sikora", "Sikora"},
                                       {"Baran", "Baran"},
                                       {"Rutkowski", "Rutkowska"},
                                       {"Michalak", "Michalak"},
                                       {"Szewczyk", "Szewczyk"},
                                       {"Ostrowski", "Ostrowska"},
                                       {"Tomaszewski", "Tomaszewska"},
                                       {"Pietrzak", "Pietrzak"},
                                       {"Zalewski", "Zalewska"},
                                       {"Wróblewski", "Wróblewska"},
                                       {"Marciniak", "Marciniak"},
                                       {"Jasiński", "Jasińska"},
                                       {"Zawadzki", "Zawadzka"},
                                       {"Bąk", "Bąk"},
                                       {"Jakubowski", "Jakubowska"},
                                       {"Sadowski", "Sadowska"},
                                       {"Duda", "Duda"},
                                       {"Włodarczyk", "Włodarczyk"},
                                       {"Wilk", "Wilk"},
                                       {"Chmielewski", "Chmielewska"},
                                       {"Borkowski", "Borkowska"},
                                       {"Sokołowski", "Sokołowska"},
                                       {"Szczepański", "Szczepańska"},
                                       {"Sawicki", "Sawicka"},
                                       {"Kucharski", "Kucharska"},
                                       {"Lis", "Lis"},
                                       {"Maciejewski", "Maciejewska"},
                                       {"Kubiak", "Kubiak"},
                                       {"Kalinowski", "Kalinowska"},
                                       {"Mazurek", "Mazurek"},
                                       {"Wysocki", "Wysocka"},
                                       {"Kołodziej", "Kołodziej"},
                                       {"Kaźmierczak", "Kaźmierczak"},
                                       {"Czarnecki", "Czarnecka"},
                                       {"Sobczak", "Sobczak"},
                                       {"Konieczny", "Konieczna"},
                                       {"Urbański", "Urbańska"},
                                       {"Głowacki", "Głowacka"},
                                       {"Wasilewski", "Wasilewska"},
                                       {"Sikorski", "Sikorska"},
                                       {"Zakrzewski", "Zakrzewska"},
                                       {"Krajewski", "Krajewska"},
                                       {"Krupa", "Krupa"},
                                       {"Laskowski", "Laskowska"},
                                       {"Ziółkowski", "Ziółkowska"},
                                       {"Gajewski", "Gajewska"},
                                       {"Mróz", "Mróz"},
                                       {"Brzeziński", "Brzezińska"},
                                       {"Szulc", "Szulc"},
                                       {"Makowski", "Makowska"},
                                       {"Baranowski", "Baranowska"},
                                       {"Kaczmarczyk", "Kaczmarczyk"},
                                       {"Cieślak", "Cieślak"},
                                       {"Błaszczyk", "Błaszczyk"},
                                       {"Górecki", "Górecka"},
                                       {"Przybylski", "Przybylska"},
                                       {"Żak", "Żak"}};

constexpr Surname kBritishSurnames[] = {{"Smith", "Smith"},
                                        {"Jones", "Jones"},
                                        {"Taylor", "Taylor"},
                                        {"Brown", "Brown"},
                                        {"Williams", "Williams"},
                                        {"Wilson", "Wilson"},
                                        {"Johnson", "Johnson"},
                                        {"Davies", "Davies"},
                                        {"Patel", "Patel"},
                                        {"Wright", "Wright"},
                                        {"Walker", "Walker"},
                                        {"White", "White"},
                                        {"Thompson", "Thompson"},
                                        {"Green", "Green"},
                                        {"Hall", "Hall"},
                                        {"Wood", "Wood"},
                                        {"Harris", "Harris"},
                                        {"Lewis", "Lewis"},
                                        {"Martin", "Martin"},
                                        {"Jackson", "Jackson"},
                                        {"Clarke", "Clarke"},
                                        {"Clark", "Clark"},
                                        {"Turner", "Turner"},
                                        {"Hill", "Hill"},
                                        {"Scott", "Scott"},
                                        {"Cooper", "Cooper"},
                                        {"Morris", "Morris"},
                                        {"Ward", "Ward"},
                                        {"Moore", "Moore"},
                                        {"King", "King"},
                                        {"Watson", "Watson"},
                                        {"Baker", "Baker"},
                                        {"Harrison", "Harrison"},
                                        {"Morgan", "Morgan"},
                                        {"Khan", "Khan"},
                                        {"Young", "Young"},
                                        {"Allen", "Allen"},
                                        {"Mitchell", "Mitchell"},
                                        {"Phillips", "Phillips"},
                                        {"Lee", "Lee"},
                                        {"O'Brien", "O'Brien"},
                                        {"Ahmed", "Ahmed"},
                                        {"Bennett", "Bennett"},
                                        {"Gray", "Gray"},
                                        {"Ellis", "Ellis"},
                                        {"Murphy", "Murphy"},
                                        {"Shaw", "Shaw"},
                                        {"Stewart", "Stewart"},
                                        {"Graham", "Graham"},
                                        {"Begum", "Begum"},
                                        {"Fletcher", "Fletcher"},
                                        {"Carr", "Carr"},
                                        {"Whitehouse", "Whitehouse"},
                                        {"McDonald", "McDonald"},
                                        {"Hargreaves", "Hargreaves"},
                                        {"Pemberton", "Pemberton"},
                                        {"Ashworth", "Ashworth"},
                                        {"Holloway", "Holloway"}};

constexpr ChineseWord kChineseSurnames[] = {
    {"王", "Wang"},   {"李", "Li"},     {"张", "Zhang"}, {"刘", "Liu"},   {"陈", "Chen"},
    {"杨", "Yang"},   {"黄", "Huang"},  {"赵", "Zhao"},  {"吴", "Wu"},    {"周", "Zhou"},
    {"徐", "Xu"},     {"孙", "Sun"},    {"马", "Ma"},    {"朱", "Zhu"},   {"胡", "Hu"},
    {"郭", "Guo"},    {"何", "He"},     {"林", "Lin"},   {"高", "Gao"},   {"罗", "Luo"},
    {"郑", "Zheng"},  {"梁", "Liang"},  {"谢", "Xie"},   {"宋", "Song"},  {"唐", "Tang"},
    {"许", "Xu"},     {"韩", "Han"},    {"冯", "Feng"},  {"邓", "Deng"},  {"曹", "Cao"},
    {"彭", "Peng"},   {"曾", "Zeng"},   {"肖", "Xiao"},  {"田", "Tian"},  {"董", "Dong"},
    {"潘", "Pan"},    {"袁", "Yuan"},   {"蔡", "Cai"},   {"蒋", "Jiang"}, {"余", "Yu"},
    {"于", "Yu"},     {"杜", "Du"},     {"叶", "Ye"},    {"程", "Cheng"}, {"魏", "Wei"},
    {"苏", "Su"},     {"吕", "Lü"},     {"丁", "Ding"},  {"任", "Ren"},   {"欧阳", "Ouyang"},
    {"司马", "Sima"}, {"诸葛", "Zhuge"}};

constexpr ChineseWord kChineseWomen[] = {
    {"芳", "Fang"}, {"娜", "Na"},  {"敏", "Min"}, {"静", "Jing"}, {"丽", "Li"},   {"艳", "Yan"},
    {"娟", "Juan"}, {"霞", "Xia"}, {"秀", "Xiu"}, {"燕", "Yan"},  {"玲", "Ling"}, {"桂", "Gui"},
    {"英", "Ying"}, {"梅", "Mei"}, {"雪", "Xue"}, {"婷", "Ting"}, {"慧", "Hui"},  {"莹", "Ying"},
    {"雨", "Yu"},   {"欣", "Xin"}, {"佳", "Jia"}, {"怡", "Yi"},   {"琳", "Lin"},  {"倩", "Qian"}};

constexpr ChineseWord kChineseMen[] = {
    {"伟", "Wei"}, {"强", "Qiang"}, {"磊", "Lei"},  {"军", "Jun"},  {"洋", "Yang"}, {"勇", "Yong"},
    {"杰", "Jie"}, {"涛", "Tao"},   {"明", "Ming"}, {"超", "Chao"}, {"刚", "Gang"}, {"平", "Ping"},
    {"辉", "Hui"}, {"鹏", "Peng"},  {"华", "Hua"},  {"飞", "Fei"},  {"建", "Jian"}, {"国", "Guo"},
    {"志", "Zhi"}, {"文", "Wen"},   {"海", "Hai"},  {"宇", "Yu"},   {"浩", "Hao"},  {"俊", "Jun"}};

constexpr std::string_view kWesternWomen[] = {"Amy", "Cindy", "Lily", "Vivian", "Grace", "Helen"};
constexpr std::string_view kWesternMen[] = {"Kevin", "Jason", "Eric", "Leo", "Jacky", "Frank"};

}  // namespace

std::string_view code_of(Country country) {
  switch (country) {
    case Country::poland:
      return "PL";
    case Country::britain:
      return "GB";
    case Country::china:
      return "CN";
  }
  return "";
}

std::span<const GivenName> given_names(Country country, bool female) {
  if (country == Country::poland) {
    return female ? std::span<const GivenName>(kPolishWomen) : kPolishMen;
  }
  return female ? std::span<const GivenName>(kBritishWomen) : kBritishMen;
}

std::span<const Surname> surnames(Country country) {
  return country == Country::poland ? std::span<const Surname>(kPolishSurnames) : kBritishSurnames;
}

std::span<const ChineseWord> chinese_surnames() { return kChineseSurnames; }

std::span<const ChineseWord> chinese_given_words(bool female) {
  return female ? std::span<const ChineseWord>(kChineseWomen) : kChineseMen;
}

std::span<const std::string_view> western_names(bool female) {
  return female ? std::span<const std::string_view>(kWesternWomen) : kWesternMen;
}

}  // namespace cdh::generator
