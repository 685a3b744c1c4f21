"""The stages of the fast model. Each writes its result under the work directory, and is skipped
when that result is there: delete a file to do its stage again."""
import json
import os
import random
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch

from .augment import some_typographic
from .conllu import Word, read_conllu
from .examples import example_of
from .features import FeatureTable
from .labels import Labels, count_labels
from .minilm import MiniLM, base_encoder, load_weights
from .pack import pack, unpack
from .score import score
from .silver import label, silver_examples
from .student import ARC, EMBEDDING, HIDDEN, LAYERS, RELATION, Student
from .teacher import Teacher
from .text import free_sentences
from .train_student import StudentPlan, analyse, train_student
from .train_teacher import TeacherPlan, teacher_analyse, train_teacher
from .wordpiece import WordPieces
from .words import choose_words, count_words, principal_rows

WORDS = 30000
GOLD_WEIGHT = 3  # a gold word counts three times when the word list is chosen
TYPOGRAPHIC = 0.25
INT8_TENSORS = {"w.weight", "pf.weight", "sf.weight", "sh.weight"}


@dataclass
class Place:
    """Where things are: `shared` is read only, `work` holds every intermediate result."""

    shared: Path
    work: Path

    def treebank(self, part: str) -> list[list[Word]]:
        """EWT and the free genres of GUM; dev is never trained on."""
        corpora = self.shared / "corpora"
        return read_conllu(corpora / "ud-ewt" / f"{part}.conllu") + read_conllu(
            corpora / "gum-free" / f"{part}.conllu"
        )

    def ewt_dev(self) -> list[list[Word]]:
        """The set that decides."""
        return read_conllu(self.shared / "corpora" / "ud-ewt" / "dev.conllu")

    def minilm(self, name: str) -> Path:
        """A file of the base encoder."""
        return self.shared / "corpora" / "minilm-l6" / name

    def log(self, text: str) -> None:
        """Add a line to fast.log and print it."""
        line = f"{time.strftime('%H:%M:%S')} {text}"
        print(line, flush=True)
        with open(self.work / "fast.log", "a", encoding="utf8") as file:
            file.write(line + "\n")


def prepare(place: Place) -> None:
    """text.jsonl (free sentences), labels.json and words.txt."""
    text = free_sentences(place.shared)
    gold = place.treebank("train")
    counts = count_words(([w.form for w in s] for s in gold), GOLD_WEIGHT) + count_words(text)
    words = choose_words(counts, WORDS)
    write(place.work / "labels.json", json.dumps(count_labels(gold).names()))
    write(place.work / "words.txt", "\n".join(words))
    place.log(
        f"prepare: {len(gold)} gold sentences, {len(text)} free ones of "
        f"{sum(map(len, text))} words, {len(counts)} forms, rarest kept {counts[words[-1]]} times"
    )
    write(place.work / "text.jsonl", "\n".join(json.dumps(s) for s in text))


def read_labels(place: Place) -> Labels:
    """The label sets chosen by prepare()."""
    return Labels(**json.loads((place.work / "labels.json").read_text(encoding="utf8")))


def read_features(place: Place) -> FeatureTable:
    """The feature table over the words chosen by prepare()."""
    return FeatureTable((place.work / "words.txt").read_text(encoding="utf8").split("\n"))


def student(place: Place, vectors: torch.Tensor, silver, plan: StudentPlan, out: Path) -> None:
    """Train a student whose word rows start from `vectors`, and save its weights to `out`."""
    torch.manual_seed(plan.seed)
    labels, features = read_labels(place), read_features(place)
    trees = place.treebank("train")
    if silver:  # a second copy, so that gold is not drowned
        trees = trees + some_typographic(trees, 2 * TYPOGRAPHIC, random.Random(plan.seed))
    else:
        trees = some_typographic(trees, TYPOGRAPHIC, random.Random(plan.seed))
    counts = count_words([w.form for w in s] for s in trees)
    soft = silver(features, labels, counts) if silver else []
    gold = [example_of(s, features, labels, counts) for s in trees]
    model = new_student(features, labels, plan.drop)
    pieces = WordPieces(place.minilm("vocab.txt"))
    with torch.no_grad():
        rows = principal_rows(features.words, pieces, vectors, EMBEDDING)
        model.w.weight[: len(rows)] = rows
        model.w.weight[len(rows) :] *= 0.3
    place.log(f"student: {len(gold)} gold, {len(soft)} silver, {asdict(plan)}")
    train_student(model, gold, soft, place.ewt_dev(), features, labels, plan, place.log)
    save(model.state_dict(), out)


def new_student(features: FeatureTable, labels: Labels, drop: float) -> Student:
    """A student of the right sizes."""
    sizes = [len(getattr(labels, task)) for task in ("upos", "xpos", "lemma", "deprel")]
    return Student(features.word_rows, *sizes, drop)


