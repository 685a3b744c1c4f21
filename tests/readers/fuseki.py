"""Put a JSON-LD file into a Fuseki on the loopback, twice, and ask it what the facts say.

usage: fuseki.py http://127.0.0.1:PORT/DATASET FACTS.jsonl GRAPH.jsonld
"""
import json
import sys
import urllib.parse
import urllib.request

PREFIXES = """PREFIX kg: <https://w3id.org/tercet/ns#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
"""


def main():
    url, facts_file, jsonld_file = sys.argv[1:]
    web = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # the loopback needs no proxy
    with open(facts_file, encoding="utf-8") as file:
        facts = [json.loads(line) for line in file]
    with open(jsonld_file, "rb") as file:
        data = file.read()
    def ask(query):
        body = urllib.parse.urlencode({"query": PREFIXES + query}).encode()
        request = urllib.request.Request(url + "/sparql", body, {"Accept": "application/sparql-results+json"})
        with web.open(request) as answer:
            return int(json.load(answer)["results"]["bindings"][0]["n"]["value"])
    sizes = []
    for _ in range(2):
        request = urllib.request.Request(url + "/data?default", data, {"Content-Type": "application/ld+json"})
        web.open(request).close()
        sizes.append(ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"))
    def links(polarity):
        return {(f["subject"], f["subject_type"], f["relation"], f["object"], f["object_type"])
                for f in facts if f["polarity"] == polarity and f["modality"] == "asserted"}
    stated = sum(f["polarity"] == "positive" and f["modality"] == "asserted" for f in facts)
    wanted = {
        "asserted claims": (stated, "SELECT (COUNT(*) AS ?n) { ?c a kg:AssertedClaim }"),
        "unasserted claims": (len(facts) - stated, "SELECT (COUNT(*) AS ?n) { ?c a kg:UnassertedClaim }"),
        "plain links": (len(links("positive") - links("negative")),
                        "SELECT (COUNT(*) AS ?n) { ?r a rdf:Property . ?s ?r ?o }"),
        "links that only an unasserted claim speaks of": (0, """SELECT (COUNT(*) AS ?n) {
            ?c a kg:UnassertedClaim ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o . ?s ?p ?o
            FILTER NOT EXISTS { ?d a kg:AssertedClaim ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o } }"""),
        "links in named graphs": (0, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"),
    }
    wrong = [] if sizes[0] == sizes[1] else [f"loading twice adds triples: {sizes}"]
    for what, (count, query) in wanted.items():
        seen = ask(query)
        if seen != count:
            wrong.append(f"{what}: Fuseki {seen}, facts {count}")
    for line in wrong:
        print(line, file=sys.stderr)
    print(f"{sizes[0]} triples, {stated} asserted claims")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
