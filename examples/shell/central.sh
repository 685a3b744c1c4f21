#!/usr/bin/env bash
# Put a folder into a store, then ask who stands between the others.
cd "$(dirname "$0")/../.." && tercet=${TERCET:-build/tercet}
store=$(mktemp -d)/.tercet; trap 'rm -rf "$(dirname "$store")"' EXIT
"$tercet" add -q --store "$store" seeds/notes
"$tercet" analyze betweenness --store "$store" --undirected --top 3 2>/dev/null
