"""Typed mentions: their tags, spans and scores."""
from dataclasses import dataclass

import numpy as np

from .labels import IGNORE

TYPES = (
    "Organization", "Person", "Product", "Service", "Technology", "MarketSegment", "Capability",
    "Strategy", "Resource", "Concept", "Event", "Metric", "Place", "Work", "Quantity", "Date",
)  # fmt: skip
TAGS = ("O", *(f"{part}-{name}" for name in TYPES for part in "BI"))
MENTION_HEADS = ("mention", "outer")  # names and nominals; nominals around those
TYPED_HEADS = (*MENTION_HEADS, "kind")  # the type of what a word is the head of, named or not
IGNORED = "?"
Span = tuple[int, int, str]  # first and last word, type


@dataclass
class Tagged:
    """A sentence with its mentions in BIO tags; IGNORED where a source says nothing.

    `mention` has the names, and the nominals that hold no name; `outer` the nominals around them
    ("[Acme] 's pricing strategy"). A name inside a name is not marked.
    """

    forms: list[str]
    mention: list[str]
    outer: list[str]

    def classes(self) -> np.ndarray:
        """Both as classes, IGNORE for IGNORED."""
        return np.array([[_NUMBER[tag] for tag in tags] for tags in (self.mention, self.outer)])


_NUMBER = {tag: i for i, tag in enumerate(TAGS)} | {IGNORED: IGNORE}


def mark(tags: list[str], first: int, last: int, type_: str) -> None:
    """Set a span; what it leaves over of another span to its right becomes a span of its own."""
    after = last + 1
    if after < len(tags) and tags[after].startswith("I-"):
        tags[after] = "B" + tags[after][1:]
    for i in range(first, after):
        tags[i] = f"{'B' if i == first else 'I'}-{type_}"


def spans(tags: list[str]) -> set[Span]:
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
