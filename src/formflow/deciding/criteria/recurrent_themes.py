"""The case highlights or may highlight recurrent themes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from formflow.deciding.decision import Evidence
from formflow.deciding.history import themes_of
from formflow.deciding.said import Said
from formflow.deciding.verdict import Verdict, by_the_form, with_the_register

_SHOWN = 5


def judge(said: Said) -> Verdict:
    """SI 2018/789 reg 11(b): recurrent themes in the safeguarding and promotion of the welfare of children.

    Beside the sender's view stands what the register shows: the earlier cases with the same kind of abuse. That a
    theme came back there is enough for "may highlight", also where the sender does not see it.
    """
    verdict = by_the_form(
        said,
        "crit_recurrent_themes",
        "crit_recurrent_themes_evidence",
        yes="The sender thinks that the case highlights or may highlight themes that come back.",
        no="The sender does not think that the case highlights recurrent themes.",
        would_meet="A theme that earlier cases or reviews have shown as well.",
    )
    themes = sorted(themes_of(said.answers) | set(said.since.themes))
    cases = said.history.count(themes, said.ref, said.known)
    if not cases:
        return verdict
    shows = f"The register shows the same theme in {cases} earlier case{'' if cases == 1 else 's'}."
    rests = ("abuse_type",) if said.answered("abuse_type") else ()
    return with_the_register(verdict, shows, rests, _shown(said, themes))


def _shown(said: Said, themes: Sequence[str]) -> tuple[Evidence, ...]:
    """The newest cases of each theme, and how many older ones there are."""
    names = said.dictionary.options.get("abuse_type", {})
    shown: list[Evidence] = []
    for theme in themes:
        newest = islice(said.history.newest(theme, said.ref, said.known), _SHOWN)
        shown.extend(Evidence(names.get(theme, theme), past.ref, past.known) for past in newest)
        older = said.history.count([theme], said.ref, said.known) - _SHOWN
        if older > 0:
            shown.append(Evidence(f"{names.get(theme, theme)}: and {older} older case{'' if older == 1 else 's'}"))
    return tuple(shown)
