"""The packed model file, format 2: 64 bytes of prefix, a JSON header, then 64-byte aligned blobs.

Prefix: "TERCETM1", u32 version, u32 header bytes, u64 file size, SHA-256 of all bytes from offset
64 on, u64 quick_sum() of the same bytes. All numbers little-endian; docs/formats/model.md has more.
"""
import hashlib
import json
import struct
from pathlib import Path

import numpy as np

MAGIC = b"TERCETM1"
VERSION = 2
PREFIX = 64
ALIGN = 64
PANEL = 64  # outputs of a layer that lie together


def quantize_rows(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """int8 rows and one float32 scale per row (value = q * scale)."""
    scale = (np.abs(table).max(1) / 127).astype(np.float32)
    scale[scale == 0] = 1.0
    return np.clip(np.rint(table / scale[:, None]), -127, 127).astype(np.int8), scale


def in_panels(rows: np.ndarray) -> np.ndarray:
    """int8 rows [out, in] as the engine multiplies them: panels of 64 outputs, in each groups of
    four inputs, in each the outputs with their four weights; missing outputs are zero."""
    out, size = rows.shape
    if size % 16:
        raise ValueError(f"a layer of {size} inputs cannot be in panels")
    padded = np.zeros((-(-out // PANEL) * PANEL, size), dtype=np.int8)
    padded[:out] = rows
    return np.ascontiguousarray(padded.reshape(-1, PANEL, size // 4, 4).transpose(0, 2, 1, 3))


def from_panels(data: np.ndarray, shape: list[int]) -> np.ndarray:
    """The rows that in_panels() took."""
    out, size = shape
    return data.reshape(-1, size // 4, PANEL, 4).transpose(0, 2, 1, 3).reshape(-1, size)[:out]


def quick_sum(body: bytes) -> int:
    """Sum of the body's 8-byte words, each times an odd number: every damaged word changes it."""
    words = np.frombuffer(bytes(body) + bytes(-len(body) % 8), "<u8")
    odd = 2 * np.arange(len(words), dtype=np.uint64) + 1
    return int((words * odd).sum(dtype=np.uint64))


def pack(
    file: Path,
    name: str,
    meta: dict,
    dims: dict,
    tensors: dict[str, np.ndarray],
    int8: set[str],
    strings: dict[str, list[str]],
    panels: set[str] = frozenset(),
    network: str = "recurrent",
) -> None:
    """Write the file. Tensors named in `int8` and `panels` are quantised by row, those in `panels`
    also laid out for the kernels; the others stay float32."""
    blobs: list[tuple[dict, bytes]] = []
    header = {"name": name, "network": network, "meta": meta, "dims": dims, "tensors": {}, "strings": {}}

    def add(section: str, key: str, entry: dict, data: bytes) -> None:
        header[section][key] = entry
        blobs.append((entry, data))

    for key, value in tensors.items():
        if key in int8 or key in panels:
            rows, scale = quantize_rows(value)
            dtype = "p8" if key in panels else "i8"
            entry = {"dtype": dtype, "shape": list(rows.shape), "scale": key + ".scale"}
            add("tensors", key, entry, (in_panels(rows) if key in panels else rows).tobytes())
            add("tensors", key + ".scale", {"dtype": "f32", "shape": [len(scale)]}, scale.tobytes())
        else:
            data = np.ascontiguousarray(value, dtype="<f4")
            add("tensors", key, {"dtype": "f32", "shape": list(data.shape)}, data.tobytes())
    for key, table in strings.items():
        if any("\n" in text for text in table):
            raise ValueError(f"string table {key} holds a line feed")
        add("strings", key, {"count": len(table)}, "\n".join(table).encode("utf8"))

    text, size = _lay_out(header, blobs)
    body = bytearray(size - PREFIX)
    body[: len(text)] = text
    for entry, data in blobs:
        start = entry["offset"] - PREFIX
        body[start : start + len(data)] = data
    prefix = MAGIC + struct.pack("<IIQ", VERSION, len(text), size)
    prefix += hashlib.sha256(body).digest() + struct.pack("<Q", quick_sum(body))
    file.write_bytes(prefix + body)


def _lay_out(header: dict, blobs: list[tuple[dict, bytes]]) -> tuple[bytes, int]:
    """Set offsets; the header's length depends on them, so until it no longer changes."""
    length = 0
    while True:
        at = PREFIX + length
        for entry, data in blobs:
            at = (at + ALIGN - 1) // ALIGN * ALIGN
            entry["offset"], entry["bytes"] = at, len(data)
            at += len(data)
        text = json.dumps(header, ensure_ascii=False, sort_keys=True).encode("utf8")
        if len(text) <= length:
            return text + b" " * (length - len(text)), at
        length = len(text)


def unpack(file: Path) -> tuple[dict, dict[str, np.ndarray], dict[str, list[str]]]:
    """Header, tensors as float32 and string tables of a packed file; ValueError if damaged."""
    data = file.read_bytes()
    version, length, size = struct.unpack_from("<IIQ", data, 8)
    if data[:8] != MAGIC or version not in (1, VERSION) or size != len(data):
        raise ValueError(f"{file}: not a model of version {VERSION} or 1")
    if hashlib.sha256(data[PREFIX:]).digest() != data[24:56]:
        raise ValueError(f"{file}: checksum does not match")
    header = json.loads(data[PREFIX : PREFIX + length])
    types = {"f32": "<f4", "f16": "<f2", "i8": "i1", "p8": "i1"}
    raw = {}
    for key, entry in header["tensors"].items():
        part = data[entry["offset"] : entry["offset"] + entry["bytes"]]
        values = np.frombuffer(part, types[entry["dtype"]])
        if entry["dtype"] == "p8":
            values = from_panels(values, entry["shape"])
        raw[key] = values.reshape(entry["shape"]).astype(np.float32)
    tensors = {}
    for key, entry in header["tensors"].items():
        if entry["dtype"] in ("i8", "p8"):
            tensors[key] = raw[key] * raw[entry["scale"]][:, None]
        elif not key.endswith(".scale"):
            tensors[key] = raw[key]
    strings = {}
    for key, entry in header["strings"].items():
        text = data[entry["offset"] : entry["offset"] + entry["bytes"]].decode("utf8")
        strings[key] = text.split("\n") if entry["count"] else []
    return header, tensors, strings
