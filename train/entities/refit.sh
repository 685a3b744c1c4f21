#!/bin/sh
# Fit models/TIER_references.tct to the language model that lies in models/ now: train/entities/refit.sh TIER [PYTHON].
# Run it from the project's folder after every change of models/TIER.tct; until then `parse --coref` ranks by features
# alone. Needs the target tercet_trace, ../shared and the packages of train/requirements.txt. Three minutes on two cores.
set -eu
tier=$1 python=${2:-python3} shared=${SHARED:-../shared} trace=build/extract/entity/tercet_trace
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
for file in train/annotations/*.tsv; do ls "$shared"/notes/*/"$(basename "$file" .tsv)".md | head -n 1; done > "$work/notes"
ls "$shared"/gold/train/*.md >> "$work/notes"
tr '\n' '\0' < "$work/notes" |
  xargs -0 "$trace" "models/$tier.tct" seeds -v "$work/vectors" > "$work/trace.jsonl"
"$python" train/entities/rank_words.py "$work/trace.jsonl" "$work/vectors" "$shared/gold" train/annotations \
  --folds "${FOLDS:-0}" --out "models/${tier}_references.tct"
