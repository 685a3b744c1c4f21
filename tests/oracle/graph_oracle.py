#!/usr/bin/env python3
"""Second opinion on every measure: python-igraph and NetworkX on random small graphs.

  graph_oracle.py --tool "build/tercet" [--graphs 500] [--seed 1]

Runs `TOOL analyze NAME --graph FILE --json` on graphs of many shapes (random, paths, stars, cycles,
disconnected, with loops, with parallel edges, RMAT, weighted, empty, one node), directed and not, as
edge lists and as GraphML, and compares every number. Exit 0: all agree; 1: differences, listed.
Exit 77 (skipped) if igraph or networkx is not installed: they are oracles here, not dependencies.
"""
import argparse
import json
import math
import os
import random
import shlex
import subprocess
import sys
import tempfile
import warnings
from concurrent.futures import ThreadPoolExecutor
from xml.sax.saxutils import quoteattr

try:
    import igraph
    import networkx
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

MEASURES = ("degree pagerank betweenness closeness harmonic eigenvector katz hits core components "
            "scc triangles constraint leiden louvain personalised-pagerank sampled-betweenness "
            "edge-betweenness distance clustering effective-size articulation biconnected bridges "
            "dominators max-flow links").split()
TOLERANCE = 1e-7  # of PageRank's stop rule; everything else agrees to 1e-9


class Case:
    def __init__(self, name, n, edges, directed, weights=None):
        self.name, self.n, self.edges, self.directed, self.weights = name, n, edges, directed, weights
        self.ig = igraph.Graph(n=n, edges=edges, directed=directed)
        self.nx = (networkx.MultiDiGraph if directed else networkx.MultiGraph)()
        self.nx.add_nodes_from(range(n))
        for i, (u, v) in enumerate(edges):
            self.nx.add_edge(u, v, weight=weights[i] if weights else 1.0)

    def write(self, folder):
        touched = {v for edge in self.edges for v in edge}
        if len(touched) == self.n and random.random() < 0.5:  # an edge list has no lone nodes
            path = os.path.join(folder, "g.txt")
            with open(path, "w") as out:
                out.write("# " + self.name + "\n")
                for i, (u, v) in enumerate(self.edges):
                    out.write(f"v{u} v{v}" + (f"\t{self.weights[i]!r}" if self.weights else "") + "\n")
            return path
        path = os.path.join(folder, "g.graphml")
        with open(path, "w") as out:
            out.write('<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
                      '<key id="d0" for="edge" attr.name="weight" attr.type="double"/>'
                      f'<graph edgedefault="{"directed" if self.directed else "undirected"}">\n')
            for v in range(self.n):
                out.write(f"<node id={quoteattr(f'v{v}')}/>\n")
            for i, (u, v) in enumerate(self.edges):
                data = f'<data key="d0">{self.weights[i]!r}</data>' if self.weights else ""
                out.write(f'<edge source="v{u}" target="v{v}">{data}</edge>\n')
            out.write("</graph></graphml>\n")
        return path


def cases(count, rng):
    def weights(edges):
        return [round(rng.uniform(0.1, 5), 3) for _ in edges] if rng.random() < 0.3 else None

    yield Case("empty", 0, [], False)
    for directed in (False, True):
        yield Case("one node", 1, [], directed)
        yield Case("one loop", 1, [(0, 0)], directed)
        yield Case("two lone nodes", 2, [], directed)
        yield Case("parallel pair", 2, [(0, 1), (0, 1), (1, 0)], directed)
    for i in range(count):
        directed = rng.random() < 0.5
        shape = rng.choice("sparse dense path star cycle parts multi loops complete tree rmat".split())
        n = rng.randint(2, 40)
        any_edge = lambda: (rng.randrange(n), rng.randrange(n))
        if shape == "path":
            edges = [(v, v + 1) for v in range(n - 1)]
        elif shape == "star":
            edges = [(0, v) if rng.random() < 0.5 else (v, 0) for v in range(1, n)]
        elif shape == "cycle":
            edges = [(v, (v + 1) % n) for v in range(n)]
        elif shape == "rmat":
            n, edges = 32, []
            for _ in range(rng.randint(10, 120)):
                u = v = 0
                for _ in range(5):
                    x = rng.random()
                    u, v = 2 * u + (x >= .76), 2 * v + (.57 <= x < .76 or x >= .95)
                edges.append((u, v))
        elif shape == "complete":
            n = rng.randint(2, 9)
            edges = [(u, v) for u in range(n) for v in range(u)]
        elif shape == "tree":
            edges = [(rng.randrange(v), v) for v in range(1, n)]
        elif shape == "parts":
            half = n // 2
            edges = [e for e in (any_edge() for _ in range(2 * n))
                     if e[0] != e[1] and (e[0] < half) == (e[1] < half)]
        elif shape in ("multi", "loops"):
            edges = [any_edge() for _ in range(2 * n)]
            if shape == "multi":
                edges = [e for e in edges if e[0] != e[1]]
                edges += rng.choices(edges, k=n) if edges else []
        else:
            edges = list({e for e in (any_edge() for _ in range(n if shape == "sparse" else 4 * n))
                          if e[0] != e[1]})
            edges.sort()
            if not directed:
                edges = sorted({tuple(sorted(e)) for e in edges})
        yield Case(f"{shape} {i}", n, edges, directed, weights(edges))


