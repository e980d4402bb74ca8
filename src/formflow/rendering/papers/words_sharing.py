"""Good practice and learning as they may be shared: without who tells it, and known names cut to initials."""

from __future__ import annotations

from collections.abc import Sequence

from formflow.rendering.initials import without_names
from formflow.rendering.papers.about import About
from formflow.rendering.papers.words_decision import decision
from formflow.rendering.papers.words_process import learning
from formflow.rendering.plain import Word


def sharing(about: About) -> Word:
    """What may be shared: good practice, learning, how it was shared already, themes and agreed changes.

    Agencies are left out, for a school or a ward can tell a reader who the child is. Words that are the name of a
    child or of a member of the family on the notification are cut to their first letter; other names may stay.
    """
    told, made = learning(about), decision(about)
    assert isinstance(told, dict)  # noqa: S101 - a dict by its making; this narrows it for the type checker
    assert isinstance(made, dict)  # noqa: S101 - a dict by its making; this narrows it for the type checker
    return {
        **{part: _bare(told[part], about) for part in ("good_practice", "learning", "shared")},
        "themes": made["themes"],
        "actions": list(dict.fromkeys(_safe(one.recommendation or one.text, about) for one in about.case.actions)),
    }


def _bare(told: Word, about: About) -> list[Word]:
    """Each thing once, in the order in which it is told."""
    rows: Sequence[Word] = told if isinstance(told, list) else []
    words = (_safe(str(row["text"]), about) for row in rows if isinstance(row, dict))
    return list(dict.fromkeys(words))


def _safe(words: str, about: About) -> str:
    return without_names(words, about.case.who)