def quick_student(place: Place, plan: StudentPlan) -> None:
    """A student without a teacher: gold trees, word rows from the base encoder."""
    vectors = load_weights(place.minilm("model.f16.safetensors"))["embeddings.word_embeddings.weight"]
    student(place, vectors, None, plan, place.work / "quick.pt")


def new_teacher(encoder: MiniLM, labels: Labels) -> Teacher:
    """A teacher of the right sizes."""
    sizes = [len(getattr(labels, task)) for task in ("upos", "xpos", "lemma", "deprel")]
    return Teacher(encoder, *sizes)


def teacher(place: Place, plan: TeacherPlan) -> None:
    """teacher.pt: MiniLM fine-tuned on the gold trees, scored on EWT dev."""
    torch.manual_seed(plan.seed)
    labels, pieces = read_labels(place), WordPieces(place.minilm("vocab.txt"))
    gold = some_typographic(place.treebank("train"), TYPOGRAPHIC, random.Random(plan.seed))
    dev = place.ewt_dev()
    model = new_teacher(base_encoder(place.minilm("model.f16.safetensors")), labels)
    place.log(f"teacher: {asdict(plan)}")
    train_teacher(model, gold, dev, pieces, labels, plan, place.log)
    save(model.state_dict(), place.work / "teacher.pt")
    found = teacher_analyse(model, [[w.form for w in s] for s in dev], pieces, labels)
    place.log(f"teacher: ud-ewt dev {score(dev, found)}")


def read_text(place: Place) -> list[list[str]]:
    """The free sentences chosen by prepare()."""
    lines = (place.work / "text.jsonl").read_text(encoding="utf8").split("\n")
    return [json.loads(line) for line in lines]


def label_text(place: Place) -> None:
    """silver.npz: the teacher's probabilities for text.jsonl."""
    labels, pieces = read_labels(place), WordPieces(place.minilm("vocab.txt"))
    model = new_teacher(MiniLM(), labels)
    model.load_state_dict(torch.load(place.work / "teacher.pt", weights_only=True))
    arrays = label(model, read_text(place), pieces, place.log)
    with open(place.work / "silver.part", "wb") as file:
        np.savez(file, **arrays)
    os.replace(place.work / "silver.part", place.work / "silver.npz")


def distilled_student(place: Place, plan: StudentPlan) -> None:
    """student.pt: trained on gold and silver, word rows from the teacher."""
    vectors = torch.load(place.work / "teacher.pt", weights_only=True)["encoder.pieces.weight"]

    def silver(features, labels, counts):
        return silver_examples(read_text(place), place.work / "silver.npz", features, counts)

    student(place, vectors, silver, plan, place.work / "student.pt")


def pack_student(place: Place, weights: Path, out: Path) -> None:
    """Pack the weights with labels and words, then score the packed file on both dev sets."""
    labels, features = read_labels(place), read_features(place)
    state = torch.load(weights, weights_only=True)
    dims = {"E": EMBEDDING, "D": HIDDEN, "layers": LAYERS, "arc": ARC, "relation": RELATION}
    meta = {"treebanks": "UD_English-EWT, UD_English-GUM (free genres)", "licence": "CC BY-SA 4.0"}
    tensors = {name: value.numpy() for name, value in state.items()}
    strings = labels.names() | {"words": features.words}
    packed = place.work / "fast.tct"
    pack(packed, "fast", meta, dims, tensors, INT8_TENSORS, strings)
    model, features, labels = load_packed(packed)
    for name in ("ud-ewt", "gum-free"):
        dev = read_conllu(place.shared / "corpora" / name / "dev.conllu")
        found = analyse(model, features, labels, [[w.form for w in s] for s in dev])
        place.log(f"pack: {packed.stat().st_size} bytes, {name} dev {score(dev, found)}")
    write(out, packed.read_bytes())


def load_packed(file: Path) -> tuple[Student, FeatureTable, Labels]:
    """A student as its packed file holds it (rounded embeddings included)."""
    _, tensors, strings = unpack(file)
    features = FeatureTable(strings["words"])
    labels = Labels(*(strings[task] for task in ("upos", "xpos", "lemma", "deprel")))
    model = new_student(features, labels, 0.0)
    wanted = model.state_dict()
    model.load_state_dict({name: torch.tensor(tensors[name]) for name in wanted})
    return model, features, labels


def write(file: Path, content: str | bytes) -> None:
    """Write whole or not at all, so that an interrupted stage is done again."""
    temporary = file.with_name(file.name + ".part")
    temporary.write_bytes(content if isinstance(content, bytes) else content.encode("utf8"))
    os.replace(temporary, file)


def save(state, file: Path) -> None:
    """Save tensors whole or not at all."""
    temporary = file.with_name(file.name + ".part")
    torch.save(state, temporary)
    os.replace(temporary, file)
