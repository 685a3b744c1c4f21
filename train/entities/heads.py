"""Correct heads_prior.tsv by what annotated notes say: heads.py GOLD_DIR OUT.tsv

Only lower-case heads (class nouns) are counted; an entry changes where most of at least four entities say so, a
noun is added where at least two (three for Concept) agree.
"""
from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

from gold import rows

SMALL = set("of in for on to with from by at into and or between over that through as about within like than against "
            "among around where when what how which who without near across during behind outside involved based "
            "using".split())
# Heads that are no nouns by themselves, or whose few notes are too particular to trust.
SKIP = set("built required impacted imposed connected shared unique consistent new down working together worldwide zero "
           "financial side public good other part dollar adapting bia crise benefiting capitalizing excelling ticket "
           "membership operating art fund meeting course chart context care tracking".split())


def head(name: str) -> str | None:
    last = None
    for i, word in enumerate(re.sub(r"'s\b", "", name).split()):
        if i and word.lower() in SMALL:
            break
        last = word
    return last


def lemma(word: str) -> str:
    word = word.lower()
    if word in {"people", "children", "men", "women"}:
        return {"people": "person", "children": "child", "men": "man", "women": "woman"}[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is", "ics")) else word


def main(gold: Path, out: Path) -> None:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows(gold / "train_entities.jsonl"):
        word = head(row["name"])
        if word and re.fullmatch("[a-z-]+", word):
            counts[lemma(word)][row["type"]] += 1
    lines = (Path(__file__).parent / "heads_prior.tsv").read_text(encoding="utf-8").splitlines()[1:]
    table = {cells[0]: cells[1:] for cells in (line.split("\t") for line in lines)}
    for word, found in sorted(counts.items()):
        n, prior = sum(found.values()), table.get(word)
        if word in SKIP:
            continue
        votes = found + Counter({prior[0]: 2} if prior else {})
        kind, most = votes.most_common(1)[0]
        if prior and kind != prior[0] and n >= 4 and most >= 0.6 * (n + 1):
            table[word] = [kind, prior[1]]
        elif not prior and most >= 0.6 * n and n >= (3 if kind == "Concept" else 2):
            table[word] = [kind, ""]
    with out.open("w", encoding="utf-8") as file:
        file.write("# What a noun names. head: lemma, lower case, one or two words, or -ending; type: see types.tsv;\n"
                   '# refers: yes if "the HEAD" or "this HEAD" may stand for a thing named before. Written by hand,\n'
                   "# then corrected by train/entities/heads.py where annotated notes mostly say otherwise.\n"
                   "head\ttype\trefers\n")
        for word, cells in table.items():
            file.write("\t".join([word, *cells]) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
