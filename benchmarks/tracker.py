"""The tracker: what a drawing costs beside plain openpyxl, what a form costs in a stream, and what memory it takes.

    python benchmarks/tracker.py [CASES ...] [--stream] [--memory CASES]

Cases are invented notifications put straight into a register. "Rebuild" reads a workbook in which people typed in one
row of ten, takes their words back, writes the workbook, checks it and puts it; working out what the rows say is timed
apart, since any way of writing needs it. Seconds are the processor's, so that what else the machine does is left out.
"openpyxl" writes the same cells with the same formats, tables, widths and
links, and saves. Both are timed in one run on one machine; the ratio is what to look at.
"""

from __future__ import annotations

import argparse
import io
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from copy import copy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.table import Table

from formflow import shipped
from formflow.deciding.case import Case
from formflow.deciding.decide import decide
from formflow.extracting.given import form_given
from formflow.inbox.arrival import Arrival
from formflow.pipeline import Pipeline
from formflow.reading.apart import ReadingRoom
from formflow.recording.evidence import Evidence
from formflow.recording.register import Register
from formflow.recording.tables import arrivals, cases, decisions, filings, submissions
from formflow.rendering.workbook.tally import Tally
from formflow.rendering.workbook.tracker import rows_of
from formflow.rendering.workbook.tracker_sheets import CaseLine
from formflow.service.tracker import lines
from formflow.service.tracker.refresh import NAME, refresh
from formflow.service.watch import Watch
from formflow.settings import WorkingFolder
from formflow.validating.submission import Submission
from formflow.validating.validate import validate

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
_ANSWERS: dict[str, object] = {
    "nature": ["seriously_harmed"], "incident_date": "2026-03-12", "la_aware_date": "2026-03-13",
    "incident_place": "At home", "incident_in_area": "yes", "abuse_neglect": "suspected", "other_la": "Wexcombe",
    "child_1_forename": "Jordan", "child_1_dob": "2019-02-03", "child_1_ethnicity": "white_british",
    "agency_1_name": "Mill Lane School", "notifier_name": "Priya Nand",
}  # fmt: skip


def a_pipeline(root: Path) -> Pipeline:
    """A pipeline over a new working folder, without the process that reads forms."""
    for name in ("inbox", "outbox", "templates"):
        (root / name).mkdir(parents=True)
    (root / "formflow.toml").write_text(shipped.text("formflow.toml"), encoding="utf-8")
    with patch.object(ReadingRoom, "warm"):
        return Pipeline.open(WorkingFolder.open(root), lambda: NOW)


def take(pipeline: Pipeline, number: int) -> None:
    """One case more."""
    answers = _ANSWERS | {"child_1_surname": f"Ellery{number}"}
    submission: Submission = validate(
        form_given({"answers": answers}, pipeline.knowledge.dictionary), pipeline.knowledge.dictionary, NOW.date()
    )
    ref = f"SIN-2026-{number:06d}"
    decision = decide(Case(ref, (submission,), (NOW.date(),)), pipeline.rules, NOW.date(), pipeline.history)
    arrival = Arrival(f"20260320-{number:06d}", Path("f.docx"), f"{number:064x}", NOW, b"form")
    with patch.object(Evidence, "put"):
        pipeline.register.take(arrival, "f.docx", ref, submission, decision, {})
        pipeline.register.filed(arrival.id)


def fill(pipeline: Pipeline, count: int) -> None:
    """Many cases at once: the first one's rows over and over under other references, past the audit chain."""
    if not count:
        return
    take(pipeline, 1)
    numbers = f"WITH RECURSIVE n(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM n WHERE n < {count}) "  # noqa: S608
    named = {"id": "printf('20260320-%06d', n)", "arrival": "printf('20260320-%06d', n)",
             "case_ref": "printf('SIN-2026-%06d', n)", "ref": "printf('SIN-2026-%06d', n)",
             "sha256": "printf('%064x', n)"}  # fmt: skip
    with pipeline.register._engine.begin() as connection:
        for table in (arrivals, filings, cases, submissions, decisions) if count > 1 else ():
            columns = ", ".join(named.get(column.name, column.name) for column in table.c)
            # Every word of it is our own.
            connection.exec_driver_sql(
                f"INSERT INTO {table.name} {numbers} SELECT {columns} FROM {table.name}, n"  # noqa: S608
            )


