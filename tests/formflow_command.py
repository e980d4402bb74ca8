"""Calling formflow as an office does, for tests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def formflow(*words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """What a command says and how it ends."""
    return subprocess.run(
        [sys.executable, "-m", "formflow", *words], capture_output=True, text=True, check=False, cwd=cwd
    )
