"""Load one graph's exports with the readers other people use, and compare what they see.

usage: load.py FACTS.jsonl GRAPH.jsonld GRAPH.nq GRAPH.ttl GRAPH.trig GRAPH.graphml
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


def number(quad):
    """rdflib and PyLD keep another spelling of a double than pyoxigraph: compare the values."""
    value = quad.object
    if isinstance(value, pyoxigraph.Literal) and value.datatype.value.endswith("#double"):
        value = pyoxigraph.Literal(repr(float(value.value)), datatype=value.datatype)
    return pyoxigraph.Quad(quad.subject, quad.predicate, value, quad.graph_name)


def triples_of(jsonld_file, nquads_file, turtle_file, trig_file):
    """Every file's triples as every reader sees them: name -> set of quads."""
    jsonld.set_document_loader(offline)
    out = {}
    formats = {"JSON-LD": (jsonld_file, pyoxigraph.RdfFormat.JSON_LD, "json-ld"),
               "N-Quads": (nquads_file, pyoxigraph.RdfFormat.N_QUADS, "nquads"),
               "Turtle": (turtle_file, pyoxigraph.RdfFormat.TURTLE, "turtle"),
               "TriG": (trig_file, pyoxigraph.RdfFormat.TRIG, "trig")}
    for name, (path, oxigraph_format, rdflib_format) in formats.items():
        out[name + " by pyoxigraph"] = {number(q) for q in pyoxigraph.parse(path=path, format=oxigraph_format)}
        graph = rdflib.Dataset()
        graph.parse(path, format=rdflib_format)
        out[name + " by rdflib"] = {number(q) for q in pyoxigraph.parse(
            graph.serialize(format="nquads", encoding="utf-8"), format=pyoxigraph.RdfFormat.N_QUADS)}
    with open(jsonld_file, encoding="utf-8") as file:
        nquads = jsonld.to_rdf(json.load(file), {"format": "application/n-quads"})
    out["JSON-LD by PyLD"] = {number(q) for q in pyoxigraph.parse(nquads.encode(), format=pyoxigraph.RdfFormat.N_QUADS)}
    return out


def main():
    facts_file, jsonld_file, nquads_file, turtle_file, trig_file, graphml_file = sys.argv[1:]
    wrong = []
    with open(facts_file, encoding="utf-8") as file:
        facts = [json.loads(line) for line in file]
    def links(polarity):
        """Subject, relation and object, each thing with its type, of what is stated outright."""
        return {(f["subject"], f["subject_type"], f["relation"], f["object"], f["object_type"])
                for f in facts if f["polarity"] == polarity and f["modality"] == "asserted"}

    asserted, denied = links("positive"), links("negative")
    triples = triples_of(jsonld_file, nquads_file, turtle_file, trig_file)
    reference = triples["N-Quads by pyoxigraph"]
    for name, seen in triples.items():
        if seen != reference:
            wrong.append(f"{name}: {len(seen)} triples, not the {len(reference)} of N-Quads, e.g. {next(iter(seen ^ reference))}")
    store = pyoxigraph.Store()
    store.extend(reference)
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
    print(f"{len(reference)} triples, {one.number_of_nodes()} nodes, {edges} edges: "
          + ("differ" if wrong else "all readers agree"))
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
