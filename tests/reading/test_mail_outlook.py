from __future__ import annotations

import pytest

from formflow.errors import Returned
from formflow.reading.document import paragraphs, tables
from formflow.reading.mail import open_message
from formflow.reading.message import Message
from reading.mail_maker import COVER, TYPED
from reading.msg_maker import Folder, attached_message, attachment, linked, message, msg
from reading.test_mail import DOCX, PDF, outcome
from reading.test_rtf import pack


def opened(root: Folder) -> Message:
    return open_message(msg(root), "message.msg")


def test_forms_attached_to_an_outlook_message_come_out_byte_for_byte() -> None:
    made = opened(message(plain=COVER, attached=(attachment("form.docx", DOCX), attachment("b.pdf", PDF))))
    assert [(a.name, a.content) for a in made.attachments] == [("form.docx", DOCX), ("b.pdf", PDF)]
    assert made.document.properties == {"subject": "A form", "sender": "Priya Nand"}


def test_an_old_style_name_is_taken_where_there_is_no_other() -> None:
    made = opened(message(plain=COVER, attached=(attachment("FORM~1.PDF", PDF, short=True),)))
    assert [a.name for a in made.attachments] == ["FORM~1.PDF"]


def test_a_message_inside_an_outlook_message_is_followed() -> None:
    inner = message(plain=COVER, inside=True, attached=(attachment("form.docx", DOCX),))
    made = opened(message(plain=COVER, attached=(attached_message(inner),)))
    assert [a.content for a in made.attachments] == [DOCX]


def test_a_file_that_is_only_linked_to_is_told() -> None:
    with pytest.raises(Returned, match="only linked to"):
        opened(message(plain=COVER, attached=(linked("S:/form.docx"),)))


def test_a_form_typed_into_an_outlook_message_is_read_as_plain_text() -> None:
    made = opened(message(plain=TYPED))
    assert "Name of child: Jordan Ashby" in [p.text for p in paragraphs(made.document.blocks)]


TABLE = "<table><tr><td>Name of child</td><td>Jordan</td></tr><tr><td>Born</td><td>3 Feb 2019</td></tr></table>"


def test_a_table_in_an_outlook_message_is_read_from_its_html() -> None:
    (table,) = tables(opened(message(plain="lost", html=TABLE.encode())).document.blocks)
    assert [cell.text for cell in table.rows[0]] == ["Name of child", "Jordan"]


def test_a_table_in_html_that_outlook_wrapped_in_rtf_is_read() -> None:
    wrapped = "".join(rf"{{\*\htmltag64 {part}}}" for part in TABLE.replace(">", ">\0").split("\0") if part)
    rtf = rf"{{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{{\fonttbl{{\f0 Arial;}}}}{wrapped}}}"
    (table,) = tables(opened(message(plain="lost", rtf=pack(rtf.encode()))).document.blocks)
    assert [[cell.text for cell in row] for row in table.rows] == [["Name of child", "Jordan"], ["Born", "3 Feb 2019"]]


def test_a_broken_outlook_message_is_damaged_and_nothing_worse() -> None:
    whole = msg(message(plain=COVER, attached=(attachment("form.docx", DOCX),)))
    for place in range(512, len(whole), 701):
        for broken in (whole[:place], whole[:place] + b"\xff" * 64 + whole[place + 64 :]):
            assert outcome(broken) in ("opened", "damaged", "not-a-form", "too-complex")
