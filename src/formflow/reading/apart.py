"""Opening untrusted files in child processes with limits: a hostile file can end its reader, never formflow."""

from __future__ import annotations

import pickle
import threading
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from types import TracebackType

from formflow.errors import Returned, TryLater
from formflow.reading.carry import unpacked
from formflow.reading.child import MOST_ANSWERED, Work, serve
from formflow.reading.document import Document
from formflow.reading.held import Held
from formflow.reading.message import Message
from formflow.reading.old_formats import as_pdf, read_converted
from formflow.reading.passwords import Passwords
from formflow.reading.picture import Pictures

SECONDS = 60.0
"""For one file. The slowest sound form among thousands took 26."""
DRAWING = 20.0
"""For the pictures of one file; 40 full pages take 10, and a form can be checked without them."""
STARTING = 120.0
"""Seconds for a child to be ready, on a busy machine with a virus scanner."""
MEMORY = 1024 * 1024 * 1024
"""Bytes of address space that reading may add to what the child started with; on Windows, of memory in all."""


@dataclass(slots=True)
class ReadingRoom:
    """A few warm child processes that read one file each; a new one takes the place of one that is killed or spent.

    For as many threads as like; those that find every child busy wait. The first child is started by `warm` or by the
    first file, the others when they are needed.
    """

    seconds: float = SECONDS
    memory: int = MEMORY
    children: int = 1
    passwords: Passwords = field(default_factory=Passwords, repr=False)
    """Tried on forms that are protected; each is sent to a child only for such a form, and that child is ended."""
    _ready: list[Child] = field(default_factory=list, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _places: threading.Semaphore = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Set as many places as there may be children."""
        self._places = threading.Semaphore(self.children)

    def read(self, content: bytes, name: str) -> Document:
        """What is written in a file.

        Raises `Returned`, also for a file that met the limits (`too-complex`); `TryLater` when no child can be started.
        """
        try:
            result = self._ask("read", content, name)
        except Returned as fault:
            if fault.reason != "password":
                return read_converted(content, name, fault, self.read)
            result = self._unlocked(content, name, fault)
        assert isinstance(result, Document)  # noqa: S101 - the child sends nothing else
        return result

    def open_message(self, content: bytes, name: str) -> Message:
        """A message and what is attached to it. Raises as `read` does."""
        result = self._ask("open", content, name)
        assert isinstance(result, Message)  # noqa: S101 - the child sends nothing else
        return result

    def draw(self, content: bytes, name: str) -> Pictures:
        """The pages of a file as people see them; none where they cannot be drawn here.

        For a file that was read: pictures only help to check it, so nothing about them makes a form come back.
        """
        ending = PurePath(name).suffix.lower()
        paged = content if ending == ".pdf" else as_pdf(content, ending)
        if paged is None:
            return Pictures()
        try:
            drawn = self._ask("draw", paged, "form.pdf", self.passwords.held if b"/Encrypt" in paged else ())
        except Returned:
            return Pictures()
        assert isinstance(drawn, Pictures)  # noqa: S101 - the child sends nothing else
        return replace(drawn, converted=ending != ".pdf")

    def warm(self) -> None:
        """Start a child ahead of the first file, if there is none."""
        with self._lock:
            if not self._ready:
                self._ready.append(Child.start(self.seconds, self.memory))

    def close(self) -> None:
        """End the children."""
        with self._lock:
            ended, self._ready = self._ready, []
        for child in ended:
            child.end()

    def __enter__(self) -> ReadingRoom:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _unlocked(self, content: bytes, name: str, locked: Returned) -> object:
        """What is written in a protected form, if a kept password opens it; asks the keyring anew before it goes."""
        tried: set[str] = set()
        for anew in (False, True):
            passwords = tuple(one for one in self.passwords.kept(anew=anew) if one not in tried)
            tried.update(passwords)
            if not passwords:
                continue
            try:
                return self._ask("read", content, name, passwords)
            except Returned as fault:
                if fault.reason != "password":
                    raise
        raise Returned("password", f"{locked.says} {self.passwords.advice(tried=bool(tried))}") from locked

    def _ask(self, work: Work, content: bytes, name: str, passwords: tuple[str, ...] = ()) -> object:
        with self._places:
            child = self._child()
            seconds = min(self.seconds, DRAWING) if work == "draw" else self.seconds
            answer = child.ask(work, content, name, seconds, passwords)
            if answer is None or child.spent or passwords:  # what knows a password opens no other file
                child.end()
                self.warm()  # ahead of the next file
            else:
                with self._lock:
                    self._ready.append(child)
        if answer is None:
            raise _beyond_limits()
        if isinstance(answer, Returned):
            raise answer
        return answer

    def _child(self) -> Child:
        """A child that is ready, and that nobody else uses."""
        while True:
            with self._lock:
                child = self._ready.pop() if self._ready else Child.start(self.seconds, self.memory)
            if not child.met and not child.is_ready():  # our own trouble, never the form's: it must not be returned
                child.end()
                raise TryLater(
                    "The part of formflow that opens files could not be started. The form will be tried again."
                )
            if child.process.is_alive():
                return child
            child.end()


@dataclass(slots=True)
class Child(Held):
    """One child process that reads."""

    met: bool = False
    """Whether it has said that it is ready."""
    spent: bool = False
    """Whether it has grown so much that another should take its place."""

    @staticmethod
    def start(seconds: float, memory: int) -> Child:
        """A child that is getting ready."""
        return Child.begin(serve, seconds, memory=memory, name="formflow-reading")

    def is_ready(self) -> bool:
        """Whether it says that it is ready; waits for it."""
        try:
            self.met = bool(self.pipe.poll(STARTING) and self.pipe.recv())
        except (EOFError, OSError):
            self.met = False
        return self.met

    def ask(self, work: Work, content: bytes, name: str, seconds: float, passwords: tuple[str, ...] = ()) -> object:
        """Its answer; None when there is none in time, or none that can be taken."""
        out_of_time = threading.Event()
        clock = threading.Timer(seconds, self._stop, (out_of_time,))
        clock.daemon = True
        clock.start()
        try:
            self.pipe.send((work, content, name, passwords))
            self.spent = bool(self.pipe.recv())
            answer = unpacked(self.pipe.recv_bytes(MOST_ANSWERED))
        except (EOFError, OSError, pickle.UnpicklingError, AttributeError, TypeError, ValueError, IndexError):
            answer = None
        clock.cancel()
        clock.join()  # so that it cannot strike the file after this one
        return None if out_of_time.is_set() else answer

    def _stop(self, out_of_time: threading.Event) -> None:
        out_of_time.set()
        self.process.kill()


def _beyond_limits() -> Returned:
    return Returned(
        "too-complex",
        "This file could not be read within the time and memory that a form needs, so it was set aside. Please save "
        "the form alone as a new file, or copy the answers into the blank form.",
    )
