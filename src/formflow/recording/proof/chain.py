"""Checking the audit chain: every line made again from what it says, with the key from where the chain is keyed."""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from formflow.recording.acts import KEYED
from formflow.recording.keyed.keys import Keys
from formflow.recording.proof.audit import START, line_hash

Lines = Sequence[Mapping[str, object]]


@dataclass(slots=True)
class Checked:
    """What was found; `unsure` says what could not be checked, and why."""

    problems: list[str] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)
    keyed_from: int = 0
    """The line from which on the chain is keyed; 0 where it is not."""
    key: bytes = field(default=b"", repr=False)
    """The key of those lines; empty where it is not to be had, or is another one."""

    def key_of(self, number: int) -> bytes | None:
        """The key of a line's hash and digests: empty for a plain one, None where they cannot be checked."""
        if not self.keyed_from or number < self.keyed_from:
            return b""
        return self.key or None


def check_chain(lines: Lines, keys: Keys | None = None) -> Checked:
    """What is wrong with the chain itself: a gap, a changed line, one bound to another than the one before.

    From the line on that says "chain keyed", every line must be made with the key: one that is not was put there by
    somebody who has it not. Without the key, the order and binding of those lines is still checked.
    """
    checked = Checked(keyed_from=next((int(str(line["seq"])) for line in lines if line["what"] == KEYED), 0))
    _choose_key(checked, lines, keys)
    prev = START
    for number, line in enumerate(lines, 1):
        if line["seq"] != number or line["prev"] != prev or (wrong := _wrong(line, number, checked)) == "changed":
            checked.problems.append(f"Line {number} of the audit chain was changed, moved or taken away.")
            break
        if wrong:
            checked.problems.append(wrong)
            break
        prev = str(line["hash"])
    return checked


def _choose_key(checked: Checked, lines: Lines, keys: Keys | None) -> None:
    start = checked.keyed_from
    if not start:
        if keys is not None and lines:
            checked.unsure.append(
                "The settings name a key, and no line of the audit chain is made with it yet; from the next run on "
                "they are. If formflow has run with this key before, the register is not the one it worked on."
            )
        return
    made_with = next(line["subject"] for line in lines if line["seq"] == start)
    if keys is None:
        checked.unsure.append(
            f"From line {start} on the audit chain is made with a key, and the settings name none. That these lines "
            "and the rows they speak of are unchanged cannot be checked without it; their order was."
        )
    elif keys.id != made_with:
        checked.problems.append(
            f"The key that the settings name ({keys.id}) is not the one the audit chain was made with ({made_with}), "
            f"so the lines from {start} on cannot be checked. Put the right key back."
        )
    else:
        checked.key = keys.chain


def _wrong(line: Mapping[str, object], number: int, checked: Checked) -> str:
    key = checked.key_of(number)
    if number > checked.keyed_from and line["what"] == KEYED:
        return f"Line {number} says that the chain is keyed, which line {checked.keyed_from} did before."
    if key is None or _same(line, key):
        return ""
    if key and _same(line, b""):
        return (
            f"Line {number} of the audit chain is not made with the key, though the chain is keyed from line "
            f"{checked.keyed_from} on. Somebody without the key put it there."
        )
    return "changed"


def _same(line: Mapping[str, object], key: bytes) -> bool:
    return hmac.compare_digest(str(line["hash"]).encode(), line_hash(line, key).encode())


def check_anchor(path: Path, lines: Lines) -> list[str]:
    """Whether the chain still holds the head that was kept apart; it may have grown since, never shrunk."""
    try:
        seq, hash_ = path.read_text(encoding="ascii").split()
        number = int(seq)
    except FileNotFoundError:
        return ["The file that holds the head of the audit chain is gone."] if lines else []
    except ValueError:
        return ["The file that holds the head of the audit chain was changed."]
    if number == 0:
        return []
    if number > len(lines) or lines[number - 1]["hash"] != hash_:
        return ["The end of the audit chain was cut off or replaced."]
    return []
