"""Working folders over one PostgreSQL register, as several machines see them."""

from __future__ import annotations

import io
import sys
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from formflow.deciding.decide import decide
from formflow.recording.proof.verify import verify
from formflow.settings import WorkingFolder
from makers import NOON, a_form, a_working_folder, lying_in, the_rules

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))


def a_shared_folder(root: Path, address: str) -> WorkingFolder:
    """A working folder whose register is at an address."""
    folder = a_working_folder(root)
    settings = root / "formflow.toml"
    words = settings.read_text(encoding="utf-8")
    settings.write_text(f'register = "{address}"\n{words}'.replace("poll_seconds = 10.0", "poll_seconds = 0.2"))
    return WorkingFolder.open(folder.root)


def as_machine(folder: WorkingFolder, name: str) -> WorkingFolder:
    """The same working folder as another machine sees it: with a register folder of its own."""
    return WorkingFolder(
        folder.root, folder.settings.model_copy(update={"register_folder": str(folder.root.parent / name)})
    )


def child(number: int) -> dict[str, Any]:
    """The answers that make a form one of its own invented child."""
    born = f"20{10 + number % 10}-0{1 + number % 9}-11"
    return {"child_1_forename": f"Invented{number}", "child_1_surname": f"Person{number}", "child_1_dob": born}


def drop(folder: WorkingFolder, count: int, start: int = 0) -> None:
    """Drop so many forms, each of its own child."""
    for number in range(start, start + count):
        (folder.inbox / f"form {number}.docx").write_bytes(a_form(**child(number)))


def troubles(folder: WorkingFolder, machine: Path) -> list[str]:
    """What is torn, left behind or not verified."""
    found = [f"{path} lies in the inbox" for path in sorted(lying_in(folder.inbox) - {"READ ME.txt"})]
    for path in folder.outbox.rglob("*.docx"):
        with zipfile.ZipFile(path) as package:
            if package.testzip() is not None:
                found.append(f"{path.name} is torn")
    tracker = load_workbook(io.BytesIO((folder.outbox / "Case tracker.xlsx").read_bytes()))
    cases = sum(1 for path in (folder.outbox / "cases").iterdir() if path.is_dir())
    if tracker["Open cases"].max_row - 1 != cases:
        found.append(f"the tracker shows {tracker['Open cases'].max_row - 1} of {cases} cases")
    rules = the_rules()
    report = verify(
        machine,
        lambda case, on, receipt, history: decide(case, rules.as_in(receipt), on, history),
        address=folder.settings.register_address,
    )
    return [*found, *report.problems]


def noon() -> datetime:
    """The time on every machine."""
    return NOON
