"""Free text for distillation, as lists of words: WikiSplit and the example notes.

The tokenizer follows UD_English-EWT closely enough to feed a teacher; the product has its own.
"""
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
    """The unsplit side of each row; the words are UD's but for the quotes and a few fused words."""
    with open(file, encoding="utf8") as rows:
        for row in rows:
            words: list[str] = []
            for word in row.split("\t")[0].split():
                word = '"' if word in ("''", "``") else word
                cut = _FUSED.get(word.lower(), 0)
                words += [word[:cut], word[cut:]] if cut else [word]
            yield words


def free_sentences(shared: Path, least: int = 3, most: int = 80) -> list[list[str]]:
    """All free text in a fixed order, without repeats and without the notes of the gold dev set."""
    held_out = {file.stem for file in (shared / "gold" / "dev").iterdir()}
    found: dict[tuple[str, ...], None] = {}
    for file in sorted((shared / "notes").glob("*/*.md")):
        if file.stem not in held_out:
            found.update(dict.fromkeys(map(tuple, note_sentences(file))))
    for file in sorted((shared / "corpora" / "wikisplit").glob("*.tsv")):
        found.update(dict.fromkeys(map(tuple, wikisplit_sentences(file))))
    return [list(words) for words in found if least <= len(words) <= most]
