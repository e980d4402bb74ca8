"""Running by itself: what an IT department is given."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from formflow.service.install import UNIT, systemd_unit, windows_commands
from formflow.settings import WorkingFolder
from formflow_command import formflow
from makers import a_working_folder


def test_the_unit_may_write_to_the_working_folder_and_the_register_only_and_reaches_no_network(tmp_path: Path) -> None:
    folder = a_working_folder(tmp_path / "work")
    lines = systemd_unit(folder, "svc").splitlines()
    assert f"ReadWritePaths={folder.root} {folder.register}" in lines
    for rule in ("ProtectSystem=strict", "PrivateNetwork=yes", "PrivateTmp=yes", "NoNewPrivileges=yes", "User=svc"):
        assert rule in lines, rule


def test_the_unit_may_write_to_an_inbox_elsewhere_and_starts_without_it(tmp_path: Path) -> None:
    folder = a_working_folder(tmp_path / "work")
    settings = folder.root / "formflow.toml"
    named = f'[[inboxes]]\nname = "Police"\npath = "{tmp_path}/share"\n\n[partnership]'
    settings.write_text(settings.read_text("utf-8").replace("[partnership]", named), "utf-8")
    unit = systemd_unit(WorkingFolder.open(folder.root), "svc")
    assert f"ReadWritePaths={folder.root} {folder.register} -{tmp_path}/share\n" in unit
    assert f"RequiresMountsFor={folder.root} {folder.register}\n" in unit


def test_the_unit_reaches_a_network_only_for_a_register_that_several_machines_share(tmp_path: Path) -> None:
    folder = a_working_folder(tmp_path / "work")
    shared = folder.settings.model_copy(update={"register_address": "postgresql://formflow@db.example/register"})
    lines = systemd_unit(WorkingFolder(folder.root, shared), "svc").splitlines()
    assert "PrivateNetwork=no" in lines
    assert "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6" in lines
    assert not any("db.example" in line for line in lines)


ANALYZE = shutil.which("systemd-analyze")


@pytest.mark.skipif(ANALYZE is None, reason="systemd-analyze is not installed")
def test_systemd_itself_finds_no_fault_in_the_unit_also_for_a_folder_with_spaces(tmp_path: Path) -> None:
    folder = a_working_folder(tmp_path / "Safeguarding 100% forms")
    unit = tmp_path / UNIT
    unit.write_text(systemd_unit(folder, "root"), "utf-8")
    done = subprocess.run([str(ANALYZE), "verify", str(unit)], capture_output=True, text=True, check=False)
    own = [line for line in done.stderr.splitlines() if UNIT in line]
    assert own == [], done.stderr


def test_the_command_writes_the_unit_and_says_how_to_start_it(tmp_path: Path) -> None:
    folder = a_working_folder(tmp_path / "work")
    done = formflow("service", "install", "--folder", str(folder.root), "--to", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "systemctl enable --now formflow" in " ".join(done.stdout.split())
    assert "formflow watch --folder" in (tmp_path / UNIT).read_text("utf-8")


def test_for_windows_it_prints_every_command_with_the_folder_quoted(tmp_path: Path) -> None:
    folder = a_working_folder(tmp_path / "work")
    done = formflow("service", "install", "--windows", "--folder", str(folder.root))
    assert "Register-ScheduledTask" in done.stdout
    assert "New-ScheduledTaskTrigger -AtStartup" in done.stdout
    first = windows_commands("S:\\Safe guarding", "C:\\formflow\\python.exe")[0]
    assert '-Argument "-m formflow watch --folder `"S:\\Safe guarding`""' in first
