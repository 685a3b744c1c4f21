"""Checks of the training code that need no data: `python -m unittest test_parser` in this folder."""
import itertools
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch

from parser.features import FeatureTable, fnv1a, normal_form, shape
from parser.lemma import apply_script, script_of
from parser.pack import pack, unpack
from parser.student import Scan, Student
from parser.text import sentences_of, tokenize
from parser.tree import NONE, decode, eisner, is_tree


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
