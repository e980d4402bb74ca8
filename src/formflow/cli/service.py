"""Running by itself: the systemd unit, and the commands for a Windows server."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path

from formflow.cli import show
from formflow.errors import Stop
from formflow.outbox.put import put
from formflow.service.install import UNIT, systemd_unit, windows_commands
from formflow.settings import WorkingFolder


def install(folder: Path, target: Path, user: str, *, windows: bool) -> None:
    """Write the systemd unit into `target`; on Windows, or when asked, print the commands for it instead."""
    working = WorkingFolder.open(folder)
    if windows or sys.platform == "win32":
        show.title("Run these once, in a PowerShell opened as administrator")
        for line in windows_commands(str(working.root), sys.executable):
            sys.stdout.write(f"{line}\n")
        show.last("Write the name of the account in place of DOMAIN\\svc-formflow; it needs nothing but these folders.")
        return
    unit = target / UNIT
    try:
        put(unit, systemd_unit(working, user or getpass.getuser()).encode("utf-8"))
    except OSError as fault:
        raise Stop(
            f"{unit} cannot be written ({type(fault).__name__}). Run this as root, or write it elsewhere with --to DIR."
        ) from fault
    show.title(f"{unit} is written")
    show.last("To start it now and with the machine: systemctl daemon-reload && systemctl enable --now formflow")
