"""Checks of the training code that need no data: `python -m unittest test_parser` in this folder."""
import contextlib
import itertools
import os
import random
import tempfile
import unittest
import unittest.mock
from collections import Counter
from pathlib import Path

import numpy as np
import torch

from parser import student
from parser.features import FeatureTable, fnv1a, normal_form, shape
from parser.lemma import apply_script, script_of
from parser.mention_sources import Entity, Openness, _tagged, entities_found, fold
from parser.mentions import TAGS, Tagged, spans
from parser.minilm import MiniLM
from parser.pack import pack, unpack
from parser.parallel import Descent, descend
from parser.pieces import PieceBatch
from parser.relations import Related, distance_class, pair_columns
from parser.silver import Homographs, exchange_words, silver_examples
from parser.student import Scan, Student
from parser.teacher import Teacher
from parser.text import sentences_of, tokenize
from parser.train_accurate import Joint, hide_words, joint_loss
from parser.tree import NONE, decode, eisner, is_tree
from parser.wordpiece import MASK


def projective(heads) -> bool:
    """True if no two arcs cross, the root's included."""
    arcs = [tuple(sorted((i, h))) for i, h in enumerate(heads) if i > 0]
    return not any(a < c < b < d for a, b in arcs for c, d in arcs)


class Features(unittest.TestCase):
    def test_hash_is_fnv1a(self):
        self.assertEqual(fnv1a("", 0), 0x811C9DC5)
        self.assertEqual(fnv1a("foobar", 0), 0xBF9CF968)

    def test_normal_form_touches_ascii_only(self):
        self.assertEqual(normal_form("ÉTÉ Ab"), "ÉtÉ ab")
        self.assertEqual([normal_form(w) for w in ("7", "1234567", "٣", "1a")], ["#", "#####", "٣", "1a"])

    def test_shape_cuts_runs_at_two(self):
        self.assertEqual(shape("Windows95"), "Xxxdd")
        self.assertEqual(shape("naïve--x"), "xxuxx--x")

    def test_unlisted_words_use_hashed_rows(self):
        table = FeatureTable(["the"])
        self.assertEqual(table.rows("The")[0], 0)
        self.assertEqual(table.rows("qwerty")[0], 1 + fnv1a("qwerty", 1) % 8192)


class Lemmas(unittest.TestCase):
    def test_script_gives_the_lemma_back(self):
        for form, lemma in [("was", "be"), ("Houses", "house"), ("iPhones", "iPhone"), ("US", "US"), ("n’t", "not")]:
            self.assertEqual(apply_script(form, script_of(form, lemma)), lemma)


class Trees(unittest.TestCase):
    def test_eisner_finds_the_best_projective_tree(self):
        random = np.random.default_rng(7)
        for size in (1, 2, 3, 4, 5):
            for _ in range(20):
                table = np.full((size + 1, size + 1), NONE)
                table[1:] = random.normal(size=(size, size + 1))
                np.fill_diagonal(table, NONE)
                best = -np.inf
                for rest in itertools.product(range(size + 1), repeat=size):
                    heads = np.array([-1, *rest])
                    if all(i != h for i, h in enumerate(heads)) and is_tree(heads) and projective(heads):
                        best = max(best, sum(table[i, heads[i]] for i in range(1, size + 1)))
                found = eisner(table)
                self.assertTrue(is_tree(found) and projective(found))
                self.assertAlmostEqual(sum(table[i, found[i]] for i in range(1, size + 1)), best)

    def test_decode_always_gives_a_tree(self):
        random = np.random.default_rng(8)
        for _ in range(50):
            heads = decode(random.normal(size=(9, 10)))
            self.assertTrue(is_tree(np.concatenate([[-1], heads])))


