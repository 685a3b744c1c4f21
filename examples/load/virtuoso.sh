#!/usr/bin/env bash
# Load a graph into a Virtuoso of its own and ask it: nothing that is denied or hedged is a plain
# link, although Virtuoso's default graph is the union of all graphs. It reads no JSON-LD, so the
# way in is N-Quads. usage: examples/load/virtuoso.sh GRAPH.nq
# Needs virtuoso-t and isql-vt (Debian: virtuoso-opensource-7-bin), TERCET_VIRTUOSO_PORT for another port.
set -eu
graph=$(realpath "$1")
command -v virtuoso-t >/dev/null && command -v isql-vt >/dev/null || { echo "skipped: no Virtuoso"; exit 0; }
work=$(mktemp -d); server=; trap '[ -z "$server" ] || kill "$server" 2>/dev/null; wait 2>/dev/null; rm -rf "$work"' EXIT
cd "$work"; cp "$graph" graph.nq
port=${TERCET_VIRTUOSO_PORT:-21111}
cat >virtuoso.ini <<INI
[Database]
DatabaseFile = $work/virtuoso.db
ErrorLogFile = $work/virtuoso.log
LockFile = $work/virtuoso.lck
TransactionFile = $work/virtuoso.trx
[TempDatabase]
DatabaseFile = $work/temp.db
TransactionFile = $work/temp.trx
[Parameters]
ServerPort = 127.0.0.1:$port
DirsAllowed = $work
NumberOfBuffers = 20000
INI
virtuoso-t +foreground +configfile virtuoso.ini >log 2>&1 & server=$!
sql() { isql-vt "127.0.0.1:$port" dba dba BANNER=OFF VERBOSE=OFF PROMPT=OFF ERRORS=STDOUT exec="$1"; }
for _ in $(seq 150); do sql "SELECT 1;" >/dev/null 2>&1 && break; sleep 0.2; done
sql "ld_dir('$work', 'graph.nq', 'https://example.org/kg/default'); rdf_loader_run(); checkpoint;" >loading
sql "SELECT ll_error FROM DB.DBA.load_list WHERE ll_error IS NOT NULL;"
ask() { printf '%s: ' "$1"; sql "SPARQL PREFIX kg: <https://w3id.org/tercet/ns#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> SELECT COUNT(*) { $2 };" | grep -E '^ *[0-9]+' | tr -d ' '; }
ask "triples" "GRAPH <https://example.org/kg/default> { ?s ?p ?o }"
ask "asserted claims" "?c a kg:AssertedClaim"
ask "unasserted claims" "?c a kg:UnassertedClaim"
ask "links" "?r a rdf:Property . ?s ?r ?o"
ask "links of unasserted claims only" "?c a kg:UnassertedClaim ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o . ?s ?p ?o FILTER NOT EXISTS { ?d a kg:AssertedClaim ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }"
