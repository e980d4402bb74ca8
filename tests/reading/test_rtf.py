from __future__ import annotations

import struct

import pytest

from formflow.errors import Returned
from formflow.reading.rtf import html_or_text, unpacked

# The example of the published description of the packing (MS-OXRTFCP 3.1).
PACKED = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
)


def pack(rtf: bytes) -> bytes:
    """RTF packed the simplest way: every letter stands for itself."""
    packed = b""
    for start in range(0, len(rtf), 8):
        packed += b"\0" + rtf[start : start + 8]
    return struct.pack("<II4sI", len(packed) + 12, len(rtf), b"LZFu", 0) + packed


def test_packed_rtf_is_unpacked_as_the_format_describes() -> None:
    assert unpacked(PACKED) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"


def test_what_was_never_packed_is_given_as_it_is() -> None:
    assert unpacked(struct.pack("<II4sI", 17, 5, b"MELA", 0) + b"{\\rtf") == b"{\\rtf"


@pytest.mark.parametrize("broken", [b"", b"x" * 40, struct.pack("<II4sI", 9, 9, b"none", 0) + b"x"])
def test_what_is_not_packed_rtf_is_refused(broken: bytes) -> None:
    with pytest.raises(ValueError, match="packed RTF"):
        unpacked(broken)


def test_a_claim_of_far_too_much_is_refused_before_anything_is_unpacked() -> None:
    with pytest.raises(Returned):
        unpacked(struct.pack("<II4sI", 20, 2_000_000_000, b"LZFu", 0) + b"x" * 8)


def test_plain_words_come_with_their_lines_and_letters() -> None:
    rtf = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\*\generator Riched20;}Name: Zo\'eb\par Born: \u8217? \{x\}}"
    assert html_or_text(pack(rtf)) == ("plain", "Name: Zoë\nBorn: ’ {x}")


def test_html_that_was_wrapped_comes_out_without_the_rtf_that_repeats_it() -> None:
    rtf = (
        rb"{\rtf1\ansi\fromhtml1 {\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 Jordan &amp; {\*\htmltag84 <b>}"
        rb"\htmlrtf \b \htmlrtf0 Ashby{\*\htmltag92 </b>}{\*\mhtmltag84 no}\htmlrtf \par}\htmlrtf0 {\*\htmltag72 </p>}}"
    )
    assert html_or_text(pack(rtf)) == ("html", "<p>Jordan &amp; <b>Ashby</b></p>")
