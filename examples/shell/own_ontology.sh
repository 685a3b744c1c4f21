#!/usr/bin/env bash
# Facts in an ontology of your own: two small tables, no training.
cd "$(dirname "$0")/../.." && tercet=${TERCET:-build/tercet}
echo 'Orla Quinn founded the Riverbank Museum. The Riverbank Museum is located in Ghent. The Riverbank Museum does not exhibit paintings.' |
  "$tercet" extract - -t csv -q --ontology examples/shell/museum.tsv --types examples/shell/museum_types.tsv |
  cut -d, -f2-8
