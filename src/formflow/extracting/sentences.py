"""Sentences to be completed: `The child ~~does~~ / does not have a disability`, `The incident happened on __12/3/26__`.

An answer is what is left of alternatives printed inside a sentence, or what is written on a line within it. A sentence
that nobody completed asks nothing here: prose with a slash in it is prose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from formflow.extracting.gaps import Gap, choices_in, is_marked, verb_of, written_in
from formflow.extracting.question import Line, cut, is_filled_in, part_of, plain, unled
from formflow.extracting.standing import Standing
from formflow.extracting.vocabulary import Targets
from formflow.reading.document import Paragraph, Piece

_ENDS = re.compile(r"(?<=[\w)\]’'])[.;!?](?=\s|$)")
_COLON = re.compile(r":(?!\d|//)\s*")
_FEWEST = 2
"""Words of a statement that can still ask for something."""
_WHETHER = re.compile(
    r"(?:crit|circ)_(?!.*evidence)|process_(?!.*_(?:ref|lead|date)$)|abuse_neglect$|nature$|media_interest$|family_aware$|"
    r"strategy_discussion$|other_children_at_risk$|lead_agreed$|incident_in_area$|outside_england_resident$|"
    r"national_(?:notification_made|importance)$|child_suspected_perpetrator$|harm_l|chronology_attached$|"
    r"no_agency_involvement$|child_N_(?:disability|interpreter|looked_after|care_leaver|cp_plan|cin|early_help|"
    r"regulated_setting)$"
)
"""What a statement that is true or not can be about."""
_TOLD_BY = (
    ("lead", re.compile(r"\b(?:lead|manager)\b", re.IGNORECASE)),
    ("notifier", re.compile(r"\b(?:I|[Mm]e|[Mm]y|[Yy]our)\b")),
    ("incident", re.compile(r"\b(?:incident|happened|died|harmed)\b", re.IGNORECASE)),
    ("child", re.compile(r"\b(?:child|baby|young person)\b", re.IGNORECASE)),
)
"""The words of a sentence that tell which part of a form it would stand in."""
_CLAUSE_BEGINS = re.compile(r"[,;(]\s*(?:who|and|which)?\b|\band\b", re.IGNORECASE)
_HINT = re.compile(r"\(([^()]+)\)$")
_FOLLOWS = (("date", re.compile(r"\b(?:on|dated|since)$")), ("lead", re.compile(r"\b(?:led by|with|under)$")))
"""What the last words before a line ask of the statement before it."""
_RELATIVE = re.compile(
    r"\b(?P<who>(?:(?:step|grand|birth|foster)\s?)?(?:mother|father)|partner|brother|sister|aunt|uncle|guardian)"
    r"(?:\s+(?:is|was|called|named))?$",
    re.IGNORECASE,
)
_BORN = re.compile(r"\b(?:born|aged?|d\.?o\.?b\.?|date of birth)(?:\s+(?:on|is))?$", re.IGNORECASE)


def sentences(at: Standing, paragraph: Paragraph) -> bool:
    """Put what the sentences of a paragraph ask and answer; gives whether any of them was completed so."""
    if is_filled_in(paragraph.pieces) or not is_marked(paragraph):
        return False
    known = len(at.questions)
    for line in cut(paragraph.pieces):
        _Sentences(at, line, paragraph.place).put()
    return len(at.questions) > known


class _Sentences:
    """One line of such a paragraph."""

    def __init__(self, at: Standing, line: Line, place: str) -> None:
        self.at, self.line, self.place = at, line, place
        self.text = plain(line)
        chosen = list(choices_in(line, self.text))
        written = list(written_in(line, self.text))
        self.gaps = sorted([*chosen, *written], key=lambda gap: gap.start)
        self.chosen = False
        """Whether alternatives have been told from, so that more about them may follow."""
        self.relative = 0
        """Which relative was named last; 0 for none."""
        self.ends = [found.end() for found in _ENDS.finditer(self._masked())]

    def put(self) -> None:
        """Put every question of the line, in its order."""
        floor = 0
        for number, gap in enumerate(self.gaps):
            following = self.gaps[number + 1].start if number + 1 < len(self.gaps) else len(self.text)
            if gap.chosen:
                self._choice(gap, following)
                self.chosen = True
                floor = self._colons(gap.end, following)
            else:
                self._hole(floor, gap)
                floor = gap.end

    def _masked(self) -> str:
        """The text without what was written into it, letter for letter as long."""
        text = self.text
        for gap in self.gaps:
            if not gap.chosen:
                text = text[: gap.start] + "_" * (gap.end - gap.start) + text[gap.end :]
        return text

    def _asks(self, words: str, place: int) -> Targets | None:
        """What words ask for: in the part of a form that the sentence itself tells last, else where it stands."""
        said = self.text[self._begins(place) : place] + " " + words
        last = {part: found[-1] for part, by in _TOLD_BY if (found := [each.end() for each in by.finditer(said)])}
        told = sorted(last, key=lambda part: -last[part])
        return self.at.asks(words, (*told[:1], *(part for part in self.at.contexts() if part not in told)))

    def _begins(self, place: int) -> int:
        return max((end for end in self.ends if end <= place), default=0)

    def _choice(self, gap: Gap, following: int) -> None:
        start = self._begins(gap.start)
        end = min([following, *(each for each in self.ends if each > gap.start)])
        before, between, after = (self.text[a:b] for a, b in pairwise((start, gap.start, gap.end, end)))
        clause = before[max((found.end() for found in _CLAUSE_BEGINS.finditer(before)), default=0) :]
        if gap.negates:
            targets, label = self._whether([clause, before], verb_of(between), after, gap.start)
        else:
            label = " ".join(f"{before}{between}".split())
            ways = (between, f"{clause}{between}", f"{clause}{between}{after}")
            targets = next((found for words in ways if (found := self._asks(words, gap.start))), None)
        if targets is not None:
            self.at.put(label, targets, part_of(self.line, gap.start, gap.end), self.place)

    def _whether(self, leads: Sequence[str], verb: str, after: str, place: int) -> tuple[Targets | None, str]:
        """What a statement that is true or not asks: as many of its words as ask for something."""
        rest = after.strip(" .,;:(").split()
        for count in range(len(rest), -1, -1):
            for lead in leads:
                label = " ".join([*lead.split(), *verb.split(), *rest[:count]])
                targets = self._asks(label, place) if len(label.split()) >= _FEWEST else None
                if targets and _WHETHER.match(targets[0]):
                    return targets[:1], label
        label = " ".join([*leads[-1].split(), *verb.split(), *rest])
        targets = self.at.vocabulary.keyed(label, self.at.contexts(), self.at.areas)
        return (targets[:1] if targets and _WHETHER.match(targets[0]) else None), label

    def _colons(self, floor: int, end: int) -> int:
        """Put what stands after colons behind a choice; gives where the text is not yet taken."""
        colons = list(_COLON.finditer(self.text, floor, end))
        for number, colon in enumerate(colons):
            until = colons[number + 1].start() if number + 1 < len(colons) else end
            if found := self._label(floor, colon.start()):
                if number + 1 < len(colons) and (later := self._label(colon.end(), until)):
                    until = later[0]
                self._take(found, colon.end(), until)
                floor = until
        return floor

    def _hole(self, floor: int, gap: Gap) -> None:
        if self._relative(floor, gap):
            return
        if found := self._label(floor, gap.start):
            self._take(found, gap.start, gap.end)

    def _take(self, found: tuple[int, str, Targets], start: int, end: int) -> None:
        _, label, targets = found
        self.at.put(label, targets, unled(part_of(self.line, start, end)), self.place)

    def _relative(self, floor: int, gap: Gap) -> bool:
        """Take a relative who is named in a sentence, or the birth of the one named before."""
        before = self.text[floor : gap.start].strip(" ,(:")
        pieces = part_of(self.line, gap.start, gap.end)
        if found := _RELATIVE.search(before):
            self.at.rows["family"] += 1
            self.relative = self.at.rows["family"]
            self.at.put(before, ("family_N_name",), pieces, self.place, self.relative)
            kin = (Piece(found["who"].capitalize()),)
            self.at.put(before, ("family_N_relationship",), kin, self.place, self.relative)
            return True
        if self.relative and _BORN.search(before):
            self.at.put(before, ("family_N_dob_or_age",), pieces, self.place, self.relative)
            return True
        return False

    def _label(self, floor: int, end: int) -> tuple[int, str, Targets] | None:
        """The words before a place that ask for something: a hint in brackets, a clause, or more about what is told."""
        floor = max([floor, self._begins(end)])
        whole = self.text[floor:end].rstrip(" ,;:")
        lead = len(whole) - len(whole.lstrip(" ,;:"))
        if hint := _HINT.search(whole):
            targets = self._asks(hint[1], floor + hint.start())
            if targets is not None:
                return floor + lead, whole.strip(), targets
        for kind, by in _FOLLOWS:
            more = self.at.vocabulary.companion(self.at.last, kind) if self.chosen and by.search(whole) else None
            if more:
                return floor + lead, whole.strip(), (more,)
        for start in (lead, *(found.end() for found in _CLAUSE_BEGINS.finditer(whole))):
            label = whole[start:].strip(" ,;:(")
            if label[:1].isalpha() and (targets := self._asks(label, floor + start)) is not None:
                return floor + start, label, targets
        return None
