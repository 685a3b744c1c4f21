"""The rows of the student's embedding tables that a word adds up.

The C++ engine computes the same rows; a change here is a new version of the model file.
"""
HASHED_WORDS = 8192
PREFIXES = 4096
SUFFIXES = 8192
SHAPES = 1024
ROWS_PER_WORD = 7  # word, hashed word, prefix 3, suffix 2, suffix 3, suffix 4, shape

_ASCII_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


def fnv1a(text: str, seed: int) -> int:
    """FNV-1a, 32 bit, over the UTF-8 bytes (isthe.com/chongo/tech/comp/fnv), basis xor seed."""
    value = 2166136261 ^ seed
    for byte in text.encode("utf8"):
        value = ((value ^ byte) * 16777619) & 0xFFFFFFFF
    return value


def normal_form(word: str) -> str:
    """ASCII letters lowered; a word of ASCII digits only becomes up to five '#'."""
    if word and all("0" <= char <= "9" for char in word):
        return "#" * min(len(word), 5)
    return word.translate(_ASCII_LOWER)


def shape(word: str) -> str:
    """Classes of the first 12 code points, runs cut at two: "Windows95" gives "Xxxdd"."""
    out = ""
    for char in word[:12]:
        if "A" <= char <= "Z":
            kind = "X"
        elif "a" <= char <= "z":
            kind = "x"
        elif "0" <= char <= "9":
            kind = "d"
        else:
            kind = char if char < "\x80" else "u"
        if out[-2:] != kind * 2:
            out += kind
    return out


class FeatureTable:
    """Maps words to rows, given the words that have a row of their own."""

    def __init__(self, words: list[str]):
        self.words = words
        self._index = {word: row for row, word in enumerate(words)}
        self._known: dict[str, tuple[int, ...]] = {}

    @property
    def word_rows(self) -> int:
        """Rows of the word table: one per listed word, then the hashed ones."""
        return len(self.words) + HASHED_WORDS

    def rows(self, word: str) -> tuple[int, ...]:
        """The seven rows of `word`, in the order of ROWS_PER_WORD."""
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._compute(word)
        return known

    def _compute(self, word: str) -> tuple[int, ...]:
        lowered = normal_form(word)
        first = len(self.words)
        own = self._index.get(lowered)
        return (
            first + fnv1a(lowered, 1) % HASHED_WORDS if own is None else own,
            first + fnv1a(lowered, 7) % HASHED_WORDS,
            fnv1a("p" + lowered[:3], 3) % PREFIXES,
            fnv1a("s2" + lowered[-2:], 3) % SUFFIXES,
            fnv1a("s3" + lowered[-3:], 3) % SUFFIXES,
            fnv1a("s4" + lowered[-4:], 5) % SUFFIXES,
            fnv1a("S" + shape(word), 3) % SHAPES,
        )