def type_in(path: Path) -> int:
    """Type in the notes of one row of ten, in the file itself; gives how many."""
    parts = {}
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            parts[name] = package.read(name)
    name, typed = "xl/worksheets/sheet2.xml", 0
    words = '<c r="J{row}" s="{style}" t="inlineStr"><is><t>typed in row {row}</t></is></c>'

    def write(found: re.Match[str]) -> str:
        nonlocal typed
        if int(found[1]) % 10:
            return found[0]
        typed += 1
        return words.format(row=found[1], style=found[2])

    parts[name] = re.sub(r'<c r="J(\d+)" s="(\d+)"/>', write, parts[name].decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for part, content in parts.items():
            package.writestr(part, content)
    return typed


def plain(content: bytes) -> float:
    """Seconds in which openpyxl writes the same content with the same formats, tables, widths and links."""
    before = load_workbook(io.BytesIO(content))
    held: list[Any] = []
    sheet: Any
    for sheet in before.worksheets:
        rows = [[(cell.value, cell._style, cell.hyperlink) for cell in row] for row in sheet.iter_rows()]
        sizes = {letter: size.width for letter, size in sheet.column_dimensions.items()}
        heights = {number: row.height for number, row in sheet.row_dimensions.items() if row.height}
        held.append((sheet.title, rows, sizes, heights, [table.ref for table in sheet.tables.values()]))
    begun = time.process_time()
    book: Any = Workbook()
    book.remove(book.active)
    for name in ("_fonts", "_fills", "_borders", "_alignments", "_protections", "_number_formats", "_cell_styles"):
        setattr(book, name, copy(getattr(before, name)))
    for at_sheet, (title, rows, sizes, heights, tables) in enumerate(held):
        sheet = book.create_sheet(title)
        for letter, width in sizes.items():
            sheet.column_dimensions[letter].width = width
        for place, height in heights.items():
            sheet.row_dimensions[place].height = height
        for at, row in enumerate(rows, 1):
            for place, (value, style, link) in enumerate(row, 1):
                cell = sheet.cell(at, place, value)
                cell._style = style
                if link is not None and link.target:
                    cell.hyperlink = link.target
        for ref in tables:
            sheet.add_table(Table(displayName=f"Table{at_sheet}", ref=ref))
    out = io.BytesIO()
    book.save(out)
    return time.process_time() - begun


def rebuild(count: int) -> dict[str, float]:
    """The figures for so many cases."""
    with tempfile.TemporaryDirectory(prefix="formflow-bench-") as root, a_pipeline(Path(root) / "work") as pipeline:
        fill(pipeline, count)
        path = refresh(pipeline, NOW)
        held: list[CaseLine] = list(lines.lines_of(pipeline, NOW))
        for line in held:
            _ = line.stage
        typed = type_in(path)
        begun = time.process_time()
        refresh(pipeline, NOW)
        whole = time.process_time() - begun
        kept = sum(bool(notes.get("Notes")) for notes in pipeline.register.notebook.of(r.ref for r in held).values())
        assert kept == typed, (kept, typed)
        content = path.read_bytes()
        type_in(path)
        made = {line.ref: tuple(rows_of(line, lines.desk_of(pipeline, NOW))) for line in held}
        # The same again with what the rows say at hand: reading, merging, writing, checking, putting.
        with (
            patch("formflow.service.tracker.refresh.lines_of", lambda *_: held),
            patch("formflow.rendering.workbook.workbook.rows_of", lambda line, _: made[line.ref]),
            patch("formflow.rendering.status.state.rows_of", lambda line, _: made[line.ref]),
            patch.object(Tally, "see", lambda *_: None),
            patch("formflow.service.tracker.refresh.put_status", lambda *_: None),  # the page is another piece of work
        ):
            begun = time.process_time()
            refresh(pipeline, NOW)
            book = time.process_time() - begun
        other = plain(content)
        return {"cases": count, "edits": typed, "workbook": book, "openpyxl": other, "ratio": book / other,
                "whole refresh": whole, "MB": path.stat().st_size / 1e6}  # fmt: skip


def stream(forms: int, before: int) -> None:
    """What a form costs in the tracker when it is drawn as `watch` draws it, in a stream, with cases there before."""
    with tempfile.TemporaryDirectory(prefix="formflow-bench-") as root, a_pipeline(Path(root) / "work") as pipeline:
        fill(pipeline, before)
        watch = Watch(pipeline, lambda: NOW)
        watch._redraw(due=True)
        spent, drawn, real = [], 0, refresh
        begun_all = time.perf_counter()

        def counted(*given: Any) -> Path:
            nonlocal drawn
            drawn += 1
            return real(*given)

        with patch("formflow.service.watch.refresh", counted):
            for number in range(before + 1, before + forms + 1):
                take(pipeline, number)
                time.sleep(0.02)  # the other work that a form needs
                watch._stale = True
                begun = time.perf_counter()
                watch._redraw()
                spent.append(time.perf_counter() - begun)
        share = sum(spent) / (time.perf_counter() - begun_all)
        print(f"stream of {forms} forms after {before} cases: drawn {drawn} times, {1000 * sum(spent) / forms:.1f} ms "
              f"a form, {100 * share:.0f}% of the time")  # fmt: skip


def memory(count: int) -> None:
    """The most memory that a drawing takes, in a process of its own; the register is filled by another."""
    with tempfile.TemporaryDirectory(prefix="formflow-bench-") as root:
        work = Path(root) / "work"
        with a_pipeline(work) as pipeline:
            fill(pipeline, count)
        me = [sys.executable, __file__, "--draw", str(work)]
        print(subprocess.run(me, check=True, capture_output=True, text=True).stdout, end="")


def draw_only(root: Path) -> None:
    """Draw the tracker of a folder once, with what people typed read, and say what memory that took."""
    with patch.object(ReadingRoom, "warm"), patch.object(Register, "cases", lambda _: ()):
        pipeline = Pipeline.open(WorkingFolder.open(root), lambda: NOW)
    with pipeline:
        start = _peak()
        begun = time.perf_counter()
        path = refresh(pipeline, NOW)
        took, first = time.perf_counter() - begun, _peak()
        (root / "outbox" / NAME).write_bytes(path.read_bytes() + b"")
        (root / "register" / "tracker.json").unlink()  # so that the workbook is read back whole
        begun = time.perf_counter()
        refresh(pipeline, NOW)
        print(json.dumps({
            "started with MB": start, "drawn: most MB": first, "seconds": round(took, 1),
            "read back and drawn: most MB": _peak(), "seconds again": round(time.perf_counter() - begun, 1),
            "file MB": round(path.stat().st_size / 1e6, 1),
        }))  # fmt: skip


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Print the figures."""
    say = argparse.ArgumentParser()
    say.add_argument("cases", nargs="*", type=int)
    say.add_argument("--stream", action="store_true")
    say.add_argument("--memory", type=int)
    say.add_argument("--draw", type=Path)
    chosen = say.parse_args()
    if chosen.draw:
        draw_only(chosen.draw)
        return
    for count in chosen.cases or (() if chosen.stream or chosen.memory else (1000, 10_000)):
        found = rebuild(count)
        print(", ".join(f"{name} {figure:.2f}" for name, figure in found.items()))
    if chosen.stream:
        for before in (0, 1000, 10_000):
            stream(300, before)
    if chosen.memory:
        memory(chosen.memory)


if __name__ == "__main__":
    main()
