"""Load one graph's property-graph exports with the readers other people use, and compare every
count and every attribute.

usage: properties.py PREFIX   (PREFIX.graphml .gexf .cyjs .nodelink and the folder PREFIX.csv)
Exit 0 if all agree, 1 with a line for every difference. NetworKit and graph-tool where installed.
"""
import csv
import json
import math
import os
import sys

import igraph
import networkx

NUMBERS = {"community", "mentions", "confidence", "weight", "claims", "start_seconds", "char_start", "char_end"}
csv.field_size_limit(1 << 30)


def plain(attributes, without=()):
    """Attributes as strings and floats; what a reader fills in for a missing one is left out."""
    out = {}
    for name, value in attributes.items():
        if name in without or value is None or value == "" or (isinstance(value, float) and math.isnan(value)):
            continue
        out[name] = float(value) if name in NUMBERS else value
    return out


def nodes_and_edges(nodes, edges):
    return dict(nodes), sorted((s, t, sorted(a.items())) for s, t, a in edges)


def from_networkx(graph, without=()):
    return nodes_and_edges(((n, plain(a, without)) for n, a in graph.nodes(data=True)),
                           ((s, t, plain(a, without)) for s, t, a in graph.edges(data=True)))


def from_igraph(path):
    graph = igraph.Graph.Read_GraphML(path)
    name = [v["id"] for v in graph.vs]
    return nodes_and_edges(((v["id"], plain(v.attributes(), {"id", "labels"})) for v in graph.vs),
                           ((name[e.source], name[e.target], plain(e.attributes(), {"id"})) for e in graph.es))


def unguarded(cell):
    inner = cell.lstrip("'")
    return cell[1:] if cell.startswith("'") and inner[:1] in tuple("=+-@\t\r") else cell


def from_csv(folder):
    def rows(name):
        with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield {key.split(":")[0] or key: value for key, value in row.items()}
    def cells(row):
        return plain({k: v if k in NUMBERS else unguarded(v) for k, v in row.items()},
                     {"id", ":LABEL", ":START_ID", ":END_ID", ":TYPE"})
    return nodes_and_edges(((r["id"], cells(r)) for r in rows("nodes.csv")),
                           ((r[":START_ID"], r[":END_ID"], cells(r)) for r in rows("relationships.csv")))


def from_cyjs(path):
    with open(path, encoding="utf-8") as file:
        elements = json.load(file)["elements"]
    own = {"id", "name", "source", "target", "interaction"}
    return nodes_and_edges(((n["data"]["id"], plain(n["data"], own)) for n in elements["nodes"]),
                           ((e["data"]["source"], e["data"]["target"], plain(e["data"], own)) for e in elements["edges"]))


def main():
    prefix = sys.argv[1]
    graphml = networkx.read_graphml(prefix + ".graphml", force_multigraph=True)
    wanted = from_networkx(graphml, {"labels", "id"})
    with open(prefix + ".nodelink", encoding="utf-8") as file:
        linked = networkx.node_link_graph(json.load(file), edges="edges")
    seen = {
        "igraph": from_igraph(prefix + ".graphml"),
        "GEXF by networkx": from_networkx(networkx.read_gexf(prefix + ".gexf"), {"id", "kind"}),
        "node-link by networkx": from_networkx(linked),
        "Cytoscape JSON": from_cyjs(prefix + ".cyjs"),
        "CSV": from_csv(prefix + ".csv"),
    }
    wrong = []
    for name, (nodes, edges) in seen.items():
        if (len(nodes), len(edges)) != (len(wanted[0]), len(wanted[1])):
            wrong.append(f"{name}: {len(nodes)} nodes, {len(edges)} edges; GraphML by networkx {len(wanted[0])}, {len(wanted[1])}")
            continue
        for one, two in [*((nodes[n], a) for n, a in wanted[0].items()), *zip(edges, wanted[1])]:
            if one != two:
                wrong.append(f"{name}: {str(one)[:300]!r}\n   GraphML by networkx: {str(two)[:300]!r}")
                break
    others = []
    try:
        import networkit
        graph = networkit.readGraph(prefix + ".graphml", networkit.Format.GraphML)
        others.append("NetworKit")
        if (graph.numberOfNodes(), graph.numberOfEdges()) != (len(wanted[0]), graphml.number_of_edges()):
            wrong.append(f"NetworKit: {graph.numberOfNodes()} nodes, {graph.numberOfEdges()} edges")
    except ImportError:
        others.append("NetworKit skipped: not installed")
    try:
        import graph_tool
        graph = graph_tool.load_graph(prefix + ".graphml")
        others.append("graph-tool")
        if (graph.num_vertices(), graph.num_edges()) != (len(wanted[0]), graphml.number_of_edges()):
            wrong.append(f"graph-tool: {graph.num_vertices()} nodes, {graph.num_edges()} edges")
    except ImportError:
        others.append("graph-tool skipped: not installed")
    for line in wrong:
        print(line, file=sys.stderr)
    print(f"{len(wanted[0])} nodes, {len(wanted[1])} edges; " + ", ".join([*seen, *others])
          + (": differ" if wrong else ": agree on every attribute"))
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
