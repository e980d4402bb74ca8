"""Filling a paper: formflow beside docxtpl, beside other programs, and beside the floor.

    python -m benchmarks.papers [ROUNDS] [PAPERS]

The floor is the least that anyone does who fills compiled templates: Jinja writes the parts that hold tags, they are
compressed at the lowest level, the other parts are copied as they are; nothing is checked, and answers with braces or
line breaks come out wrong. All ways fill the same templates with the same words and take turns in one run; Carbone and
docxtemplater follow in Node (see `papers_elsewhere`). Times are those of the processor, because what takes longer is
more often interrupted on a busy machine; only the ratios count. At the end as many PAPERS are filled one after the
other, to see that the last takes no more time or memory than the first.
"""

from __future__ import annotations

import gc
import io
import itertools
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from benchmarks import papers_elsewhere
from docxtpl import DocxTemplate
from jinja2 import Environment, StrictUndefined, Template

from formflow import shipped
from formflow.deciding.case import Case
from formflow.deciding.decide import Rulebook, decide
from formflow.deciding.edition import Guidance
from formflow.deciding.working_days import england
from formflow.extracting.given import form_given
from formflow.pipeline import the_dictionary
from formflow.reading.limits import address_space
from formflow.rendering.papers.about import About
from formflow.rendering.papers.case_papers import STAND_IN
from formflow.rendering.papers.vocabulary import words_for
from formflow.rendering.plain import Words, plain
from formflow.rendering.templates.compile import compile_template
from formflow.rendering.templates.compiled import Program
from formflow.rendering.templates.fill import fill
from formflow.rendering.templates.package import package, packed
from formflow.settings import Settings
from formflow.validating.validate import validate

TEMPLATES = (("panel", "panel-notice"), ("notification", "rapid-review-report"))
LIMITS = {"docxtpl": 20.0, "Carbone": 5.0, "docxtemplater": 5.0}
"""How many times as long as formflow each must take at least."""
MOST_OF_FLOOR = 2.0
MOST_GROWTH = 1.2
"""The last papers' time by the first ones', and memory alike."""


def the_words() -> Words:
    """The words of an invented case of ordinary length."""
    from datetime import date

    day, dictionary = date(2026, 3, 20), the_dictionary()
    answers: dict[str, object] = {
        "notifier_name": "Priya Nand", "date_completed": "2026-03-16", "nature": ["seriously_harmed"],
        "incident_date": "2026-03-12", "la_aware_date": "2026-03-13", "incident_place": "At home",
        "incident_in_area": "yes", "abuse_neglect": "suspected", "child_1_forename": "Jordan",
        "child_1_surname": "Ashby", "child_1_dob": "2019-02-03", "child_1_looked_after": "no",
        "incident_summary": "A neighbour heard the child cry and called for help. " * 30,
        "immediate_action": "The child is safe with an aunt.", "crit_improvements": "yes",
    }  # fmt: skip
    answers |= {f"agency_{n}_name": f"Agency {n}" for n in range(1, 7)}
    answers |= {f"event_{n}_event": "Something happened. " * 5 for n in range(1, 16)}
    submission = validate(form_given({"answers": answers}, dictionary), dictionary, day)
    case = Case("SIN-2026-001", (submission,), (day,))
    rules = Rulebook(Guidance.parse(shipped.texts("guidance")), england({}, ()), dictionary, "notified", 3)
    about = About(case, decide(case, rules, day), dictionary, Settings(), day, {"form": "ab" * 32})
    return {**words_for(about), "paper": STAND_IN}