class Network(unittest.TestCase):
    def test_scan_has_the_right_gradient(self):
        torch.manual_seed(1)
        forget = torch.rand(4, 2, 3, dtype=torch.double, requires_grad=True)
        update = torch.rand(4, 2, 3, dtype=torch.double, requires_grad=True)
        self.assertTrue(torch.autograd.gradcheck(Scan.apply, (forget, update)))

    def test_padding_changes_nothing(self):
        torch.manual_seed(1)
        model = Student(9000, 5, 6, 7, 8, 9, 0.3).eval()
        rows = torch.randint(0, 1000, (1, 6, 7))
        mask = torch.tensor([[True] * 4 + [False] * 2])
        with torch.no_grad():
            alone = model(rows[:, :4], mask[:, :4])
            padded = model(rows, mask)
        torch.testing.assert_close(alone["arc"], padded["arc"][:, :4, :5])
        torch.testing.assert_close(alone["upos"], padded["upos"][:, :4])


    def test_homographs_take_the_place_of_words_of_their_tag(self):
        tagged = [("stores", "NNS"), ("stores", "VBZ")] * 2 + [("uses", "VBZ"), ("'s", "NNS"), ("'s", "VBZ")] * 3
        homographs = Homographs(tagged)
        swapped = {
            tuple(homographs.swap("It uses old tools".split(), ["PRP", "VBZ", "JJ", "NNS"], random.Random(seed)))
            for seed in range(20)
        }
        self.assertEqual(swapped, {("It", "stores", "old", "tools"), ("It", "uses", "old", "stores")})
        self.assertIsNone(homographs.swap(["It", "rains"], ["PRP", ""], random.Random(1)))

    def test_mentions_bend_the_common_layers_only_a_little(self):
        gradients = []
        for share in (student.MENTION_SHARE, 1.0):
            torch.manual_seed(2)
            model = Student(9000, 5, 6, 7, 8, len(TAGS), 0.0)
            rows, mask = torch.randint(0, 1000, (1, 3, 7)), torch.ones(1, 3, dtype=torch.bool)
            with unittest.mock.patch.object(student, "MENTION_SHARE", share):
                scores = model(rows, mask)
            (scores["mention"].square().sum() + scores["outer"].square().sum()).backward()
            gradients.append((model.conv.weight.grad, model.m.weight.grad, model.mo.weight.grad))
        torch.testing.assert_close(gradients[0][0], student.MENTION_SHARE * gradients[1][0])
        for own, other in zip(gradients[0][1:], gradients[1][1:]):
            torch.testing.assert_close(own, other)

    def test_free_sentences_in_one_case_keep_their_targets(self):
        with tempfile.TemporaryDirectory() as folder:
            sentences = [["Acme", "Grows", "fast"]] * 200
            words = sum(map(len, sentences))
            arrays = {task: np.ones((words, 2), np.float16) / 2 for task in ("upos", "xpos", "deprel", "mention")}
            arrays |= {"head": np.zeros(words, np.int16), "arc": np.ones(words * 4, np.float16), "gold_mention": np.ones(3)}
            np.savez(Path(folder) / "silver.npz", **arrays)
            examples = silver_examples(sentences, Path(folder) / "silver.npz", FeatureTable(["acme"]), ["NN", "VB"], Counter(), 1)
        shapes = Counter(tuple(e.rows[:, 6]) for e in examples)
        self.assertEqual(len(shapes), 3)
        self.assertGreater(shapes.most_common(1)[0][1], 160)
        self.assertTrue(all(set(e.soft) == {"upos", "xpos", "deprel", "mention", "arc"} for e in examples))
        self.assertEqual(examples[0].soft["arc"].shape, (3, 4))

    def test_exchanged_words_keep_their_tag_and_their_place(self):
        verbs, nouns = ("sells", "buys", "owns"), ("boats", "pumps", "seeds")
        sentences = [["Acme", verb, noun, "."] for verb in verbs for noun in nouns] * 40
        tags = ["NNP", "VBZ", "", "."] * len(sentences)  # of the nouns it is not sure
        varied = exchange_words(sentences, tags, random.Random(2))
        self.assertEqual(varied, exchange_words(sentences, tags, random.Random(2)))
        self.assertEqual([[s[0], *s[2:]] for s in varied], [[s[0], *s[2:]] for s in sentences])
        self.assertLessEqual({s[1] for s in varied}, set(verbs))
        changed = sum(a != b for a, b in zip(varied, sentences)) / len(sentences)
        self.assertTrue(0.1 < changed < 0.25, changed)  # a quarter is exchanged, a third of it for itself


