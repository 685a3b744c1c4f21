"""accurate.tct from the weights of a teacher: `python -m parser.pack_accurate --work DIR --out FILE`.

Linear layers become int8 with a scale per output, in panels; embeddings int8 with a scale per row;
norms, biases and the arcs' bilinear weights stay float32. docs/formats/model.md has the details.
"""
import argparse
import os
from pathlib import Path

import numpy as np
import torch

from .labels import TASKS_WITH_CLASSES, Labels
from .mentions import TAGS, TYPES
from .pack import PANEL, pack
from .place import Place
from .relations import Relations
from .teacher import ARC, RELATION

ENCODER = "encoder."
TABLES = ("pieces", "positions", "shapes")
LAYER_PARTS = ("qkv", "out", "up", "down")
HEADS = {
    "ad": "arc_dependent", "ah": "arc_head", "rd": "dependent", "rh": "governor",
    "u": "upos", "x": "xpos", "l": "lemma", "m": "mention", "mo": "outer",
    "ps": "pairs.source", "pt": "pairs.target", "pb": "pairs.between", "pu": "pairs.source_factor", "pv": "pairs.target_factor",
    "k": "pairs.kind",
}  # fmt: skip
PAIR_TABLES = ("distance", "source_deprel", "target_deprel", "way")
META = {"treebanks": "UD_English-EWT, UD_English-GUM (free genres)", "licence": "CC BY-SA 4.0"}


def pack_accurate(place: Place, out: Path, weights: str = "accurate.pt") -> int:
    """Pack `weights` of the work folder into `out`; returns its size in bytes."""
    vocabulary = place.minilm("vocab.txt").read_text(encoding="utf8").rstrip("\n").split("\n")
    relations = Relations.read(place.shared / "gold" / "ontology.tsv").names
    return write_accurate(place.tensors(weights), place.labels(), vocabulary, out, relations)


def write_accurate(
    state: dict[str, torch.Tensor], labels: Labels, vocabulary: list[str], out: Path, relations: list[str] = ()
) -> int:
    """The packed file of a teacher's `state`; pieces that nobody uses are left out."""
    weights = {name: value.float().numpy() for name, value in state.items()}
    kept = [row for row, piece in enumerate(vocabulary) if not piece.startswith("[unused")]
    tensors: dict[str, np.ndarray] = {}
    for name in TABLES:
        tensors[f"{name}.weight"] = weights[f"{ENCODER}{name}.weight"]
    tensors["pieces.weight"] = tensors["pieces.weight"][kept]
    panels = set()
    layers = 1 + max(int(name.split(".")[2]) for name in weights if name.startswith(f"{ENCODER}layers."))
    for kind in ("weight", "bias"):
        tensors[f"norm.{kind}"] = weights[f"{ENCODER}norm.{kind}"]
        for i in range(layers):
            for part in (*LAYER_PARTS, "norm1", "norm2"):
                tensors[f"L.{i}.{part}.{kind}"] = weights[f"{ENCODER}layers.{i}.{part}.{kind}"]
        present = [name for name in HEADS if f"{HEADS[name]}.weight" in weights]
        tensors[f"heads.{kind}"] = np.concatenate([weights[f"{HEADS[name]}.{kind}"] for name in present])
    panels |= {f"L.{i}.{part}.weight" for i in range(layers) for part in LAYER_PARTS} | {"heads.weight"}
    tensors |= {"root": weights["root"], "Wa": weights["arc_weight"], "ba": weights["arc_bias"]}
    tensors["ro.weight"], tensors["ro.bias"] = label_panels(weights["relation_weight"])
    panels.add("ro.weight")
    strings = labels.names() | {
        "pieces": [vocabulary[row] for row in kept],
        "heads": [f"{name} {len(weights[HEADS[name] + '.bias'])}" for name in present],
    }
    if "m" in present:
        strings["mention"] = list(TAGS)
    if "ps" in present:
        strings |= {"relations": list(relations), "kinds": list(TYPES)}
        for name in PAIR_TABLES:
            tensors[f"pair.{name}"] = weights[f"pairs.{name}.weight"]
        for kind in ("weight", "bias"):
            tensors[f"pair.relation.{kind}"] = weights[f"pairs.relation.{kind}"]
    int8 = {f"{name}.weight" for name in TABLES}
    dims = {"width": weights["root"].size, "layers": layers, "arc": ARC, "relation": RELATION}
    out.parent.mkdir(parents=True, exist_ok=True)
    temporary = out.with_name(out.name + ".part")
    pack(temporary, "accurate", META, dims, tensors, int8, strings, panels=panels, network="encoder")
    os.replace(temporary, out)
    return out.stat().st_size


def label_panels(relation: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weight and bias of the layer whose panel j holds, for channel j of the head, all labels.

    `relation` is [dependent + 1, labels, head + 1]; the dependent's constant 1 gives the bias.
    """
    size, labels, _ = relation.shape
    if labels > PANEL:
        raise ValueError(f"{labels} labels do not fit a panel")
    by_head = np.zeros((size, PANEL, size), dtype=np.float32)
    by_head[:, :labels] = relation.transpose(2, 1, 0)
    rows = by_head.reshape(size * PANEL, size)
    return rows[:, :-1], rows[:, -1]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="holds labels.json and the weights")
    parser.add_argument("--weights", default="accurate.pt", help="file name inside WORK")
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[3] / "shared")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    place = Place(options.shared.resolve(), options.work)
    size = pack_accurate(place, options.out, options.weights)
    print(f"{options.out}: {size} bytes")


if __name__ == "__main__":
    main()
