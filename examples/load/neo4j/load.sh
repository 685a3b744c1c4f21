#!/usr/bin/env bash
# Load the Cypher script of a graph into a Neo4j that lives as long as this script, twice: the second
# time adds nothing. usage: examples/load/neo4j/load.sh GRAPH.cypher
# Needs Java 17 and Maven, which fetches Neo4j 5.20.
set -eu
cypher=$(realpath "$1")
command -v java >/dev/null && command -v mvn >/dev/null || { echo "skipped: no Java or Maven"; exit 0; }
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cp "$(dirname "$0")"/{pom.xml,Load.java} "$work"; cd "$work"
mvn -q -B compile exec:java -Dexec.mainClass=Load -Dexec.args="$cypher" -Dexec.cleanupDaemonThreads=false