def simple_gap(matrix_graph):
    """True if the first eigenvalue is simple, so that the eigenvector is one thing only."""
    parts = matrix_graph.connected_components(mode="strong" if matrix_graph.is_directed() else "weak")
    return len([p for p in parts if len(p) > 1]) == 1 and len(parts) == 1


def expected(case, name, result):
    """The right values by node, or None where the oracles do not define one."""
    g, w = case.ig, case.weights
    if name == "degree":
        return g.degree()
    if name == "pagerank":
        return g.pagerank(damping=0.85, weights=w) if case.n else []
    if name == "betweenness":
        return g.betweenness()
    if name == "closeness":
        return g.closeness(mode="out") if case.n else []
    if name == "harmonic":
        return g.harmonic_centrality(mode="out", normalized=False) if case.n else []
    if name == "eigenvector":
        return g.eigenvector_centrality(weights=w) if case.n and simple_gap(g) else None
    if name == "hits":
        if not case.n or not simple_gap(g):
            return None
        bipartite = igraph.Graph(n=2 * case.n, edges=[(u, case.n + v) for u, v in case.edges])
        if case.directed and len([p for p in bipartite.connected_components() if len(p) > 1]) != 1:
            return None
        return g.authority_score(weights=w)
    if name == "katz":
        if not case.n:
            return []
        alpha = result["parameters"]["alpha"]
        plain = (networkx.DiGraph if case.directed else networkx.Graph)()
        plain.add_nodes_from(range(case.n))
        for u, v, data in case.nx.edges(data=True):
            # igraph's rule, ours too: an undirected loop counts twice in the adjacency matrix.
            weight = data["weight"] * (2 if u == v and not case.directed else 1)
            previous = plain.get_edge_data(u, v, {"weight": 0})["weight"]
            plain.add_edge(u, v, weight=previous + weight)
        scores = networkx.katz_centrality(plain, alpha=alpha, beta=1.0, tol=1e-13,
                                           max_iter=100000, weight="weight")
        return [scores[v] for v in range(case.n)]
    if name == "core":
        return g.coreness()
    if name == "components":
        return g.connected_components(mode="weak").membership
    if name == "scc":
        return g.connected_components(mode="strong").membership
    if name == "triangles":
        s = g.copy()
        s.to_undirected(mode="collapse")
        s.simplify()
        found = [0] * case.n
        for triangle in s.list_triangles():
            for v in triangle:
                found[v] += 1
        clustering = s.transitivity_local_undirected(mode="zero") if case.n else []
        assert all(close(a, b) for a, b in zip(result.get("clustering", clustering), clustering))
        return found
    if name == "constraint":
        return g.constraint(weights=w) if case.n else []
    if name == "personalised-pagerank":
        return g.personalized_pagerank(damping=.85, reset_vertices=[0], weights=w)
    if name == "sampled-betweenness":  # as many samples as nodes: exact
        return g.betweenness()
    if name == "distance":
        far = g.distances(source=[0], weights=w, mode="out")[0]
        return [math.nan if math.isinf(d) else d for d in far]
    if name == "clustering":
        s = g.copy()
        s.to_undirected(mode="collapse")
        s.simplify()
        local = s.transitivity_local_undirected(mode="zero") if case.n else []
        assert close(result["average"], sum(local) / case.n if case.n else 0)
        assert close(result["transitivity"], s.transitivity_undirected(mode="zero") if case.n else 0)
        return local
    if name == "effective-size":
        plain = (networkx.DiGraph if case.directed else networkx.Graph)()
        plain.add_nodes_from(range(case.n))
        for u, v, data in case.nx.edges(data=True):
            if u != v:
                previous = plain.get_edge_data(u, v, {"weight": 0})["weight"]
                plain.add_edge(u, v, weight=previous + data["weight"])
        if not case.n:
            return []
        # Named nodes: for all at once networkx 3.6 takes a matrix path that disagrees with its own
        # definition wherever ties differ in weight.
        sizes = networkx.effective_size(plain, nodes=list(plain), weight="weight")
        # networkx has no value for a node that only receives; ours counts all contacts.
        return [math.nan if plain.degree(v) == 0 else sizes[v] if plain.out_degree(v) else None
                for v in range(case.n)] if case.directed else [sizes[v] for v in range(case.n)]
    if name == "articulation":
        points = set(igraph.Graph(n=case.n, edges=case.edges).articulation_points())
        return [1 if v in points else 0 for v in range(case.n)]
    return None


