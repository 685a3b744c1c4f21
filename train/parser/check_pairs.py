"""Relations and kinds that the program tells, held against the weights they were packed from.

`python -m parser.check_pairs --work DIR --weights NAME TERMS.jsonl`; TERMS.jsonl is what train/relate/candidates.cc
writes with the packed model.
"""
import argparse
import json
from pathlib import Path

import torch

from .accurate_stages import new_teacher
from .mentions import TAGS, TYPES
from .minilm import MiniLM
from .pieces import piece_batch
from .place import Place
from .relations import Related, Relations, pair_columns
from .wordpiece import WordPieces

LEAST = 0.03  # the program leaves out relations of a lower probability
CLOSE = 0.02  # 8-bit weights and rows may move a probability so far


def pair_differences(model, row: dict, names: list[str], deprels: list[str], pieces_of) -> tuple[list[float], list[float]]:
    """How far the program is from `model` in the relations and in the kinds of a sentence, given tree and tags."""
    forms, upos, deprel, head, *_ = map(list, zip(*row["tokens"]))
    columns = pair_columns([Related(forms, upos, deprel, head)], deprels)
    with torch.no_grad():
        words = model(piece_batch([forms], pieces_of), autocast=False)["words"]
        probability = torch.sigmoid(model.pairs(words, columns))
        kinds = torch.softmax(model.pairs.kind(words)[0], -1)
    told = {(i, j, names.index(name)): p for i, j, name, p in row["relations"]}
    pairs = []
    for place, (i, j) in enumerate(columns[:, 1:3].tolist()):
        for relation, expected in enumerate(probability[place].tolist()):
            found = told.pop((i, j, relation), None)
            # What is not told is anything below the threshold.
            pairs.append(max(0.0, expected - LEAST) if found is None else abs(found - expected))
    pairs += [1.0] * len(told)  # relations of pairs that are none
    return pairs, [abs(kinds[i, TYPES.index(kind)].item() - p) for i, (kind, p) in enumerate(row["kinds"])]


def main() -> int:
    """The command line; 1 if the program and the weights disagree."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("terms", type=Path)
    parser.add_argument("--work", type=Path, required=True, help="holds labels.json and the weights")
    parser.add_argument("--weights", default="related.pt", help="file name inside WORK")
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[3] / "shared")
    parser.add_argument("--sentences", type=int, default=100)
    options = parser.parse_args()
    place = Place(options.shared.resolve(), options.work)
    names = Relations.read(place.shared / "gold" / "ontology.tsv").names
    labels, pieces_of = place.labels(), WordPieces(place.minilm("vocab.txt"))
    model = new_teacher(MiniLM(), labels, len(TAGS), len(names))
    model.load_state_dict(place.tensors(options.weights))
    model.eval()
    pairs, kinds = [], []
    with options.terms.open(encoding="utf8") as lines:
        for line, _ in zip(lines, range(options.sentences)):
            found = pair_differences(model, json.loads(line), names, labels.deprel, pieces_of)
            pairs += found[0]
            kinds += found[1]
    far = sum(d > CLOSE for d in pairs)
    print(f"{len(pairs)} probabilities of pairs, farthest {max(pairs, default=0):.3f}, {far} over {CLOSE}")
    print(f"{len(kinds)} of kinds, farthest {max(kinds, default=0):.3f}, mean {sum(kinds) / max(1, len(kinds)):.3f}")
    return int(far > 0 or not pairs)


if __name__ == "__main__":
    raise SystemExit(main())
