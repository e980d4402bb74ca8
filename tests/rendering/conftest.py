"""What several tests in a browser need."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tarfile
from collections.abc import Iterator

import pytest

from browser import Browser

AXE = "axe-core@4.10.3"
AXE_FINGERPRINT = "880970c081707360e64f34cea25ff91892f5bc95675b0776925b9709dd8a68bb"


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The accessibility checker, fetched once; its fingerprint is held to."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not installed, so axe-core cannot be fetched")
    folder = tmp_path_factory.mktemp("axe")
    done = subprocess.run([npm, "pack", "--silent", AXE], cwd=folder, capture_output=True, timeout=120, check=False)
    packed = next(iter(folder.glob("*.tgz")), None)
    if done.returncode or packed is None:
        pytest.skip("axe-core cannot be fetched from the npm registry here")
    with tarfile.open(packed) as opened:
        member = opened.extractfile("package/axe.min.js")
        assert member
        script = member.read()
    assert hashlib.sha256(script).hexdigest() == AXE_FINGERPRINT
    return script.decode()


@pytest.fixture(scope="module")
def running() -> Iterator[Browser]:
    """A browser for the tests of one file."""
    with Browser() as made:
        yield made


@pytest.fixture
def browser(running: Browser) -> Browser:
    """The browser as it is at first: light, wide, on its screen."""
    running.look(width=1400)
    running.events.clear()
    return running
