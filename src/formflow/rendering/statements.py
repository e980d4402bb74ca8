"""What the form says, as statements: words a reader can rely on, each with the question it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from formflow.extracting.dates import day_of, span_of
from formflow.extracting.dictionary import Dictionary
from formflow.extracting.form import Answer
from formflow.rendering.names.shown import AS_IT_IS, Shown
from formflow.rendering.plain import Words

NOT_STATED = "Not stated on the form"
NOT_KNOWN = "Not known"

_ROW = re.compile(r"([a-z]+)_(\d+)_(\w+)$")


@dataclass(frozen=True, slots=True)
class Statements:
    """The answers of a case's form, ready to be printed."""

    answers: Mapping[str, Answer]
    dictionary: Dictionary
    kind: str = "Notification"
    shown: Shown = AS_IT_IS
    """How the paper shows people: every answer passes through it."""

    def of(self, field_id: str) -> Words:
        """A statement: `text`, its small `source` tag, and whether it is `stated`."""
        answer = self.answers.get(field_id)
        if answer is None or answer.state == "blank":
            return {"text": NOT_STATED, "source": "", "stated": False}
        source = f"[{self.kind}, {self.dictionary.number(field_id)}]"
        match answer.state:
            case "answered":
                return {"text": self.text(field_id), "source": source, "stated": True}
            case "not_known":
                return {"text": NOT_KNOWN, "source": source, "stated": True}
            case "not_applicable":
                return {"text": "Not applicable", "source": source, "stated": True}
            case "conflict":
                return {
                    "text": "Not clear on the form: see the questions in annex C",
                    "source": source,
                    "stated": False,
                }
            case "unreadable":
                raw = self.shown.answer(field_id, answer.raw.strip())
                return {
                    "text": f'Written as "{raw}", which cannot be read',
                    "source": source,
                    "stated": False,
                }

    def text(self, field_id: str) -> str:
        """An answer as people read it; empty while it is open."""
        answer, field = self.answers.get(field_id), self.dictionary.field(field_id)
        if answer is None or answer.state != "answered" or field is None:
            return ""
        match field.type:
            case "yes_no":
                return "Yes" if answer.value == "yes" else "No"
            case "choice":
                return field.options.get(str(answer.value), str(answer.value))
            case "choices":
                chosen = answer.value if isinstance(answer.value, tuple) else (str(answer.value),)
                return "; ".join(field.options.get(option, option) for option in chosen)
            case "date":
                words = in_words(str(answer.value), approximate=answer.precision == "approximate")
                return self.shown.answer(field_id, self.shown.days(words))
            case "long_text" | "text":
                return self.shown.answer(field_id, with_breaks(answer))
            case _:
                return self.shown.answer(field_id, str(answer.value))

    def numbers(self, block: str) -> tuple[int, ...]:
        """The numbers of the rows or children of whom anything is stated, in order."""
        start = f"{block}_"
        found = {
            int(match[2])
            for field_id, answer in self.answers.items()
            if field_id.startswith(start) and answer.state != "blank" and (match := _ROW.match(field_id))
            if match[1] == block
        }
        return tuple(sorted(found | ({1} if block == "child" else set())))

    def row(self, block: str, number: int) -> Words:
        """Every statement of a row, by the field's name without its block and number."""
        start = f"{block}_N_"
        parts = (field_id.removeprefix(start) for field_id in self.dictionary.fields if field_id.startswith(start))
        return {part: self.of(f"{block}_{number}_{part}") for part in parts}

    def all_once(self) -> Words:
        """Every statement that is asked once, by its field id."""
        return {f: self.of(f) for f in self.dictionary.fields if "_N_" not in f and "_P" not in f}

    def processes(self) -> Iterator[Words]:
        """The processes that are under way, or of which it is not known whether they are."""
        for process, words in self.dictionary.options["process"].items():
            answer = self.answers.get(f"process_{process}")
            if answer is not None and answer.state != "blank" and answer.value != "no":
                details = {part: self.of(f"process_{process}_{part}") for part in ("ref", "lead", "date")}
                yield {"title": words, "state": self.of(f"process_{process}"), **details}


def in_words(value: str, *, approximate: bool = False) -> str:
    """An ISO date as people write it: `12 March 2024`, `March 2024`, `10 March 2024 to 12 March 2024`."""
    first, _, last = value.partition("/")
    if last:
        return f"between {in_words(first)} and {in_words(last)}"
    if day := day_of(first):
        words = written(day)
    else:
        span = span_of(first)
        words = f"{span[0]:%B %Y}" if span and len(first) == 7 else first
    return f"about {words}" if approximate else words


def written(day: date) -> str:
    """`12 March 2024`."""
    return f"{day.day} {day:%B %Y}"


def with_breaks(answer: Answer) -> str:
    """Words as they were typed: the line breaks of a long answer kept, everything else as it was read."""
    raw = re.sub(r"[^\S\n]+", " ", answer.raw.replace("\r\n", "\n").replace("\r", "\n")).strip()
    folded = re.sub(r"\s+", " ", raw)
    return re.sub(r" ?\n ?", "\n", raw) if folded == str(answer.value) else str(answer.value)
