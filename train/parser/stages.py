"""The stages of the fast model. Each writes its result under the work directory, and is skipped
when that result is there: delete a file to do its stage again."""
import json
import random
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import torch

from .accurate_stages import TYPOGRAPHIC, Note, dev_notes, held_out, load_accurate, mention_scores, tune_outside
from .augment import some_typographic
from .examples import Example, example_of
from .features import FeatureTable
from .labels import TASKS_WITH_CLASSES, Labels, count_labels
from .mention_sources import Openness
from .mentions import TAGS, TYPED_HEADS
from .minilm import load_weights
from .pack import unpack
from .pack_fast import parted, write_fast
from .place import TREEBANKS, Place, write_whole
from .score import score
from .silver import count_forms, exchange_words, label, silver_examples, sure_tags
from .student import EMBEDDING, Student
from .text import free_sentences
from .train_student import StudentPlan, analyse, find_mentions, train_student
from .wordpiece import WordPieces
from .words import choose_words, count_words, principal_rows

WORDS = 30000
VARIED_SEED = 7
KINDRED = ("NOUN", "PROPN", "NUM", "SYM", "VERB")  # words that head a thing
GOLD_WEIGHT = 3  # a gold word counts three times when the word list is chosen


def prepare(place: Place) -> None:
    """text.jsonl (free sentences), labels.json and words.txt."""
    text = free_sentences(place.shared)
    gold = place.trees()
    counts = count_words(([w.form for w in s] for s in gold), GOLD_WEIGHT) + count_words(text)
    words = choose_words(counts, WORDS)
    place.write("labels.json", json.dumps(count_labels(gold).names()))
    place.write("words.txt", "\n".join(words))
    place.log(
        f"prepare: {len(gold)} gold sentences, {len(text)} free ones of "
        f"{sum(map(len, text))} words, {len(counts)} forms, rarest kept {counts[words[-1]]} times"
    )
    place.write("text.jsonl", "\n".join(json.dumps(s) for s in text))


def quick_student(place: Place, plan: StudentPlan, processes: int) -> None:
    """quick.pt: a student without a teacher, gold trees only."""
    torch.manual_seed(plan.seed)
    labels, features = place.labels(), place.features()
    trees = some_typographic(place.trees(), TYPOGRAPHIC, random.Random(plan.seed))
    counts = count_words([w.form for w in s] for s in trees)
    gold = [example_of(s, features, labels, counts) for s in trees]
    model = new_student(features, labels, plan.drop, mention=False)
    vectors = load_weights(place.minilm("model.f16.safetensors"))
    start_word_rows(place, model, vectors["embeddings.word_embeddings.weight"], features)
    place.log(f"student: {len(gold)} gold, {asdict(plan)}")
    train_student(model, gold, [], place.dev(), features, labels, plan, processes, place.log)
    place.save("quick.pt", model.state_dict())


def label_text(place: Place, processes: int) -> None:
    """silver.npz: the accurate model's probabilities for text.jsonl, its mentions in the gold trees.

    varied.jsonl and varied.npz: the same sentences with some words exchanged, read anew.
    """
    model, pieces = load_accurate(place), WordPieces(place.minilm("vocab.txt"))
    text, labels = place.text(), place.labels()

    def labelled(sentences: list[list[str]]) -> dict:
        arrays = label(model, sentences, pieces, processes, place.log)
        heads = np.isin(arrays["upos"].argmax(1), [labels.upos.index(tag) for tag in KINDRED])
        arrays["kind"][~heads] = 0  # the teacher has never been asked there
        return arrays

    arrays = labelled(text)
    varied = exchange_words(text, sure_tags(arrays["xpos"], labels.xpos), random.Random(VARIED_SEED))
    place.write("varied.jsonl", "\n".join(json.dumps(s) for s in varied))
    place.save_arrays("varied.npz", labelled(varied))
    gold = labelled([[word.form for word in words] for words in place.trees()])
    arrays |= {f"gold_{name}": gold[name] for name in TYPED_HEADS}
    place.save_arrays("silver.npz", arrays)
    place.log(f"label: {sum(map(len, text)) + sum(map(len, varied))} words of free text")


