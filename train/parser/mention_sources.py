"""Sentences with typed mentions, from three sources that each mark less than all.

Words about which a source says nothing carry IGNORED and teach nothing: common nouns where only
names are marked, and entity types outside the ontology.
"""
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .mentions import IGNORED, Span, Tagged, mark, spans
from .text import note_sentences, tokenize

_CROSSNER = {
    "Organization": "organisation university band politicalparty",
    "Person": "person researcher writer musicalartist politician scientist",
    "Place": "location country",
    "Product": "product",
    "Technology": "programlang algorithm field task",
    "Metric": "metrics",
    "Work": "book poem album song magazine academicjournal",
    "Event": "event election conference",
    "Concept": "musicgenre literarygenre discipline theory",
}
_FROM_CROSSNER = {old: new for new, olds in _CROSSNER.items() for old in olds.split()}
_FROM_GUM = {
    "person": "Person", "organization": "Organization", "place": "Place",
    "event": "Event", "time": "Date",
}  # fmt: skip
_SHIFTING = set("this that these those such they it he she we you who which".split())
_LEADING = set("the a an its their our your his her my any some all various own".split())
_BETWEEN = set("of the and for in on at to a an by with 's ’s".split())
_LONGEST_NAME = 8
_QUANTITY = re.compile(r"(?:[$€£~] )*\d[\d.,]*\w*(?: (?:hundred|thousand|million|billion|trillion|%|percent))*")

_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATE = re.compile(
    rf"(?<!\S)(?:(?:(?:early|mid|late) (?:- )?)?(?:{_MONTH} (?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:, )?)?"
    rf"(?:(?:19|20)\d\ds?)|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?|Q[1-4](?: (?:of )?20\d\d)?)(?!\S)"
)


class Openness:
    """Tells content words, which a source may have left unmarked, from grammatical ones."""

    def __init__(self, gold):
        """`gold` are treebank sentences; a word is what it is most often there."""
        seen: dict[str, Counter[str]] = {}
        for words in gold:
            for word in words:
                seen.setdefault(word.form.lower(), Counter())[word.upos] += 1
        self._most = {form: tags.most_common(1)[0][0] for form, tags in seen.items()}

    def is_open(self, word: str) -> bool:
        """True for nouns, adjectives, numbers and unknown words."""
        if not word[0].isalnum():
            return False
        return self._most.get(word.lower(), "NOUN") in ("NOUN", "PROPN", "ADJ", "NUM", "X", "SYM")

    def is_verb(self, word: str) -> bool:
        """True for words that are mostly verbs, but for participles."""
        return self._most.get(word.lower()) in ("VERB", "AUX") and not word.lower().endswith(("ing", "ed"))


def crossner(file: Path, openness: Openness) -> Iterator[Tagged]:
    """Sentences of a CrossNER file; types without counterpart are IGNORED."""
    for block in file.read_text(encoding="utf8").split("\n\n"):
        forms, tags = [], []
        for line in block.strip().splitlines():
            word, tag = line.split("\t")
            type_ = _FROM_CROSSNER.get(tag[2:])
            forms.append(word)
            if tag == "O":
                tags.append(IGNORED if openness.is_open(word) else "O")
            else:
                tags.append(f"{tag[:2]}{type_}" if type_ else IGNORED)
        if forms:
            yield _names_only(forms, tags)


def gum(file: Path, openness: Openness) -> Iterator[Tagged]:
    """All sentences of GUM: entities whose head is a proper noun are names; dates from "time"."""
    for block in file.read_text(encoding="utf8").split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line and line[0].isdigit()]
        rows = [row for row in rows if row[0].isdigit()]
        if not rows:
            continue
        tags = [IGNORED if openness.is_open(row[1]) and row[3] != "VERB" else "O" for row in rows]
        for first, last, type_ in sorted(_gum_names(rows), key=lambda s: s[1] - s[0]):
            mark(tags, first, last, type_)  # a longer name replaces those inside it
        yield _names_only([row[1] for row in rows], tags)


