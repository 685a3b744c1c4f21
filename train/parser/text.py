"""Free text for distillation, as lists of words: example notes, WikiSplit and others.

The tokenizer follows UD_English-EWT closely enough to feed a teacher; the product has its own.
"""
import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

_TOKEN = re.compile(
    r"""https?://[^\s)\]]*[\w/] | www\.[^\s)\]]*[\w/] | [\w.+-]+@[\w-]+\.[\w.-]*\w
      | (?:[A-Za-z]\.){2,} | (?:Mr|Mrs|Ms|Dr|Prof|Inc|Corp|Ltd|Co|St|Jr|Sr|vs|etc|No)\.(?=\s)
      | [A-Z]{1,4}&[A-Z]{1,4}(?!\w)
      | \d+(?:[.,:]\d+)*\w*
      | [^\W_]+(?:['’][^\W_]+)*['’]?(?<=\w)
      | \.{2,} | -{2,} | [^\s]""",
    re.VERBOSE,
)
_CLITIC = re.compile(r"(.+)(n['’]t|['’](?:s|re|ve|ll|d|m))", re.IGNORECASE)
_QUOTES = {"''": '"', "``": '"', "-LRB-": "(", "-RRB-": ")"}
_FUSED = {"cannot": 3, "gonna": 3, "wanna": 3, "gotta": 3}
_MARKUP = [
    (re.compile(r"<a [^>]*>.*?</a>|<[^>]*>"), " "),
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), " "),
    (re.compile(r"\[\[(?:[^\]|]*\|)?([^\]|]*)\]\]"), lambda m: m.group(1).replace("_", " ").strip()),
    (re.compile(r"\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\[\s*\]|\[!\w+\]|\*\*|__|`"), ""),
    (re.compile(r"(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)"), ""),
    (re.compile(r"^\s*(?:>\s*)*(?:#{1,6}\s+|[-*+]\s+|\d+[.)]\s+)*"), ""),
    (re.compile(r"\s+([.,;:!?])"), r"\1"),
]


def tokenize(line: str) -> list[tuple[str, bool]]:
    """Words of a line and whether a space follows each."""
    words: list[tuple[str, bool]] = []
    for match in _TOKEN.finditer(line):
        word = match.group()
        space = match.end() == len(line) or line[match.end()].isspace()
        cut = _FUSED.get(word.lower(), 0)
        clitic = _CLITIC.fullmatch(word)
        if clitic:
            cut = clitic.end(1)
        if cut:
            words += [(word[:cut], False), (word[cut:], space)]
        else:
            words.append((word, space))
    return words


def sentences_of(line: str) -> Iterator[list[str]]:
    """Sentences of a paragraph: they end at . ! ? before a space, unless a small letter follows."""
    sentence: list[str] = []
    words = tokenize(line)
    ended = False
    for i, (word, space) in enumerate(words):
        sentence.append(word)
        ended = word in (".", "!", "?") or (ended and word in ('"', "”", "’", "'", ")"))
        following = words[i + 1][0] if i + 1 < len(words) else "A"
        if ended and space and not following[0].islower():
            yield sentence
            sentence, ended = [], False
    if sentence:
        yield sentence


def note_sentences(file: Path) -> Iterator[list[str]]:
    """Sentences of a Markdown note: front matter, code and tables left out, markup removed."""
    lines = file.read_text(encoding="utf8").splitlines()
    if lines and lines[0] == "---" and "---" in lines[1:]:
        lines = lines[lines.index("---", 1) + 1 :]
    fenced = False
    for line in lines:
        if line.lstrip().startswith("```"):
            fenced = not fenced
        if fenced or line.lstrip().startswith(("|", "```")):
            continue
        for pattern, replacement in _MARKUP:
            line = pattern.sub(replacement, line)
        yield from sentences_of(line.strip())


def wikisplit_sentences(file: Path) -> Iterator[list[str]]:
    """The sentence of each row and the two it was split into."""
    with open(file, encoding="utf8") as rows:
        for row in rows:
            whole, _, parts = row.partition("\t")
            for sentence in (whole, *parts.split("<::::>")):
                yield treebank_words(sentence)


def treebank_words(sentence: str) -> list[str]:
    """Words set apart by spaces, as UD has them: other quotes, and a few fused words cut."""
    words: list[str] = []
    for word in sentence.split():
        word = _QUOTES.get(word, word)
        cut = _FUSED.get(word.lower(), 0)
        words += [word[:cut], word[cut:]] if cut else [word]
    return words


def crossner_sentences(file: Path) -> Iterator[list[str]]:
    """The words of a CrossNER file; compounds with hyphens are cut as UD does."""
    for block in file.read_text(encoding="utf8").split("\n\n"):
        words = [line.split("\t")[0] for line in block.splitlines() if line]
        yield [part for word in words for part in re.split(r"(?<=\w)(-)(?=\w)", word)]


def free_sentences(shared: Path, least: int = 3, most: int = 80) -> list[list[str]]:
    """All free text in a fixed order, without repeats and without the notes of the gold dev set."""
    held_out = {file.stem for file in (shared / "gold" / "dev").iterdir()}
    corpora = shared / "corpora"
    found: dict[tuple[str, ...], None] = {}
    for file in sorted((shared / "notes").glob("*/*.md")):
        if file.stem not in held_out:
            found.update(dict.fromkeys(map(tuple, note_sentences(file))))
    for file in sorted((corpora / "wikisplit").glob("*.tsv")):
        found.update(dict.fromkeys(map(tuple, wikisplit_sentences(file))))
    for part in ("train", "dev"):
        for file in sorted((corpora / "crossner").glob(f"*/{part}.txt")):
            found.update(dict.fromkeys(map(tuple, crossner_sentences(file))))
    with open(corpora / "qanom" / "annot.train.csv", encoding="utf8", newline="") as rows:
        for row in csv.DictReader(rows):
            found[tuple(treebank_words(row["sentence"]))] = None
    for file in sorted((corpora / "text2kgbench" / "train").glob("*.jsonl")):
        for line in file.read_text(encoding="utf8").splitlines():
            found.update(dict.fromkeys(map(tuple, sentences_of(json.loads(line)["sent"]))))
    return [list(words) for words in found if least <= len(words) <= most]
