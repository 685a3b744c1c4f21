"""One peer on one graph: `run_peer.py PEER EDGES.npy DIRECTED ROW [REPEATS]`, a JSON object a line.

CPU seconds are those of the measure alone, on the peer's own graph in memory; the smallest of
REPEATS. A peer that is not installed, or has no such measure, says so in "error".
"""
import json
import random
import resource
import statistics
import sys
import time

import numpy


def load(peer, pairs, directed):
    n = int(pairs.max()) + 1
    if peer == "igraph":
        import igraph
        return igraph.Graph(n=n, edges=pairs, directed=directed), igraph.__version__
    if peer == "networkit":
        import networkit
        networkit.setNumberOfThreads(1)
        networkit.setSeed(42, False)
        columns = (numpy.ascontiguousarray(pairs[:, 0]), numpy.ascontiguousarray(pairs[:, 1]))
        return networkit.GraphFromCoo((numpy.ones(len(pairs)), columns), n=n, directed=directed), networkit.__version__
    if peer == "networkx":
        import networkx
        graph = (networkx.DiGraph if directed else networkx.Graph)()
        graph.add_nodes_from(range(n))
        graph.add_edges_from(pairs.tolist())
        return graph, networkx.__version__
    if peer == "rustworkx":
        import rustworkx
        graph = (rustworkx.PyDiGraph if directed else rustworkx.PyGraph)()
        graph.add_nodes_from(range(n))
        graph.add_edges_from_no_data(list(map(tuple, pairs.tolist())))
        return graph, rustworkx.__version__
    both = pairs if directed else numpy.concatenate([pairs, pairs[:, ::-1]])
    if peer == "scipy":
        import scipy.sparse
        ones = numpy.ones(len(both))
        return scipy.sparse.csr_array((ones, (both[:, 0], both[:, 1])), shape=(n, n)), scipy.__version__
    if peer == "graphblas":
        import graphblas
        graphblas.init("suitesparse", blocking=True)
        graphblas.ss.config["nthreads"] = 1
        from importlib.metadata import version
        matrix = graphblas.Matrix.from_coo(both[:, 0], both[:, 1], 1.0, nrows=n, ncols=n)
        return matrix, version("suitesparse-graphblas")
    raise ImportError(peer)


def ran(algorithm):
    algorithm.run()
    return algorithm


def ends(pairs):
    degree = numpy.bincount(pairs.ravel())
    order = numpy.argsort(-degree, kind="stable")
    return int(order[0]), int(order[1])


def pagerank_scipy(a, tolerance=1e-8, damping=.85):
    import scipy.sparse
    n = a.shape[0]
    out = a.sum(axis=1)
    share = numpy.divide(1.0, out, out=numpy.zeros(n), where=out > 0)
    pull = (scipy.sparse.diags_array(share) @ a).T.tocsr()
    rank = numpy.full(n, 1 / n)
    while True:
        following = damping * (pull @ rank + rank[out == 0].sum() / n) + (1 - damping) / n
        change = abs(following - rank).sum()
        rank = following
        if change < tolerance:
            return rank


def pagerank_graphblas(a, tolerance=1e-8, damping=.85):
    from graphblas import Vector, binary, monoid, semiring, unary
    n = a.nrows
    degree = a.reduce_rowwise(monoid.plus).new()
    rank = Vector.from_dense(numpy.full(n, 1 / n))
    while True:
        given = rank.ewise_mult(degree, binary.truediv).new()
        following = semiring.plus_second(a @ given).new()
        following = following.apply(binary.times, right=damping).new()
        following = following.apply(binary.plus, right=(1 - damping) / n).new()
        change = following.ewise_add(rank, binary.minus).new().apply(unary.abs).reduce(monoid.plus).new().value
        rank = following
        if change < tolerance:
            return rank


def triangles_graphblas(a):
    from graphblas import Matrix, monoid, semiring
    lower = a.select("tril", -1).new()
    count = Matrix(int, a.nrows, a.nrows)
    count(lower.S) << semiring.plus_pair(lower @ lower.T)
    return int(count.reduce_scalar(monoid.plus).new().value)


def networkit_pagerank(g):
    import networkit
    algorithm = networkit.centrality.PageRank(g, .85, 1e-8)
    algorithm.norm = networkit.centrality.Norm.L1_NORM
    return ran(algorithm)


