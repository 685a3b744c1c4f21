"""Stages of the accurate model: MiniLM on trees, then with mentions, then with relations at once."""
import random
import subprocess
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from .augment import some_typographic
from .examples import SOFT_TASKS
from .labels import IGNORE, TASKS, TASKS_WITH_CLASSES, Labels
from .mention_sources import Openness, crossner, entities_found, gum, note_entities, notes, tagged_names
from .mentions import IGNORED, MENTION_HEADS, TAGS, Tagged, span_scores
from .minilm import MiniLM, base_encoder
from .pack_accurate import pack_accurate
from .conllu import Word
from .place import TREEBANKS, Place, write_whole
from .relations import (
    Related, Relations, read_annotations, related_sentences, relation_lines, relation_scores,
)
from .score import score
from .silver import soft_sentences
from .teacher import Teacher
from .train_accurate import Joint, JointPlan, joint_examples, train_joint
from .pieces import teacher_analyse, teacher_batches
from .wordpiece import WordPieces

TYPOGRAPHIC = 0.25  # of the gold sentences in curly quotes and long dashes
CROSSNER = ("ai", "literature", "music", "politics", "science")
HELD_OUT = 9  # every ninth annotated note is kept for scoring
OUTSIDE_STEPS, OUTSIDE_STEP = 9, 0.25
NOTES_WEIGHT = 2  # times a sentence of an annotated note is seen in an epoch
RELATED_WEIGHT = 4  # the same where its relations are learnt
FOLDS = 3
REFIT_EPOCHS = 4


def teacher(place: Place, plan: JointPlan, processes: int) -> None:
    """teacher.pt: MiniLM fine-tuned on the gold trees."""
    torch.manual_seed(plan.seed)
    model = new_teacher(base_encoder(place.minilm("model.f16.safetensors")), place.labels())
    _on_trees(place, model, plan, processes, "teacher.pt")


def trees_again(place: Place, plan: JointPlan, processes: int) -> None:
    """trees.pt: the teacher trained on at a flat rate."""
    model = new_teacher(MiniLM(), place.labels())
    model.load_state_dict(place.tensors("teacher.pt"))
    _on_trees(place, model, plan, processes, "trees.pt")


def _on_trees(place: Place, model: Teacher, plan: JointPlan, processes: int, result: str) -> None:
    labels, pieces = place.labels(), WordPieces(place.minilm("vocab.txt"))
    trees = some_typographic(place.trees(), TYPOGRAPHIC, random.Random(plan.seed))
    examples = joint_examples(trees, [None] * len(trees), labels)
    place.log(f"{result}: {asdict(plan)}")
    train_joint(model, examples, place.dev(), pieces, labels, plan, processes, place.log)
    place.save(result, model.state_dict())


def accurate(place: Place, plan: JointPlan, processes: int) -> None:
    """accurate.pt: trees.pt trained on trees and mentions at once."""
    torch.manual_seed(plan.seed)
    labels, pieces = place.labels(), WordPieces(place.minilm("vocab.txt"))
    model = new_teacher(MiniLM(), labels, len(TAGS))
    model.load_state_dict(model.state_dict() | place.tensors("trees.pt"))
    openness = Openness(place.trees())
    examples = gold_examples(place, openness, plan.seed)
    tagged = tagged_sentences(place, openness)
    for i, soft in soft_sentences(model, [t.forms for t in tagged], pieces):
        examples.append(joint_soft(tagged[i], soft))
    held = held_out(place, openness)

    def scores(m: Teacher = model) -> dict:
        return mention_scores(held, lambda sentences: find_mentions(m, sentences, pieces))

    place.log(f"accurate: {len(tagged)} sentences with mentions, {asdict(plan)}")
    train_joint(model, examples, place.dev(), pieces, labels, plan, processes, place.log, also=scores)
    for head in (model.mention, model.outer):
        place.log(f"accurate: {tune_outside(head, scores)} taken off the bias of O")
    place.save("accurate.pt", model.state_dict())
    log_scores(place, "accurate", model)


