from __future__ import annotations

import os
import subprocess
import sys

HEADING = "Serious incident notification form"
"""Its words speak of two parts of a form equally."""
ASK = (
    "from formflow import shipped; from formflow.extracting.knowledge import Knowledge;"
    "print(Knowledge.parse(shipped.text, shipped.texts('layouts'), shipped.texts('forms')).vocabulary.heading(%r))"
)


def test_a_heading_begins_the_same_parts_of_the_form_on_every_run() -> None:
    assert len({heading_with(seed) for seed in range(4)}) == 1


def heading_with(seed: int) -> str:
    """What the heading begins when Python shuffles its sets in this way."""
    shuffled = {**os.environ, "PYTHONHASHSEED": str(seed)}
    code = [sys.executable, "-c", ASK % HEADING]
    return subprocess.run(code, capture_output=True, text=True, check=True, env=shuffled).stdout