PAIRS = {"edge-betweenness", "biconnected", "bridges", "dominators", "max-flow", "links"}


def check_pairs(case, name, result):
    """What is said of pairs of nodes; a problem in words, or None."""
    rows = [(int(row[0][1:]), int(row[1][1:]), row[2:]) for row in result["pairs"]]
    key = (lambda u, v: (u, v)) if case.directed else (lambda u, v: (min(u, v), max(u, v)))
    flat = lambda u, v: (min(u, v), max(u, v))
    undirected = igraph.Graph(n=case.n, edges=case.edges)
    if name == "edge-betweenness":
        got = sorted((key(u, v), row[0]) for u, v, row in rows)
        want = sorted(zip((key(u, v) for u, v in case.edges), case.ig.edge_betweenness()))
        same = [a[0] for a in got] == [a[0] for a in want] and all(close(a[1], b[1]) for a, b in zip(got, want))
    elif name == "bridges":
        got = sorted(flat(u, v) for u, v, _ in rows)
        want = sorted(flat(*case.edges[e]) for e in undirected.bridges())
        same = got == want
    elif name == "biconnected":
        blocks = {}
        for u, v, row in rows:
            blocks.setdefault(row[0], set()).update((u, v))
        got = sorted(sorted(block) for block in blocks.values())
        want = sorted(sorted(block) for block in undirected.biconnected_components())
        same = got == want and result["parts"] == len(want)
    elif name == "dominators":
        graph = networkx.DiGraph(case.edges if case.directed else
                                 case.edges + [(v, u) for u, v in case.edges])
        graph.add_node(0)
        found = networkx.immediate_dominators(graph, 0)
        got = sorted((v, u) for u, v, _ in rows)
        want = sorted((v, u) for v, u in found.items() if v != 0 and u is not None)
        same = got == want
    elif name == "max-flow":
        cut = case.ig.mincut(0, case.n - 1, capacity=case.weights)
        got, want = (result["flow"], sum(row[0] for _, _, row in rows)), (cut.value, cut.value)
        same = all(close(a, b) for a, b in zip(got, want))
    else:  # links
        simple = networkx.Graph([(u, v) for u, v in case.edges if u != v])
        simple.add_nodes_from(range(case.n))
        wanted = [(u, v) for u in range(case.n) for v in range(u)
                  if not simple.has_edge(u, v) and any(True for _ in networkx.common_neighbors(simple, u, v))]
        want = {}
        for column, measure in enumerate((networkx.adamic_adar_index, networkx.jaccard_coefficient,
                                          networkx.resource_allocation_index)):
            for u, v, score in measure(simple, wanted):
                want.setdefault(flat(u, v), [0, 0, 0])[column] = score
        got = {flat(u, v): row[:3] for u, v, row in rows}
        same = got.keys() == want.keys() and all(close(a, b) for k in got for a, b in zip(got[k], want[k]))
    return None if same else f"{str(got)[:300]} is not {str(want)[:300]}"


def options_for(case, name):
    """What a measure needs besides the graph; None if this graph does not have it."""
    if name in ("personalised-pagerank", "distance", "dominators", "max-flow") and case.n == 0:
        return None
    if name in ("personalised-pagerank", "distance", "dominators"):
        return ["--from", "v0"]
    if name == "max-flow":
        return ["--from", "v0", "--to", f"v{case.n - 1}"] if case.n > 1 else None
    if name == "links":
        return ["--top", "100000"]
    return []