def terms(place: Place, candidates: Path) -> None:
    """terms.jsonl: what the program finds in the annotated notes with accurate.pt, to hang relations on."""
    packed = place.work / "before.tct"
    pack_accurate(place, packed, "accurate.pt")
    notes = sorted((place.shared / "gold" / "train").glob("*.md"))
    for file in sorted(place.annotations().glob("*.tsv")):
        notes += sorted((place.shared / "notes").glob(f"*/{file.stem}.md"))
    command = [candidates, packed, place.annotations().parents[1] / "seeds", *notes]
    place.write("terms.jsonl", subprocess.run(command, check=True, capture_output=True).stdout)


def related(place: Place, plan: JointPlan, processes: int, result: str = "related.pt") -> None:
    """related.pt: accurate.pt trained on trees, mentions and the relations of annotated notes at once.

    again.pt is the same with another seed.
    """
    kept = {file.stem for file in note_files(place)[1]}
    model, _ = _with_relations(place, plan, processes, kept)
    place.save(result, model.state_dict())
    log_scores(place, result, model)


def settled(place: Place) -> None:
    """settled.pt: the mean of accurate.pt, related.pt and again.pt, heads of tags and lemmas fitted to that.

    The relations cost the trees a little; between the models both are nearly as good as in their own. The heads of
    relations are those of related.pt.
    """
    labels, pieces = place.labels(), WordPieces(place.minilm("vocab.txt"))
    before, again = place.tensors("accurate.pt"), place.tensors("again.pt")
    after = place.tensors("related.pt")
    mixed = {n: (before[n] + v + again[n]) / 3 if n in before else v for n, v in after.items()}
    relations = Relations.read(place.shared / "gold" / "ontology.tsv")
    model = new_teacher(MiniLM(), labels, len(TAGS), len(relations.names))
    model.load_state_dict(mixed)
    torch.manual_seed(3)
    refit_tags(model, some_typographic(place.trees(), TYPOGRAPHIC, random.Random(3)), pieces, labels)
    place.save("settled.pt", model.state_dict())
    log_scores(place, "settled", model)


def refit_tags(model: Teacher, trees: list[list[Word]], pieces: WordPieces, labels: Labels) -> None:
    """Fit the linear heads of tags and lemmas to the encoder as it is; running means of their weights."""
    words, classes = [], []
    for indices, scores in teacher_batches(model, [[w.form for w in s] for s in trees], pieces, 6000):
        for k, i in enumerate(indices):
            words.append(scores["words"][k, : len(trees[i])].half())
            classes.append(torch.from_numpy(labels.targets(trees[i])).T)
    x, y = torch.cat(words), torch.cat(classes)
    heads = {name: getattr(model, name) for name in ("upos", "xpos", "lemma")}
    parameters = [p for head in heads.values() for p in head.parameters()]
    means = [p.detach().clone() for p in parameters]
    optimizer = torch.optim.AdamW(parameters, lr=1e-3, weight_decay=0.0)
    for _ in range(REFIT_EPOCHS):
        for chosen in torch.randperm(len(x)).split(2048):
            batch = F.dropout(x[chosen].float(), 0.3)
            loss = sum(
                F.cross_entropy(head(batch), y[chosen, TASKS.index(name)], ignore_index=IGNORE)
                for name, head in heads.items()
            )
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            with torch.no_grad():
                for mean, p in zip(means, parameters):
                    mean.lerp_(p, 0.01)
    with torch.no_grad():
        for mean, p in zip(means, parameters):
            p.copy_(mean)


def related_fold(place: Place, plan: JointPlan, processes: int, fold: int) -> None:
    """pairs.FOLD.jsonl: what a model finds in a third of the annotated notes that has learnt from the others.

    The judge of relations (train/relate) learns from these: of its own notes a model is too sure.
    """
    gold = sorted((place.shared / "gold" / "train").glob("*.md"))
    files = gold + sorted(place.annotations().glob("*.tsv"))
    keep = {file.stem for file in files[fold::FOLDS]}
    model, kept = _with_relations(place, plan, processes, keep, alone=True)
    labels, pieces = place.labels(), WordPieces(place.minilm("vocab.txt"))
    names = Relations.read(place.shared / "gold" / "ontology.tsv").names
    place.write(f"pairs.{fold}.jsonl", "".join(relation_lines(model, kept, pieces, labels.deprel, names)))