def _names_only(forms: list[str], tags: list[str]) -> Tagged:
    """With sums of money and shares, which every source shows; nothing is known of nominals."""
    for first, last in _quantities(forms):
        signed = forms[first] in "$€£" or forms[last] in ("%", "percent")
        if signed and all(tag in ("O", IGNORED) for tag in tags[first : last + 1]):
            mark(tags, first, last, "Quantity")
    return Tagged(forms, tags, [IGNORED] * len(forms))


def _gum_names(rows: list[list[str]]) -> Iterator[Span]:
    """Spans (first, last, type) that are names; brackets are those of the Entity key."""
    opened: list[tuple[str, int, str, str]] = []
    for i, row in enumerate(rows):
        entity = next((p[7:] for p in row[9].split("|") if p.startswith("Entity=")), "")
        for bracket in re.findall(r"\([^()]+\)?|[^()]+\)", entity):
            if bracket.startswith("("):
                part = bracket.strip("()").split("-")
                opened.append((part[0], i, part[1] if len(part) > 1 else "", part[5] if len(part) > 5 else "1"))
            group = bracket.strip("()").split("-")[0]
            if bracket.endswith(")"):
                for k in range(len(opened) - 1, -1, -1):
                    if opened[k][0] == group:
                        _, first, kind, head = opened.pop(k)
                        span = _gum_name(rows, first, i, kind, head)
                        if span:
                            yield span
                        break


def _gum_name(rows, first: int, last: int, kind: str, head: str) -> Span | None:
    place = first + int(re.match(r"\d*", head).group() or 1) - 1
    while first < last and rows[first][3] in ("DET", "PUNCT"):
        first += 1
    while first < last and rows[last][3] in ("PART", "PUNCT"):
        last -= 1
    upos = rows[min(place, last)][3]
    named = upos == "PROPN" or (kind == "time" and upos == "NUM")
    if kind in _FROM_GUM and named and last - first < _LONGEST_NAME:
        return first, last, _FROM_GUM[kind]
    return None


def notes(files: list[Path], entities: Path, openness: Openness) -> Iterator[Tagged]:
    """Sentences of annotated notes, their entities' names and aliases found in them."""
    rows = [json.loads(line) for line in entities.read_text(encoding="utf8").splitlines()]
    for file in files:
        names: dict[tuple[str, ...], str] = {}
        for row in rows:
            if file.stem in row["notes"]:
                for name in (row["name"], *row["aliases"]):
                    _add_name(names, name, row["type"])
        for line in file.with_suffix(".jsonl").read_text(encoding="utf8").splitlines():
            fact = json.loads(line)
            if fact["object_type"] in ("Quantity", "Date") and re.search(r"\d", fact["object"]):
                _add_name(names, fact["object"], fact["object_type"])
        for words in note_sentences(file):
            yield _tagged(words, names, openness)


def tagged_names(words: list[str], typed: list[tuple[str, str]], openness: Openness) -> Tagged:
    """A sentence of an annotated note with the names and types of that note."""
    names: dict[tuple[str, ...], str] = {}
    for name, type_ in typed:
        _add_name(names, name, type_)
    return _tagged(words, names, openness)


def _add_name(names: dict[tuple[str, ...], str], name: str, type_: str) -> None:
    words = [word for word, _ in tokenize(name)]
    if not words or words[0].lower() in _SHIFTING:
        return
    determined = words[0].lower() == "the"
    while words and words[0].lower() in _LEADING:
        words = words[1:]
    while words and words[-1] in ("'s", "’s"):
        words = words[:-1]
    lower = all(word == word.lower() for word in words)
    if 0 < len(words) <= _LONGEST_NAME and not (determined and lower):  # "the company" points to something, names nothing
        key = tuple(words) if is_name(words) else tuple(word.lower() for word in words)
        names.setdefault(key, type_)


def is_name(words: list[str] | tuple[str, ...]) -> bool:
    """True if every word that says something has a capital or a digit, and one a capital."""
    telling = [w for w in words if any(map(str.isalnum, w)) and w.lower() not in _BETWEEN]
    capitals = [any(map(str.isupper, w)) for w in telling]
    return any(capitals) and all(c or w[0].isdigit() for c, w in zip(capitals, telling))


