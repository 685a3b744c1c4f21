"""Sentences with typed mentions in BIO tags, from three sources that each mark less than all.

Words about which a source says nothing carry IGNORED and teach nothing: common nouns where only
names are marked, and entity types outside the ontology.
"""
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from .text import note_sentences, tokenize

TYPES = (
    "Organization", "Person", "Product", "Service", "Technology", "MarketSegment", "Capability",
    "Strategy", "Resource", "Concept", "Event", "Metric", "Place", "Work", "Quantity", "Date",
)  # fmt: skip
TAGS = ("O", *(f"{part}-{name}" for name in TYPES for part in "BI"))
IGNORED = "?"

Tagged = list[tuple[str, str]]  # (word, tag)

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
_LONGEST_NAME = 6
_QUANTITY = re.compile(r"(?:[$€£~] )*\d[\d.,]*\w*(?: (?:hundred|thousand|million|billion|trillion|%|percent))*")


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


def crossner(file: Path, openness: Openness) -> Iterator[Tagged]:
    """Sentences of a CrossNER file; types without counterpart are IGNORED."""
    for block in file.read_text(encoding="utf8").split("\n\n"):
        sentence: Tagged = []
        for line in block.strip().splitlines():
            word, tag = line.split("\t")
            if tag == "O":
                sentence.append((word, IGNORED if openness.is_open(word) else "O"))
            else:
                type_ = _FROM_CROSSNER.get(tag[2:])
                sentence.append((word, f"{tag[:2]}{type_}" if type_ else IGNORED))
        if sentence:
            yield sentence


def gum(file: Path, openness: Openness) -> Iterator[Tagged]:
    """Sentences of GUM: entities whose head is a proper noun are names; dates from "time"."""
    for block in file.read_text(encoding="utf8").split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line and line[0].isdigit()]
        rows = [row for row in rows if row[0].isdigit()]
        if not rows:
            continue
        tags = [IGNORED if openness.is_open(row[1]) and row[3] != "VERB" else "O" for row in rows]
        for first, last, type_ in sorted(_gum_names(rows), key=lambda s: s[1] - s[0]):
            _mark(tags, first, last, type_)  # a longer name replaces those inside it
        yield [(row[1], tag) for row, tag in zip(rows, tags)]


def _gum_names(rows: list[list[str]]) -> Iterator[tuple[int, int, str]]:
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


def _gum_name(rows, first: int, last: int, kind: str, head: str) -> tuple[int, int, str] | None:
    place = first + int(re.match(r"\d*", head).group() or 1) - 1
    while first < last and rows[first][3] in ("DET", "PUNCT"):
        first += 1
    upos = rows[min(place, last)][3]
    named = upos == "PROPN" or (kind == "time" and upos == "NUM")
    if kind in _FROM_GUM and named and last - first < _LONGEST_NAME:
        return first, last, _FROM_GUM[kind]
    return None


def notes(files: list[Path], entities: Path) -> Iterator[Tagged]:
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
            if fact["object_type"] in ("Quantity", "Date"):
                _add_name(names, fact["object"], fact["object_type"])
        for words in note_sentences(file):
            yield list(zip(words, _find_names(words, names)))


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
        key = tuple(word.lower() for word in words) if lower else tuple(words)
        names.setdefault(key, type_)


def _find_names(words: list[str], names: dict[tuple[str, ...], str]) -> list[str]:
    """Longest names first from the left; names in small letters match in any case."""
    longest = max(map(len, names), default=0)
    tags = ["O"] * len(words)
    for match in _quantities(words):
        _mark(tags, *match, "Quantity")
    at = 0
    while at < len(words):
        step = 1
        for size in range(min(longest, len(words) - at), 0, -1):
            piece = tuple(words[at : at + size])
            type_ = names.get(piece) or names.get(tuple(word.lower() for word in piece))
            if type_:
                _mark(tags, at, at + size - 1, type_)
                step = size
                break
        at += step
    return tags


def _quantities(words: list[str]) -> Iterator[tuple[int, int]]:
    """Numbers with sign and unit, years left out."""
    line = " ".join(words)
    for match in _QUANTITY.finditer(line):
        if match.start() and line[match.start() - 1] != " ":
            continue
        if not re.fullmatch(r"(?:19|20)\d\ds?", match.group()):
            first = line[: match.start()].count(" ")
            yield first, first + match.group().count(" ")


def _mark(tags: list[str], first: int, last: int, type_: str) -> None:
    """Set a span; what it leaves over of another span to its right becomes a span of its own."""
    after = last + 1
    if after < len(tags) and tags[after].startswith("I-"):
        tags[after] = "B" + tags[after][1:]
    for i in range(first, after):
        tags[i] = f"{'B' if i == first else 'I'}-{type_}"


def spans(tags: list[str]) -> set[tuple[int, int, str]]:
    """(first, last, type) of the mentions in BIO tags; an I without its B begins one."""
    found = set()
    first = -1
    for i, tag in enumerate([*tags, "O"]):
        if first >= 0 and tag != "I-" + tags[first][2:]:
            found.add((first, i - 1, tags[first][2:]))
            first = -1
        if first < 0 and tag[:2] in ("B-", "I-"):
            first = i
    return found


def span_scores(gold: list[list[str]], found: list[list[str]], types=TYPES) -> dict[str, float]:
    """Precision, recall and F1 of typed spans; found spans on IGNORED words are not counted."""
    right = wanted = given = 0
    for want, have in zip(gold, found, strict=True):
        want_spans = {span for span in spans(want) if span[2] in types}
        have_spans = {
            (first, last, type_)
            for first, last, type_ in spans(have)
            if type_ in types and IGNORED not in want[first : last + 1]
        }
        right += len(want_spans & have_spans)
        wanted += len(want_spans)
        given += len(have_spans)
    precision, recall = right / max(given, 1), right / max(wanted, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return {"P": round(100 * precision, 1), "R": round(100 * recall, 1), "F1": round(100 * f1, 1), "n": wanted}
