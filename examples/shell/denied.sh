#!/usr/bin/env bash
# What do these notes deny, and in which words?
cd "$(dirname "$0")/../.." && tercet=${TERCET:-build/tercet}
"$tercet" extract seeds/notes -t jsonl -q |
  grep '"polarity":"negative"' |
  sed -E 's/.*"subject":"([^"]*)","object":"([^"]*)".*"relation":"([^"]*)".*"modality":"([^"]*)".*"evidence":"([^"]*)".*/\1 -[\3]-> \2 (\4): \5/'
