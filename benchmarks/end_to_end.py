"""From the drop to the papers: seconds for one form, forms a second for many, and where the time goes.

    python benchmarks/end_to_end.py [FORMS]

Half of the forms are Word, half PDF, each about another child. Everything that makes formflow safe is on: the child
process, flushing to disk, register and audit in one transaction, papers parsed again. Times are of this machine; the
shares are what to look at.
"""

from __future__ import annotations

import cProfile
import pstats
import statistics
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

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
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    root = Path(tempfile.mkdtemp(prefix="formflow-bench-"))
    make_folder(root)
    filled = forms(count + 20)
    with Pipeline.open(WorkingFolder.open(root), now) as pipeline:
        one = [_one(pipeline, name, content) for name, content in filled[:20]]
        for name, content in filled[20:]:
            (root / "inbox" / name).write_bytes(content)
        time.sleep(2.1)
        profile = cProfile.Profile() if "--profile" in sys.argv else None
        if profile:
            profile.enable()
        done = run(pipeline, now)
        if profile:
            profile.disable()
    print(f"one form, from reading its bytes to its papers in place, warm: median {statistics.median(one):.3f} s")
    print(f"{count} forms with papers and one tracker: {done.seconds:.2f} s, {count / done.seconds:.1f} forms a second")
    assert done.count("taken") == count
    if profile:
        pstats.Stats(profile).sort_stats("cumulative").print_stats("formflow", 30)


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
