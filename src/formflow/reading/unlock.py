"""Taking the password off a form, in the child process: the form itself stays as it came."""

from __future__ import annotations

import io
from collections.abc import Sequence

from formflow.errors import Returned
from formflow.reading.package import damaged, locked, sniff


def unlocked(content: bytes, passwords: Sequence[str]) -> bytes:
    """A Word or PDF file without its password; any other file as it is.

    Raises `Returned`: with reason `password` when none of the passwords opens it, and as reading does when what is
    behind the password cannot be read. Memory and time are those of the child.
    """
    match sniff(content):
        case "locked":
            return _word(content, passwords)
        case "pdf":
            return _pdf(content, passwords)
        case _:
            return content


def _word(content: bytes, passwords: Sequence[str]) -> bytes:
    from msoffcrypto.format.ooxml import OOXMLFile  # only a protected form needs it

    try:
        opened = OOXMLFile(io.BytesIO(content))
    except Exception as fault:  # what is not as Office locks it may break its reader in any way
        raise locked() from fault
    for password in passwords:
        out = io.BytesIO()
        try:
            opened.load_key(password=password, verify_password=True)
            opened.decrypt(out)
        except MemoryError:
            raise
        except Exception as fault:  # noqa: BLE001 - a wrong password is told by faults of many kinds
            del fault
            continue
        return out.getvalue()
    raise locked()


def _pdf(content: bytes, passwords: Sequence[str]) -> bytes:
    from formflow.reading.pdf_open import open_pdf
    from formflow.reading.pdf_safe import saved

    for password in passwords:
        try:
            with open_pdf(content, password) as pdf:
                return saved(pdf) or _broken()
        except Returned as fault:
            if fault.reason != "password":
                raise
    raise locked()


def _broken() -> bytes:
    raise damaged()