def _with_relations(
    place: Place, plan: JointPlan, processes: int, keep: set[str], alone: bool = False
) -> tuple[Teacher, list[Related]]:
    """accurate.pt trained on; the sentences of the notes in `keep` are only scored.

    `alone` leaves the treebanks and CrossNER out: enough where only the relations count.
    """
    torch.manual_seed(plan.seed)
    labels, pieces = place.labels(), WordPieces(place.minilm("vocab.txt"))
    relations = Relations.read(place.shared / "gold" / "ontology.tsv")
    model = new_teacher(MiniLM(), labels, len(TAGS), len(relations.names))
    model.load_state_dict(model.state_dict() | place.tensors("accurate.pt"))
    openness = Openness(place.trees())
    examples = [] if alone else gold_examples(place, openness, plan.seed)
    annotations = read_annotations(place.shared / "gold", place.annotations())
    found = related_sentences(place.work / "terms.jsonl", annotations, relations)
    sentences = [s for s in found if s.note not in keep] * (1 if alone else RELATED_WEIGHT)
    kept = [s for s in found if s.note in keep]
    tagged = [] if alone else crossner_sentences(place, openness)
    own = [None] * len(tagged) + sentences
    tagged += [tagged_names(s.forms, annotations[s.note].typed_names(), openness) for s in sentences]
    for i, soft in soft_sentences(model, [t.forms for t in tagged], pieces):
        examples.append(replace(joint_soft(tagged[i], soft), related=own[i]))

    def scores(m: Teacher = model) -> dict:
        return relation_scores(m, kept, pieces, labels.deprel)

    place.log(f"related: {len(sentences)} sentences with relations, {asdict(plan)}")
    train_joint(model, examples, place.dev(), pieces, labels, plan, processes, place.log, also=scores)
    return model, kept


def gold_examples(place: Place, openness: Openness, seed: int) -> list[Joint]:
    """The treebanks' sentences; those of GUM with the names in them."""
    names = [t.classes() for t in gum(place.corpora / "gum-free" / "train.conllu", openness)]
    trees = place.trees()
    mentions = [None] * (len(trees) - len(names)) + names
    trees = some_typographic(trees, TYPOGRAPHIC, random.Random(seed))
    return joint_examples(trees, mentions, place.labels())


def joint_soft(tagged: Tagged, soft: dict) -> Joint:
    """A sentence without a gold tree: the model's own view of it keeps the trees in mind."""
    targets = np.full((len(TASKS), len(tagged.forms)), IGNORE)
    targets[TASKS.index("head")] = soft["head"]
    probabilities = {task: soft[task] for task in (*SOFT_TASKS, "arc")}
    return Joint(tagged.forms, targets, tagged.classes(), probabilities)


def note_files(place: Place) -> tuple[list[Path], list[Path]]:
    """Annotated notes for training, and those kept out of it."""
    files = sorted((place.shared / "gold" / "train").glob("*.md"))
    kept = files[HELD_OUT - 1 :: HELD_OUT]
    return [file for file in files if file not in kept], kept


def tagged_sentences(place: Place, openness: Openness) -> list[Tagged]:
    """Sentences with mentions and without trees."""
    train, _ = note_files(place)
    found = list(notes(train, place.shared / "gold" / "train_entities.jsonl", openness)) * NOTES_WEIGHT
    return found + crossner_sentences(place, openness)


def crossner_sentences(place: Place, openness: Openness) -> list[Tagged]:
    """CrossNER's sentences; they mark names only."""
    found: list[Tagged] = []
    for domain in CROSSNER:
        for part in ("train", "dev"):
            found += crossner(place.corpora / "crossner" / domain / f"{part}.txt", openness)
    return found


Note = tuple[list[Tagged], list]  # its sentences and entities


def held_out(place: Place, openness: Openness) -> list[Note]:
    """The notes kept out of training."""
    return _notes(note_files(place)[1], place.shared / "gold" / "train_entities.jsonl", openness)