class Cached(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
    """docxtpl with what depends on the template alone remembered: the patched source, and the program of Jinja."""

    @staticmethod
    @lru_cache(maxsize=64)
    def _patched(source: str) -> str:
        return str(DocxTemplate("").patch_xml(source))

    def patch_xml(self, source: str) -> str:
        """As docxtpl, remembered."""
        return self._patched(source)


class CachedEnvironment(Environment):
    """Jinja that compiles the same source once."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._made: dict[str, Template] = {}

    def from_string(self, source: Any, *_: Any, **__: Any) -> Template:
        """As Jinja, remembered."""
        if source not in self._made:
            self._made[source] = super().from_string(source)
        return self._made[source]


def ways(content: bytes, words: Words) -> dict[str, Callable[[], object]]:
    """Every way of filling one template, ready to be called."""
    compiled = compile_template("a paper", content)
    plain_jinja = Environment(autoescape=True, undefined=StrictUndefined)
    cached = CachedEnvironment(autoescape=True, undefined=StrictUndefined)
    bare: list[Any] = [
        (part.name, plain_jinja.from_string(part.source)) if isinstance(part, Program) else part
        for part in compiled.parts
    ]

    def floor() -> bytes:
        return package(
            packed(one[0], one[1].render(words).encode(), 1) if isinstance(one, tuple) else one for one in bare
        )

    def docxtpl(kind: type[DocxTemplate], environment: Environment) -> bytes:
        made = kind(io.BytesIO(content))
        made.render(words, environment, autoescape=True)
        out = io.BytesIO()
        made.save(out)
        return out.getvalue()

    return {
        "formflow": lambda: fill(compiled, plain(words)),
        "floor": floor,
        "docxtpl": lambda: docxtpl(DocxTemplate, Environment(autoescape=True, undefined=StrictUndefined)),
        "docxtpl, cached": lambda: docxtpl(Cached, cached),
    }


def medians(calls: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The median milliseconds of each, turn by turn; what takes long takes fewer turns."""
    took: dict[str, list[float]] = {name: [] for name in calls}
    for call in calls.values():
        call(), call()
    gc.disable()
    for turn in range(rounds):
        for name, call in calls.items():
            if name.startswith("docxtpl") and turn % 5:
                continue
            begun = time.thread_time()
            call()
            took[name].append((time.thread_time() - begun) * 1000)
        if turn % 50 == 0:
            gc.collect()
    gc.enable()
    return {name: statistics.median(each) for name, each in took.items()}


def told(name: str, took: Mapping[str, float]) -> bool:
    """Print the figures of one template; whether every limit is kept."""
    ours, kept = took["formflow"], True
    print(f"\n{name}")
    for way, each in took.items():
        limit, ratio, says = LIMITS.get(way), each / ours, ""
        if way == "floor":
            ratio = ours / each
            says, ok = f"formflow takes {ratio:.2f} times this, at most {MOST_OF_FLOOR:.1f}", ratio <= MOST_OF_FLOOR
        elif limit is None:
            says, ok = ("" if way == "formflow" else f"{ratio:.1f} times formflow"), True
        else:
            says, ok = f"{ratio:.1f} times formflow, at least {limit:.0f}", ratio >= limit
        kept = kept and ok
        print(f"  {way:18} {each:8.2f} ms   {says}{'' if ok else '   MISSED'}")
    return kept


def steady(content: bytes, words: Words, papers: int) -> bool:
    """Fill so many papers, each of another case; whether the last are as quick and small as the first."""
    compiled = compile_template("a paper", content)
    took: list[float] = []
    for number in range(200):
        fill(compiled, plain(words | {"ref": f"SIN-2025-{number:05}"}))
    before = _resident()
    for number in range(papers):
        begun = time.thread_time()
        fill(compiled, plain(words | {"ref": f"SIN-2026-{number:05}"}))
        took.append((time.thread_time() - begun) * 1000)
    after, tenth = _resident(), max(1, papers // 10)
    first, last = statistics.median(took[:tenth]), statistics.median(took[-tenth:])
    print(f"\n{papers} papers: the first {tenth} took {first:.2f} ms each, the last {tenth} {last:.2f} ms;", end=" ")
    print(f"memory {before / 1e6:.0f} MB, then {after / 1e6:.0f} MB")
    return last <= first * MOST_GROWTH and after <= before * MOST_GROWTH


def _resident() -> int:
    status = Path("/proc/self/statm")
    return int(status.read_text().split()[1]) * 4096 if status.exists() else max(address_space(), 1)


def main() -> None:
    """Print the figures; end with 1 when a limit is missed."""
    rounds, papers = (int(each) for each in itertools.chain(sys.argv[1:3], ("200", "10000")[len(sys.argv) - 1 :]))
    words = the_words()
    templates = {name: (shipped.templates() / event / f"{name}.docx").read_bytes() for event, name in TEMPLATES}
    elsewhere = papers_elsewhere.measure(templates, words, rounds)
    if isinstance(elsewhere, str):
        print(f"Carbone and docxtemplater were not measured: {elsewhere}.")
    kept = True
    for name, content in templates.items():
        took = medians(ways(content, words), rounds)
        if not isinstance(elsewhere, str):
            took |= {"Carbone": elsewhere[f"carbone {name}"], "docxtemplater": elsewhere[f"docxtemplater {name}"]}
        kept = told(name, took) and kept
    kept = steady(templates["panel-notice"], words, papers) and kept
    raise SystemExit(not kept)


if __name__ == "__main__":
    main()
