"""What a form costs in a long stream, and whether it costs more the more cases the register holds.

    python benchmarks/stream.py [--forms N] [--before CASES ...]

Word forms about different children go through the whole pipeline one after another: read, checked, decided, recorded,
papers written, form filed; after each the tracker is drawn where `watch` would draw it. Told are the processor's
seconds a form of the main process (the reader works in one of its own, and knows nothing of the register), for the
first and the last tenth of the stream, and what part of it each step takes.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import tracker  # type: ignore[import-not-found]  # it lies beside this file

from formflow.deciding.history import History
from formflow.extracting.dictionary import Dictionary
from formflow.inbox.take import take as take_arrival
from formflow.outbox.deliver import Delivery
from formflow.pipeline import Pipeline
from formflow.reading.apart import ReadingRoom
from formflow.recording.register import Register
from formflow.rendering.forms.blank_word import blank_word
from formflow.rendering.forms.fill_word import fill_word
from formflow.service.watch import Watch
from formflow.settings import Partnership, WorkingFolder

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
_ANSWERS: dict[str, object] = {
    "nature": ["seriously_harmed"], "incident_date": "2026-03-12", "la_aware_date": "2026-03-13",
    "incident_place": "At home", "incident_in_area": "yes", "abuse_neglect": "suspected", "abuse_type": ["neglect"],
    "child_1_forename": "Jordan", "agency_1_name": "Mill Lane School", "notifier_name": "Priya Nand",
}  # fmt: skip
_STEPS: tuple[tuple[type, str], ...] = (
    (Register, "half_done"), (Register, "known"), (Register, "case"), (Register, "next_ref"), (Register, "take"),
    (Register, "filed"), (Register, "papers"), (History, "fingerprint"), (History, "learn"), (Delivery, "deliver"),
)  # fmt: skip


def forms(folder: Path, dictionary: Dictionary, count: int) -> Iterator[Path]:
    """So many filled-in forms, each about another child."""
    blank = blank_word(dictionary, Partnership())
    for number in range(count):
        born = {"child_1_dob": f"{2010 + number % 14}-{1 + number % 12:02d}-{1 + number % 28:02d}"}
        path = folder / f"form {number}.docx"
        path.write_bytes(
            fill_word(blank, _ANSWERS | born | {"child_1_surname": f"Ellery{_letters(number)}"}, dictionary)
        )
        yield path


def _letters(number: int) -> str:
    return "".join(chr(97 + int(figure)) for figure in f"{number:05d}")


@contextmanager
def steps(spent: dict[str, float]) -> Iterator[None]:
    """Add up the processor's seconds of each step."""

    def timed(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def act(*given: Any, **more: Any) -> Any:
            begun = time.process_time()
            try:
                return real(*given, **more)
            finally:
                spent[name] += time.process_time() - begun

        return act

    with ExitStack() as stack:
        for of, name in _STEPS:
            stack.enter_context(patch.object(of, name, timed(f"{of.__name__}.{name}", getattr(of, name))))
        yield


def stream(count: int, before: int) -> None:
    """Run a stream and print its figures."""
    with tempfile.TemporaryDirectory(prefix="formflow-bench-") as root:
        work = Path(root) / "work"
        with tracker.a_pipeline(work) as pipeline, patch.dict(tracker._ANSWERS, abuse_type=["neglect"]):
            tracker.fill(pipeline, before)
        shutil.copytree(Path(__file__).parents[1] / "templates", work / "templates", dirs_exist_ok=True)
        with _opened(work) as pipeline:
            watch = Watch(pipeline, lambda: NOW)
            watch._redraw(due=True)
            costs, drawings, by_step = [], 0.0, []
            for path in forms(pipeline.folder.inbox, pipeline.knowledge.dictionary, count):
                spent: dict[str, float] = defaultdict(float)
                begun = time.process_time()
                with steps(spent):
                    pipeline.process(take_arrival(path, NOW))
                costs.append(time.process_time() - begun)
                by_step.append(spent)
                watch._stale = True
                watch._redraw()
                drawings += time.process_time() - begun - costs[-1]
    _tell(before, costs, drawings, by_step)


def _tell(before: int, costs: list[float], drawings: float, by_step: list[dict[str, float]]) -> None:
    """Drawing comes in lumps, so that its part is spread evenly over the stream."""
    count = len(costs)
    tenth, drawn = max(count // 10, 1), 1000 * drawings / count
    first, last = (1000 * sum(some) / tenth + drawn for some in (costs[:tenth], costs[-tenth:]))
    print(f"{count} forms after {before} cases: first tenth {first:.0f} ms a form, last tenth {last:.0f} ms "
          f"({last / first:.2f} times); of it the tracker {drawn:.0f} ms")  # fmt: skip
    for name in (f"{of.__name__}.{step}" for of, step in _STEPS):
        begin, end = (1000 * sum(one[name] for one in some) / tenth for some in (by_step[:tenth], by_step[-tenth:]))
        print(f"    {name:22} {begin:8.2f} ms {end:8.2f} ms")


def _opened(root: Path) -> Pipeline:
    with patch.object(ReadingRoom, "warm"):
        return Pipeline.open(WorkingFolder.open(root), lambda: NOW)


def main() -> None:
    """Print the figures."""
    say = argparse.ArgumentParser()
    say.add_argument("--forms", type=int, default=1000)
    say.add_argument("--before", type=int, nargs="*", default=[0, 10_000])
    chosen = say.parse_args()
    for before in chosen.before:
        stream(chosen.forms, before)


if __name__ == "__main__":
    main()