def dev_notes(place: Place, openness: Openness) -> list[Note]:
    """The notes of the gold dev set."""
    gold = place.shared / "gold"
    return _notes(sorted((gold / "dev").glob("*.md")), gold / "entities.jsonl", openness)


def _notes(files: list[Path], entities: Path, openness: Openness) -> list[Note]:
    return [(list(notes([f], entities, openness)), note_entities(f, entities)) for f in files]


def mention_scores(gold: list[Note], find) -> dict:
    """Spans by occurrence, and the share of entities shown at least once in their note.

    find(sentences) gives the mentions of sentences of given words.
    """
    wanted, given = [], []
    by_span = by_type = total = 0
    for sentences, entities in gold:
        found = find([s.forms for s in sentences])
        wanted += [s.mention for s in sentences]
        given += [s.mention for s in found]
        spans_right, types_right = entities_found(entities, found)
        by_span, by_type, total = by_span + spans_right, by_type + types_right, total + len(entities)
    rates = {"entities": total, "span": round(by_span / total, 3), "span+type": round(by_type / total, 3)}
    return span_scores(wanted, given) | rates


def find_mentions(model: Teacher, sentences: list[list[str]], pieces: WordPieces) -> list[Tagged]:
    """The mentions of sentences of given words, each word's best tags."""
    found = [Tagged(forms, ["O"] * len(forms), ["O"] * len(forms)) for forms in sentences]
    for indices, scores in teacher_batches(model, sentences, pieces, 3000):
        best = [scores[name].argmax(-1).tolist() for name in MENTION_HEADS]
        for k, i in enumerate(indices):
            size = len(sentences[i])
            found[i].mention, found[i].outer = ([TAGS[t] for t in tags[k][:size]] for tags in best)
    return found


def tune_outside(head: nn.Linear, scores) -> float:
    """Take from the bias of O what gives the best scores() on notes kept out; returns how much.

    Best is the sum of F1 and the share of entities shown: sources that leave much unmarked make a
    tagger shy.
    """
    start = head.bias[0].item()
    best = (-1.0, 0.0)
    with torch.no_grad():
        for step in range(OUTSIDE_STEPS):
            head.bias[0] = start - OUTSIDE_STEP * step
            found = scores()
            best = max(best, (found["F1"] / 100 + found["span+type"], -OUTSIDE_STEP * step))
        head.bias[0] = start + best[1]
    return -best[1]


def log_scores(place: Place, what: str, model: Teacher) -> None:
    """Score on all dev sets."""
    labels, pieces = place.labels(), WordPieces(place.minilm("vocab.txt"))
    for name in TREEBANKS:
        dev = place.dev(name)
        found = teacher_analyse(model, [[w.form for w in s] for s in dev], pieces, labels)
        place.log(f"{what}: {name} dev {score(dev, found)}")
    openness = Openness(place.trees())
    for name, notes_of in (("held-out notes", held_out), ("gold/dev", dev_notes)):
        scores = mention_scores(notes_of(place, openness), lambda s: find_mentions(model, s, pieces))
        place.log(f"{what}: mentions of {name} {scores}")


def load_accurate(place: Place) -> Teacher:
    """The model of settled.pt."""
    settled = place.tensors("settled.pt")
    model = new_teacher(MiniLM(), place.labels(), len(TAGS), len(settled["pairs.relation.weight"]))
    model.load_state_dict(settled)
    return model


def new_teacher(encoder: MiniLM, labels: Labels, tags: int = 0, pairs: int = 0) -> Teacher:
    """A model of the right sizes; without `tags` it has no mentions, without `pairs` no relations."""
    return Teacher(encoder, *(len(getattr(labels, task)) for task in TASKS_WITH_CLASSES), tags, pairs)


def pack(place: Place, out: Path) -> None:
    """accurate.tct from accurate.pt, then copied to `out`."""
    packed = place.work / "accurate.tct"
    size = pack_accurate(place, packed, "settled.pt")
    place.log(f"pack: {size} bytes")
    write_whole(out, packed.read_bytes())
