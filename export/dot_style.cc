#include "export/dot_style.h"

#include <algorithm>

namespace tercet {
namespace {

constexpr NodeStyle kOrganisation = {"box",     "filled,rounded", "#0072B2",
                                     "#D9EAF7", "organisation",   true};
constexpr NodeStyle kPerson = {"octagon", "filled", "#B3541E", "#FBE6D8", "person"};
constexpr NodeStyle kProduct = {"component", "filled", "#00795A", "#DDF3EC", "product, service"};
constexpr NodeStyle kTechnology = {"hexagon", "filled", "#8A5A00", "#FBEFD5",
                                   "technology, software"};
constexpr NodeStyle kPlace = {"tab", "filled", "#8E3B74", "#F7E3F0", "place, market"};
constexpr NodeStyle kValue = {"note", "filled", "#6B6B6B", "#FFFFFF", "figure, date"};
constexpr NodeStyle kConcept = {"ellipse", "filled", "#6B6B6B", "#F4F4F4", "concept"};

constexpr const NodeStyle* kStyles[] = {&kOrganisation, &kPerson,  &kProduct, &kTechnology,
                                        &kPlace,        &kConcept, &kValue};

struct Named {
  std::string_view type;
  const NodeStyle* style;
};
constexpr Named kTypes[] = {
    {"Organization", &kOrganisation},
    {"Organisation", &kOrganisation},
    {"Company", &kOrganisation},
    {"Person", &kPerson},
    {"Product", &kProduct},
    {"Service", &kProduct},
    {"Work", &kProduct},
    {"Technology", &kTechnology},
    {"Software", &kTechnology},
    {"SoftwareApplication", &kTechnology},
    {"Place", &kPlace},
    {"MarketSegment", &kPlace},
    {"Quantity", &kValue},
    {"Metric", &kValue},
    {"Date", &kValue},
};

struct Mood {
  std::string_view word;  // in the label
  std::string_view legend;
  std::string_view style;
};

Mood mood_of(Modality modality) {
  switch (modality) {
    case Modality::Possible:
      return {"may", "may: hedged", "dotted"};
    case Modality::Hypothetical:
      return {"if", "if: hypothetical", "dotted"};
    case Modality::Conditional:
      return {"then", "then: conditional", "dotted"};
    case Modality::Intended:
      return {"aim", "aim: plan or purpose", "solid"};
    case Modality::Asserted:
      break;
  }
  return {"", "asserted", "solid"};
}

}  // namespace

const NodeStyle& node_style(std::string_view type) {
  for (const Named& named : kTypes) {
    if (named.type == type) return *named.style;
  }
  return kConcept;
}

std::span<const NodeStyle* const> node_styles() { return kStyles; }

LineStyle line_style(const Status& status) {
  if (status.disputed) {
    return {"#404040:#C0392B", "#9C2A1E",  "solid",
            "teenormal",       "DISPUTED", "DISPUTED: said and denied"};
  }
  const bool negated = status.polarity == Polarity::Negative;
  const Mood mood = mood_of(status.modality);
  LineStyle out;
  out.style = mood.style;
  out.words = mood.word;
  out.legend = mood.legend;
  switch (status.modality) {
    case Modality::Asserted:
      out.color = "#404040";
      out.ink = "#1A1A1A";
      out.arrowhead = "normal";
      break;
    case Modality::Intended:
      out.color = "#1F5FA8";
      out.ink = "#174A85";
      out.arrowhead = "empty";
      break;
    default:
      out.color = "#7A3E9D";
      out.ink = "#5E2D7B";
      out.arrowhead = "empty";
  }
  if (negated) {
    out.color = "#C0392B";
    out.ink = "#9C2A1E";
    out.arrowhead = "tee";
    if (status.modality == Modality::Asserted) {
      out.style = "dashed";
      out.words = "NOT";
      out.legend = "NOT: denied";
    } else {
      out.words += " NOT";
      out.legend = out.words + ": denied";
    }
  }
  // A plan is drawn as a road to be built: two thin lines with nothing between them yet.
  if (status.modality == Modality::Intended) out.color += ":" + std::string(out.color);
  if (status.modality != Modality::Asserted) out.words += ':';
  return out;
}

bool is_structure(std::string_view relation) {
  return relation == "instance_of" || relation == "alias_of" || relation == "part_of";
}

}  // namespace tercet
