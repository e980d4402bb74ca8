"""The page that goes back with a form."""

from __future__ import annotations

from formflow.rendering import word_kit as kit
from template_design.design import facts, heading, lead, pair, panel, paper, plain, tag


def what_to_mend() -> bytes:
    """The page that goes back with a form."""
    body = heading("What to mend", 1)
    body += panel(
        kit.para(
            kit.run("Your form could not be taken. ", bold=True)
            + kit.run("Nothing is lost: it lies beside this page, as it was."),
            style="Cell",
            after=3,
        ),
        tag("{%p if to_mend %}"),
        lead(
            "What to do",
            "mend {% if count == 1 %}the point{% elif count == 2 %}both points{% else %}all {{ count }} points{% endif %} below in the form, save it, and drop it in the inbox again.",
            after=None,
        ),
        tag("{%p else %}"),
        lead("What to do", "see below.", after=None),
        tag("{%p endif %}"),
    )
    body += facts("The form", pair("File", plain("{{ file_name }}")), pair("Received", plain("{{ received }}")))
    body += heading("{% if to_mend %}What is wrong, and where{% else %}Why{% endif %}")
    body += (
        tag("{%p for problem in problems %}")
        + kit.para(kit.run("{{ loop.index }}.  ", bold=True) + kit.run("{{ problem }}"), after=6)
        + tag("{%p endfor %}")
    )
    body += heading("If a child may need help now")
    body += kit.text(
        "Do not wait for this form: telephone children's social care or, in an emergency, 999. The council's 5 working days to notify the Panel run on while a form is being mended."
    )
    body += heading("Questions")
    body += kit.text("Please ask {{ contact }}, {{ partnership }}.")
    return paper(body, "What to mend", foot="What to mend", ref=False)
