"""PDF copies: milliseconds a paper in a cold call, in a batch, and through a warm LibreOffice.

    python -m benchmarks.copies [ROUNDS]

On the papers of the invented forms that come with formflow. Needs LibreOffice.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from formflow.reading.old_formats import libreoffice
from formflow.rendering.office.office import Office


def papers(folder: Path) -> dict[str, list[bytes]]:
    """The Word papers of the demonstration, by kind."""
    subprocess.run([sys.executable, "-m", "formflow", "demo", "--folder", str(folder)], check=True, capture_output=True)
    found: dict[str, list[bytes]] = {}
    for path in sorted((folder / "outbox" / "cases").glob("*/*_*_v1_*.docx")):
        kind = path.name.split("_")[1]
        if kind in ("panel-notice", "rapid-review-report"):
            found.setdefault(kind, []).append(path.read_bytes())
    return found


def measured(act: Callable[[], Sequence[bytes | None]], rounds: int) -> float:
    """The median of milliseconds a paper."""
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        made = act()
        taken.append((time.perf_counter() - begun) * 1000 / len(made))
        assert all(made)
    return statistics.median(taken)


def main() -> None:
    """Print the figures."""
    program, rounds = libreoffice(), int(sys.argv[1]) if len(sys.argv) > 1 else 5
    if program is None:
        raise SystemExit("LibreOffice is not installed on this computer.")
    with tempfile.TemporaryDirectory(prefix="formflow-bench-") as made:
        by_kind = papers(Path(made) / "demo")
    every = [paper for kind in by_kind.values() for paper in kind]
    cold, warm = Office(program, warm=False), Office(program)
    warm.pdfs(every)
    print(f"{'papers':32} {'ms a paper':>10}")
    for kind, some in by_kind.items():
        one = some[:1]
        print(f"{kind + ', a cold call each':32} {measured(partial(cold.pdfs, one), rounds):10.0f}")
        print(f"{kind + ', warm, by itself':32} {measured(partial(warm.pdfs, one), rounds):10.0f}")
    print(f"{f'{len(every)} mixed, one cold call':32} {measured(partial(cold.pdfs, every), rounds):10.0f}")
    print(f"{f'{len(every)} mixed, warm':32} {measured(partial(warm.pdfs, every), rounds):10.0f}")
    for office in (cold, warm):
        office.close()
        office.rest()


if __name__ == "__main__":
    main()
