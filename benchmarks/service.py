"""The service: how long a form waits, what a second core brings, and what is left behind after thousands of forms.

    python -m benchmarks.service waiting [FORMS]     from the last byte written to the form beside its papers
    python -m benchmarks.service cores [FORMS]       one core and two, on the same forms, turn by turn
    python -m benchmarks.service memory [FORMS]      what the process holds after a tenth of the forms, and after all

Everything is as in an office: default settings, the command itself, a folder on this computer's own disk. Seconds are
of this machine; what to look at is what goes beyond the settling time, the ratio, and whether it grows.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.end_to_end import forms, now

from formflow.cli.make import make_folder
from formflow.pipeline import Pipeline
from formflow.service.run import run
from formflow.settings import Settings, WorkingFolder

_APART = 0.9
"""Seconds between two forms that are dropped: longer than one takes, so that each finds formflow at rest."""
_LONGEST = 60.0
"""Seconds after which a form that did not come through stops the benchmark."""


def waiting(count: int) -> None:
    """Forms dropped one after another, each timed from its last byte to where it lies beside its papers."""
    chosen = Settings()
    for events in (True, False):
        root = _a_folder("" if events else '[[inboxes]]\nname = "inbox"\npath = "inbox"\nevents = false\n')
        with _watching(root):
            _waits(root, forms(1), 1)  # finds everything cold
            waits = sorted(_waits(root, forms(count, 1), 2))
        how = "woken by events" if events else "polling only"
        print(
            f"{how}: {count} forms, median {statistics.median(waits):.2f} s, 95 of 100 within "
            f"{waits[int(len(waits) * 0.95)]:.2f} s; settling takes {chosen.settle_seconds:.1f} s of that"
            + ("" if events else f", a poll {chosen.poll_seconds:.1f} s at most")
        )


def _waits(root: Path, filled: Sequence[tuple[str, bytes]], first: int) -> list[float]:
    """For each form, the seconds from its last byte until it lies in its case; cases are numbered as forms come."""
    dropped: dict[int, float] = {}

    def drop() -> None:
        for number, (name, content) in enumerate(filled, first):
            (root / "inbox" / f"{number} {name}").write_bytes(content)
            dropped[number] = time.perf_counter()
            time.sleep(_APART)

    dropping = threading.Thread(target=drop)
    dropping.start()
    waits: dict[int, float] = {}
    while len(waits) < len(filled):
        for number, since in list(dropped.items()):
            if number not in waits and _is_there(root, number):
                waits[number] = time.perf_counter() - since
            assert number in waits or time.perf_counter() - since < _LONGEST, "a form did not come through"
        time.sleep(0.005)
    dropping.join()
    return list(waits.values())


def _is_there(root: Path, number: int) -> bool:
    ref = f"SIN-{now().year}-{number:03d}"
    place = root / "outbox" / "cases" / ref
    return place.is_dir() and any("_form_v1_" in path.name for path in place.iterdir())


@contextmanager
def _watching(root: Path) -> Iterator[None]:
    words = [sys.executable, "-m", "formflow", "watch", "--folder", str(root)]
    watch = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        watch.terminate()
        watch.wait()


def cores(count: int) -> None:
    """The same forms on one core and on two, turn by turn."""
    filled = forms(count)
    times: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(3):
        for number in times:
            root = _a_folder(f"cores = {number}\nsettle_seconds = 0\n")
            _drop_all(root, filled)
            with Pipeline.open(WorkingFolder.open(root), now) as pipeline:
                done = run(pipeline, now)
            assert done.count("taken") == count
            times[number].append(done.seconds)
    one, two = (statistics.median(times[number]) for number in (1, 2))
    print(f"{count} forms: one core {count / one:.1f} a second, two {count / two:.1f}: {one / two:.2f} times")


def memory(count: int) -> None:
    """What one process holds after a tenth of the forms and after all; each is another child's."""
    root = _a_folder("cores = 1\nsettle_seconds = 0\n")
    tenth, held = count // 10, list[tuple[float, float]]()
    with Pipeline.open(WorkingFolder.open(root), now) as pipeline:
        for part in range(10):
            _drop_all(root, forms(tenth, part * tenth))
            done = run(pipeline, now)
            assert done.count("taken") == tenth
            held.append((_resident(), tenth / done.seconds))
    for much, (megabytes, pace) in ((tenth, held[0]), (count, held[-1])):
        print(f"after {much} forms: {megabytes:.0f} MB, {pace:.1f} forms a second")


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def _drop_all(root: Path, filled: Sequence[tuple[str, bytes]]) -> None:
    for name, content in filled:
        (root / "inbox" / name).write_bytes(content)


def _a_folder(settings: str) -> Path:
    """A new working folder; `settings` come before those that are shipped, and in their place."""
    root = Path(tempfile.mkdtemp(prefix="formflow-bench-"))
    make_folder(root)
    given = {line.split(" = ")[0] for line in settings.splitlines()}
    shipped = (root / "formflow.toml").read_text(encoding="utf-8").splitlines()
    rest = [line for line in shipped if line.split(" = ")[0].strip() not in given]
    tables = settings if settings.startswith("[") else ""
    plain = "" if tables else settings
    (root / "formflow.toml").write_text(plain + "\n".join(rest) + "\n" + tables, encoding="utf-8")
    return root


if __name__ == "__main__":
    what, much = {"waiting": (waiting, 40), "cores": (cores, 60), "memory": (memory, 1000)}[sys.argv[1]]
    what(int(sys.argv[2]) if len(sys.argv) > 2 else much)
