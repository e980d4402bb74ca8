"""File events, which only wake the watch early: whether they come or not, it looks by the clock."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from formflow.places import Place

log = logging.getLogger("formflow")


@dataclass(slots=True)
class Waking:
    """Listens to inboxes; a share that went away and came back is listened to anew."""

    woken: threading.Event
    _observer: BaseObserver | None = None
    _watched: dict[str, ObservedWatch] = field(default_factory=dict)
    _deaf: set[str] = field(default_factory=set)

    def listen(self, place: Place) -> None:
        """Begin to listen to an inbox, if events are wanted and are not listened to already."""
        if not place.events or place.name in self._watched:
            return
        try:
            if self._observer is None:
                self._observer = Observer()
                self._observer.start()
            self._watched[place.name] = self._observer.schedule(_Wake(self.woken), str(place.path), recursive=True)
        except OSError:
            if place.name not in self._deaf:
                log.warning('File events are not to be had in "%s"; it is looked at by the clock alone.', place.name)
                self._deaf.add(place.name)

    def forget(self, place: Place) -> None:
        """Stop listening to an inbox that is away."""
        watched = self._watched.pop(place.name, None)
        if watched is not None and self._observer is not None:
            self._observer.unschedule(watched)

    def end(self) -> None:
        """Stop listening."""
        if self._observer is not None:
            self._observer.stop()
            self._observer.join()


class _Wake(FileSystemEventHandler):
    """Any event is only a reason to look."""

    def __init__(self, woken: threading.Event) -> None:
        self._woken = woken

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Wake the watch; not by what formflow writes itself."""
        if event.event_type in ("created", "modified", "moved", "closed") and "/.formflow-" not in _path(event):
            self._woken.set()


def _path(event: FileSystemEvent) -> str:
    path = event.src_path
    return (path if isinstance(path, str) else bytes(path).decode("utf-8", "replace")).replace("\\", "/")
