"""Encrypting what the folder of the register holds: the register itself, and what is remembered of the tracker."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from formflow.recording.keyed.encrypt import Encrypted
from formflow.recording.keyed.encrypt import encrypt as encrypt_register
from formflow.recording.keyed.keys import Keys
from formflow.service.tracker.refresh import DRAWN, PREVIOUS
from formflow.service.tracker.tracker_state import TrackerState
from formflow.settings import WorkingFolder


def encrypt(folder: WorkingFolder, keys: Keys, clock: Callable[[], datetime]) -> Encrypted:
    """Encrypt everything; done again after an interruption, it goes on where it was. Raises as the register's does."""
    done = encrypt_register(folder, keys, clock)
    state = TrackerState.of(folder.register, keys.evidence)
    for name in (DRAWN, PREVIOUS):
        if (content := state.kept(name)) is not None:
            state.keep(name, content)
    state.save()
    return done
