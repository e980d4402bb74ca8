"""The combined chronology."""

from __future__ import annotations

from formflow.rendering import word_kit as kit
from template_design.design import heading, lead, listed, panel, paper, plain, tag


def chronology() -> bytes:
    """The combined chronology of a case."""
    body = heading("Combined chronology", 1)
    body += panel(
        lead(
            "What this is",
            "the key events of the notification and of every agency return, in order. Each row says who tells it, and from which record.",
        ),
        lead(
            "What to do",
            'look at what is marked "To check": {{ chronology.contradictions }} {% if chronology.contradictions == 1 %}event that is{% else %}events that are{% endif %} told with different dates, {{ chronology.gaps }} {% if chronology.gaps == 1 %}gap{% else %}gaps{% endif %}, {{ chronology.undated }} {% if chronology.undated == 1 %}row{% else %}rows{% endif %} without a date. Nothing was put right by machine.',
            after=None,
        ),
    )
    body += heading("Agencies")
    body += listed(
        "Agencies",
        "returns",
        "agency",
        (
            ("Agency", 50, plain("{{ agency.agency }}")),
            ("Received", 28, plain("{{ agency.received }}")),
            ("What it holds", 22, plain("{{ agency.holds }}")),
        ),
    )
    body += heading("What happened")
    checks = (
        tag("{%p for doubt in row.doubts %}")
        + kit.para(kit.run("To check: ", bold=True) + kit.run("{{ doubt }}"), style="Small")
        + tag("{%p endfor %}")
    )
    more = "".join(
        tag(f"{{%p if row.{word} %}}")
        + kit.para(kit.run(f"{label}: ", bold=True) + kit.run(f"{{{{ row.{word} }}}}"), style="Small")
        + tag("{%p endif %}")
        for word, label in (("response", "Response"), ("comment", "Comment"))
    )
    told = (
        kit.para(kit.run("{{ row.told_by }}"), style="Small")
        + tag("{%p if row.source %}")
        + kit.para(kit.run("{{ row.source }}"), style="Quiet")
        + tag("{%p endif %}")
    )
    happened = (
        tag("{%p if row.gap %}")
        + kit.para(kit.run("{{ row.event }}", italic=True, color=kit.QUIET), style="Small")
        + tag("{%p else %}")
        + kit.para(kit.run("{{ row.event }}"), style="Small")
        + tag("{%p endif %}")
        + more
        + checks
    )
    body += listed(
        "Chronology",
        "chronology.rows",
        "row",
        (
            ("No.", 6, kit.para(kit.run("{% if row.number %}{{ row.number }}{% endif %}"), style="Small")),
            (
                "Date",
                15,
                kit.para(kit.run("{{ row.when }}"), style="Small")
                + tag("{%p if row.time %}")
                + kit.para(kit.run("{{ row.time }}"), style="Quiet")
                + tag("{%p endif %}"),
            ),
            ("Told by, and from", 21, told),
            ("What happened", 47, happened),
            ("Child seen", 11, kit.para(kit.run("{{ row.seen }}"), style="Small")),
        ),
    )
    return paper(body, "Combined chronology", foot="Combined chronology")
