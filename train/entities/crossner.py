"""CrossNER sentences as plain lines and their entities: crossner.py CROSSNER_DIR LINES.txt LABELS.jsonl"""
from __future__ import annotations

import json
import sys
from pathlib import Path


def main(folder: Path, lines: Path, labels: Path) -> None:
    with lines.open("w", encoding="utf-8") as text_out, labels.open("w", encoding="utf-8") as label_out:
        for file in sorted(folder.glob("*/*.txt")):
            for block in file.read_text(encoding="utf-8").strip().split("\n\n"):
                cells = [line.split() for line in block.splitlines() if line.strip()]
                entities: list[list[str]] = []
                for cell in cells:
                    if cell[-1].startswith("B-"):
                        entities.append([cell[0], cell[-1][2:]])
                    elif cell[-1].startswith("I-") and entities:
                        entities[-1][0] += " " + cell[0]
                text = " ".join(cell[0] for cell in cells)
                for apart, joined in ((" ,", ","), (" .", "."), (" 's", "'s"), ("( ", "("), (" )", ")"), (" ;", ";"),
                                      (" :", ":")):
                    text = text.replace(apart, joined)
                text_out.write(text + "\n")
                label_out.write(json.dumps([[e[0].replace(" 's", "'s"), e[1]] for e in entities]) + "\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