class Accurate(unittest.TestCase):
    def test_hidden_words_are_hidden_whole_and_nothing_else_is(self):
        torch.manual_seed(3)
        first, mask = torch.tensor([[1, 2, 5], [1, 3, 0]]), torch.tensor([[True] * 3, [True, True, False]])
        pieces = torch.tensor([[101, 7, 8, 8, 8, 9, 102], [101, 7, 7, 9, 102, 0, 0]])
        counts = set()
        for _ in range(20):
            batch = PieceBatch(pieces.clone(), torch.zeros_like(pieces), pieces > 0, first, mask)
            hidden = hide_words(batch, 0.5)
            counts.add(int(hidden.sum()))
            for row, starts in enumerate([(1, 2, 5, 6), (1, 3, 4)]):
                want = pieces[row].clone()
                for word in range(len(starts) - 1):
                    if hidden[row, word]:
                        want[starts[word] : starts[word + 1]] = MASK
                self.assertEqual(batch.pieces[row].tolist(), want.tolist())
        self.assertGreater(len(counts), 2)

    def test_what_is_not_known_of_a_sentence_teaches_nothing(self):
        torch.manual_seed(4)
        model = Teacher(MiniLM(1), 3, 3, 3, 3, len(TAGS))
        batch = PieceBatch(*(torch.tensor(x) for x in ([[101, 5, 6, 102]], [[0] * 4], [[True] * 4], [[1, 2]], [[True] * 2])))
        nothing = Joint(["a", "b"])
        hidden = torch.zeros(1, 2, dtype=torch.bool)
        self.assertEqual(joint_loss(model, batch, [nothing], hidden).item(), 0.0)
        mentions = Tagged(["a", "b"], ["O", "?"], ["?", "?"]).classes()
        joint_loss(model, batch, [Joint(["a", "b"], mentions=mentions)], hidden).backward()
        self.assertIsNotNone(model.mention.weight.grad)
        self.assertIsNone(model.upos.weight.grad)
        self.assertIsNone(model.outer.weight.grad)

    def test_processes_share_one_descent(self):
        """Two processes with half a batch each go where one with the whole batch goes."""
        torch.manual_seed(5)
        x, y = torch.randn(8, 3), torch.randn(8, 2)
        weights, means, losses = {}, {}, {}
        for count in (1, 2):
            torch.manual_seed(6)
            model = torch.nn.Linear(3, 2)
            parts = [range(8)] if count == 1 else [range(4), range(4, 8)]
            groups = [{"params": [model.bias], "base": 0.1, "weight_decay": 0.0}]
            groups += [{"params": [model.weight], "base": 0.05, "weight_decay": 0.1}]
            seen = []
            descend(
                model, Descent(groups, (0.9, 0.9), 0.5, 0.9), count, 1, lambda epoch: iter(parts),
                lambda part: (model(x[list(part)]) - y[list(part)]).square().mean(),
                lambda step: None if step == 30 else 1.0,
                lambda step, loss, lent: seen.append((loss, model.weight.detach().clone())),
            )  # fmt: skip
            losses[count] = [loss for loss, _ in seen]
            weights[count], means[count] = seen[-1][1], model.weight.detach().clone()
        self.assertEqual(len(losses[2]), 30)
        self.assertLess(losses[2][-1], losses[2][0])
        torch.testing.assert_close(weights[1], weights[2])
        torch.testing.assert_close(means[1], means[2])
        self.assertFalse(torch.equal(means[2], weights[2]))

    def test_an_error_in_one_process_ends_all(self):
        model = torch.nn.Linear(1, 1)
        groups = [{"params": list(model.parameters()), "base": 0.1, "weight_decay": 0.0}]

        def fail(number):
            if number == 1:
                raise ValueError("on purpose")
            return model(torch.ones(1)).sum()

        with open(os.devnull, "w") as nowhere, contextlib.redirect_stderr(nowhere):
            self.assertRaises(
                Exception, descend, model, Descent(groups, (0.9, 0.9), 1.0), 2, 1, lambda epoch: iter([0, 1]), fail,
                lambda step: 1.0, lambda *_: None,
            )  # fmt: skip


