"""A real Chromium for tests, spoken to through its pipe: no library, no port, no network."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    "--disable-default-apps", "--disable-extensions", "--remote-debugging-pipe",
)  # fmt: skip

_AT_THREE_AND_FOUR = """
import fcntl, os, sys
to, back = (fcntl.fcntl(int(end), fcntl.F_DUPFD, 10) for end in sys.argv[1:3])
os.dup2(to, 3), os.dup2(back, 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
"""Chromium listens on 3 and answers on 4: our ends are put there before it begins."""


class Browser:
    """One page of one browser with an empty profile."""

    def __init__(self, width: int = 1400, height: int = 1000) -> None:
        assert PROGRAM
        self._profile = tempfile.TemporaryDirectory(prefix="formflow-chromium-", ignore_cleanup_errors=True)
        theirs_in, ours_out = os.pipe()
        ours_in, theirs_out = os.pipe()
        self._process = self._start(theirs_in, theirs_out, width, height)
        os.close(theirs_in)
        os.close(theirs_out)
        self._to, self._from = os.fdopen(ours_out, "wb", buffering=0), os.fdopen(ours_in, "rb")
        self._number, self._session = 0, ""
        self.events: list[dict[str, Any]] = []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")

    def _start(self, to: int, back: int, width: int, height: int) -> subprocess.Popen[bytes]:
        words = [str(PROGRAM), *_QUIET, f"--user-data-dir={self._profile.name}", f"--window-size={width},{height}"]
        quiet = subprocess.DEVNULL
        return subprocess.Popen(
            [sys.executable, "-c", _AT_THREE_AND_FOUR, str(to), str(back), *words],
            pass_fds=(to, back),
            stdin=quiet,
            stdout=quiet,
            stderr=quiet,
        )

    def ask(self, method: str, **what: object) -> dict[str, Any]:
        """The answer to one command of the DevTools protocol."""
        self._number += 1
        sent = {"id": self._number, "method": method, "params": what}
        if self._session:
            sent["sessionId"] = self._session
        self._to.write(json.dumps(sent).encode() + b"\0")
        while True:
            told = self._next()
            if told.get("id") == self._number:
                assert "error" not in told, told
                return dict(told["result"])
            self.events.append(told)

    def _next(self) -> dict[str, Any]:
        letters = bytearray()
        while (letter := self._from.read(1)) != b"\0":
            assert letter, "Chromium has ended"
            letters += letter
        return dict(json.loads(letters))

    def open(self, page: Path) -> None:
        """Show a page, and wait until all of it is there."""
        self.ask("Page.navigate", url=page.as_uri())
        while not any(event["method"] == "Page.loadEventFired" for event in self.events):
            self.events.append(self._next())
        self.events = [event for event in self.events if event["method"] != "Page.loadEventFired"]

    def get(self, script: str) -> Any:
        """The value of an expression on the page; a promise is waited for."""
        answer = self.ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def hover(self, selector: str) -> None:
        """Put the mouse on the middle of what a selector finds."""
        x, y = self.middle(selector)
        self.ask("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)

    def click(self, selector: str) -> None:
        """Press and let go on the middle of what a selector finds."""
        self.get(f"document.querySelector({selector!r}).scrollIntoView({{block: 'center'}})")
        x, y = self.middle(selector)
        for kind in ("mousePressed", "mouseReleased"):
            self.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def key(self, name: str, code: int) -> None:
        """Press a key."""
        for kind in ("rawKeyDown", "keyUp"):
            self.ask("Input.dispatchKeyEvent", type=kind, key=name, code=name, windowsVirtualKeyCode=code)

    def middle(self, selector: str) -> tuple[float, float]:
        """The middle of what a selector finds, on the screen."""
        box = self.get(f"document.querySelector({selector!r}).getBoundingClientRect().toJSON()")
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def look(self, *, dark: bool = False, width: int | None = None, printed: bool = False) -> None:
        """Show the page in a dark scheme, on a narrow screen, or as it is printed."""
        features = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.ask("Emulation.setEmulatedMedia", media="print" if printed else "", features=features)
        if width:
            self.ask("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)

    def picture(self) -> bytes:
        """What is on the screen, as PNG."""
        return base64.b64decode(self.ask("Page.captureScreenshot", format="png")["data"])

    def complaints(self) -> list[str]:
        """What the page asked for that it may not, and what went wrong in it."""
        found = [e["params"]["entry"]["text"] for e in self.events if e["method"] == "Log.entryAdded"]
        return found + [str(e["params"]) for e in self.events if e["method"] == "Runtime.exceptionThrown"]

    def fetched(self) -> set[str]:
        """The addresses of everything that was asked for."""
        sent = (e["params"]["request"]["url"] for e in self.events if e["method"] == "Network.requestWillBeSent")
        return {url for url in sent if not url.startswith("data:")}

    def __enter__(self) -> Browser:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        self._to.close()
        self._from.close()
        self._profile.cleanup()
