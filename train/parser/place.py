"""Where the data and the results are."""
import json
import os
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from .conllu import Word, read_conllu
from .features import FeatureTable
from .labels import Labels

TREEBANKS = ("ud-ewt", "gum-free")


@dataclass
class Place:
    """`shared` is read only, `work` holds every intermediate result."""

    shared: Path
    work: Path

    @property
    def corpora(self) -> Path:
        """The corpora below `shared`."""
        return self.shared / "corpora"

    def trees(self) -> list[list[Word]]:
        """The training sentences: EWT, then the free genres of GUM."""
        found = []
        for name in TREEBANKS:
            found += read_conllu(self.corpora / name / "train.conllu")
        return found

    def dev(self, name: str = "ud-ewt") -> list[list[Word]]:
        """A dev set, never trained on; EWT's decides."""
        return read_conllu(self.corpora / name / "dev.conllu")

    def annotations(self) -> Path:
        """The project's own annotation of notes."""
        return Path(__file__).resolve().parents[1] / "annotations"

    def minilm(self, name: str) -> Path:
        """A file of the base encoder."""
        return self.corpora / "minilm-l6" / name

    def text(self, name: str = "text") -> list[list[str]]:
        """The free sentences chosen by the stage prepare, or those "varied" by the stage silver."""
        lines = (self.work / f"{name}.jsonl").read_text(encoding="utf8").split("\n")
        return [json.loads(line) for line in lines]

    def labels(self) -> Labels:
        """The label sets chosen by the stage prepare."""
        return Labels(**json.loads((self.work / "labels.json").read_text(encoding="utf8")))

    def features(self) -> FeatureTable:
        """The feature table over the words chosen by the stage prepare."""
        return FeatureTable((self.work / "words.txt").read_text(encoding="utf8").split("\n"))

    def tensors(self, name: str) -> dict[str, torch.Tensor]:
        """The weights a stage has left."""
        return torch.load(self.work / name, weights_only=True)

    def write(self, name: str, content: str | bytes) -> None:
        """Write a result whole or not at all, so that an interrupted stage is done again."""
        write_whole(self.work / name, content)

    def save(self, name: str, tensors: dict[str, torch.Tensor]) -> None:
        """Save weights whole or not at all."""
        temporary = self.work / (name + ".part")
        torch.save(tensors, temporary)
        os.replace(temporary, self.work / name)

    def save_arrays(self, name: str, arrays: dict[str, np.ndarray]) -> None:
        """np.savez, whole or not at all."""
        with open(self.work / (name + ".part"), "wb") as file:
            np.savez(file, **arrays)
        os.replace(self.work / (name + ".part"), self.work / name)

    def log(self, text: str) -> None:
        """Add a line to train.log and print it."""
        line = f"{time.strftime('%H:%M:%S')} {text}"
        print(line, flush=True)
        with open(self.work / "train.log", "a", encoding="utf8") as file:
            file.write(line + "\n")


def write_whole(file: Path, content: str | bytes) -> None:
    """Write beside `file`, then rename; the folder is made if need be."""
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = file.with_name(file.name + ".part")
    temporary.write_bytes(content if isinstance(content, bytes) else content.encode("utf8"))
    os.replace(temporary, file)
