"""The picture of the family: who is who to the child, as far as the form states it, and who lives with the child."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from formflow.rendering.picture import Picture
from formflow.rendering.pictures.genogram_draw import draw_genogram
from formflow.rendering.pictures.genogram_plan import Genogram, genogram_plan
from formflow.rendering.pictures.genogram_rows import Symbol, called
from formflow.rendering.pictures.letters import Shown, label
from formflow.rendering.pictures.people import Person
from formflow.rendering.pictures.sentences import counted, ended, listed, told
from formflow.rendering.pictures.sheet import WIDTH

NAME = "genogram"
_SEX = {"male": "male", "female": "female", "other": "sex recorded as neither", "unknown": "sex not stated"}


def genogram(people: Sequence[Person], shown: Shown) -> Picture | None:
    """The picture `genogram`; None when the form names nobody but one child.

    `people` are those of `people_of`. `shown` gives the label of each by `child_1`, `family_2`: initials, or the words
    that stand for a name. Who has no label is called by the place on the form: `Child 1`, `Person 2`.
    """
    plan = genogram_plan(people, shown)
    if plan is None:
        return None
    return Picture(NAME, draw_genogram(plan), WIDTH, plan.height, _says(plan, shown))


def _says(plan: Genogram, shown: Shown) -> str:
    names = {symbol.person.key: called(symbol.person, shown) for symbol in plan.symbols}
    opening = (f"Picture of the family: {counted(len(names), 'person', 'people')}.",)
    middle = [*(_person(symbol, names) for symbol in plan.symbols), *_ties(plan, names)]
    return told(opening, middle, tuple(_closing(plan, names, shown)), _more)


def _more(left: int) -> str:
    return f"And {counted(left, 'more person or tie', 'more people and ties')}, listed in the table of the family."


def _person(symbol: Symbol, names: dict[str, str]) -> str:
    person = symbol.person
    said = ["the child the notification is about" if person.index else "", person.relation, _SEX[person.sex]]
    if person.age != "unborn" or not person.unborn:
        said.append(person.age)
    said += ["unborn"] if person.unborn else []
    said += ["has died"] if person.deceased else []
    return f"{names[person.key]}: {ended(', '.join(word for word in said if word))}"


def _ties(plan: Genogram, names: dict[str, str]) -> Iterator[str]:
    for tie in plan.ties:
        over, under = [names[key] for key in tie.over], [names[key] for key in tie.under]
        match tie.kind:
            case "couple":
                yield f"A line joins {ended(listed(over))}"
            case "half":
                yield f"{listed(under)} shares one parent with the child; the form does not say which."
            case _ if over:
                yield f"Under {listed(over)}: {ended(listed(under))}"
            case _:
                yield f"{listed(under)} are joined as brothers and sisters."


def _closing(plan: Genogram, names: dict[str, str], shown: Shown) -> Iterator[str]:
    tied = {key for tie in plan.ties for key in (*tie.over, *tie.under)}
    alone = [names[symbol.person.key] for symbol in plan.symbols if symbol.person.key not in tied]
    if alone:
        yield f"Without a line: {ended(listed(alone))}"
    home = [names[symbol.person.key] for symbol in plan.symbols if symbol.person.at_home]
    yield (
        f"Living together: {ended(listed(home))}" if plan.home else "The form names nobody who lives with the child."
    )
    if plan.family.undrawn:
        yield f"{counted(plan.family.undrawn, 'more person is', 'more people are')} in the table of the family."
    for symbol in plan.symbols:
        given = label(shown, symbol.person.key, names[symbol.person.key])
        if given != names[symbol.person.key]:
            yield f'"{given}" is written "{names[symbol.person.key]}" in the picture.'
