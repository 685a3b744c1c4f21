"""From arc scores to a tree, as the C++ engine does it: greedy, else Eisner with one root child."""
import numpy as np

NONE = -1e18


def decode(scores: np.ndarray) -> np.ndarray:
    """Heads of words 1..n (0 = root) by `scores` [n, n + 1] of word and candidate head.

    Greedy when that is a tree with one root child (first maximum wins), else the best projective
    such tree (Eisner 1996). O(n^2), O(n^3) in the second case.
    """
    size = len(scores)
    table = np.full((size + 1, size + 1), NONE)
    table[1:] = scores
    np.fill_diagonal(table, NONE)
    heads = table.argmax(1)
    heads[0] = -1
    return heads[1:] if is_tree(heads) else eisner(table)[1:]


def is_tree(heads: np.ndarray) -> bool:
    """True if exactly one word hangs on the root and all words reach it. heads[0] is not read."""
    size = len(heads)
    if np.count_nonzero(heads[1:] == 0) != 1:
        return False
    reaches = np.zeros(size, dtype=bool)
    reaches[0] = True
    for start in range(1, size):
        path, at = [], start
        while not reaches[at]:
            if len(path) > size:
                return False
            path.append(at)
            at = heads[at]
        reaches[path] = True
    return True


def eisner(table: np.ndarray) -> np.ndarray:
    """The best projective tree with one root child; table[word, head], row 0 unused."""
    size = len(table)
    last = size - 1
    # [0] has its head at the right end of the span, [1] at the left end.
    complete = np.full((2, size, size), NONE)
    open_ = np.full((2, size, size), NONE)
    complete_at = np.zeros((2, size, size), dtype=np.int64)
    open_at = np.zeros((size, size), dtype=np.int64)
    for i in range(1, size):
        complete[:, i, i] = 0.0
    for width in range(1, last):
        for i in range(1, size - width):
            j = i + width
            both = complete[1, i, i:j] + complete[0, i + 1 : j + 1, j]
            best = int(both.argmax())
            open_at[i, j] = i + best
            open_[0, i, j] = both[best] + table[i, j]
            open_[1, i, j] = both[best] + table[j, i]
            left = complete[0, i, i:j] + open_[0, i:j, j]
            complete_at[0, i, j] = i + int(left.argmax())
            complete[0, i, j] = left.max()
            right = open_[1, i, i + 1 : j + 1] + complete[1, i + 1 : j + 1, j]
            complete_at[1, i, j] = i + 1 + int(right.argmax())
            complete[1, i, j] = right.max()
    root = 1 + int((complete[0, 1, 1:] + complete[1, 1:, last] + table[1:, 0]).argmax())
    heads = np.zeros(size, dtype=np.int64)
    heads[0] = -1
    todo = [(1, root, 0, True), (root, last, 1, True)]
    while todo:
        i, j, side, whole = todo.pop()
        if i == j:
            continue
        if not whole:
            split = open_at[i, j]
            heads[i if side == 0 else j] = j if side == 0 else i
            todo += [(i, split, 1, True), (split + 1, j, 0, True)]
        elif side == 0:
            split = complete_at[0, i, j]
            todo += [(i, split, 0, True), (split, j, 0, False)]
        else:
            split = complete_at[1, i, j]
            todo += [(i, split, 1, False), (split, j, 1, True)]
    return heads
