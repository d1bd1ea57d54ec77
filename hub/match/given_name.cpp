#include "hub/match/given_name.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "hub/base/text.hpp"
#include "hub/match/english_nicknames.hpp"

namespace cdh {

namespace {

// A line is a name followed by its short and pet forms. A form may stand in several lines.
constexpr std::string_view kNicknames =
    // English
    "abigail abby abbie gail\n"
    "abraham abe bram\n"
    "adelaide addie adele\n"
    "agnes aggie\n"
    "albert al bert albie\n"
    "alexander alex al alec sandy xander sasha lex aleksandr aleksander\n"
    "alexandra alex sandra lexi sasha alexa\n"
    "alfred al alf alfie fred freddie\n"
    "alice ali allie\n"
    "alison ali allie allison alyson\n"
    "amanda mandy\n"
    "amelia amy millie\n"
    "andrew andy drew\n"
    "angela angie\n"
    "anne ann annie anna\n"
    "annabel annabelle annabella anabella anabel bella belle\n"
    "anthony tony antony ant\n"
    "antonia toni\n"
    "archibald archie\n"
    "arthur art artie\n"
    "augustus gus\n"
    "barbara barb barbie babs\n"
    "bartholomew bart\n"
    "beatrice bea trixie\n"
    "benjamin ben benny benji\n"
    "bernard bernie\n"
    "bradley brad\n"
    "bridget biddy bridie\n"
    "calvin cal\n"
    "cameron cam\n"
    "carol caroline carolyn carrie\n"
    "cassandra cassie\n"
    "catherine katherine kathryn cathy kathy kate katie kay kit kitty katy cathie kathie\n"
    "charles charlie chuck chas\n"
    "charlotte lottie charlie\n"
    "christian chris\n"
    "christina chris chrissy tina christine\n"
    "christopher chris kit topher\n"
    "clifford cliff\n"
    "clinton clint\n"
    "cynthia cindy\n"
    "daniel dan danny\n"
    "danielle dani\n"
    "david dave davey davy\n"
    "deborah deb debbie debra\n"
    "dennis denny\n"
    "dominic dom nick\n"
    "donald don donnie\n"
    "dorothy dot dottie dolly\n"
    "douglas doug\n"
    "edmund ed eddie ned ted\n"
    "edward ed eddie ned ted teddy\n"
    "edwin ed eddie\n"
    "eleanor ellie nell nora elinor\n"
    "elizabeth liz lizzie beth betty bess bessie eliza libby betsy elisabeth lisa liza elsie\n"
    "emily em emmy millie\n"
    "emma em emmy\n"
    "ernest ernie\n"
    "eugene gene\n"
    "evelyn evie eve\n"
    "florence flo florrie\n"
    "frances fran franny fanny\n"
    "francis frank fran\n"
    "franklin frank\n"
    "frederick fred freddie freddy fredrick frederic\n"
    "gabriel gabe\n"
    "gabrielle gabby\n"
    "geoffrey geoff jeff jeffrey\n"
    "george georgie georg\n"
    "georgina georgie\n"
    "gerald gerry jerry\n"
    "gertrude gertie trudy\n"
    "gregory greg gregg\n"
    "gwendolyn gwen\n"
    "harold harry hal\n"
    "harriet hattie\n"
    "harrison harry\n"
    "helen nell nellie ellen\n"
    "henrietta etta hettie\n"
    "henry harry hank hal\n"
    "herbert herb bert\n"
    "howard howie\n"
    "hubert hugh bert\n"
    "ian iain\n"
    "isaac ike\n"
    "isabella bella isabel isabelle izzy\n"
    "jacob jake jay\n"
    "jacqueline jackie\n"
    "james jim jimmy jamie jem\n"
    "jane janie jenny\n"
    "janet jan\n"
    "jeffrey jeff geoff\n"
    "jennifer jen jenny jenn\n"
    "jeremy jerry jem\n"
    "jerome jerry\n"
    "jessica jess jessie\n"
    "joan joanie\n"
    "joanna jo joanne jojo\n"
    "john johnny jack jon johnnie\n"
    "jonathan jon johnny jonny jonathon\n"
    "joseph joe joey jo\n"
    "josephine jo josie\n"
    "joshua josh\n"
    "judith judy\n"
    "julia julie\n"
    "kenneth ken kenny\n"
    "kimberly kim kimberley\n"
    "kristen kris kirsten\n"
    "lauren laurie\n"
    "laurence lawrence larry laurie\n"
    "leonard len lenny leo\n"
    "leslie les lesley\n"
    "lewis lew louis\n"
    "lillian lily lil\n"
    "louis lou louie\n"
    "louise lou louisa\n"
    "lucille lucy\n"
    "madeline maddie madeleine maddy\n"
    "margaret maggie meg peggy peg marge margie greta rita madge daisy\n"
    "martha marty mattie\n"
    "martin marty\n"
    "mary molly polly mae may mamie marie\n"
    "matilda tilly tilda\n"
    "matthew matt mat\n"
    "maurice mo morris\n"
    "maxwell max\n"
    "megan meg meghan\n"
    "melissa mel missy\n"
    "michael mike mick mickey micky mikey\n"
    "michelle shelly micky\n"
    "mildred millie\n"
    "mitchell mitch\n"
    "nancy nan\n"
    "natalie nat\n"
    "nathan nate nat\n"
    "nathaniel nate nat nathan\n"
    "nicholas nick nicky nicolas\n"
    "nicole nikki nicky\n"
    "oliver ollie\n"
    "olivia liv livvy\n"
    "oscar ossie\n"
    "pamela pam\n"
    "patricia pat patty trish tricia patsy\n"
    "patrick pat paddy\n"
    "penelope penny\n"
    "peter pete\n"
    "philip phil phillip pip\n"
    "phyllis phyl\n"
    "priscilla cilla\n"
    "prudence pru prue\n"
    "rachel rae rach\n"
    "randolph randy\n"
    "raymond ray\n"
    "rebecca becky becca beck\n"
    "reginald reg reggie\n"
    "richard rick dick rich ricky richie\n"
    "robert rob bob bobby robbie bobbie bert\n"
    "roberta bobbie\n"
    "rodney rod\n"
    "roger rodge\n"
    "roland rollo rolly\n"
    "ronald ron ronnie\n"
    "rosemary rosie rose\n"
    "roxanne roxy\n"
    "rudolph rudy\n"
    "russell russ rusty\n"
    "samantha sam sammy\n"
    "samuel sam sammy\n"
    "sandra sandy\n"
    "sarah sally sadie sara\n"
    "sean shaun shawn\n"
    "sebastian seb\n"
    "sharon shaz\n"
    "sidney sid sydney\n"
    "sophia sophie\n"
    "stanley stan\n"
    "stephanie steph stephie\n"
    "stephen steven steve stevie\n"
    "stewart stuart stu stew\n"
    "susan sue susie suzie susanna suzanne\n"
    "sylvester sly\n"
    "tabitha tabby\n"
    "terence terry terrence\n"
    "teresa theresa terry tess tessa\n"
    "theodore ted teddy theo\n"
    "thomas tom tommy\n"
    "timothy tim timmy\n"
    "tobias toby\n"
    "valerie val\n"
    "vanessa nessa\n"
    "veronica ronnie\n"
    "victor vic\n"
    "victoria vicky vicki tori\n"
    "vincent vince vinny\n"
    "virginia ginny ginger\n"
    "walter walt wally\n"
    "wilfred wilf\n"
    "william will bill billy willie liam willy\n"
    "winifred winnie freda\n"
    "zachary zach zack zac\n"
    // Polish
    "adam adas\n"
    "agnieszka aga agusia\n"
    "aleksander olek alek aleks\n"
    "aleksandra ola olka olenka aleks\n"
    "alicja ala alusia\n"
    "andrzej jedrek jedrzej andrzejek\n"
    "anna ania anka anusia andzia hania\n"
    "antoni antek tosiek\n"
    "antonina tosia tonia\n"
    "barbara basia baska\n"
    "bartlomiej bartek\n"
    "bartosz bartek\n"
    "boguslaw bogdan bogus\n"
    "boguslawa boguska\n"
    "bronislaw bronek\n"
    "cezary czarek\n"
    "czeslaw czesiek\n"
    "danuta danka danusia\n"
    "dariusz darek\n"
    "dominika domi\n"
    "edward edek\n"
    "elzbieta ela elka\n"
    "eugeniusz gienek genek\n"
    "ewa ewka ewunia\n"
    "feliks felek\n"
    "franciszek franek\n"
    "gabriela gabrysia\n"
    "genowefa gienia\n"
    "grazyna grazka\n"
    "grzegorz grzesiek grzes\n"
    "hanna hania hanka\n"
    "helena hela helenka\n"
    "henryk heniek\n"
    "ignacy ignas\n"
    "irena irenka irka\n"
    "jacek jacus\n"
    "jadwiga jadzia\n"
    "jakub kuba\n"
    "jan janek jasiek jas\n"
    "janina janka jasia\n"
    "jaroslaw jarek\n"
    "jerzy jurek\n"
    "joanna asia aska joasia\n"
    "jolanta jola jolka\n"
    "jozef jozek\n"
    "jozefa jozia\n"
    "julia jula julka\n"
    "julian julek\n"
    "karolina karola karolinka\n"
    "katarzyna kasia kaska\n"
    "kazimierz kazik kazio\n"
    "kinga kinia\n"
    "krystyna krysia kryska\n"
    "krzysztof krzysiek krzys\n"
    "leszek lech leszko\n"
    "lucja lucyna lusia\n"
    "ludwik lutek\n"
    "maciej maciek\n"
    "magdalena magda madzia\n"
    "malgorzata gosia goska malgosia\n"
    "marek mareczek\n"
    "maria marysia maryla maryska marianna marie\n"
    "marta martusia\n"
    "mateusz mati\n"
    "mieczyslaw mietek\n"
    "mikolaj mikus\n"
    "miroslaw mirek\n"
    "miroslawa mirka\n"
    "monika monia\n"
    "natalia natalka\n"
    "norbert bert\n"
    "patrycja pati\n"
    "piotr piotrek piotrus\n"
    "przemyslaw przemek\n"
    "radoslaw radek\n"
    "renata renia renatka\n"
    "roman romek\n"
    "ryszard rysiek\n"
    "sebastian seba sebek\n"
    "slawomir slawek\n"
    "stanislaw staszek stasiek stas\n"
    "stanislawa stasia\n"
    "stefan stefek\n"
    "sylwester sylwek\n"
    "sylwia sylwka\n"
    "szymon szymek\n"
    "tadeusz tadek\n"
    "teresa tereska\n"
    "tomasz tomek\n"
    "urszula ula ulka\n"
    "waclaw wacek\n"
    "waldemar waldek\n"
    "wanda wandzia\n"
    "weronika wera weroniczka\n"
    "wieslaw wiesiek\n"
    "wieslawa wieska\n"
    "wiktor wiktorek\n"
    "wiktoria wika wiki\n"
    "wladyslaw wladek\n"
    "wladyslawa wladzia\n"
    "wlodzimierz wlodek\n"
    "wojciech wojtek\n"
    "zbigniew zbyszek\n"
    "zdzislaw zdzisiek\n"
    "zofia zosia zoska\n"
    "zuzanna zuzia zuza\n"
    "zygmunt zygus\n";

// Names that lie one typing error from another name, or look like one.
constexpr std::string_view kNamesAlike =
    "adela adnan adrian agata ajay ajit alan alba alina allen alma amalia amina amir amira "
    "amit aneta aniela anil anita anja anke antje arjun arleta aron arun asha aurelia aysel "
    "aysen aysun babita barry beata bernadeta bianka blanka bogdana borys bozena brayden brian "
    "bruno bryan burhan cara carla carlo carlos carmen celina clara claudia colin dagmara "
    "damian dana daniela danuta daria dario dawid della diana dina dinesh dominik donata donna "
    "dorota dylan ebru edwin edyta elena eliza elke ella elma elsa emil emilia emin emine emre "
    "eric erica erika erin erkan erma esra ethan eva evan ewelina fabian filip gaja gina "
    "gloria gokhan grace hakan halina harry hasan hayden hector heike heiko helga helge hilde "
    "hitesh holger holly hugo iga igor ilona ilse ines inga inna irina iris irma ivan iwona "
    "jade jagna jagoda jana jane janusz jason jayden joel jorge jose jowita joyce juan juana "
    "judyta julita justyna kacper kaja kalina kamil kamila kamlesh karan karen karim karin "
    "karla karol katja kavita kayden kelly kenan kerry kevin khalid kira klara klaudia konrad "
    "kornel kornelia lacy laila lara larry laura lea leena lena leo leokadia leon leona lidia "
    "liliana lina linda logan lokesh lola lorena luca lucas lucia lucyna luis luisa luiza "
    "lukasz luke macy mahesh maja majid malwina mara marcel marcela marcelina marcin marco "
    "marcus maria marian mariana marie marina mario mariola marion marisa mariusz mark markus "
    "marlena martina martyna maryam mason matylda meena megan melania mia michal michalina "
    "milan milena milosz mira mirela mohit molly mona mukesh nadia natan neha nela nestor "
    "nikodem nina nisha nitesh noah noel nora norma nurhan okan oleg olga oliwia orhan oskar "
    "otylia ozan pablo paola patryk paul paula paulina pauline pawel perry petra pola polly "
    "pooja priya rafal rajesh rakesh ramesh raul reema regan rita ritesh riya roberto rohit "
    "roksana romana rosa ross rozalia ruben ruth ryan sabina sajid salim samir samira sanjay "
    "sara saul savita seema selena sergio serkan shelly simon simone sinan sonia sonya "
    "stefania stella sumit sunil sunita suresh svenja szczepan tamara tania tanja tara tarun "
    "tatjana teena thea tina tracy turkan tymon tytus udo urban usha ute uwe varun vera vijay "
    "viola violeta volkan wahid walid wiola wit witold yana yvonne zara zenon zenona zoe zoja";

using Groups = std::vector<std::uint16_t>;

// Name to the lines it stands in. Built at the first use, constant from then on.
const std::unordered_map<std::string_view, Groups>& known_names() {
  static const auto* const names = [] {
    auto* const map = new std::unordered_map<std::string_view, Groups>;
    std::uint16_t group = 0;
    for (const std::string_view list : {kNicknames, english_nicknames()}) {
      for (const std::string_view line : split(list, '\n')) {
        for (const std::string_view name : split(line, ' ')) (*map)[name].push_back(group);
        ++group;
      }
    }
    for (const std::string_view name : split(kNamesAlike, ' ')) map->try_emplace(name);
    return map;
  }();
  return *names;
}

bool is_twice(std::string_view doubled, std::string_view name) {
  return doubled.size() == 2 * name.size() && doubled.starts_with(name) && doubled.ends_with(name);
}

bool is_pet_form_of(std::string_view pet, std::string_view name) {
  return is_twice(pet, name) ||
         (pet.starts_with("xiao") && pet.size() >= 6 && name.ends_with(pet.substr(4)));
}

// Polish pet forms that any man's name has: lukaszek of lukasz, mareczek of marek.
bool is_polish_pet_form(std::string_view pet, std::string_view name) {
  if (name.size() < 4 || !pet.ends_with("ek")) return false;
  if (pet.substr(0, pet.size() - 2) == name) return true;
  return pet.ends_with("czek") && name.ends_with('k') &&
         pet.substr(0, pet.size() - 4) == name.substr(0, name.size() - 1);
}

// English pet forms end in -y, -ie, -ey or -i as their bearers like: all read as -y here.
std::string with_plain_ending(std::string_view name) {
  constexpr std::size_t kShortestStem = 3;
  for (const std::string_view ending : {"ie", "ey", "i"}) {
    if (name.size() >= kShortestStem + ending.size() && name.ends_with(ending)) {
      return std::string(name.substr(0, name.size() - ending.size())) + "y";
    }
  }
  return std::string(name);
}

bool is_listed_nickname_of(std::string_view a, std::string_view b) {
  const auto& names = known_names();
  const auto of_a = names.find(a);
  if (of_a == names.end()) return false;
  const auto of_b = names.find(b);
  if (of_b == names.end()) return false;
  return std::ranges::find_first_of(of_a->second, of_b->second) != of_a->second.end();
}

}  // namespace

bool is_nickname_of(std::string_view a, std::string_view b) {
  if (is_polish_pet_form(a, b) || is_polish_pet_form(b, a)) return true;
  if (is_listed_nickname_of(a, b)) return true;
  const std::string plain_a = with_plain_ending(a);
  const std::string plain_b = with_plain_ending(b);
  if (plain_a == a && plain_b == b) return false;
  return plain_a == plain_b || is_listed_nickname_of(plain_a, plain_b) ||
         is_listed_nickname_of(plain_a, b) || is_listed_nickname_of(a, plain_b);
}

bool has_listed_nickname(std::string_view name) {
  return known_names().contains(name) || known_names().contains(with_plain_ending(name));
}

bool is_known_given_name(std::string_view name) { return known_names().contains(name); }

bool differs_by_gender_ending(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (a.empty()) return false;
  const char ending = b.back();
  if (b.size() == a.size() + 1) return b.starts_with(a) && (ending == 'a' || ending == 'e');
  const auto is_vowel_ending = [](char c) { return c == 'a' || c == 'o' || c == 'e' || c == 'i'; };
  return a.size() == b.size() && is_vowel_ending(a.back()) && is_vowel_ending(ending) &&
         a.substr(0, a.size() - 1) == b.substr(0, b.size() - 1);
}

bool is_chinese_pet_form(std::string_view a, std::string_view b) {
  if (std::min(a.size(), b.size()) < 2) return false;
  return is_pet_form_of(a, b) || is_pet_form_of(b, a);
}

}  // namespace cdh