def student(place: Place, plan: StudentPlan, processes: int, start: Path | None = None) -> None:
    """student.pt: gold trees and the accurate model's view of free text, word rows from it; at last
    without the varied text, which is not quite English.

    With `start` it begins with the weights there (of a student over the same words).
    """
    torch.manual_seed(plan.seed)
    labels, features = place.labels(), place.features()
    gold, silver, varied = distillation(place, labels, features, plan.seed)
    model = new_student(features, labels, plan.drop, mention=True)
    if start:
        model.load_state_dict(model.state_dict() | torch.load(start, weights_only=True))
    else:
        start_word_rows(place, model, place.tensors("settled.pt")["encoder.pieces.weight"], features)
    held = held_out(place, Openness(place.trees()))
    first = replace(plan, minutes=plan.minutes * 7 / 8)
    last = replace(plan, steps=plan.steps // 7, minutes=plan.minutes / 8, rate=0.3 * plan.rate, seed=plan.seed + 8)
    for soft, part in ((silver + varied, first), (silver, last)):
        place.log(f"student: {len(gold)} gold, {len(soft)} silver, {asdict(part)}")
        train_student(
            model, gold, soft, place.dev(), features, labels, part, processes, place.log,
            also=lambda m: student_mentions(held, m, features),
        )  # fmt: skip
    for head in (model.m, model.mo):
        taken = tune_outside(head, lambda: student_mentions(held, model, features))
        place.log(f"student: {taken} taken off the bias of O")
    place.save("student.pt", model.state_dict())


def student_mentions(gold: list[Note], model: Student, features: FeatureTable) -> dict:
    """The mention scores of a student."""
    return mention_scores(gold, lambda sentences: find_mentions(model, features, sentences))


def distillation(place: Place, labels: Labels, features: FeatureTable, seed: int):
    """Gold examples, every sentence twice (the second time half of them in curly quotes), the
    accurate model's examples of free text, and those of varied text."""
    trees = place.trees()
    trees += some_typographic(trees, 2 * TYPOGRAPHIC, random.Random(seed))
    counts = count_words([w.form for w in s] for s in trees)
    file = place.work / "silver.npz"
    count_forms(place.text(), counts)
    silver = silver_examples(place.text(), file, features, labels.xpos, counts, seed)
    varied = silver_examples(place.text("varied"), place.work / "varied.npz", features, labels.xpos, counts, seed + 1)
    gold = [example_of(s, features, labels, counts) for s in trees]
    with np.load(file) as arrays:
        for name in TYPED_HEADS:
            add_soft(gold, name, np.concatenate([arrays[f"gold_{name}"]] * 2))
    return gold, silver, varied


def add_soft(examples: list[Example], task: str, probabilities: np.ndarray) -> None:
    """Give each example its rows of a task's probabilities over all words in order."""
    at = 0
    for example in examples:
        size = len(example.rows)
        example.soft = (example.soft or {}) | {task: probabilities[at : at + size]}
        at += size


def new_student(features: FeatureTable, labels: Labels, drop: float, mention: bool) -> Student:
    """A student of the right sizes."""
    sizes = [len(getattr(labels, task)) for task in TASKS_WITH_CLASSES]
    return Student(features.word_rows, *sizes, len(TAGS) if mention else 0, drop)


def start_word_rows(place: Place, model: Student, vectors: torch.Tensor, features) -> None:
    """The word rows from an encoder's subword vectors; the hashed rows start small."""
    pieces = WordPieces(place.minilm("vocab.txt"))
    with torch.no_grad():
        rows = principal_rows(features.words, pieces, vectors, EMBEDDING)
        model.w.weight[: len(rows)] = rows
        model.w.weight[len(rows) :] *= 0.3


def pack_student(place: Place, weights: str, out: Path) -> None:
    """fast.tct from the weights, scored as packed on the dev sets, then copied to `out`."""
    packed = place.work / "fast.tct"
    size = write_fast(place.tensors(weights), place.labels(), place.features().words, packed)
    place.log(f"pack: {size} bytes")
    model, features, labels = load_packed(packed)
    for name in TREEBANKS:
        dev = place.dev(name)
        found = analyse(model, features, labels, [[w.form for w in s] for s in dev])
        place.log(f"pack: {name} dev {score(dev, found)}")
    if model.mention:
        openness = Openness(place.trees())
        for name, notes in (("held-out notes", held_out), ("gold/dev", dev_notes)):
            scores = student_mentions(notes(place, openness), model, features)
            place.log(f"pack: mentions of {name} {scores}")
    write_whole(out, packed.read_bytes())


def load_packed(file: Path) -> tuple[Student, FeatureTable, Labels]:
    """Student, features and labels as a packed file holds them, weights and embeddings rounded."""
    _, tensors, strings = unpack(file)
    tensors = parted(tensors, strings["heads"])
    features = FeatureTable(strings["words"])
    labels = Labels(*(strings[task] for task in TASKS_WITH_CLASSES))
    model = new_student(features, labels, 0.0, "mention" in strings)
    model.load_state_dict({name: torch.tensor(tensors[name]) for name in model.state_dict()})
    return model, features, labels
