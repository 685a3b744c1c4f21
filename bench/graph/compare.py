"""The table of bench/graph/run. See run for what it does."""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

import numpy

import graphs
import run_peer

# measure, graph, directed, {peer: (must, aim)}; "best" stands for the fastest of the peers named in
# PEERS that has the measure. A ratio is peer / ours.
ROWS = [
    ("pagerank", "rmat18", False, {"best": (1.3, 1.6), "networkit": (2.5, 3.5)}),
    ("pagerank", "kg", False, {"best": (1.3, 1.6), "networkit": (2.5, 3.5)}),
    ("personalised-pagerank", "rmat16", False, {"best": (1.0, 2.0)}),
    ("components", "rmat18", False, {"networkit": (4, 6)}),
    ("components", "kg", False, {"networkit": (4, 6)}),
    ("triangles", "rmat18", False, {"networkit": (2, 3)}),
    ("triangles", "kg", False, {"networkit": (2, 3)}),
    ("betweenness", "rmat12", False, {"igraph": (1.0, 1.2)}),
    ("sampled-betweenness", "rmat16", False, {"igraph": (2, 3)}),
    ("edge-betweenness", "rmat12", False, {"igraph": (1.0, 1.2)}),
    ("harmonic", "rmat12", False, {"igraph": (20, 50)}),
    ("core", "rmat16", False, {"best": (1, 2)}),
    ("core", "rmat18", False, {"best": (1, 2)}),
    ("scc", "rmat16", True, {"best": (1, 2)}),
    ("articulation", "rmat16", False, {"best": (1, 2)}),
    ("eigenvector", "rmat16", False, {"best": (1, 2)}),
    ("katz", "rmat16", False, {"best": (1, 2)}),
    ("hits", "rmat16", True, {"best": (1, 2)}),
    ("max-flow", "rmat16", False, {"best": (1, 2)}),
    ("dominators", "rmat16", True, {"best": (1, 2)}),
    ("constraint", "rmat16", False, {"best": (1, 2)}),
    ("louvain", "rmat18", False, {"networkit": (2, 4)}),
    ("louvain", "kg", False, {"networkit": (2, 4)}),
    ("louvain", "words", False, {"networkit": (2, 4)}),
    ("leiden", "rmat16", False, {"igraph": (1, 2)}),
    ("leiden", "kg", False, {"igraph": (1, 2)}),
    ("leiden", "words", False, {"igraph": (1, 2)}),
]
PEERS = {
    "pagerank": "networkit igraph scipy graphblas", "personalised-pagerank": "igraph",
    "components": "networkit igraph scipy", "triangles": "networkit igraph graphblas",
    "betweenness": "networkit igraph rustworkx", "sampled-betweenness": "networkit igraph",
    "edge-betweenness": "igraph", "harmonic": "networkit igraph",
    "core": "networkit igraph rustworkx boost", "scc": "networkit igraph scipy rustworkx boost",
    "articulation": "networkit igraph rustworkx boost", "eigenvector": "networkit igraph scipy",
    "katz": "networkit rustworkx", "hits": "igraph scipy rustworkx", "max-flow": "igraph scipy boost",
    "dominators": "igraph", "constraint": "igraph", "louvain": "networkit igraph", "leiden": "igraph",
}


