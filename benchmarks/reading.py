"""Reading one filled-in form of 60 fields, beside the floor: the least work that anyone has to do.

    python -m benchmarks.reading [ROUNDS]

Reader and floor take turns in one run, so that only the ratio of their medians counts. Times are those of the
processor; even so a busy machine slows the reader more than the floor. Parts for other kinds of file stand beside
`word` in `KINDS`.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.reading_pdf import CASES as PDF
from benchmarks.reading_word import CASES as WORD


@dataclass(frozen=True, slots=True)
class Case:
    """One form, the reader, the floor, and how many times the floor the reader may take."""

    name: str
    read: Callable[[], object]
    floor: Callable[[], object]
    most: float


KINDS: dict[str, Sequence[tuple[str, Callable[[], object], Callable[[], object], float]]] = {"word": WORD, "pdf": PDF}


def measured(case: Case, rounds: int) -> tuple[float, float]:
    """The medians of reader and floor, in milliseconds, turn by turn."""
    read, floor = [], []
    for _ in range(5):
        case.read(), case.floor()
    gc.disable()
    for _ in range(rounds):
        floor.append(_seconds(case.floor))
        read.append(_seconds(case.read))
    gc.enable()
    return statistics.median(read) * 1000, statistics.median(floor) * 1000


def _seconds(work: Callable[[], object]) -> float:
    start = time.thread_time()
    work()
    return time.thread_time() - start


def main() -> None:
    """Print the figures; end with 1 when a reader takes more than it may."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    over = False
    print(f"{'form':32} {'reader ms':>10} {'floor ms':>10} {'ratio':>7}  at most")
    for kind, cases in KINDS.items():
        for each in cases:
            case = Case(*each)
            read, floor = measured(case, rounds)
            over = over or read > floor * case.most
            print(f"{kind + ', ' + case.name:32} {read:10.2f} {floor:10.2f} {read / floor:7.2f}  {case.most:.1f}")
    raise SystemExit(over)


if __name__ == "__main__":
    main()
