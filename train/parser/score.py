"""Accuracy on gold tokens, counted as the CoNLL 2018 shared task does (punctuation included)."""
from .conllu import Word


def score(gold: list[list[Word]], found: list[list[Word]]) -> dict[str, float]:
    """Percentages over words; LAS compares the universal part of the label, LAS_full all of it."""
    hits = dict.fromkeys(("UPOS", "XPOS", "lemma", "UAS", "LAS", "LAS_full"), 0)
    total = 0
    for gold_words, found_words in zip(gold, found, strict=True):
        for want, have in zip(gold_words, found_words, strict=True):
            total += 1
            attached = want.head == have.head
            hits["UPOS"] += want.upos == have.upos
            hits["XPOS"] += want.xpos == have.xpos
            hits["lemma"] += want.lemma == have.lemma
            hits["UAS"] += attached
            hits["LAS"] += attached and want.deprel.split(":")[0] == have.deprel.split(":")[0]
            hits["LAS_full"] += attached and want.deprel == have.deprel
    return {name: round(100.0 * count / max(total, 1), 2) for name, count in hits.items()}
