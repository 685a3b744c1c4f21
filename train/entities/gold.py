"""Reading annotated notes for the entity stage: names fold as in the scorer of ../shared."""
from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

Row = dict[str, Any]


def rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def fold(name: str) -> str:
    """Lower case without determiner, possessive or punctuation (the scorer's normalise())."""
    text = re.sub(r"'s\b", "", name.lower().replace("\u2019", "'"))
    text = re.sub(r"^(?:the|a|an|its|their|his|her)\s+", "", text)
    return re.sub(r"[^\w$%.]+", " ", text).strip(" .")


def squash(sentence: str) -> str:
    return re.sub(r"\W+", "", sentence.lower())


def jaccard(a: str, b: str) -> float:
    x, y = set(a.split()), set(b.split())
    return len(x & y) / len(x | y) if x | y else 0.0


def names_by_note(path: Path) -> dict[str, list[set[str]]]:
    """Per note: the folded names of each entity."""
    out: dict[str, list[set[str]]] = defaultdict(list)
    for row in rows(path):
        for note in row["notes"]:
            out[note].append({fold(row["name"]), *map(fold, row["aliases"])})
    return out


def types_by_note(path: Path) -> dict[str, dict[str, str]]:
    """Per note: folded name -> type."""
    out: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows(path):
        for note in row["notes"]:
            for name in (row["name"], *row["aliases"]):
                out[note].setdefault(fold(name), row["type"])
            out[note][fold(row["name"])] = row["type"]
    return out
