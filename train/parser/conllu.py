"""Reading UD treebanks (CoNLL-U, universaldependencies.org/format.html)."""
from pathlib import Path
from typing import NamedTuple


class Word(NamedTuple):
    """A syntactic word. `head` is the 1-based index of the head, 0 for the root."""

    form: str
    lemma: str = "_"
    upos: str = "X"
    xpos: str = "_"
    head: int = 0
    deprel: str = "dep"


def read_conllu(path: Path) -> list[list[Word]]:
    """Sentences of a treebank file; multi-word ranges and empty nodes are skipped."""
    sentences: list[list[Word]] = []
    words: list[Word] = []
    with open(path, encoding="utf8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if not line:
                if words:
                    sentences.append(words)
                words = []
            elif not line.startswith("#"):
                field = line.split("\t")
                if field[0].isdigit():
                    head = int(field[6]) if field[6] != "_" else 0
                    words.append(Word(field[1], field[2], field[3], field[4], head, field[7]))
    if words:
        sentences.append(words)
    return sentences
