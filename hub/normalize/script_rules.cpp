#include "hub/normalize/script_rules.hpp"

namespace cdh {

namespace {

// Silenced letters and signs of tone and pause go; two consonants side by side have an "a" between
// them, a stacked one has none. Names are read as UNGEGN's romanization (1972) without its accents.
constexpr std::string_view kKhmer = R"(
([កខគឃងចឆជឈញដឋឌឍណតថទធនបផពភមយរលវឝឞសហឡ]) \u17CD > ;
[\u17CB\u17C9\u17CA\u17D0\u17CF\u17CC\u17CE\u200B\u200C\u200D] > ;
::Null;
([កខគឃងចឆជឈញដឋឌឍណតថទធនបផពភមយរលវឝឞសហឡអ]) } [កខគឃងចឆជឈញដឋឌឍណតថទធនបផពភមយរលវឝឞសហឡអ] > $1 \u17B6;
::Null;
\u17D2 > ;
ក > k; ខ > kh; គ > k; ឃ > kh; ង > ng; ច > ch; ឆ > chh; ជ > ch; ឈ > chh; ញ > nh;
ដ > d; ឋ > th; ឌ > d; ឍ > th; ណ > n; ត > t; ថ > th; ទ > t; ធ > th; ន > n;
ប > b; ផ > ph; ព > p; ភ > ph; ម > m; យ > y; រ > r; ល > l; វ > v; ឝ > s;
ឞ > s; ស > s; ហ > h; ឡ > l; អ > ;
\u17B6 > a; \u17B7 > i; \u17B8 > i; \u17B9 > oe; \u17BA > eu; \u17BB > u;
\u17BC > ou; \u17BD > uo; \u17BE > aeu; \u17BF > oea; \u17C0 > ie; \u17C1 > e;
\u17C2 > ae; \u17C3 > ai; \u17C4 > ao; \u17C5 > au; \u17C6 > am; \u17C7 > ah;
\u17C8 > a; \u17A5 > i; \u17A6 > i; \u17A7 > u; \u17AA > au; \u17AB > rue;
\u17AC > rue; \u17AD > lue; \u17AE > lue; \u17AF > ae; \u17B0 > ai; \u17B1 > ao;
\u17B2 > ao; \u17B3 > au;
)";

// The vowels written before their consonant are read after it.
constexpr std::string_view kLao = R"(
[\u0EC8\u0EC9\u0ECA\u0ECB\u0ECC] > ;
::Null;
([ເແໂໄໃ]) ([ກຂຄງຈສຊຍດຕຖທນບປຜຝພຟມຢຣລວຫອຮໜໝ]) > $2 $1;
::Null;
ກ > k; ຂ > kh; ຄ > kh; ງ > ng; ຈ > ch; ສ > s; ຊ > x; ຍ > ny; ດ > d; ຕ > t;
ຖ > th; ທ > th; ນ > n; ບ > b; ປ > p; ຜ > ph; ຝ > f; ພ > ph; ຟ > f; ມ > m;
ຢ > y; ຣ > r; ລ > l; ວ > v; ຫ > h; ອ > o; ຮ > h; ໜ > n; ໝ > m;
\u0EB0 > a; \u0EB1 > a; \u0EB2 > a; \u0EB4 > i; \u0EB5 > i; \u0EB6 > u;
\u0EB7 > u; \u0EB8 > u; \u0EB9 > u; \u0EBB > o; \u0ECD > o; \u0EBC > l;
\u0EBD > ia; \u0EC4 > ai; \u0EC3 > ai; \u0EC0 > e; \u0EC1 > ae; \u0EC2 > o;
)";

// A consonant without a vowel sign has an "a".
constexpr std::string_view kSinhala = R"(
::Null;
([කඛගඝඞඟචඡජඣඤඥටඨඩඪණඬතථදධනඳපඵබභමඹයරලවශෂසහළෆ]) } [^\u0DCF\u0DD0\u0DD1\u0DD2\u0DD3\u0DD4\u0DD6\u0DD8\u0DD9\u0DDA\u0DDB\u0DDC\u0DDD\u0DDE\u0DCA] > $1 \u0DCF;
::Null;
\u0DCA > ;
ක > k; ඛ > kh; ග > g; ඝ > gh; ඞ > ng; ඟ > ng; ච > ch; ඡ > ch; ජ > j; ඣ > jh;
ඤ > ny; ඥ > gn; ට > t; ඨ > th; ඩ > d; ඪ > dh; ණ > n; ඬ > nd; ත > th; ථ > th;
ද > d; ධ > dh; න > n; ඳ > nd; ප > p; ඵ > ph; බ > b; භ > bh; ම > m; ඹ > mb;
ය > y; ර > r; ල > l; ව > w; ශ > sh; ෂ > sh; ස > s; හ > h; ළ > l; ෆ > f;
\u0DCF > a; \u0DD0 > ae; \u0DD1 > ae; \u0DD2 > i; \u0DD3 > i; \u0DD4 > u;
\u0DD6 > u; \u0DD8 > ru; \u0DD9 > e; \u0DDA > e; \u0DDB > ai; \u0DDC > o;
\u0DDD > o; \u0DDE > au;
අ > a; ආ > a; ඇ > ae; ඈ > ae; ඉ > i; ඊ > i; උ > u; ඌ > u; එ > e; ඒ > e;
ඓ > ai; ඔ > o; ඕ > o; ඖ > au;
)";

}  // namespace

std::string latin_rules() {
  std::string rules = "::NFKC;\n";
  for (const std::string_view script : {kKhmer, kLao, kSinhala}) rules += script;
  return rules + "::Any-Latin;\n::Latin-ASCII;\n";
}

}  // namespace cdh