def measures(peer, pairs):
    source, sink = ends(pairs)
    if peer == "igraph":
        leiden = lambda g, times: g.community_leiden(objective_function="modularity", n_iterations=times).membership
        return {
            "pagerank": lambda g: g.pagerank(damping=.85, implementation="prpack"),
            "personalised-pagerank": lambda g: g.personalized_pagerank(damping=.85, reset_vertices=[source]),
            "components": lambda g: g.connected_components(mode="weak"),
            "triangles": lambda g: g.transitivity_local_undirected(mode="zero"),
            "betweenness": lambda g: g.betweenness(),
            "sampled-betweenness": lambda g: g.betweenness(sources=list(range(64))),
            "edge-betweenness": lambda g: g.edge_betweenness(),
            "harmonic": lambda g: g.harmonic_centrality(normalized=False),
            "closeness": lambda g: g.closeness(),
            "core": lambda g: g.coreness(),
            "scc": lambda g: g.connected_components(mode="strong"),
            "articulation": lambda g: g.articulation_points(),
            "eigenvector": lambda g: g.eigenvector_centrality(),
            "hits": lambda g: g.hub_score(),
            "constraint": lambda g: g.constraint(),
            "dominators": lambda g: g.dominator(source),
            "max-flow": lambda g: g.maxflow_value(source, sink),
            "louvain": lambda g: g.community_multilevel().membership,
            "leiden": lambda g: leiden(g, 2),
            "leiden10": lambda g: leiden(g, 10),
        }
    if peer == "networkit":
        import networkit as nk
        labels = lambda algorithm: algorithm.getPartition().getVector()
        return {
            "pagerank": networkit_pagerank,
            "components": lambda g: ran(nk.components.ConnectedComponents(g)),
            "triangles": lambda g: ran(nk.centrality.LocalClusteringCoefficient(g, True)),
            "betweenness": lambda g: ran(nk.centrality.Betweenness(g, False)),
            "sampled-betweenness": lambda g: ran(nk.centrality.EstimateBetweenness(g, 64, False, False)),
            "harmonic": lambda g: ran(nk.centrality.HarmonicCloseness(g, False)),
            "core": lambda g: ran(nk.centrality.CoreDecomposition(g)),
            "scc": lambda g: ran(nk.components.StronglyConnectedComponents(g)),
            "articulation": lambda g: ran(nk.components.BiconnectedComponents(g)),
            "eigenvector": lambda g: ran(nk.centrality.EigenvectorCentrality(g, 1e-9)),
            "katz": lambda g: ran(nk.centrality.KatzCentrality(g, 0, 1, 1e-8)),
            "louvain": lambda g: labels(ran(nk.community.PLM(g, refine=False, gamma=1.0))),
        }
    if peer == "networkx":
        import networkx as nx
        return {
            "pagerank": lambda g: nx.pagerank(g, .85, tol=1e-8 / len(g), max_iter=500),
            "core": lambda g: nx.core_number(g),
            "components": lambda g: list(nx.connected_components(g)),
            "articulation": lambda g: list(nx.articulation_points(g)),
            "hits": lambda g: nx.hits(g),
            "effective-size": lambda g: nx.effective_size(g),
        }
    if peer == "rustworkx":
        import rustworkx as rx
        return {
            "betweenness": lambda g: rx.betweenness_centrality(g, normalized=False),
            "core": lambda g: rx.core_number(g),
            "components": lambda g: rx.connected_components(g),
            "articulation": lambda g: rx.articulation_points(g),
            "scc": lambda g: rx.strongly_connected_components(g),
            "hits": lambda g: rx.hits(g, tol=1e-8, max_iter=1000),
            "katz": lambda g: rx.katz_centrality(g, alpha=1 / (1 + max(g.degree(v) for v in g.node_indices())),
                                                 tol=1e-8, max_iter=2000),
            "eigenvector": lambda g: rx.eigenvector_centrality(g, tol=1e-9, max_iter=1000),
        }
    if peer == "scipy":
        import scipy.sparse.csgraph as csgraph
        import scipy.sparse.linalg as linalg
        return {
            "pagerank": pagerank_scipy,
            "components": lambda a: csgraph.connected_components(a, directed=False),
            "scc": lambda a: csgraph.connected_components(a, directed=True, connection="strong"),
            "eigenvector": lambda a: linalg.eigsh(a, k=1, which="LA"),
            "hits": lambda a: linalg.svds(a, k=1),
            "max-flow": lambda a: csgraph.maximum_flow(a.astype(numpy.int32), source, sink),
        }
    return {"pagerank": pagerank_graphblas, "triangles": triangles_graphblas}


def modularity(pairs, labels):
    """Newman's modularity by its definition, the same scorer for everybody."""
    label = numpy.unique(numpy.asarray(labels), return_inverse=True)[1]
    weight = numpy.bincount(label, weights=numpy.bincount(pairs.ravel(), minlength=len(label)))
    inside = (label[pairs[:, 0]] == label[pairs[:, 1]]).sum()
    return float(inside / len(pairs) - ((weight / (2 * len(pairs))) ** 2).sum())


def main():
    peer, file, directed, row = sys.argv[1:5]
    repeats = int(sys.argv[5]) if len(sys.argv) > 5 else 3
    result = {"peer": peer}
    try:
        pairs = numpy.load(file)
        graph, result["version"] = load(peer, pairs, directed == "1")
        run = measures(peer, pairs)[row]
        seconds, found = [], []
        while len(seconds) < repeats and sum(seconds) < 30:
            random.seed(len(seconds))  # igraph draws from it
            begin = time.process_time()
            value = run(graph)
            seconds.append(time.process_time() - begin)
            if row in ("louvain", "leiden", "leiden10"):
                found.append(modularity(pairs, value))
        result["seconds"] = min(seconds)
        if found:
            result["modularity"] = statistics.median(found)
    except (ImportError, KeyError) as missing:
        result["error"] = f"not there: {missing}"
    result["rss"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps(result))


if __name__ == "__main__":
    main()
