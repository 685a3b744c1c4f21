#!/bin/sh
# Fit models/TIER_references.tct and models/TIER_types.tct to the language model that lies in models/ now:
#   train/entities/refit.sh TIER [PYTHON]
# Run it from the project's folder after every change of models/TIER.tct; until then `parse --coref` and `parse --mentions`
# go by tables alone. Needs the targets tercet_trace and tercet_mention_trace, ../shared and the packages of
# train/requirements.txt. Five minutes on two cores. FOLDS=5 measures as well; HEAVIER: see type_words.py.
set -eu
tier=$1 python=${2:-python3} shared=${SHARED:-../shared} programs=build/extract/entity
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
for file in train/annotations/*.tsv; do ls "$shared"/notes/*/"$(basename "$file" .tsv)".md | head -n 1; done > "$work/notes"
ls "$shared"/gold/train/*.md >> "$work/notes"
over_notes() { tr '\n' '\0' < "$work/notes" | xargs -0 "$@"; }
over_notes "$programs/tercet_trace" "models/$tier.tct" seeds -v "$work/vectors" > "$work/trace.jsonl"
over_notes "$programs/tercet_mention_trace" "models/$tier.tct" seeds > "$work/mentions.jsonl"
"$python" train/entities/rank_words.py "$work/trace.jsonl" "$work/vectors" "$shared/gold" train/annotations \
  --folds "${FOLDS:-0}" --out "models/${tier}_references.tct"
"$python" train/entities/type_words.py "$work/mentions.jsonl" "$work/trace.jsonl" "$work/vectors" "$shared/gold" \
  train/annotations --folds "${FOLDS:-0}" ${HEAVIER:+--heavier "$HEAVIER"} --out "models/${tier}_types.tct"
