#include "extract/language/word_lists.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace tercet {
namespace {

template <std::size_t kSize>
using List = std::array<std::string_view, kSize>;

template <std::size_t kSize>
constexpr bool contains(const List<kSize>& list, std::string_view word) {
  const auto it = std::lower_bound(list.begin(), list.end(), word);
  return it != list.end() && *it == word;
}

// A look-up is a binary search.
template <std::size_t kSize>
constexpr List<kSize> sorted(const std::string_view (&words)[kSize]) {
  List<kSize> out = std::to_array(words);
  std::sort(out.begin(), out.end());
  return out;
}

// Written with a point wherever they stand.
// clang-format off: tables, several entries a line
constexpr auto kAlways = sorted(
    {"al", "apr", "apt", "assn", "asst", "aug", "bldg", "blvd", "bros", "cir", "co", "corp",
     "dept", "eqn", "esq", "feb", "ft", "govt", "hr", "hwy", "inc", "insp", "intl", "jr",
     "jul", "jun", "lb", "lbs", "ltd", "mfg", "mfr", "mgr", "misc", "mtg", "natl", "nov",
     "oct", "oz", "pty", "pvt", "sept", "sr", "thur", "thurs", "tues", "univ", "yr"});

// Stand before a name, written with a capital ("a rep." is none).
constexpr auto kTitles = sorted(
    {"attn", "capt", "cmdr", "col", "cpl", "dr", "eds", "gen", "gov", "hon", "lt", "maj",
     "messrs", "mlle", "mme", "mr", "mrs", "ms", "mt", "para", "pres", "prof", "rep",
     "reps", "rev", "sec", "sen", "sens", "sgt", "st", "ste", "supt"});

// Lead to what follows, in any letters.
constexpr auto kLinks = sorted(
    {"approx", "ca", "cf", "eg", "esp", "ie", "pp", "viz", "vol", "vols", "vs"});

// Words of their own unless a number follows.
constexpr auto kBeforeDigit = sorted(
    {"art", "ch", "fig", "figs", "no", "nos", "op", "pt"});

// Days, months and parts of names; in lower case they are other words.
constexpr auto kCapitalised = sorted(
    {"arch", "comm", "conf", "dec", "dist", "div", "eq", "fri", "jan", "mar", "mon", "orig",
     "ph", "pl", "ref", "sat", "sc", "sep", "sun", "tel", "thu", "tue", "va", "wed"});

// Lose their point to the sentence where it may end.
constexpr auto kInside = sorted(
    {"ave", "ed", "est", "etc", "eve", "ext", "fax", "hrs", "mass", "mins", "ok", "rd",
     "rec", "res", "yrs"});

constexpr auto kPrefixes = sorted(
    {"anti",  "bi",    "bio",   "co",    "counter", "cross", "de",    "e",     "ex",    "extra",
     "hyper", "inter", "intra", "macro", "mega",    "meta",  "micro", "mid",   "mini",  "multi",
     "non",   "over",  "post",  "pre",   "pro",     "pseudo", "psycho", "quasi", "re",  "semi",
     "socio", "sub",   "super", "trans", "tri",     "ultra", "un",    "uni",   "vice"});

constexpr auto kNameEndings = sorted(
    {"ai",   "app",  "au",   "biz",  "ca",   "cc",   "cn",   "co",   "com",  "csv",  "de",
     "dev",  "doc",  "docx", "edu",  "es",   "eu",   "exe",  "fm",   "fr",   "gg",   "gif",
     "gov",  "gz",   "html", "htm",  "ie",   "in",   "info", "int",  "io",   "it",   "jp",
     "jpeg", "jpg",  "js",   "json", "md",   "me",   "mil",  "mp3",  "mp4",  "net",  "nl",
     "nz",   "org",  "pdf",  "php",  "png",  "ppt",  "pptx", "py",   "rb",   "rs",   "ru",
     "se",   "sh",   "sql",  "tar",  "to",   "tv",   "txt",  "uk",   "url",  "us",   "wav",
     "xls",  "xlsx", "xml",  "xyz",  "yaml", "yml",  "zip"});

constexpr auto kUnits = sorted(
    {"am",  "b",   "billion", "bn",  "bps", "c",   "cc",  "cm",  "days", "db",  "deg", "f",
     "fps", "ft",  "g",   "gb",  "gbps", "ghz", "gw",  "h",   "ha",  "hr",  "hrs", "hz",
     "in",  "k",   "kb",  "kbps", "kg",  "khz", "km",  "kph", "kw",  "kwh", "lb",  "lbs",
     "m",   "ma",  "mb",  "mbps", "mg",  "mhz", "mi",  "mile", "miles", "million", "min", "mins",
     "ml",  "mm",  "mph", "ms",  "mw",  "nm",  "ns",  "oz",  "pb",  "pm",  "ppm", "ps",
     "sec", "secs", "sq", "sqft", "tb",  "tn",  "trillion", "tw", "twh", "us", "v", "w", "yr",
     "yrs"});

constexpr auto kClipped = sorted(
    {"bout", "cause", "cuz", "em", "n", "nuff", "round", "scuse", "til", "till", "tis", "twas"});

constexpr auto kNeverOwned = sorted(
    {"a", "an", "been", "gonna", "his", "i", "just", "my", "not", "our", "really", "so",
     "supposed", "that", "the", "too", "very", "your"});

constexpr auto kOpeners = sorted(
    {"a",    "after", "all",  "also",  "although", "an",    "and",   "another", "any",   "as",
     "at",   "because", "but", "by",   "during",   "each",  "for",   "from",    "he",    "her",
     "here", "his",   "how",  "however", "i",      "if",    "in",    "it",      "its",   "many",
     "meanwhile", "most", "my", "no",  "now",      "on",    "one",   "or",      "our",   "she",
     "since", "so",   "some", "that",  "the",      "their", "then",  "there",   "these", "they",
     "this", "those", "though", "thus", "to",      "under", "until", "we",      "what",  "when",
     "where", "while", "who", "why",   "with",     "yes",   "yet",   "you",     "your"});

// Written as one word, but two for the grammar. Forms without their apostrophe are listed where
// they are no other word: "dont" is, "were" and "its" are not.
constexpr auto kContractions = std::to_array<std::pair<std::string_view, std::size_t>>(
    {{"aint", 2},   {"arent", 3},  {"cannot", 3}, {"cant", 2},    {"couldnt", 5}, {"didnt", 3},
     {"doesnt", 4}, {"dont", 2},   {"dunno", 2},  {"gimme", 3},   {"gonna", 3},   {"gotta", 3},
     {"hadnt", 3},  {"hasnt", 3},  {"havent", 4}, {"hes", 2},     {"im", 1},      {"isnt", 2},
     {"itll", 2},   {"ive", 1},    {"lemme", 3},  {"outta", 3},   {"shes", 3},    {"shouldnt", 6},
     {"thats", 4},  {"theres", 5}, {"theyll", 4}, {"theyre", 4},  {"theyve", 4},  {"wanna", 3},
     {"wasnt", 3},  {"werent", 4}, {"weve", 2},   {"whats", 4},   {"wont", 2},    {"wouldnt", 5},
     {"youll", 3},  {"youre", 3},  {"youve", 3}});
static_assert(std::is_sorted(kContractions.begin(), kContractions.end()));

// clang-format on

}  // namespace

PointRule point_rule(std::string_view word) {
  if (contains(kAlways, word)) return PointRule::Always;
  if (contains(kTitles, word)) return PointRule::Title;
  if (contains(kLinks, word)) return PointRule::Link;
  if (contains(kBeforeDigit, word)) return PointRule::BeforeDigit;
  if (contains(kCapitalised, word)) return PointRule::Capitalised;
  if (contains(kInside, word)) return PointRule::Inside;
  return PointRule::Never;
}

bool is_hyphen_prefix(std::string_view word) { return contains(kPrefixes, word); }
bool is_name_ending(std::string_view word) { return contains(kNameEndings, word); }
bool is_unit(std::string_view word) { return contains(kUnits, word); }
bool is_never_owned(std::string_view word) { return contains(kNeverOwned, word); }
bool is_clipped_word(std::string_view word) { return contains(kClipped, word); }
bool is_sentence_opener(std::string_view word) { return contains(kOpeners, word); }

std::size_t contraction_cut(std::string_view word) {
  const auto it =
      std::lower_bound(kContractions.begin(), kContractions.end(), word,
                       [](const auto& entry, std::string_view w) { return entry.first < w; });
  return it != kContractions.end() && it->first == word ? it->second : 0;
}

}  // namespace tercet
