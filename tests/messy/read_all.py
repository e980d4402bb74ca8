"""Reads the files it is told and prints what was read, for comparing one process with another."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from formflow.cli.ask import shape_of
from formflow.cli.desk import Desk

NOW = datetime(2026, 8, 1, 12, 0, tzinfo=UTC)

if __name__ == "__main__":
    with Desk.open() as desk:
        for name in sys.argv[1:]:
            for reading in desk.read(Path(name), NOW):
                sys.stdout.write(json.dumps(shape_of(reading)) + "\n")
