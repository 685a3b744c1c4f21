"""The label sets of the models, and sentences turned into numbers of them."""
from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from .conllu import Word
from .lemma import script_of

IGNORE = -100  # what torch's cross entropy skips
TASKS_WITH_CLASSES = ("upos", "xpos", "lemma", "deprel")
TASKS = ("upos", "xpos", "lemma", "head", "deprel")
MIN_LEMMA_SCRIPT = 2
MIN_DEPREL = 15


@dataclass
class Labels:
    """The names of each task's classes; a class is its place in the list."""

    upos: list[str]
    xpos: list[str]
    lemma: list[str]
    deprel: list[str]
    _place: dict[str, dict[str, int]] = field(default_factory=dict, repr=False)

    def __post_init__(self):
        for task in TASKS_WITH_CLASSES:
            self._place[task] = {name: i for i, name in enumerate(getattr(self, task))}

    def number(self, task: str, name: str) -> int:
        """The class of `name`, IGNORE when the task has none. Rare subtypes fall to their type."""
        place = self._place[task].get(name)
        if place is None and task == "deprel":
            place = self._place[task].get(name.split(":")[0])
        return IGNORE if place is None else place

    def targets(self, words: list[Word]) -> np.ndarray:
        """Classes by task and word, in the order of TASKS; heads as they are."""
        return np.array(
            [
                [self.number("upos", word.upos) for word in words],
                [self.number("xpos", word.xpos) for word in words],
                [self.number("lemma", script_of(word.form, word.lemma)) for word in words],
                [word.head for word in words],
                [self.number("deprel", word.deprel) for word in words],
            ],
            dtype=np.int64,
        )

    def names(self) -> dict[str, list[str]]:
        """The lists by task, as the model file stores them."""
        return {task: getattr(self, task) for task in TASKS_WITH_CLASSES}


def count_labels(sentences: list[list[Word]]) -> Labels:
    """The label sets of a treebank, most frequent first (ties by name)."""
    seen = {task: Counter() for task in TASKS_WITH_CLASSES}
    for words in sentences:
        for word in words:
            seen["upos"][word.upos] += 1
            seen["xpos"][word.xpos] += 1
            seen["lemma"][script_of(word.form, word.lemma)] += 1
            seen["deprel"][word.deprel] += 1
    for name, count in list(seen["deprel"].items()):
        if ":" in name and count < MIN_DEPREL:
            seen["deprel"][name.split(":")[0]] += seen["deprel"].pop(name)

    def ordered(task: str, minimum: int = 1) -> list[str]:
        pairs = sorted(seen[task].items(), key=lambda pair: (-pair[1], pair[0]))
        return [name for name, count in pairs if count >= minimum]

    return Labels(ordered("upos"), ordered("xpos"), ordered("lemma", MIN_LEMMA_SCRIPT), ordered("deprel"))