def close(a, b, tolerance=TOLERANCE):
    if b is None:  # the oracle has no value
        return True
    a = math.nan if a is None else a
    if math.isnan(a) or math.isnan(b):
        return math.isnan(a) and math.isnan(b)
    return abs(a - b) <= tolerance * max(1.0, abs(a), abs(b))


def same_partition(a, b):
    return len(a) == len(b) and len(set(zip(a, b))) == len(set(a)) == len(set(b))


def check_communities(case, result):
    ids = [int(name[1:]) for name, _ in result["clusters"]]
    cluster = [0] * case.n
    for v, (_, c) in zip(ids, result["clusters"]):
        cluster[v] = c
    undirected = igraph.Graph(n=case.n, edges=case.edges)
    total = sum(case.weights) if case.weights else len(case.edges)
    if total:
        q = undirected.modularity(cluster, weights=case.weights)
        if not close(q, result["modularity"]):
            return f"modularity {result['modularity']} is {q}"
        if q < -1e-12:
            return f"modularity {q} is worse than one community"
        if result["measure"] == "leiden":
            for c in set(cluster):
                part = undirected.induced_subgraph([v for v in range(case.n) if cluster[v] == c])
                if not part.is_connected():
                    return f"community {c} is not connected"
            best = max(undirected.community_multilevel(weights=case.weights, return_levels=False)
                       .modularity, undirected.community_leiden(objective_function="modularity",
                                                                weights=case.weights,
                                                                n_iterations=-1).modularity)
            if result["modularity"] < best - 0.05:
                return f"modularity {result['modularity']} where igraph finds {best}"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--tool", default="tercet")
    parser.add_argument("--graphs", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--measures", default=",".join(MEASURES))
    args = parser.parse_args()
    warnings.simplefilter("ignore")
    rng = random.Random(args.seed)
    random.seed(args.seed)
    differences = comparisons = skipped = 0
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as pool:
        for case in cases(args.graphs, rng):
            path = case.write(folder)
            names = [m for m in args.measures.split(",") if options_for(case, m) is not None]
            def ask(name):
                command = [*shlex.split(args.tool), "analyze", name, "--graph", path, "--json"]
                command += options_for(case, name) + ([] if case.directed else ["--undirected"])
                return subprocess.run(command, capture_output=True, text=True)
            for name, run in zip(names, pool.map(ask, names)):
                problem = None
                if run.returncode != 0:
                    problem = f"exit {run.returncode}: {run.stderr.strip()[:200]}"
                else:
                    result = json.loads(run.stdout)
                    if name in ("leiden", "louvain"):
                        problem = check_communities(case, result)
                        comparisons += 1
                    elif name in PAIRS:
                        problem = check_pairs(case, name, result)
                        comparisons += 1
                    else:
                        got = [None] * case.n
                        order = [int(node[1:]) for node, _ in result["scores"]]
                        for v, (_, score) in zip(order, result["scores"]):
                            got[v] = score
                        if "clustering" in result:  # columns are in the order of the scores
                            column = [0.0] * case.n
                            for v, value in zip(order, result["clustering"]):
                                column[v] = value if not isinstance(value, list) else value[1]
                            result["clustering"] = column
                        want = expected(case, name, result)
                        if want is None:
                            skipped += 1
                            continue
                        comparisons += 1
                        if name in ("components", "scc"):
                            if not same_partition(got, want):
                                problem = f"{got} is not {want}"
                        else:
                            wrong = [v for v in range(case.n) if not close(got[v], want[v])]
                            if wrong:
                                v = wrong[0]
                                problem = f"{len(wrong)} nodes, first v{v}: {got[v]} is {want[v]}"
                if problem:
                    differences += 1
                    kind = "directed" if case.directed else "undirected"
                    kind += ", weighted" if case.weights else ""
                    print(f"DIFFERENT {name} on {case.name} ({kind}, n={case.n}): {problem}")
                    if differences <= 3:
                        print("  edges:", case.edges[:40], "weights:", (case.weights or [])[:40])
    print(f"{comparisons} comparisons, {differences} differences, {skipped} not defined by the "
          f"oracles (igraph {igraph.__version__}, networkx {networkx.__version__})")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
