"""Who is who in a case, told over all its forms: each person once, with labels that no later form changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from formflow.deciding.case import Case
from formflow.rendering.initials import initials
from formflow.rendering.names.mentions import Called, Mention, PersonKind, mentions, relation_label
from formflow.settings import Names

_GROWN_UP = frozenset({"Mother", "Father", "Grandmother", "Grandfather"})


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody a case names, with one label for each way in which a paper shows names."""

    kind: PersonKind
    called: tuple[Called, ...] = field(repr=False)
    """Every name the forms give, the newest first; none where only a relation is known."""
    pseudonym: str
    """`Child A`, `Sibling 1`, `Mother`, `Adult B`; for a professional the post."""
    short: str = field(repr=False)
    """The initials, with a number where two people share them."""
    relation: str = field(default="", repr=False)
    """As the forms have it; for a professional the post."""
    born: frozenset[date] = field(default=frozenset(), repr=False)

    @property
    def named(self) -> str:
        """The name they go by; the pseudonym where no form gives one."""
        return self.called[0].full if self.called else self.pseudonym

    def label(self, mode: Names) -> str:
        """What a paper shows for them. A professional keeps the name in a paper with initials."""
        match mode:
            case "pseudonym":
                return self.pseudonym
            case "initials":
                return self.named if self.kind == "professional" else self.short
            case "named":
                return self.named


@dataclass(slots=True)
class _Draft:
    """A person while the forms are gone through."""

    kind: PersonKind
    called: list[Called]
    born: set[date]
    nhs: set[str]
    relation: str
    young: bool = False
    pseudonym: str = ""

    def takes(self, said: Mention) -> None:
        """Learn what one more form says of them; the label stays."""
        every = (*self.called, *said.called) if self.kind == "professional" else (*said.called, *self.called)
        self.called = list({one.key: one for one in reversed(every)}.values())[::-1]
        self.born |= said.born
        self.nhs |= {said.nhs} - {""}
        if said.kind == self.kind:  # a post that was given stays: another form may only say "Professional"
            post = self.kind == "professional"
            self.relation = (self.relation or said.relation) if post else (said.relation or self.relation)


@dataclass(frozen=True, slots=True)
class People:
    """Everybody, in the order in which the forms named them, and whom each row of the newest notification is."""

    persons: tuple[Person, ...]
    rows: dict[str, int]
    """`child_1`, `family_2` → place in `persons`."""


def people_of(case: Case) -> People:
    """Everybody a case names, its forms gone through in order; a later form adds people and renames nobody."""
    drafts: list[_Draft] = []
    rows: dict[str, int] = {}
    for _, received, form in case.forms():
        found: dict[str, int] = {}
        said = list(mentions(form, received))
        # One after the other: a brother who stands among the children and in the family is one person, and so is
        # whoever fills in a form and signs it.
        for kind in ("child", "family"):
            found |= _learn(drafts, [mention for mention in said if mention.kind == kind])
        for mention in said:
            if mention.kind in ("adult", "professional"):
                _learn(drafts, [mention])
        if form.kind == "notification" or not rows:
            rows = {row: place for row, place in found.items() if row.startswith(("child_", "family_"))}
    return People(tuple(_finished(drafts)), rows)


def _learn(drafts: list[_Draft], said: Sequence[Mention]) -> dict[str, int]:
    """Take in one form's mentions; gives whom each row is. Those who are new are labelled in the order of the form."""
    is_one = _matched(drafts, said)
    fresh: list[_Draft] = []
    for number, mention in enumerate(said):
        if number not in is_one:
            is_one[number] = len(drafts)
            drafts.append(_Draft(mention.kind, [], set(), set(), "", mention.young))
            fresh.append(drafts[-1])
        drafts[is_one[number]].takes(mention)
    _label(drafts, fresh)
    return {mention.row: is_one[number] for number, mention in enumerate(said)}


def _finished(drafts: Sequence[_Draft]) -> Iterator[Person]:
    """The people with their initials; where two of them share these, the second has a number."""
    taken: set[str] = set()
    for draft in drafts:
        given = initials(draft.called[0].full) if draft.called else ""
        short = next(one for one in _numbered(given) if one not in taken) if given else draft.pseudonym
        if draft.kind != "professional":
            taken.add(short)
        yield Person(draft.kind, tuple(draft.called), draft.pseudonym, short, draft.relation, frozenset(draft.born))


# ---------------------------------------------------------------- the same person on another form


def _matched(drafts: Sequence[_Draft], said: Sequence[Mention]) -> dict[int, int]:
    """Which of the people known already each mention is; surest likeness first, nobody twice in one table."""
    is_one: dict[int, int] = {}
    for alike in _LIKENESSES:
        for number, mention in enumerate(said):
            if number in is_one:
                continue
            taken = {place for other, place in is_one.items() if said[other].kind == mention.kind}
            fits = [n for n, draft in enumerate(drafts) if n not in taken and alike(draft, mention)]
            rivals = [m for k, m in enumerate(said) if k not in is_one and m.kind == mention.kind]
            if len(fits) == 1 and sum(alike(drafts[fits[0]], rival) for rival in rivals) == 1:
                is_one[number] = fits[0]
    return is_one