def _tagged(words: list[str], names: dict[tuple[str, ...], str], openness: Openness) -> Tagged:
    """Longest first from the left: names exactly as written, then nominals in any case."""
    mention, outer = ["O"] * len(words), ["O"] * len(words)
    found = sorted(_matches(words, names), key=lambda m: (not m[3], m[0] - m[1], m[0]))
    for first, last in _quantities(words):
        mark(mention, first, last, "Quantity")
    for first, last in _dates(words):
        mark(mention, first, last, "Date")
    for first, last, type_, name in found:
        inside = mention[first : last + 1]
        after = mention[last + 1] if last + 1 < len(words) else "O"
        literal = type_ in ("Quantity", "Date")
        if not literal and openness.is_verb(words[first]) and not name:
            for i in range(first, last + 1):  # "win customers": the tree finds it
                mention[i] = IGNORED if mention[i] == "O" else mention[i]
        elif literal or all(tag in ("O", IGNORED) for tag in inside):
            mark(mention, first, last, type_)
        elif not name and inside[0][:2] != "I-" and after[:2] != "I-":
            holds_more = any(tag in ("O", IGNORED) for tag in inside)
            if holds_more and all(tag in ("O", IGNORED) for tag in outer[first : last + 1]):
                mark(outer, first, last, type_)
    return Tagged(words, mention, outer)


def _matches(words: list[str], names) -> Iterator[tuple[int, int, str, bool]]:
    longest = max(map(len, names), default=0)
    lower = [word.lower() for word in words]
    for first in range(len(words)):
        for size in range(1, min(longest, len(words) - first) + 1):
            piece = tuple(words[first : first + size])
            type_ = names.get(piece) if is_name(piece) else None
            name = type_ is not None
            type_ = type_ or names.get(tuple(lower[first : first + size]))
            if type_:
                yield first, first + size - 1, type_, name


def _quantities(words: list[str]) -> Iterator[tuple[int, int]]:
    """Numbers with sign and unit, years left out."""
    line = " ".join(words)
    for match in _QUANTITY.finditer(line):
        if match.start() and line[match.start() - 1] != " ":
            continue
        if not re.fullmatch(r"(?:19|20)\d\ds?", match.group()):
            first = line[: match.start()].count(" ")
            yield first, first + match.group().count(" ")


def _dates(words: list[str]) -> Iterator[tuple[int, int]]:
    """Years, and months with their day and year."""
    line = " ".join(words)
    for match in _DATE.finditer(line):
        first = line[: match.start()].count(" ")
        yield first, first + match.group().count(" ")


@dataclass
class Entity:
    """What a note speaks of: the folded names and aliases, and the type."""

    names: set[str]
    type: str


def note_entities(file: Path, entities: Path) -> list[Entity]:
    """The entities of a note that it names in so many words."""
    text = f" {' '.join(fold(' '.join(words)) for words in note_sentences(file))} "
    found = []
    for line in entities.read_text(encoding="utf8").splitlines():
        row = json.loads(line)
        names = {fold(name) for name in (row["name"], *row["aliases"])} - {""}
        if file.stem in row["notes"] and any(f" {name} " in text for name in names):
            found.append(Entity(names, row["type"]))
    return found


def fold(name: str) -> str:
    """Lower case without determiner, possessive and punctuation, as facts are compared."""
    text = re.sub(r" ?['’]s?(?!\w)", "", name.lower())
    text = re.sub(r"[^\w$%.]+", " ", text).strip(" .")
    return re.sub(r"^(?:the|a|an|its|their|his|her) ", "", text)


def entities_found(entities: list[Entity], sentences: list[Tagged]) -> tuple[int, int]:
    """How many entities the mentions of a note show at least once: by span, by span and type."""
    shown: dict[str, set[str]] = {}
    for sentence in sentences:
        for tags in (sentence.mention, sentence.outer):
            for first, last, type_ in spans(tags):
                shown.setdefault(fold(" ".join(sentence.forms[first : last + 1])), set()).add(type_)
    by_span = sum(any(name in shown for name in e.names) for e in entities)
    by_type = sum(any(e.type in shown.get(name, ()) for name in e.names) for e in entities)
    return by_span, by_type
