#include "extract/language/irregular.h"

#include <algorithm>
#include <iterator>

namespace tercet {
namespace {

struct Past {
  std::string_view form, base;
};

// Sorted by form. Verbs whose past is the base ("cut") need no entry.
// clang-format off: a table, several entries a line
constexpr Past kPasts[] = {
    {"ate", "eat"},           {"awoke", "awake"},       {"beaten", "beat"},
    {"became", "become"},     {"began", "begin"},       {"begun", "begin"},
    {"bent", "bend"},         {"bitten", "bite"},       {"bled", "bleed"},
    {"blew", "blow"},         {"blown", "blow"},        {"born", "bear"},
    {"borne", "bear"},        {"bought", "buy"},        {"bound", "bind"},
    {"bred", "breed"},        {"broke", "break"},       {"broken", "break"},
    {"brought", "bring"},     {"built", "build"},       {"burnt", "burn"},
    {"came", "come"},         {"caught", "catch"},      {"chose", "choose"},
    {"chosen", "choose"},     {"clung", "cling"},       {"crept", "creep"},
    {"dealt", "deal"},        {"did", "do"},            {"done", "do"},
    {"drank", "drink"},       {"drawn", "draw"},        {"dreamt", "dream"},
    {"drew", "draw"},         {"driven", "drive"},      {"drove", "drive"},
    {"drunk", "drink"},       {"dug", "dig"},           {"eaten", "eat"},
    {"fallen", "fall"},       {"fed", "feed"},          {"fell", "fall"},
    {"felt", "feel"},         {"fled", "flee"},         {"flew", "fly"},
    {"flown", "fly"},         {"flung", "fling"},       {"forbade", "forbid"},
    {"forbidden", "forbid"},  {"foresaw", "foresee"},   {"foreseen", "foresee"},
    {"forgave", "forgive"},   {"forgiven", "forgive"},  {"forgot", "forget"},
    {"forgotten", "forget"},  {"fought", "fight"},      {"found", "find"},
    {"froze", "freeze"},      {"frozen", "freeze"},     {"gave", "give"},
    {"given", "give"},        {"gone", "go"},           {"got", "get"},
    {"gotten", "get"},        {"grew", "grow"},         {"ground", "grind"},
    {"grown", "grow"},        {"had", "have"},          {"heard", "hear"},
    {"held", "hold"},         {"hid", "hide"},          {"hidden", "hide"},
    {"hung", "hang"},         {"kept", "keep"},         {"knelt", "kneel"},
    {"knew", "know"},         {"known", "know"},        {"laid", "lay"},
    {"lain", "lie"},          {"leapt", "leap"},        {"learnt", "learn"},
    {"led", "lead"},          {"left", "leave"},        {"lent", "lend"},
    {"lit", "light"},         {"lost", "lose"},         {"made", "make"},
    {"meant", "mean"},        {"met", "meet"},          {"mistaken", "mistake"},
    {"mistook", "mistake"},   {"oversaw", "oversee"},   {"overseen", "oversee"},
    {"overtaken", "overtake"},{"overtook", "overtake"}, {"paid", "pay"},
    {"proven", "prove"},      {"ran", "run"},           {"rang", "ring"},
    {"rebuilt", "rebuild"},   {"repaid", "repay"},      {"resold", "resell"},
    {"rewritten", "rewrite"}, {"ridden", "ride"},       {"risen", "rise"},
    {"rode", "ride"},         {"rose", "rise"},         {"rung", "ring"},
    {"said", "say"},          {"sang", "sing"},         {"sank", "sink"},
    {"sat", "sit"},           {"saw", "see"},           {"seen", "see"},
    {"sent", "send"},         {"shaken", "shake"},      {"shone", "shine"},
    {"shook", "shake"},       {"shot", "shoot"},        {"shown", "show"},
    {"shrank", "shrink"},     {"shrunk", "shrink"},     {"slept", "sleep"},
    {"slid", "slide"},        {"sold", "sell"},         {"sought", "seek"},
    {"spent", "spend"},       {"spoke", "speak"},       {"spoken", "speak"},
    {"sprang", "spring"},     {"sprung", "spring"},     {"spun", "spin"},
    {"stole", "steal"},       {"stolen", "steal"},      {"stood", "stand"},
    {"strove", "strive"},     {"struck", "strike"},     {"stuck", "stick"},
    {"stung", "sting"},       {"sung", "sing"},         {"sunk", "sink"},
    {"swam", "swim"},         {"swept", "sweep"},       {"swore", "swear"},
    {"sworn", "swear"},       {"swum", "swim"},         {"swung", "swing"},
    {"taken", "take"},        {"taught", "teach"},      {"thought", "think"},
    {"threw", "throw"},       {"thrown", "throw"},      {"told", "tell"},
    {"took", "take"},         {"tore", "tear"},         {"torn", "tear"},
    {"undergone", "undergo"}, {"understood", "understand"}, {"undertaken", "undertake"},
    {"undertook", "undertake"}, {"underwent", "undergo"}, {"was", "be"},
    {"went", "go"},           {"were", "be"},           {"withdrawn", "withdraw"},
    {"withdrew", "withdraw"}, {"withheld", "withhold"}, {"withstood", "withstand"},
    {"woke", "wake"},         {"woken", "wake"},        {"won", "win"},
    {"wore", "wear"},         {"worn", "wear"},         {"wound", "wind"},
    {"wove", "weave"},        {"woven", "weave"},       {"written", "write"},
    {"wrote", "write"},
};
// clang-format on

static_assert(std::ranges::is_sorted(kPasts, {}, &Past::form));

}  // namespace

std::string_view base_of_past(std::string_view form) {
  const auto found = std::ranges::lower_bound(kPasts, form, {}, &Past::form);
  return found != std::end(kPasts) && found->form == form ? found->base : std::string_view();
}

}  // namespace tercet