def _may_be(draft: _Draft, said: Mention) -> bool:
    """Whether nothing speaks against it: a child is nobody's mother, a professional none of the family."""
    if "professional" in (draft.kind, said.kind):
        return draft.kind == said.kind or (bool(draft.called) and not said.born)
    grown = any(word in relation_label(said.relation) for word in _GROWN_UP)
    was_grown = any(word in relation_label(draft.relation) for word in _GROWN_UP)
    return not (draft.kind == "child" and grown) and not (said.kind == "child" and was_grown)


def _same_name(draft: _Draft, said: Mention) -> bool:
    return bool({one.key for one in draft.called} & {one.key for one in said.called})


def _other_birth(draft: _Draft, said: Mention) -> bool:
    return bool(draft.born and said.born and not draft.born & said.born)


def _by_number(draft: _Draft, said: Mention) -> bool:
    return bool(said.nhs and said.nhs in draft.nhs)


def _by_name_and_birth(draft: _Draft, said: Mention) -> bool:
    return _may_be(draft, said) and _same_name(draft, said) and bool(draft.born & said.born)


def _by_name(draft: _Draft, said: Mention) -> bool:
    return _may_be(draft, said) and _same_name(draft, said) and not _other_birth(draft, said)


def _by_name_alone(draft: _Draft, said: Mention) -> bool:
    """The same name with another date of birth: one of the two was mistyped, where no other person fits."""
    return draft.kind == said.kind and _may_be(draft, said) and _same_name(draft, said)


def _by_birth(draft: _Draft, said: Mention) -> bool:
    """The same birth and half of the name: the other half was corrected."""
    return _may_be(draft, said) and bool(draft.born & said.born) and _half_the_name(draft, said)


def _by_half(draft: _Draft, said: Mention) -> bool:
    """Half of the name where one of the two lacked the other half: an unborn child that has a forename now."""
    if not _may_be(draft, said) or (_other_birth(draft, said) and draft.kind != "child"):
        return False
    pairs = [(one.parts, other.parts) for one in draft.called for other in said.called]
    return draft.kind == said.kind and any(
        (one[1] == other[1] != "" and "" in (one[0], other[0]))
        or (one[0] == other[0] != "" and "" in (one[1], other[1]))
        for one, other in pairs
    )


def _by_relation(draft: _Draft, said: Mention) -> bool:
    """The same relation, where one form gave no name or half of the name is the same."""
    label = relation_label(said.relation)
    same = draft.kind == said.kind == "family" and label != "" and label == relation_label(draft.relation)
    nameless = not draft.called or not said.called
    return same and not _other_birth(draft, said) and (nameless or _half_the_name(draft, said)) and label != "Sibling"


def _by_initial(draft: _Draft, said: Mention) -> bool:
    """A signature: `P Nand` for Priya Nand, among professionals."""
    pairs = [(one.parts, other.parts) for one in draft.called for other in said.called]
    return draft.kind == said.kind == "professional" and any(
        one[1] == other[1] != "" and one[0][:1] == other[0][:1] and 1 in (len(one[0]), len(other[0]))
        for one, other in pairs
    )


def _half_the_name(draft: _Draft, said: Mention) -> bool:
    pairs = [(one.parts, other.parts) for one in draft.called for other in said.called]
    return any(a == b != "" for one, other in pairs for a, b in zip(one, other, strict=True))


_LIKENESSES: tuple[Callable[[_Draft, Mention], bool], ...] = (
    _by_number, _by_name_and_birth, _by_name, _by_name_alone, _by_birth, _by_half, _by_relation, _by_initial,
)  # fmt: skip


# ---------------------------------------------------------------- labels


def _label(drafts: Sequence[_Draft], fresh: Sequence[_Draft]) -> None:
    """Give those who are new their labels, in the order of the form; nobody known before is touched."""
    taken = {draft.pseudonym for draft in drafts if draft.pseudonym}
    relations = Counter(relation_label(draft.relation) for draft in fresh if draft.kind == "family")
    for draft in fresh:
        draft.pseudonym = next(label for label in _choices(draft, relations) if label not in taken)
        taken.add(draft.pseudonym)


def _choices(draft: _Draft, relations: Counter[str]) -> Iterator[str]:
    """The labels somebody may have, best first, without end."""
    if draft.kind == "child":
        yield from _lettered("Child")
    if draft.kind == "professional":
        yield from _numbered(draft.relation or "Professional")
    relation = relation_label(draft.relation)
    if relation == "Sibling":
        yield from (f"Sibling {number}" for number in range(1, 1000))
    if relation and relations[relation] == 1:
        yield relation
    if draft.young and not relation:
        yield from (f"Other child {number}" for number in range(1, 1000))
    yield from _lettered("Adult")


def _lettered(word: str) -> Iterator[str]:
    """`Child A` to `Child Z`, then `Child AA`."""
    letters = [chr(ord("A") + n) for n in range(26)]
    yield from (f"{word} {letter}" for letter in letters)
    yield from (f"{word} {first}{letter}" for first in letters for letter in letters)


def _numbered(word: str) -> Iterable[str]:
    """`Social worker`, `Social worker 2`, and so on."""
    yield word
    yield from (f"{word} {number}" for number in range(2, 1000))