LAUNCHER = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
"""


class Bench:
    def __init__(self, root, repeats):
        self.root, self.repeats, self.versions = root, repeats, {}

    def draws(self, measure):
        """Both sides draw at random in Leiden: the medians of five draws are compared."""
        return 5 if measure.startswith("leiden") and self.repeats > 1 else self.repeats

    def ours(self, measure, path, directed, pairs):
        names = [str(v) for v in run_peer.ends(pairs)]
        command = [str(self.root / "build" / "tercet"), "analyze", measure, "--graph", str(path), "--json"]
        command += [] if directed else ["--undirected"]
        command += ["--from", names[0]] if measure in ("personalised-pagerank", "dominators", "max-flow") else []
        command += ["--to", names[1]] if measure == "max-flow" else []
        command += ["--samples", "64"] if measure == "sampled-betweenness" else []
        command += [] if measure in ("louvain", "leiden") else ["--no-scores"]
        best, modularities = {}, []
        for seed in range(1, self.draws(measure) + 1):
            # By way of a small process: a child's peak memory begins with that of its parent.
            run = subprocess.run([sys.executable, "-c", LAUNCHER, *command, "--seed", str(seed)], capture_output=True,
                                 text=True, check=True)
            found = json.loads(run.stdout)
            if not best or found["seconds"] < best["seconds"]:
                best |= {"seconds": found["seconds"], "rss": int(run.stderr.split()[-1]) // 1024}
            if "clusters" in found:
                label = numpy.zeros(len(found["clusters"]), numpy.int64)
                for name, cluster in found["clusters"]:
                    label[int(name)] = cluster
                modularities.append(run_peer.modularity(pairs, label))
                best["modularity"] = statistics.median(modularities)
                best["connected"] = best.get("connected", True) and connected(pairs, label)
        return best

    def peer(self, peer, measure, path, directed):
        if peer == "boost":
            command = [str(self.root / "build" / "bench" / "tercet_graph_bench"), "boost", measure, str(path),
                       "1" if directed else "0"]
        else:
            command = [sys.executable, str(pathlib.Path(__file__).with_name("run_peer.py")), peer,
                       str(path.with_suffix(".npy")), "1" if directed else "0", measure, str(self.draws(measure))]
        run = subprocess.run(command, capture_output=True, text=True)
        if run.returncode != 0:
            return {"peer": peer, "error": run.stderr.strip().splitlines()[-1][:100] if run.stderr else "failed"}
        result = json.loads(run.stdout)
        self.versions[peer] = result.get("version", "missing")
        return result


def connected(pairs, label):
    """True if every community hangs together: as many pieces as labels."""
    import scipy.sparse
    inside = pairs[label[pairs[:, 0]] == label[pairs[:, 1]]]
    matrix = scipy.sparse.coo_array((numpy.ones(len(inside)), (inside[:, 0], inside[:, 1])),
                                    shape=(len(label), len(label)))
    return scipy.sparse.csgraph.connected_components(matrix, directed=False)[0] == len(numpy.unique(label))


def verdicts(measure, ours, found, gates):
    """Pairs (text, holds, reaches the aim)."""
    for against, (must, aim) in gates.items():
        usable = [p for p in found if "seconds" in p]
        if against != "best":
            usable = [p for p in usable if p["peer"] == against]
        broken = [p for p in found if "error" in p and against in ("best", p["peer"])]
        if broken or not usable:
            yield "; ".join(f"{p['peer']}: {p['error']}" for p in broken) or f"{against} is missing", False, False
            continue
        best = min(usable, key=lambda p: p["seconds"])
        ratio = best["seconds"] / max(ours["seconds"], 1e-9)
        text = f"{ratio:7.2f} x {best['peer']:<10} must {must:g} aim {aim:g}"
        yield text, ratio >= must, ratio >= aim
        if measure == "louvain" and best["peer"] == "networkit":
            lead = ours["modularity"] - best["modularity"]
            yield f"Q {ours['modularity']:.4f}, PLM {best['modularity']:.4f}", lead >= -.002, lead >= 0


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=pathlib.Path, required=True)
    parser.add_argument("--force", action="store_true", help="print a verdict on a busy machine too")
    parser.add_argument("--rows", default="", help="only these measures")
    parser.add_argument("--quick", action="store_true", help="run everything once")
    args = parser.parse_args()
    sys.stdout.reconfigure(line_buffering=True)
    load, cores = os.getloadavg()[0], os.cpu_count()
    busy = load > cores / 2
    if busy and not args.force:
        print(f"busy machine (load {load:.1f} on {cores} cores): no verdict; --force to print anyway")
        return 2
    bench = Bench(args.root, 1 if args.quick else 3)
    wanted = set(args.rows.split(",")) if args.rows else None
    failed, aims, gates = 0, 0, 0
    print(f"{'measure':<22}{'graph':<9}{'ours s':>9} {'MiB':>6}  ratio of CPU seconds, peer / ours")

    def report(measure, name, ours, lines):
        nonlocal failed, aims, gates
        for i, (text, holds, reaches) in enumerate(lines):
            head = f"{measure:<22}{name:<9}{ours['seconds']:>9.4f} {ours.get('rss', 0):>6}" if i == 0 else " " * 47
            print(f"{head}  {text}  {'ok' + (', aim' if reaches else '') if holds else 'FAILS'}")
            gates, failed, aims = gates + 1, failed + (not holds), aims + reaches

    for measure, name, directed, targets in ROWS:
        if wanted and measure not in wanted:
            continue
        path = graphs.path_of(args.root, name, directed)
        if path is None:
            print(f"{measure:<22}{name:<9} skipped: there is no ../shared/notes")
            continue
        pairs = numpy.load(path.with_suffix(".npy"))
        ours = bench.ours(measure, path, directed, pairs)
        found = [bench.peer(p, measure, path, directed) for p in PEERS[measure].split()]
        lines = list(verdicts(measure, ours, found, targets))
        if measure == "leiden":
            ten = bench.peer("igraph", "leiden10", path, directed)
            lead = ours["modularity"] - ten.get("modularity", 9)
            lines.append((f"median Q {ours['modularity']:.4f}, igraph after 10 {ten.get('modularity', 0):.4f}", lead >= -.001,
                          lead >= 0))
            lines.append(("every community is connected", ours["connected"], ours["connected"]))
        report(measure, name, ours, lines)

    if not wanted or "warm" in wanted or "memory" in wanted:
        for name in ("rmat18", "kg"):
            path = graphs.path_of(args.root, name, False)
            run = subprocess.run([str(args.root / "build" / "bench" / "tercet_graph_bench"), "own", "all", str(path), "0"],
                                 capture_output=True, text=True, check=True)
            own = json.loads(run.stdout)
            ratio = own["cold"] / own["warm"]
            lines = [(f"{ratio:7.2f} x own cold, .1 % new edges, L1 {own['difference']:.0e}: must 2 aim 3",
                      ratio >= 2 and own["difference"] < 2e-7, ratio >= 3)]
            # No peer starts warm: theirs is a run from scratch.
            found = [bench.peer(p, "pagerank", path, False) for p in PEERS["pagerank"].split()]
            lines += verdicts("warm", {"seconds": own["warm"]}, found, {"best": (2, 3)})
            report("warm pagerank", name, {"seconds": own["warm"]}, lines)
            report("components, edge by edge", name, {"seconds": own["components"]},
                   [(f"{own['edits']} edits, {own['components'] / own['edits'] * 1e6:.2f} us each, as static: {own['same']}",
                     own["same"], own["same"])])
            report("memory", name, {"seconds": 0},
                   [(f"{own['bytes_per_edge']:.2f} bytes an edge, untyped: must 10", own["bytes_per_edge"] <= 10,
                     own["bytes_per_edge"] <= 10)])
    if not wanted or "estimate" in wanted:
        undirected = graphs.path_of(args.root, "rmat18", False)
        for name, file, directed in (("rmat18", str(undirected), "0"), ("kg", str(graphs.path_of(args.root, "kg", False)), "0"),
                                     ("multi", "rmat:17", "0"), ("directed", "rmat:17", "1")):
            run = subprocess.run([str(args.root / "build" / "bench" / "tercet_graph_bench"), "memory", "all", file, directed],
                                 capture_output=True, text=True, check=True)
            # Of a measure cut off we know only what it took so far.
            ratio = {measure: (graph + work) / (graph + taken) if finished else min(1, (graph + work) / (graph + taken))
                     for measure, (graph, work, taken, finished) in json.loads(run.stdout).items()}
            off = max(ratio, key=lambda measure: abs(ratio[measure] - 1))
            report("estimate of memory", name, {"seconds": 0},
                   [(f"{ratio[off]:.2f} x measured at worst ({off}) of {len(ratio)} measures: must .75 to 1.25",
                     .75 <= ratio[off] <= 1.25, .9 <= ratio[off] <= 1.1)])
    if not wanted or "stop" in wanted:
        for directed in ("0", "1"):
            run = subprocess.run([str(args.root / "build" / "bench" / "tercet_graph_bench"), "stop", "all", "rmat:19", directed],
                                 capture_output=True, text=True, check=True)
            late = {name: seconds for name, (seconds, _) in json.loads(run.stdout).items()}
            worst = max(late, key=late.get)
            report("stopped at any moment", "10 M", {"seconds": late[worst]},
                   [(f"{late[worst] * 1e3:.0f} ms at most ({worst}) of {len(late)} measures, "
                     f"{'directed' if directed == '1' else 'undirected'}: must 100", late[worst] < .1, late[worst] < .05)])
    print("versions: " + ", ".join(f"{k} {v}" for k, v in sorted(bench.versions.items())))
    print(f"load {load:.2f} before, {os.getloadavg()[0]:.2f} after, {cores} cores, {time.strftime('%Y-%m-%d')}")
    print(f"{gates - failed} of {gates} hold, {aims} reach the aim" + (" (busy machine, forced)" if busy else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
