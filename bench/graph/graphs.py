"""The graphs of bench/graph/run, made once under build/bench with fixed seeds.

NAME.txt is the edge list our program reads, NAME.npy the same pairs for the peers. Nodes are numbered
in order of first use, which is how we number them too, so that everybody has the same memory layout.
"""
import pathlib
import re

import numpy


def rmat(scale, edge_factor, seed):
    """Graph500's generator: A .57, B .19, C .19, D .05; node names shuffled."""
    draw = numpy.random.default_rng(seed)
    n, m = 1 << scale, edge_factor << scale
    source, target = numpy.zeros(m, numpy.int64), numpy.zeros(m, numpy.int64)
    for _ in range(scale):
        x = draw.random(m)
        source = source * 2 + (x >= .76)
        target = target * 2 + (((x >= .57) & (x < .76)) | (x >= .95))
    names = draw.permutation(n)
    return numpy.stack([names[source], names[target]], 1)


def knowledge(entities, edges, seed):
    """Hubs, and clusters of 512 that hold six of ten edges."""
    draw = numpy.random.default_rng(seed)
    zipf = lambda count, s, size: numpy.minimum(
        (((count ** (1 - s) - 1) * draw.random(size) + 1) ** (1 / (1 - s))).astype(numpy.int64), count) - 1
    names = draw.permutation(entities)
    source = names[zipf(entities, .6, edges)]
    near = source // 512 * 512 + zipf(512, .7, edges)
    far = names[zipf(entities, .85, edges)]
    target = numpy.where(draw.random(edges) < .6, numpy.minimum(near, entities - 1), far)
    return numpy.stack([source, target], 1)


def words(folder):
    """Which word stands next to which in the notes: a network of real text."""
    number, pairs = {}, []
    for path in sorted(pathlib.Path(folder).rglob("*.md")):
        found = [number.setdefault(w, len(number))
                 for w in re.findall(r"[a-z]{3,}", path.read_text(errors="replace").lower())]
        pairs += zip(found, found[1:])
    return numpy.array(pairs, numpy.int64)


def numbered(pairs):
    """First use gives the number, in rows sorted by source."""
    _, first, inverse = numpy.unique(pairs.ravel(), return_index=True, return_inverse=True)
    rank = numpy.empty(len(first), numpy.int64)
    rank[numpy.argsort(first)] = numpy.arange(len(first))
    return rank[inverse].reshape(-1, 2)


def simple(pairs, directed):
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    if not directed:
        pairs = numpy.sort(pairs, 1)
    return numbered(numpy.unique(pairs, axis=0))


MAKERS = {
    "rmat12": lambda root: rmat(12, 16, 1),
    "rmat16": lambda root: rmat(16, 16, 1),
    "rmat18": lambda root: rmat(18, 16, 1),
    "kg": lambda root: knowledge(200000, 1300000, 1),
    "words": lambda root: words(root / ".." / "shared" / "notes"),
}


def path_of(root, name, directed):
    """The edge list of a graph, made if it is not there; None if it cannot be."""
    if name == "words" and not (root / ".." / "shared" / "notes").is_dir():
        return None
    path = root / "build" / "bench" / f"{name}.{'directed' if directed else 'undirected'}.txt"
    if not path.with_suffix(".npy").exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        pairs = simple(MAKERS[name](root), directed)
        path.write_text("".join(f"{u} {v}\n" for u, v in pairs.tolist()))
        numpy.save(path.with_suffix(".npy"), pairs)
    return path
