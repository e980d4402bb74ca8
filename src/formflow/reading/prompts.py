"""Words that a blank form shows where an answer will stand: they ask, and are never an answer."""

from __future__ import annotations

import re

_PROMPT = re.compile(
    r"(?:please )?(?:click|tap)(?: or (?:click|tap))?(?: here)? to "
    r"(?:enter|add|type|insert|select|choose|pick)\b.{0,40}"
    r"|choose (?:an item|a building block)\.?"
    r"|enter any content that you want to repeat.*",
    re.IGNORECASE | re.DOTALL,
)
_FIRST_ENTRY = re.compile(
    r"[-–—<\[(.\s]*(?:please )?(?:choose|select|pick|click)"
    r"(?: (?:an?|one|from|your|the|here|option|item|answer|value|date|below|appropriate)\b[^,;]{0,40})?"
    r"[-–—>\])….:\s]*|[-–—_.\s]*",
    re.IGNORECASE,
)


def is_prompt(shown: str) -> bool:
    """Whether words are one of the prompts that office programs write themselves."""
    return _PROMPT.fullmatch(shown.strip()) is not None


def is_empty_entry(shown: str) -> bool:
    """Whether the first entry of a list only asks to choose: `Choose an item.`, `-- Select --`, `Please select…`."""
    return _FIRST_ENTRY.fullmatch(shown.strip()) is not None
