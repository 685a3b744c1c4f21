"""The stages of the fast model. Each writes its result under the work directory, and is skipped
when that result is there: delete a file to do its stage again."""
import json
import random
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch

from .augment import some_typographic
from .examples import example_of
from .features import FeatureTable
from .labels import TASKS_WITH_CLASSES, Labels, count_labels
from .mentions import TAGS, Openness
from .minilm import load_weights
from .pack import pack, unpack
from .place import TREEBANKS, Place, write_whole
from .score import score
from .silver import silver_examples
from .student import ARC, EMBEDDING, HIDDEN, LAYERS, RELATION, Student
from .teacher_stages import TYPOGRAPHIC, log_mentions, mention_dev
from .text import free_sentences
from .train_student import StudentPlan, analyse, find_tags, train_student
from .wordpiece import WordPieces
from .words import choose_words, count_words, principal_rows

WORDS = 30000
GOLD_WEIGHT = 3  # a gold word counts three times when the word list is chosen
INT8_TENSORS = {"w.weight", "pf.weight", "sf.weight", "sh.weight"}


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


def quick_student(place: Place, plan: StudentPlan) -> None:
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
    train_student(model, gold, [], place.dev(), features, labels, plan, place.log)
    place.save("quick.pt", model.state_dict())


def student(place: Place, plan: StudentPlan) -> None:
    """student.pt: gold trees and the teacher's trees of free text, word rows from the teacher."""
    torch.manual_seed(plan.seed)
    labels, features = place.labels(), place.features()
    gold, silver = distillation(place, labels, features, plan.seed)
    model = new_student(features, labels, plan.drop, mention=False)
    start_word_rows(place, model, place.tensors("teacher.pt")["encoder.pieces.weight"], features)
    place.log(f"student: {len(gold)} gold, {len(silver)} silver, {asdict(plan)}")
    train_student(model, gold, silver, place.dev(), features, labels, plan, place.log)
    place.save("student.pt", model.state_dict())


def joint_student(place: Place, plan: StudentPlan) -> None:
    """joint.pt: student.pt trained on, with the tagger's mentions as one more task."""
    torch.manual_seed(plan.seed)
    labels, features = place.labels(), place.features()
    gold, silver = distillation(place, labels, features, plan.seed)
    mentions = np.load(place.work / "mention.npz")
    add_mentions(gold, np.concatenate([mentions["gold"]] * 2))
    add_mentions(silver, mentions["text"])
    model = new_student(features, labels, plan.drop, mention=True)
    model.load_state_dict(model.state_dict() | place.tensors("student.pt"))
    place.log(f"joint: {len(gold)} gold, {len(silver)} silver, {asdict(plan)}")
    train_student(model, gold, silver, place.dev(), features, labels, plan, place.log)
    place.save("joint.pt", model.state_dict())


def distillation(place: Place, labels: Labels, features: FeatureTable, seed: int):
    """Gold examples, every sentence twice (the second time half of them in curly quotes), and the
    teacher's examples."""
    trees = place.trees()
    trees += some_typographic(trees, 2 * TYPOGRAPHIC, random.Random(seed))
    counts = count_words([w.form for w in s] for s in trees)
    silver = silver_examples(place.text(), place.work / "silver.npz", features, counts)
    return [example_of(s, features, labels, counts) for s in trees], silver


def add_mentions(examples, probabilities: np.ndarray) -> None:
    """Give each example its rows of the tags' probabilities over all words in order."""
    at = 0
    for example in examples:
        size = len(example.rows)
        example.soft = (example.soft or {}) | {"mention": probabilities[at : at + size]}
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
    labels, features = place.labels(), place.features()
    state = place.tensors(weights)
    strings = labels.names() | {"words": features.words}
    if "m.weight" in state:
        strings["mention"] = list(TAGS)
    dims = {"E": EMBEDDING, "D": HIDDEN, "layers": LAYERS, "arc": ARC, "relation": RELATION}
    meta = {"treebanks": "UD_English-EWT, UD_English-GUM (free genres)", "licence": "CC BY-SA 4.0"}
    tensors = {name: value.numpy() for name, value in state.items()}
    packed = place.work / "fast.tct"
    pack(packed, "fast", meta, dims, tensors, INT8_TENSORS, strings)
    model, features, labels = load_packed(packed)
    place.log(f"pack: {packed.stat().st_size} bytes")
    for name in TREEBANKS:
        dev = place.dev(name)
        found = analyse(model, features, labels, [[w.form for w in s] for s in dev])
        place.log(f"pack: {name} dev {score(dev, found)}")
    if model.mention:
        for name, dev in mention_dev(place, Openness(place.trees())).items():
            log_mentions(place, name, dev, find_tags(model, features, [[w for w, _ in s] for s in dev]))
    write_whole(out, packed.read_bytes())


def load_packed(file: Path) -> tuple[Student, FeatureTable, Labels]:
    """Student, features and labels as a packed file holds them (rounded embeddings included)."""
    _, tensors, strings = unpack(file)
    features = FeatureTable(strings["words"])
    labels = Labels(*(strings[task] for task in TASKS_WITH_CLASSES))
    model = new_student(features, labels, 0.0, "mention" in strings)
    model.load_state_dict({name: torch.tensor(tensors[name]) for name in model.state_dict()})
    return model, features, labels
