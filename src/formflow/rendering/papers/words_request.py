"""What the agencies are asked: whom to search for, which time to look at, by when; the one paper that needs names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from formflow.deciding.case import Case
from formflow.deciding.clock import months_after
from formflow.deciding.said import Said
from formflow.deciding.told import agency_key, text
from formflow.extracting.dates import day_of
from formflow.extracting.rows import rows
from formflow.rendering.papers.about import About
from formflow.rendering.plain import Word, Words
from formflow.rendering.statements import NOT_STATED, Statements, written

_MONTHS = 24
"""So far back the agencies are asked to look, until the review group says otherwise."""
_PREGNANCY = timedelta(days=280)
RETURN_FORM = "return-form"


def request(about: About) -> Word:
    """The request to the agencies: people to search for, the period, the day of the returns, whose form is which."""
    by, late = returns_by(about)
    start, end = period(about)
    names = agencies_named(about.case)
    return {
        "people": [*people(about.said)],
        "period": f"{written(start)} to {written(end)}" if start and end else "",
        "from_pregnancy": bool(start and end and start != months_after(end, -_MONTHS)),
        "by": f"{by:%A} {written(by)}" if by else "",
        "late": late,
        "agencies": [
            {"name": name, "form": f"{about.case.ref}_{RETURN_FORM}-{number}"} for number, name in enumerate(names, 1)
        ],
        "other_form": f"{about.case.ref}_{RETURN_FORM}-other",
        "restricted": about.said.text("process_restricted") == "Yes",
    }


def agencies_named(case: Case) -> tuple[str, ...]:
    """The agencies on the notification, each once, in the order in which it names them."""
    found: dict[str, str] = {}
    for number in rows(case.answers, "agency", "name"):
        name = " ".join(text(case.answers, f"agency_{number}_name").split())
        if agency_key(name):
            found.setdefault(agency_key(name), name)
    return tuple(found.values())


def returns_by(about: About) -> tuple[date | None, bool]:
    """The day the returns are due, and whether it has passed; what a form says goes before the local milestone."""
    milestone = next((one.due for one in about.decision.deadlines if one.key == "agency_returns"), None)
    by = about.case.done("returns_due") or milestone
    return by, by is not None and by < about.decision.on


def period(about: About) -> tuple[date | None, date | None]:
    """The time to look at: two years up to the incident, or to the day the council knew, and a baby's pregnancy."""
    said = Said(about.case.answers, about.dictionary)
    happened = said.span("incident_date") or said.span("la_aware_date")
    if happened is None:
        return None, None
    end = happened[1]
    start = months_after(end, -_MONTHS)
    born = [span[0] for number in said.children() if (span := said.span(f"child_{number}_dob"))]
    babies = [day - _PREGNANCY for day in born if start < day]
    return min((start, *babies)), end


def people(said: Statements) -> Iterator[Words]:
    """Every child and every member of the family, by name, with birth or age and who they are; never an address."""
    for number in said.numbers("child"):
        names = [said.text(f"child_{number}_{part}") for part in ("forename", "surname")]
        also = said.text(f"child_{number}_aka")
        yield _person(" ".join(name for name in names if name), also, _child_born(said, number), f"Child {number}")
    for number in said.numbers("family"):
        name, born = said.text(f"family_{number}_name"), _plain_day(said.text(f"family_{number}_dob_or_age"))
        if name or born:
            yield _person(name, "", born, said.text(f"family_{number}_relationship"))


def searched(said: Statements) -> str:
    """The same as lines of a form: `Jordan Ashby; date of birth or age: 3 February 2019; child 1`."""
    return "\n".join(_line(one) for one in people(said))


def _person(name: str, also: str, born: str, who: str) -> Words:
    return {"name": name or NOT_STATED, "also": also, "born": born or NOT_STATED, "who": who or NOT_STATED}


def _line(one: Words) -> str:
    also = f" (also known as {one['also']})" if one["also"] else ""
    name, born, who = (str(one[part]).replace(NOT_STATED, "not stated") for part in ("name", "born", "who"))
    name = "Name not stated" if name == "not stated" else name
    who = "relationship not stated" if who == "not stated" else who
    return f"{name}{also}; date of birth or age: {born}; {who[:1].lower()}{who[1:]}"


def _child_born(said: Statements, number: int) -> str:
    """The date of birth; without a certain one what else is known."""
    if born := said.text(f"child_{number}_dob"):
        return born
    if due := said.text(f"child_{number}_edd"):
        return f"Not born yet; expected {due}"
    if age := said.text(f"child_{number}_age_if_no_dob"):
        return f"{age} years; date of birth not known"
    return str(said.of(f"child_{number}_dob")["text"])


def _plain_day(words: str) -> str:
    """`1990-04-05` → `5 April 1990`, `34` → `34 years`, anything else as it was written."""
    if day := day_of(words):
        return written(day)
    return f"{words} years" if words.isdigit() and len(words) < 4 else words