class Pairs(unittest.TestCase):
    def test_pairs_are_of_ends_and_meet_where_their_ways_do(self):
        # "Acme Corp buys the old mill": Acme is a name in a compound, "the" and "old" are no ends.
        upos = ["PROPN", "PROPN", "VERB", "DET", "ADJ", "NOUN"]
        deprel = ["compound", "nsubj", "root", "det", "amod", "obj"]
        one = Related(list("abcdef"), upos, deprel, [1, 2, -1, 5, 5, 2])
        columns = pair_columns([one], ["root", "nsubj", "obj", "compound"]).tolist()
        self.assertEqual({(i, j) for _, i, j, *_ in columns}, set(itertools.permutations((0, 1, 2, 5), 2)))
        places = {(i, j): rest for _, i, j, *rest in columns}
        self.assertEqual(places[0, 5], [2, 12 + 5, 3, 2, 2 * 5 + 1])
        self.assertEqual(places[5, 0], [2, 5, 2, 3, 1 * 5 + 2])
        self.assertEqual(places[0, 1], [1, 12 + 1, 3, 1, 1 * 5])
        one.upos[0] = "NOUN"
        self.assertNotIn(0, pair_columns([one], ["root"])[:, 1].tolist())

    def test_distances_grow_by_half_powers_of_two(self):
        self.assertEqual([distance_class(-d) for d in (1, 4, 5, 6, 8, 11, 12, 16, 60)], [1, 4, 5, 6, 7, 7, 8, 9, 11])


class Mentions(unittest.TestCase):
    NAMES = {("Acme",): "Organization", ("pricing", "strategy"): "Strategy", ("acme", "'s", "pricing", "strategy"): "Strategy"}

    def tagged(self, line: str) -> Tagged:
        return _tagged(line.split(), self.NAMES, Openness([]))

    def test_a_name_inside_a_nominal_is_kept(self):
        found = self.tagged("We like Acme 's pricing strategy .")
        self.assertEqual(spans(found.mention), {(2, 2, "Organization"), (4, 5, "Strategy")})
        self.assertEqual(spans(found.outer), {(2, 5, "Strategy")})

    def test_names_need_their_capitals_and_nominals_do_not(self):
        self.assertEqual(spans(self.tagged("acme grows").mention), set())
        self.assertEqual(spans(self.tagged("Pricing strategy matters").mention), {(0, 1, "Strategy")})

    def test_numbers_and_dates_are_found_without_names(self):
        found = spans(self.tagged("In March 2019 it paid $ 3.5 billion for 40 % of Acme").mention)
        self.assertEqual(found, {(1, 2, "Date"), (5, 7, "Quantity"), (9, 10, "Quantity"), (12, 12, "Organization")})

    def test_spans_read_tags_that_lack_a_beginning(self):
        self.assertEqual(spans(["I-Place", "I-Place", "B-Place", "I-Work"]), {(0, 1, "Place"), (2, 2, "Place"), (3, 3, "Work")})

    def test_an_entity_is_found_by_any_of_its_names(self):
        entities = [Entity({"acme", "acme corp"}, "Organization"), Entity({"growth"}, "Concept")]
        sentences = [Tagged(["the", "Acme", "growth"], ["O", "B-Organization", "B-Metric"], ["O"] * 3)]
        self.assertEqual(entities_found(entities, sentences), (2, 1))

    def test_folding_drops_determiners_possessives_and_signs(self):
        self.assertEqual([fold(n) for n in ("The Acme Corp.", "Acme's", "Acme ’s x-ray", "its plan")], ["acme corp", "acme", "acme x ray", "plan"])


class Files(unittest.TestCase):
    def test_a_damaged_file_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "m.tct"
            table = np.random.default_rng(1).normal(size=(10, 4)).astype(np.float32)
            pack(file, "t", {}, {}, {"w": table, "b": table}, {"w"}, {"s": ["a", "ü"], "none": []})
            header, tensors, strings = unpack(file)
            np.testing.assert_array_equal(tensors["b"], table)
            self.assertLess(np.abs(tensors["w"] - table).max(), np.abs(table).max() / 200)
            self.assertEqual(strings, {"s": ["a", "ü"], "none": []})
            self.assertTrue(all(e["offset"] % 64 == 0 for e in header["tensors"].values()))
            data = bytearray(file.read_bytes())
            data[-1] ^= 1
            file.write_bytes(data)
            self.assertRaises(ValueError, unpack, file)


class Text(unittest.TestCase):
    def test_words_are_cut_as_in_ewt(self):
        words = [word for word, _ in tokenize("It doesn't cost $1.5B, Mr. O'Neil's co-founder can’t.")]
        want = "It does n't cost $ 1.5B , Mr. O'Neil 's co - founder ca n’t .".split()
        self.assertEqual(words, want)

    def test_sentences_end_before_a_capital(self):
        self.assertEqual(len(list(sentences_of('He left. "Why?" she asked. It was 3.5 p.m. then.'))), 3)


if __name__ == "__main__":
    unittest.main()
