"""Stages of the teacher: fine-tuned on trees, then on mentions; its view of all other text."""
import random
from dataclasses import asdict

import numpy as np
import torch

from .augment import some_typographic
from .labels import TASKS_WITH_CLASSES, Labels
from .mentions import Openness, Tagged, crossner, gum, notes, span_scores
from .minilm import MiniLM, base_encoder
from .place import Place
from .score import score
from .silver import label
from .teacher import Teacher
from .train_mentions import MentionPlan, MentionTagger, tag_probabilities, tags_of, train_mentions
from .train_teacher import TeacherPlan, teacher_analyse, train_teacher
from .wordpiece import WordPieces

TYPOGRAPHIC = 0.25
CROSSNER = ("ai", "literature", "music", "politics", "science")
NAMED = ("Organization", "Person", "Product", "Place")
MENTION_ENCODER = "encoder."


def teacher(place: Place, plan: TeacherPlan) -> None:
    """teacher.pt: MiniLM fine-tuned on the gold trees, scored on EWT dev."""
    torch.manual_seed(plan.seed)
    labels, pieces, dev = place.labels(), WordPieces(place.minilm("vocab.txt")), place.dev()
    gold = some_typographic(place.trees(), TYPOGRAPHIC, random.Random(plan.seed))
    model = new_teacher(base_encoder(place.minilm("model.f16.safetensors")), labels)
    place.log(f"teacher: {asdict(plan)}")
    train_teacher(model, gold, dev, pieces, labels, plan, place.log)
    place.save("teacher.pt", model.state_dict())
    found = teacher_analyse(model, [[w.form for w in s] for s in dev], pieces, labels)
    place.log(f"teacher: ud-ewt dev {score(dev, found)}")


def new_teacher(encoder: MiniLM, labels: Labels) -> Teacher:
    """A teacher of the right sizes."""
    return Teacher(encoder, *(len(getattr(labels, task)) for task in TASKS_WITH_CLASSES))


def label_trees(place: Place) -> None:
    """silver.npz: the teacher's probabilities of trees for text.jsonl."""
    model = new_teacher(MiniLM(), place.labels())
    model.load_state_dict(place.tensors("teacher.pt"))
    arrays = label(model, place.text(), WordPieces(place.minilm("vocab.txt")), place.log)
    save_arrays(place, "silver.npz", arrays)


def mention_tagger(place: Place, plan: MentionPlan) -> None:
    """mention.pt: the teacher's encoder fine-tuned on typed mentions, scored on their dev sets."""
    torch.manual_seed(plan.seed)
    openness = Openness(place.trees())
    sentences = mention_sentences(place, openness)
    encoder = MiniLM()
    weights = place.tensors("teacher.pt")
    encoder.load_state_dict(
        {name[len(MENTION_ENCODER) :]: w for name, w in weights.items() if name.startswith(MENTION_ENCODER)}
    )
    model, pieces = MentionTagger(encoder), WordPieces(place.minilm("vocab.txt"))
    place.log(f"mentions: {len(sentences)} sentences, {asdict(plan)}")
    train_mentions(model, sentences, pieces, plan, place.log)
    place.save("mention.pt", model.state_dict())
    for name, dev in mention_dev(place, openness).items():
        found = tags_of(tag_probabilities(model, [[w for w, _ in s] for s in dev], pieces), dev)
        log_mentions(place, f"teacher, {name}", dev, found)


def mention_sentences(place: Place, openness: Openness) -> list[Tagged]:
    """All training sentences with mentions."""
    gold = place.shared / "gold"
    found = list(notes(sorted((gold / "train").glob("*.md")), gold / "train_entities.jsonl"))
    found += gum(place.corpora / "gum-free" / "train.conllu", openness)
    for domain in CROSSNER:
        found += crossner(place.corpora / "crossner" / domain / "train.txt", openness)
    return found


def mention_dev(place: Place, openness: Openness) -> dict[str, list[Tagged]]:
    """Dev sentences with mentions by source."""
    gold = place.shared / "gold"
    names = [
        sentence
        for domain in CROSSNER
        for sentence in crossner(place.corpora / "crossner" / domain / "dev.txt", openness)
    ]
    dev_notes = list(notes(sorted((gold / "dev").glob("*.md")), gold / "entities.jsonl"))
    return {"crossner dev": names, "notes dev": dev_notes}


def log_mentions(place: Place, what: str, gold: list[Tagged], found: list[list[str]]) -> None:
    """Log span scores over all types and over those that are names."""
    want = [[tag for _, tag in s] for s in gold]
    place.log(
        f"mentions: {what}: all {span_scores(want, found)}, names {span_scores(want, found, NAMED)}"
    )


def label_mentions(place: Place) -> None:
    """mention.npz: the tagger's probabilities, "gold" for the trees' words and "text" for text.jsonl."""
    model, pieces = MentionTagger(MiniLM()), WordPieces(place.minilm("vocab.txt"))
    model.load_state_dict(place.tensors("mention.pt"))
    gold = [[word.form for word in sentence] for sentence in place.trees()]
    arrays = {
        "gold": tag_probabilities(model, gold, pieces),
        "text": tag_probabilities(model, place.text(), pieces),
    }
    save_arrays(place, "mention.npz", arrays)


def save_arrays(place: Place, name: str, arrays: dict[str, np.ndarray]) -> None:
    """np.savez, whole or not at all."""
    with open(place.work / (name + ".part"), "wb") as file:
        np.savez(file, **arrays)
    (place.work / (name + ".part")).rename(place.work / name)
