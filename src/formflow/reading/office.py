"""Running LibreOffice: in a settings folder of its own, with limits, and ended with everything that it started."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from formflow.reading.limits import Job, limit_other

MEMORY = 4 * 1024 * 1024 * 1024
QUIET = ("--headless", "--norestore", "--nolockcheck", "--nofirststartwizard")
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">\
<value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" \
oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" \
oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse">\
<value>2</value></prop></item>
</oor:items>
"""
"""No macro is run, nothing outside the file is fetched, no link is followed."""


@dataclass(slots=True)
class Program:
    """LibreOffice, started."""

    process: subprocess.Popen[bytes]
    job: Job

    @staticmethod
    def start(program: str, folder: Path, words: Sequence[str], seconds: float) -> Program:
        """Start it with a profile in `folder` and at most `seconds` of the processor. Raises `OSError`."""
        profile = folder / "profile"
        if not profile.exists():
            _write_settings(profile)
        inherited = {name: value for name, value in os.environ.items() if name.upper() not in ("DISPLAY", "PYTHONPATH")}
        process = subprocess.Popen(
            [program, f"-env:UserInstallation={profile.as_uri()}", *QUIET, *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=inherited | {"HOME": str(folder), "TMPDIR": str(folder)},
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        job = Job(int(getattr(process, "_handle", 0)), MEMORY)
        limit_other(process.pid, MEMORY, seconds)
        return Program(process, job)

    @property
    def runs(self) -> bool:
        """Whether it is still there."""
        return self.process.poll() is None

    def wait(self, seconds: float) -> bool:
        """Whether it is done within so many seconds."""
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def end(self) -> None:
        """End it and everything that it started."""
        if sys.platform == "win32":
            if self.runs:  # what it started before it came into the job is found by its parent
                kill = Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32" / "taskkill.exe"
                with contextlib.suppress(OSError, subprocess.TimeoutExpired):
                    subprocess.run(
                        [str(kill), "/F", "/T", "/PID", str(self.process.pid)],
                        capture_output=True, check=False, timeout=30, creationflags=subprocess.CREATE_NO_WINDOW,
                    )  # fmt: skip
                self.process.kill()
        else:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.job.close()


def _write_settings(profile: Path) -> None:
    """A settings folder of its own: it disturbs no other LibreOffice, and leaves no trace."""
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_SETTINGS, encoding="utf-8")
