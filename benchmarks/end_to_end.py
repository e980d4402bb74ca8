"""From the drop to the papers: seconds for one form, forms a second for many, and where the time goes.

    python -m benchmarks.end_to_end [FORMS] [--profile]

Half of the forms are Word, half PDF, each about another child. Everything that makes formflow safe is on: the child
process, flushing to disk, register and audit in one transaction, papers parsed again. The script that an office would
write for itself and the least that anyone has to do take the same forms in the same run (see `plain_script`); the
three take turns, a few forms each. They write two papers a form; formflow writes all of them. Times are of this
machine; the ratios are what to look at.
"""

from __future__ import annotations

import cProfile
import os
import pstats
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from benchmarks.plain_script import Floor, PlainScript

from formflow import shipped
from formflow.cli.make import make_folder
from formflow.extracting.dictionary import Dictionary
from formflow.inbox.take import take
from formflow.pipeline import Pipeline
from formflow.rendering.forms.blank_pdf import blank_pdf
from formflow.rendering.forms.blank_word import blank_word
from formflow.rendering.forms.fill_pdf import fill_pdf
from formflow.rendering.forms.fill_word import fill_word
from formflow.rendering.forms.samples import Sample, dated
from formflow.service.run import run
from formflow.settings import Partnership, WorkingFolder

STAGES = ("read", "extract", "validate", "decide", "take", "render", "put_unless_edited", "move_in", "refresh")


def forms(count: int, first: int = 0) -> list[tuple[str, bytes]]:
    """Filled forms, each about another child; `first` is the number of the first."""
    import tomllib

    dictionary = Dictionary.parse(shipped.text("fields.toml"))
    word, pdf = blank_word(dictionary, Partnership()), blank_pdf(dictionary, Partnership())
    sample = Sample.model_validate(tomllib.loads(shipped.texts("samples")["1-death-neglect-suspected"]))
    made = []
    for number in range(first, first + count):
        answers = dated(sample.answers, datetime.now().astimezone().date())
        answers |= {"child_1_surname": f"Ellery{number}", "child_1_nhs_no": "not_known"}
        fill, blank, ending = (fill_word, word, "docx") if number % 2 == 0 else (fill_pdf, pdf, "pdf")
        made.append((f"form {number}.{ending}", fill(blank, answers, dictionary)))
    return made


def main() -> None:
    """Print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1].isdigit() else 200
    profile = cProfile.Profile() if "--profile" in sys.argv else None
    root = Path(tempfile.mkdtemp(prefix="formflow-bench-"))
    make_folder(root / "work")
    filled = forms(count + _WARM)
    others = [_Taking(PlainScript(_folder(root / "script"))), _Taking(Floor(_folder(root / "floor")))]
    with Pipeline.open(WorkingFolder.open(root / "work"), now) as pipeline:
        one = [_one(pipeline, name, content) for name, content in filled[:_WARM]]
        for other in others:
            other.take(filled[:2])
            other.seconds = 0.0
        seconds = 0.0
        for number in range(_TURNS):
            turn = filled[_WARM + number :: _TURNS]
            seconds += _run(pipeline, turn, profile)
            for other in others:
                other.take(turn)
        papers = len(pipeline.register.papers("SIN-" + f"{now().year}-{_WARM + 1:03}"))
    script, floor = (other.ended() for other in others)
    print(f"one form, from reading its bytes to its papers in place, warm: median {statistics.median(one):.3f} s")
    print(f"{count} forms, {papers} papers each, {_TURNS} trackers: {_told(seconds, count)}")
    print(f"plain script, 2 papers each, 1 tracker: {_told(script, count)}: {script / seconds:.2f} times formflow")
    print(f"floor, 2 papers each: {_told(floor, count)}; formflow takes {seconds / floor:.1f} times this")
    if profile:
        pstats.Stats(profile).sort_stats("cumulative").print_stats("formflow", 30)


_WARM = 20
"""Forms that are taken one by one to begin with."""
_TURNS = 2
"""How often each way has its turn; formflow draws its tracker in each."""


@dataclass(slots=True)
class _Taking:
    way: PlainScript | Floor
    seconds: float = 0.0

    def take(self, turn: list[tuple[str, bytes]]) -> None:
        begun = time.perf_counter()
        for name, content in turn:
            self.way.take(name, content)
        self.seconds += time.perf_counter() - begun

    def ended(self) -> float:
        begun = time.perf_counter()
        if isinstance(self.way, PlainScript):
            self.way.end()
        return self.seconds + time.perf_counter() - begun


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


def _run(pipeline: Pipeline, turn: list[tuple[str, bytes]], profile: cProfile.Profile | None) -> float:
    """Seconds for some forms in the inbox, once they have settled."""
    for name, content in turn:
        path = pipeline.folder.inbox / name
        path.write_bytes(content)
        os.utime(path, (time.time() - 60,) * 2)
    if profile:
        profile.enable()
    done = run(pipeline, now)
    if profile:
        profile.disable()
    assert done.count("taken") == len(turn), done.results
    return done.seconds


def _told(seconds: float, count: int) -> str:
    return f"{1000 * seconds / count:.1f} ms a form, {count / seconds:.1f} forms a second"


def _one(pipeline: Pipeline, name: str, content: bytes) -> float:
    path = pipeline.folder.inbox / name
    path.write_bytes(content)
    begun = time.perf_counter()
    pipeline.process(take(path, now()))
    return time.perf_counter() - begun


def now() -> datetime:
    """The time by this computer's clock."""
    return datetime.now().astimezone()


if __name__ == "__main__":
    main()
