"""What a corrected form changed."""

from __future__ import annotations

from formflow.rendering import word_kit as kit
from template_design.design import heading, lead, listed, panel, paper, plain, tag


def what_changed() -> bytes:
    """What a corrected notification changed."""
    body = heading("What changed", 1)
    body += panel(
        lead(
            "What this is",
            "every answer in which version {{ form_version }} of the notification differs from version {{ correction.before }}. The earlier version is kept; deadlines were worked out again.",
        ),
        tag("{%p if correction.decided_on %}"),
        lead(
            "What to do",
            "the partners decided on {{ correction.decided_on }}, before this. Their decision stands as it is recorded: please ask them whether they confirm it.",
            after=None,
        ),
        tag("{%p else %}"),
        lead(
            "What to do",
            'read the new papers beside this one; those of the earlier version lie in "earlier versions".',
            after=None,
        ),
        tag("{%p endif %}"),
    )
    body += heading("Differences")
    body += listed(
        "Differences",
        "correction.changes",
        "change",
        (
            ("Question", 34, plain("{{ change.question }}")),
            ("Was", 33, plain("{{ change.old }}")),
            ("Is now", 33, plain("{{ change.new }}")),
        ),
    )
    body += heading("Questions")
    body += (
        tag("{%p if correction.questions %}")
        + tag("{%p for question in correction.questions %}")
        + kit.para(kit.run("{{ loop.index }}.  ", bold=True) + kit.run("{{ question }}"), after=6)
        + tag("{%p endfor %}")
        + tag("{%p else %}")
        + kit.text("None.")
        + tag("{%p endif %}")
    )
    return paper(body, "What changed", foot="What changed")
