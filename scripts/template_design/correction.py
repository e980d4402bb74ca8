"""What a corrected form changed."""

from __future__ import annotations

from formflow.rendering import word_kit as kit
from template_design.design import heading, listed, panel, paper, plain, tag


def what_changed() -> bytes:
    """What a corrected notification changed."""
    body = heading("What changed", 1)
    body += panel(
        kit.para(
            kit.run("What this is: ", bold=True)
            + kit.run(
                "every answer in which version {{ form_version }} of the notification differs from version {{ correction.before }}. The earlier version is kept; deadlines were worked out again."
            ),
            style="Cell",
            after=3,
        ),
        tag("{%p if correction.decided_on %}"),
        kit.para(
            kit.run("What to do: ", bold=True)
            + kit.run(
                "the partners decided on {{ correction.decided_on }}, before this. Their decision stands as it is recorded: please ask them whether they confirm it."
            ),
            style="Cell",
        ),
        tag("{%p else %}"),
        kit.para(
            kit.run("What to do: ", bold=True)
            + kit.run('read the new papers beside this one; those of the earlier version lie in "earlier versions".'),
            style="Cell",
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
