from __future__ import annotations

import pytest
from lxml import etree

from formflow.errors import Returned
from formflow.reading import xml
from formflow.reading.xml import attribute, child, local, parse, switched

LAUGHS = (
    '<!DOCTYPE a [<!ENTITY b "ha">'
    + "".join(f'<!ENTITY b{n} "{f"&b{n - 1 if n else str()};" * 10}">' for n in range(10))
    + "]><a>&b9;</a>"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "markup",
    [
        "<!DOCTYPE a><a/>",
        '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>',
        LAUGHS,
    ],
    ids=["bare", "remote", "local file", "growing"],
)
def test_any_document_type_is_unsafe_in_any_encoding(markup: str, encoding: str) -> None:
    with pytest.raises(Returned) as fault:
        parse(markup.encode(encoding))
    assert fault.value.reason == "unsafe-xml"


def test_elements_inside_one_another_beyond_the_limit_are_too_complex() -> None:
    with pytest.raises(Returned) as fault:
        parse(b"<a>" * 300 + b"</a>" * 300)
    assert fault.value.reason == "too-complex"


def test_more_elements_than_any_form_holds_are_too_complex(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml, "MOST_ELEMENTS", 1_000)
    parse(b"<a>" + b"<b/>" * 900 + b"</a>")
    with pytest.raises(Returned) as fault:
        parse(b"<a>" + b"<b/>" * 1_000 + b"</a>")
    assert fault.value.reason == "too-complex"


def test_markup_that_is_merely_broken_is_left_to_the_caller() -> None:
    with pytest.raises(etree.XMLSyntaxError):
        parse(b"<a><b></a>")


def test_names_are_compared_without_their_namespace() -> None:
    root = parse(b'<w:a xmlns:w="urn:strict"><w:b w:val="x"/></w:a>')
    assert local(root) == "a"
    assert attribute(child(root, "b"), "val") == "x"


def test_comments_and_instructions_are_not_elements() -> None:
    assert [local(kid) for kid in parse(b"<a><!-- c --><?p i?><b/></a>")] == ["b"]


@pytest.mark.parametrize(
    ("markup", "on"), [(b"<a/>", True), (b'<a val="1"/>', True), (b'<a val="0"/>', False), (b'<a val="off"/>', False)]
)
def test_a_switch_without_a_value_is_on(markup: bytes, on: bool) -> None:
    assert switched(parse(markup)) is on
    assert not switched(None)
