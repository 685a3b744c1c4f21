"""Load one graph's exports with the readers other people use, and compare what they see.

usage: load.py FACTS.jsonl GRAPH.jsonld GRAPH.nq GRAPH.graphml
Exit 0 if all agree with the facts, 1 with a line for every difference.
"""
import json
import sys

import igraph
import networkx
import pyoxigraph
import rdflib
from pyld import jsonld

KG = "https://w3id.org/tercet/ns#"


def offline(url, options=None):
    """Nothing may be fetched: an export carries its context."""
    raise RuntimeError(f"the export asks for {url}")


def triples_of(path):
    """The triples of a JSON-LD file as PyLD, pyoxigraph and rdflib read it, as sets of strings."""
    jsonld.set_document_loader(offline)
    with open(path, encoding="utf-8") as file:
        document = json.load(file)
    nquads = jsonld.to_rdf(document, {"format": "application/n-quads"})
    store = pyoxigraph.Store()
    store.load(path=path, format=pyoxigraph.RdfFormat.JSON_LD)
    graph = rdflib.Graph().parse(path, format="json-ld")
    return {"PyLD": len(set(nquads.strip().split("\n"))), "pyoxigraph": len(store), "rdflib": len(graph)}, store


def main():
    facts_file, jsonld_file, nquads_file, graphml_file = sys.argv[1:]
    wrong = []
    with open(facts_file, encoding="utf-8") as file:
        facts = [json.loads(line) for line in file]
    def links(polarity):
        """Subject, relation and object, each thing with its type, of what is stated outright."""
        return {(f["subject"], f["subject_type"], f["relation"], f["object"], f["object_type"])
                for f in facts if f["polarity"] == polarity and f["modality"] == "asserted"}

    asserted, denied = links("positive"), links("negative")
    counts, store = triples_of(jsonld_file)
    lines = pyoxigraph.Store()
    lines.load(path=nquads_file, format=pyoxigraph.RdfFormat.N_QUADS)
    counts["N-Quads"] = len(lines)
    if len(set(counts.values())) != 1:
        wrong.append(f"triples differ: {counts}")
    claims = [f"{name}Claim" for name in ("Asserted", "Unasserted")]
    seen = [sum(1 for _ in store.quads_for_pattern(None, None, pyoxigraph.NamedNode(KG + c))) for c in claims]
    stated = sum(f["polarity"] == "positive" and f["modality"] == "asserted" for f in facts)
    if seen != [stated, len(facts) - stated]:
        wrong.append(f"claims {seen}, facts {[stated, len(facts) - stated]}")
    one = networkx.read_graphml(graphml_file, force_multigraph=True)
    two = igraph.Graph.Read_GraphML(graphml_file)
    edges = len(asserted - denied)
    if not one.number_of_edges() == two.ecount() == edges:
        wrong.append(f"GraphML edges: networkx {one.number_of_edges()}, igraph {two.ecount()}, facts {edges}")
    if one.number_of_nodes() != two.vcount():
        wrong.append(f"GraphML nodes: networkx {one.number_of_nodes()}, igraph {two.vcount()}")
    for line in wrong:
        print(line, file=sys.stderr)
    print(f"{counts['N-Quads']} triples, {one.number_of_nodes()} nodes, {edges} edges: "
          + ("differ" if wrong else "all readers agree"))
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
