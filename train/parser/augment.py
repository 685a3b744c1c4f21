"""Typographic variants of gold sentences: the treebanks are older than curly quotes."""
import random

from .conllu import Word

_ALONE = {"--": "—", "...": "…", "'": "’", "``": "“", "''": "”"}


def typographic(words: list[Word]) -> list[Word]:
    """The same sentence with curly quotes, long dashes and the ellipsis character."""
    out = []
    opened = False
    for word in words:
        form = _ALONE.get(word.form, word.form)
        if form == '"':
            form = "”" if opened else "“"
            opened = not opened
        elif "'" in form:
            form = form.replace("'", "’")
        out.append(word._replace(form=form))
    return out


def some_typographic(
    sentences: list[list[Word]], part: float, random_: random.Random
) -> list[list[Word]]:
    """`part` of the sentences in typographic form, the others as they are."""
    return [typographic(s) if random_.random() < part else s for s in sentences]
