"""The teacher's soft analyses of other sentences, in memory or as one file of float16 probabilities."""
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch

from .examples import SOFT_TASKS, Example
from .features import FeatureTable, normal_form
from .labels import IGNORE, TASKS
from .mentions import TYPED_HEADS
from .parallel import in_processes, shared_zeros
from .teacher import Teacher
from .pieces import teacher_batches
from .tree import decode
from .wordpiece import WordPieces

BATCH_PIECES = 3000
SMALL, CAPITALS = 0.06, 0.02  # parts of the free sentences the student sees in one case only
SWAPPED = 0.5  # part of them it sees once more with a homograph
EXCHANGED = 0.25  # part of the words of OPEN_TAGS in a varied sentence that are others
OPEN_TAGS = ("NN", "NNS", "NNP", "NNPS", "JJ", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ")
SURE = 0.9  # a tag as likely as this is believed there

_DTYPES = {"float16": torch.float16, "int16": torch.int16}
Soft = dict[str, np.ndarray]  # float16 probabilities by task; int16 "head"


def soft_sentences(
    model: Teacher, sentences: list[list[str]], pieces_of: WordPieces
) -> Iterator[tuple[int, Soft]]:
    """Index and probabilities of each sentence that fits the encoder, in any order.

    "arc" is over the candidate heads 0..n, "head" is the decoded one and "deprel" the
    probabilities of the labels at it.
    """
    for indices, scores in teacher_batches(model, sentences, pieces_of, BATCH_PIECES):
        arcs = scores["arc"].float()
        heads = torch.zeros(arcs.shape[:2], dtype=torch.long)
        for k, i in enumerate(indices):
            size = len(sentences[i])
            heads[k, :size] = torch.from_numpy(decode(arcs[k, :size, : size + 1].numpy()))
        with torch.no_grad():
            scores["deprel"] = model.relation(scores, heads)
        tasks = SOFT_TASKS + tuple(name for name in TYPED_HEADS if name in scores)
        soft = {task: scores[task].float().softmax(-1).half().numpy() for task in (*tasks, "arc")}
        for k, i in enumerate(indices):
            size = len(sentences[i])
            found = {task: soft[task][k, :size].copy() for task in tasks}
            found["arc"] = soft["arc"][k, :size, : size + 1].copy()
            found["head"] = heads[k, :size].numpy().astype(np.int16)
            yield i, found


def label(
    model: Teacher, sentences: list[list[str]], pieces_of: WordPieces, processes: int, log
) -> Soft:
    """Arrays over all words in order; "arc" is ragged, n * (n + 1) numbers per sentence.

    A sentence too long for the encoder has zeros, which are no targets at all.
    """
    sizes = np.array([len(s) for s in sentences])
    word_at = np.concatenate([[0], np.cumsum(sizes)])
    arc_at = np.concatenate([[0], np.cumsum(sizes * (sizes + 1))])
    _, sample = next(soft_sentences(model, sentences[:1], pieces_of))
    arrays = {
        task: shared_zeros(word_at[-1], *values.shape[1:], dtype=_DTYPES[values.dtype.name]).numpy()
        for task, values in sample.items()
        if task != "arc"
    }
    arrays["arc"] = shared_zeros(arc_at[-1], dtype=torch.float16).numpy()

    def work(rank: int) -> None:
        mine = range(rank, len(sentences), processes)
        found = soft_sentences(model, [sentences[i] for i in mine], pieces_of)
        for done, (k, soft) in enumerate(found, start=1):
            i = mine[k]
            for task, values in soft.items():
                if task == "arc":
                    arrays["arc"][arc_at[i] : arc_at[i + 1]] = values.ravel()
                else:
                    arrays[task][word_at[i] : word_at[i + 1]] = values
            if rank == 0 and done % 2000 == 0:
                log(f"label: {done * processes} of {len(sentences)} sentences")

    in_processes(processes, work)
    return arrays


def silver_examples(
    sentences: list[list[str]], file: Path, features: FeatureTable, xpos: list[str], counts, seed: int
) -> list[Example]:
    """Examples for the student from label()'s arrays (np.savez); `counts` are those of normal forms.

    A part of the sentences comes a second time with a homograph put in.
    """
    arrays = {name: values for name, values in np.load(file).items() if not name.startswith("gold_")}
    tasks = SOFT_TASKS + tuple(name for name in TYPED_HEADS if name in arrays)
    random_ = random.Random(seed)
    tags = sure_tags(arrays["xpos"], xpos)
    forms = [form for sentence in sentences for form in sentence]
    homographs = Homographs([(form, tag) for form, tag in zip(forms, tags) if form.islower()])
    examples = []
    at = arc_at = 0
    for sentence in sentences:
        size = len(sentence)
        words = slice(at, at + size)
        targets = np.full((len(TASKS), size), IGNORE)
        targets[TASKS.index("head")] = arrays["head"][words]
        soft = {task: arrays[task][words] for task in tasks}
        arc = arrays["arc"][arc_at : arc_at + size * (size + 1)]
        soft["arc"] = arc.reshape(size, size + 1)
        versions = [_in_some_case(sentence, random_)]
        if random_.random() < SWAPPED:
            versions += filter(None, [homographs.swap(sentence, tags[at : words.stop], random_)])
        for version in versions:
            seen = np.array([counts[normal_form(form)] for form in version], dtype=np.float32)
            rows = np.array([features.rows(form) for form in version], dtype=np.int64)
            examples.append(Example(rows, targets, 1 - 0.5 / (0.5 + seen), soft))
        at, arc_at = words.stop, arc_at + size * (size + 1)
    return examples


def count_forms(sentences: list[list[str]], counts: Counter[str]) -> None:
    """Add the normal forms of sentences to `counts`."""
    for sentence in sentences:
        counts.update(map(normal_form, sentence))


def sure_tags(probabilities: np.ndarray, xpos: list[str]) -> list[str]:
    """The likeliest tag of each word; "" where it is not SURE."""
    best, sure = probabilities.argmax(1), probabilities.max(1) > SURE
    return [xpos[k] if certain else "" for k, certain in zip(best, sure)]


def exchange_words(sentences: list[list[str]], tags: list[str], random_: random.Random) -> list[list[str]]:
    """Each sentence with a part EXCHANGED of its nouns, names, adjectives and verbs replaced by others of the same tag.

    There is more to learn from a teacher than there is text (TinyBERT, Jiao et al. 2020); any form of a tag is as
    likely as the square root of how often it comes, so that rare words are seen in many places. `tags` are those of all
    words in order, "" where a word stays.
    """
    forms = [form for sentence in sentences for form in sentence]
    counts: dict[str, Counter[str]] = {tag: Counter() for tag in OPEN_TAGS}
    for form, tag in zip(forms, tags):
        if tag in counts and form[0].isalpha():
            counts[tag][form] += 1
    choices = {}
    for tag, counted in counts.items():
        weights = np.cumsum(np.sqrt(list(counted.values())))
        choices[tag] = (list(counted), weights.tolist())
    found, at = [], 0
    for sentence in sentences:
        varied = list(sentence)
        for i, form in enumerate(sentence):
            tag = tags[at + i]
            if tag in choices and form[0].isalpha() and random_.random() < EXCHANGED:
                names, weights = choices[tag]
                varied[i] = random_.choices(names, cum_weights=weights)[0]
        found.append(varied)
        at += len(sentence)
    return found


class Homographs:
    """Forms the teacher calls a noun here and a verb there ("stores"), by tag.

    A student takes "a customer stores its data" for a compound when most of the stores it has read
    were shops; such a form put in a verb's place, with the teacher's view of that verb, says otherwise.
    """

    PAIRS = (("NNS", "VBZ"), ("NN", "VBP"), ("NN", "VB"))

    def __init__(self, tagged: list[tuple[str, str]], least: int = 2):
        """`tagged` are words of small letters with their tags; both tags of a pair at least `least` times."""
        counts: dict[str, Counter[str]] = {}
        for form, tag in tagged:
            counts.setdefault(tag, Counter())[form] += 1
        self._forms: dict[str, list[str]] = {}
        for noun, verb in self.PAIRS:
            nouns, verbs = counts.get(noun, Counter()), counts.get(verb, Counter())
            both = [f for f, count in nouns.items() if min(count, verbs[f]) >= least and f.isalpha() and len(f) > 2]
            for tag in (noun, verb):
                self._forms.setdefault(tag, []).extend(sorted(both))

    def swap(self, forms: list[str], tags: list[str], random_: random.Random) -> list[str] | None:
        """The sentence with one such form in place of another word of its tag; None if there is no place."""
        places = [i for i, (form, tag) in enumerate(zip(forms, tags)) if form.islower() and self._forms.get(tag)]
        verbs = [i for i in places if tags[i].startswith("V")]
        if not places:
            return None
        at = random_.choice(verbs or places) if random_.random() < 0.7 else random_.choice(places)
        return [*forms[:at], random_.choice(self._forms[tags[at]]), *forms[at + 1 :]]


def _in_some_case(forms: list[str], random_: random.Random) -> list[str]:
    draw = random_.random()
    if draw < SMALL:
        return [form.lower() for form in forms]
    return [form.upper() for form in forms] if draw < SMALL + CAPITALS else forms
