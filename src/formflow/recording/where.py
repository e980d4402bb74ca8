"""Whether a folder is on this computer's own disk; a database on a network drive loses data."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from formflow.errors import Stop

_NETWORK = re.compile(
    r"nfs\d?|cifs|smb\w*|ncpfs|afs|9p|ceph|glusterfs|lustre|davfs\d?|fuse\.(?:sshfs|rclone|davfs\d?|smbnetfs|s3fs|gvfsd-fuse)"
)
_REMOTE_ON_WINDOWS = 4


def refuse_network_drive(folder: Path, mounts: str | None = None) -> None:
    """Raise `Stop` when `folder` lies on a network drive. `mounts` is the text of /proc/self/mountinfo."""
    if _is_remote(folder.resolve(), mounts):
        raise Stop(
            f"The register would lie on a network drive ({folder}), where databases are damaged. Choose a folder on "
            "this computer's own disk and write it in formflow.toml: on Windows "
            'register_folder = "C:/ProgramData/formflow/register", on Linux "/var/lib/formflow/register".'
        )


def _is_remote(folder: Path, mounts: str | None) -> bool:
    if sys.platform == "win32":
        return _is_remote_on_windows(folder)
    if mounts is None:
        try:
            mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return False  # another kind of Unix: nothing tells, so nothing is refused
    best, kind = "", ""
    for line in mounts.splitlines():
        left, _, right = line.partition(" - ")
        parts = left.split()
        if len(parts) < 5 or not right:
            continue
        point = re.sub(r"\\(\d{3})", lambda found: chr(int(found[1], 8)), parts[4])
        if len(point) >= len(best) and folder.is_relative_to(point):
            best, kind = point, right.split()[0]
    return _NETWORK.fullmatch(kind) is not None


def _is_remote_on_windows(folder: Path) -> bool:
    if str(folder).startswith("\\\\"):
        return True
    import ctypes

    drives = getattr(ctypes, "windll").kernel32  # noqa: B009 - the attribute exists on Windows only
    return bool(drives.GetDriveTypeW(f"{folder.drive}\\") == _REMOTE_ON_WINDOWS)
