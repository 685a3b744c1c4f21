"""Stages of the teacher: fine-tuned on the gold trees; its trees of free text."""
import random
from dataclasses import asdict

import numpy as np
import torch

from .augment import some_typographic
from .labels import TASKS_WITH_CLASSES, Labels
from .minilm import MiniLM, base_encoder
from .place import Place
from .score import score
from .silver import label
from .teacher import Teacher
from .train_teacher import TeacherPlan, teacher_analyse, train_teacher
from .wordpiece import WordPieces

TYPOGRAPHIC = 0.25


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
    with open(place.work / "silver.npz.part", "wb") as file:
        np.savez(file, **arrays)
    (place.work / "silver.npz.part").rename(place.work / "silver.npz")
