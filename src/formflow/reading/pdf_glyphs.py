"""Signs of symbol fonts as what they show: a ticked box, an empty box, a tick, a bullet."""

from __future__ import annotations

from formflow.reading.document import EMPTY, TICKED

TICK = "✓"
DOT = "●"
BULLET = "•"
_PRIVATE = 0xF000
"""Where symbol fonts keep their letters: 0xF000 and the letter's own number."""

_PLAIN = {
    **dict.fromkeys("☑☒🗹🗷⊠🅇◉⦿🔘✅❎⮽", TICKED),
    **dict.fromkeys("☐□▢❏❑❐❒◻◽⬜○◯⃞⃝🞎🞏🔲▫⭘", EMPTY),
    **dict.fromkeys("✓✔✗✘✕✖🗸🗴√", TICK),
    **dict.fromkeys("●⬤⚫", DOT),
    **dict.fromkeys("\uf0b7·∙▪‣◦➢", BULLET),
}
_WINGDINGS = {
    **dict.fromkeys("\xfe\xfdx", TICKED),
    **dict.fromkeys("\xa8oqr\xa1", EMPTY),
    **dict.fromkeys("\xfc\xfb", TICK),
    "\xa4": TICKED, "l": DOT, "n": "■", "\xa7": BULLET, "v": BULLET, "\xd8": BULLET, "\xb7": BULLET,
}  # fmt: skip
_WINGDINGS_2 = {**dict.fromkeys("RSTUVWQ", TICKED), **dict.fromkeys("\xa3*0", EMPTY), **dict.fromkeys("PO", TICK)}
_WEBDINGS = {**dict.fromkeys("ar", TICK), "c": EMPTY, "g": "■", "n": DOT}
_DINGBATS = {
    **dict.fromkeys("345678", TICK),
    **dict.fromkeys("opqr", EMPTY),
    "l": DOT, "n": "■", "m": EMPTY,
}  # fmt: skip
_FONTS: tuple[tuple[str, dict[str, str]], ...] = (
    ("wingdings2", _WINGDINGS_2),
    ("wingdings3", {}),
    ("wingdings", _WINGDINGS),
    ("webdings", _WEBDINGS),
    ("dingbats", _DINGBATS),
)


def sign_of(letters: str, family: str) -> str:
    """A word with every sign in it as what it shows; `family` is the font's name in small letters."""
    if letters.isascii() and "ding" not in family:
        return letters
    compact = family.replace(" ", "").replace("-", "")
    own: dict[str, str] = next((signs for name, signs in _FONTS if name in compact), {})
    return "".join(_sign(letter, own, symbols=bool(own)) for letter in letters)


def _sign(letter: str, own: dict[str, str], *, symbols: bool) -> str:
    code = ord(letter)
    if _PRIVATE <= code < _PRIVATE + 0x100 and letter not in _PLAIN:
        plain = chr(code - _PRIVATE)
        # A private letter whose font is not named any more is nearly always Wingdings; only its boxes are sure enough.
        return own.get(plain, _WINGDINGS.get(plain, letter) if not symbols and plain in "\xfe\xfd\xa8\xfc" else letter)
    return own.get(letter) or _PLAIN.get(letter, letter)
