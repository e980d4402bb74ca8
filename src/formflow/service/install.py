"""What an IT department needs so that formflow runs by itself: a systemd unit, or the commands for Windows."""

from __future__ import annotations

import sys
from pathlib import Path

from formflow.settings import WorkingFolder

UNIT = "formflow.service"


def systemd_unit(folder: WorkingFolder, user: str) -> str:
    """A unit that may write to the working folder, its inboxes and the register alone.

    It reaches no network, unless the register is a database that several machines share.
    """
    network = bool(folder.settings.register_address)
    families = "AF_UNIX AF_INET AF_INET6" if network else "AF_UNIX"
    needed = sorted({str(folder.root), str(folder.register)})
    # An inbox elsewhere may be away when it starts: the others are looked after meanwhile.
    elsewhere = (place.path for place in folder.inboxes if not place.path.is_relative_to(folder.root))
    writable = [*needed, *sorted({f"-{path}" for path in elsewhere})]
    return f"""[Unit]
Description=formflow: takes forms from {_quiet(folder.root)}
After=local-fs.target remote-fs.target{" network-online.target" if network else ""}
RequiresMountsFor={" ".join(_quoted(place) for place in needed)}

[Service]
Type=simple
User={user}
ExecStart={_quoted(sys.executable)} -m formflow watch --folder {_quoted(str(folder.root))}
Restart=on-failure
RestartSec=30
# The form in hand is finished before the service stops.
KillSignal=SIGINT
TimeoutStopSec=120
UMask=0007

# What it may do: its own folders, and nothing else.
ReadWritePaths={" ".join(_quoted(place) for place in writable)}
ProtectSystem=strict
ProtectHome=read-only
PrivateTmp=yes
PrivateDevices=yes
PrivateNetwork={"no" if network else "yes"}
NoNewPrivileges=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
ProtectClock=yes
ProtectHostname=yes
RestrictAddressFamilies={families}
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
CapabilityBoundingSet=
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallErrorNumber=EPERM

[Install]
WantedBy=multi-user.target
"""


def windows_commands(root: str, python: str) -> tuple[str, ...]:
    """The commands that make a scheduled task of it: from the start of the server, restarted when it ends.

    To be run once, in a PowerShell opened as administrator.
    """
    argument = f'-m formflow watch --folder \\`"{root}\\`"'.replace("\\`", "`")
    return (
        f'$action = New-ScheduledTaskAction -Execute "{python}" -Argument "{argument}"',
        "$trigger = New-ScheduledTaskTrigger -AtStartup",
        "$settings = New-ScheduledTaskSettingsSet -RestartCount 999 -RestartInterval (New-TimeSpan -Minutes 1) "
        "-ExecutionTimeLimit ([TimeSpan]::Zero) -MultipleInstances IgnoreNew -StartWhenAvailable",
        '$principal = New-ScheduledTaskPrincipal -UserId "DOMAIN\\svc-formflow" -LogonType Password',
        'Register-ScheduledTask -TaskName "formflow" -Action $action -Trigger $trigger -Settings $settings '
        '-User "DOMAIN\\svc-formflow" -Password (Read-Host "Password of the account")',
        'Start-ScheduledTask -TaskName "formflow"',
    )


def _quoted(words: str) -> str:
    """Words as systemd reads them whole: in quotes, with % doubled and backslashes and quotes escaped."""
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"' if any(letter.isspace() or letter in "\"'\\" for letter in words) else escaped


def _quiet(path: Path) -> str:
    return path.name.replace("%", "%%")
