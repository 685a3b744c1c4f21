"""fast.tct from the weights of a student: `python -m parser.pack_fast --work DIR --out FILE`.

Dense layers become int8 with a scale per output, in panels, all heads one layer; embeddings int8 with
a scale per row; norms and the arcs' bilinear weights stay float32. docs/formats/model.md has the details.
"""
import argparse
import os
from pathlib import Path

import numpy as np
import torch

from .labels import Labels
from .mentions import TAGS, TYPES
from .pack import pack
from .place import Place
from .student import ARC, EMBEDDING, HIDDEN, LAYERS, RELATION

TABLES = {"w.weight", "pf.weight", "sf.weight", "sh.weight"}
PANELS = {"conv.weight", "ro.weight", "heads.weight"} | {f"L.{i}.W.weight" for i in range(LAYERS)}
HEADS = ("ad", "ah", "rd", "rh", "u", "x", "l", "m", "mo", "k")
META = {"treebanks": "UD_English-EWT, UD_English-GUM (free genres)", "licence": "CC BY-SA 4.0"}
DIMS = {"E": EMBEDDING, "D": HIDDEN, "layers": LAYERS, "arc": ARC, "relation": RELATION}


def write_fast(state: dict[str, torch.Tensor], labels: Labels, words: list[str], out: Path) -> int:
    """Write the packed file of a student's `state`; returns its size in bytes."""
    tensors, heads = fused({name: value.float().numpy() for name, value in state.items()})
    strings = labels.names() | {"words": words, "heads": heads}
    if any(head.startswith("m ") for head in heads):
        strings |= {"mention": list(TAGS), "kinds": list(TYPES)}
    out.parent.mkdir(parents=True, exist_ok=True)
    temporary = out.with_name(out.name + ".part")
    pack(temporary, "fast", META, DIMS, tensors, TABLES, strings, panels=PANELS)
    os.replace(temporary, out)
    return out.stat().st_size


def fused(weights: dict[str, np.ndarray]) -> tuple[dict[str, np.ndarray], list[str]]:
    """`weights` with all heads as the one layer "heads", and its columns as lines "NAME SIZE"."""
    present = [name for name in HEADS if f"{name}.weight" in weights]
    tensors = dict(weights)
    for kind in ("weight", "bias"):
        tensors[f"heads.{kind}"] = np.concatenate([tensors.pop(f"{name}.{kind}") for name in present])
    return tensors, [f"{name} {len(weights[name + '.bias'])}" for name in present]


def parted(tensors: dict[str, np.ndarray], heads: list[str]) -> dict[str, np.ndarray]:
    """What fused() was given: the layer of each head again."""
    out = dict(tensors)
    for kind in ("weight", "bias"):
        values, at = out.pop(f"heads.{kind}"), 0
        for name, size in (head.split(" ") for head in heads):
            out[f"{name}.{kind}"] = values[at : at + int(size)]
            at += int(size)
    return out


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="holds labels.json, words.txt and the weights")
    parser.add_argument("--weights", default="student.pt", help="file name inside WORK")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    place = Place(Path(), options.work)
    size = write_fast(place.tensors(options.weights), place.labels(), place.features().words, options.out)
    print(f"{options.out}: {size} bytes")


if __name__ == "__main__":
    main()
