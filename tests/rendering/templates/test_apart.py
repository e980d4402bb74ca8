"""Templates of people: they can read nothing, run nothing, fill no memory and take no time but their child's."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from formflow.errors import Stop
from formflow.rendering.picture import Picture
from formflow.rendering.plain import plain
from formflow.rendering.templates.apart import BeyondLimits, FillingRoom
from formflow.rendering.templates.package import parts_of
from template_cases import a_template

WORDS = plain({"word": "x", "group": {"a": "b"}, "rows": ["1", "2"]})


@pytest.fixture(scope="module")
def room() -> Iterator[FillingRoom]:
    made = FillingRoom(seconds=3.0, memory=256 * 1024 * 1024)
    yield made
    made.close()


@pytest.mark.parametrize(
    "hostile",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ word['__class__'] }}",
        "{{ word | attr('__class__') }}",
        "{{ group.__init__.__globals__ }}",
        "{{ joiner.__init__.__globals__['os'].system('true') }}",
        "{{ self.__init__ }}",
        "{{ self._TemplateReference__context.environment }}",
        "{{ '{0.__class__}'.format(word) }}",
        "{{ '{0.__class__}'.format_map({'0': word}) }}",
        "{% for r in rows %}{{ loop.__class__.__init__.__globals__ }}{% endfor %}",
        "{{ range.__self__ }}",
        "{{ word.join.__self__.__class__ }}",
        "{{ rows.append('3') }}",
        "{{ group.update({'a': 'c'}) }}",
        "{{ open('/etc/passwd').read() }}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{% extends '/etc/passwd' %}",
        "{{ lipsum.__globals__ }}",
        "{{ cycler }}",
        "{{ config }}",
        "{{ rows | map(attribute='__class__') | list }}",
    ],
)
def test_a_template_reads_no_file_runs_no_code_and_changes_no_word(room: FillingRoom, hostile: str) -> None:
    with pytest.raises(Stop, match=r"event/hostile\.docx"):
        room.fill("event/hostile.docx", a_template(hostile), WORDS)


@pytest.mark.parametrize(
    "greedy",
    [
        "{{ 'a' * 10**9 }}",
        "{{ word.center(10**9) }}",
        "{{ '%0999999999d' % 1 }}",
        "{% set ns = namespace(t='aaaaaaaa') %}{% for n in range(60) %}{% set ns.t = ns.t ~ ns.t %}{% endfor %}",
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{{ 9**(9**9) }}",
    ],
)
def test_a_template_that_takes_too_much_is_stopped_by_name_and_the_next_is_filled(
    room: FillingRoom, greedy: str
) -> None:
    with pytest.raises(BeyondLimits, match=r"event/greedy\.docx.*more time or memory"):
        room.fill("event/greedy.docx", a_template(greedy), WORDS)
    assert room.fill("event/sound.docx", a_template("{{ word }}"), WORDS)


def test_a_template_writes_nothing_outside_its_paper(room: FillingRoom, tmp_path: Path) -> None:
    with pytest.raises(Stop):
        room.fill("event/x.docx", a_template(f"{{{{ open('{(tmp_path / 'x').as_posix()}', 'w') }}}}"), WORDS)
    assert list(tmp_path.iterdir()) == []


def test_a_package_that_defines_entities_is_refused(room: FillingRoom) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    with pytest.raises(Stop, match="defines entities"):
        room.fill("event/x.docx", _with_head(a_template("{{ word }}"), bomb), WORDS)


def test_a_template_filled_apart_is_the_paper_filled_here(room: FillingRoom) -> None:
    picture = Picture("timeline", b"png", 10, 10, "says")
    paper = room.fill("event/x.docx", a_template("{{ word }} & {{ rows | join(', ') }}"), WORDS, (picture,))
    assert "x &amp; 1, 2" in parts_of(paper)["word/document.xml"].decode()
    assert room.asks_for("event/x.docx", a_template("{{ word }}{% for r in rows %}{{ r }}{% endfor %}")) == {
        "word",
        "rows",
    }


def _with_head(template: bytes, head: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, part in parts_of(template).items():
            package.writestr(name, part.replace(b"<w:document", head.encode() + b"<w:document", 1))
    return out.getvalue()
