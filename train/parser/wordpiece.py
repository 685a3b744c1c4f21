"""The WordPiece vocabulary of MiniLM (uncased BERT)."""
from pathlib import Path

from tokenizers import BertWordPieceTokenizer

CLS, SEP, UNKNOWN, MASK = 101, 102, 100, 103
MOST_PIECES = 8  # per word; the rest of a longer one says little about its syntax


class WordPieces:
    """Subword ids of single words; at least one id per word."""

    def __init__(self, vocabulary: Path):
        self._tokenizer = BertWordPieceTokenizer(str(vocabulary), lowercase=True)
        self._known: dict[str, list[int]] = {}

    def __call__(self, word: str) -> list[int]:
        known = self._known.get(word)
        if known is None:
            ids = self._tokenizer.encode(word, add_special_tokens=False).ids[:MOST_PIECES]
            known = self._known[word] = ids or [UNKNOWN]
        return known
