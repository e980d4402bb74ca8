"""A message as a file that a mail program opens as a draft: never sent by us, and the same bytes for the same words."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import encode_rfc2231, format_datetime

_HEADS = SMTP.clone(max_line_length=998)
"""Lines as long as RFC 5322 allows, so that no address or file name is folded: Python 3.11 loses the quotation marks
round a name with a comma when it folds, which makes two recipients of one (https://github.com/python/cpython/issues/100884),
and Outlook does not put a folded file name together again."""
_LONGEST = 900
"""Letters of the To line; where names would make it longer the addresses stand alone."""
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def address(name: str, email: str) -> Address | None:
    """An address a message can be sent to; None for one that no mail program would take."""
    try:
        made = Address(display_name=" ".join(name.split()), addr_spec=email.strip())
    except (
        MessageError,
        ValueError,
        IndexError,
        AttributeError,
    ):  # what Python raises for a broken address depends on how it is
        return None
    plain = made.addr_spec.isascii() and made.addr_spec.isprintable() and " " not in made.addr_spec
    return made if made.username and "." in made.domain and plain else None


def message(to: Sequence[Address], subject: str, body: str, attached: Mapping[str, bytes], on: date) -> bytes:
    """A draft (RFC 5322, lines ended by CR LF) with Word papers attached, by name. `on` stands in its Date line."""
    made = EmailMessage(policy=SMTP)
    made["X-Unsent"] = "1"  # Outlook opens it for writing, with a Send button
    made["Date"] = format_datetime(datetime.combine(on, time(12), UTC))
    if to:
        named = sum(len(str(one)) + 2 for one in to) <= _LONGEST
        made["To"] = list(to) if named else [Address(addr_spec=one.addr_spec) for one in to]
    made["Subject"] = subject
    head = made.as_bytes(policy=_HEADS).removesuffix(b"\r\n")
    parts = [_text(body), *(_paper(name, content) for name, content in attached.items())]
    # Put together here, not by the email package: it takes four times as long, and every form waits for it.
    line = f"=_formflow_{hashlib.sha256(b''.join(parts)).hexdigest()[:40]}"  # no encoding leaves "=_" in a part
    kind = f'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="{line}"\r\n'.encode()
    between = f"\r\n--{line}"
    return b"".join((head, kind, *(f"{between}\r\n".encode() + part for part in parts), f"{between}--\r\n".encode()))


def _text(body: str) -> bytes:
    encoded = binascii.b2a_qp(body.encode(), istext=True).replace(b"\n", b"\r\n")
    return b'Content-Type: text/plain; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n' + encoded


def _paper(name: str, content: bytes) -> bytes:
    kind = _WORD if name.endswith(".docx") else "application/octet-stream"
    plain = name.isascii() and name.isprintable() and not set('"\\') & set(name)
    called = f'filename="{name}"' if plain else f"filename*={encode_rfc2231(name, 'utf-8')}"
    head = (
        f"Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-Disposition: attachment; {called}\r\n\r\n"
    )
    return head.encode() + base64.encodebytes(content).replace(b"\n", b"\r\n")
