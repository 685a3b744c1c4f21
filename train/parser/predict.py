"""Sentences analysed by a model, whatever it is made of: names from scores."""
import torch

from .conllu import Word
from .labels import Labels
from .lemma import apply_script
from .tree import decode


def words_from_scores(forms: list[list[str]], scores: dict, relation, labels: Labels) -> list[list[Word]]:
    """Analyses of a batch. `relation(scores, heads)` gives the label scores for decoded heads."""
    arcs = scores["arc"].float().numpy()
    heads = torch.zeros(arcs.shape[:2], dtype=torch.long)
    for k, sentence in enumerate(forms):
        size = len(sentence)
        heads[k, :size] = torch.from_numpy(decode(arcs[k, :size, : size + 1]))
    best = {task: scores[task].argmax(-1).tolist() for task in ("upos", "xpos", "lemma")}
    deprel = relation(scores, heads).argmax(-1).tolist()
    found = []
    for k, sentence in enumerate(forms):
        found.append(
            [
                Word(
                    form,
                    apply_script(form, labels.lemma[best["lemma"][k][i]]),
                    labels.upos[best["upos"][k][i]],
                    labels.xpos[best["xpos"][k][i]],
                    int(heads[k, i]),
                    labels.deprel[deprel[k][i]],
                )
                for i, form in enumerate(sentence)
            ]
        )
    return found
