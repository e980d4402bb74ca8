"""A message as a file that a mail program opens as a draft: never sent by us, and the same bytes for the same words."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

_HEADS = SMTP.clone(max_line_length=998)
"""Lines as long as RFC 5322 allows, so that no address or file name is folded: Python 3.11 loses the quotation marks
round a name with a comma when it folds, which makes two recipients of one (https://github.com/python/cpython/issues/100884),
and Outlook does not put a folded file name together again."""
_LONGEST = 900
"""Letters of the To line; where names would make it longer the addresses stand alone."""
_WORD = ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document")


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
    made.set_content(body, cte="quoted-printable")
    for name, content in attached.items():
        kind = _WORD if name.endswith(".docx") else ("application", "octet-stream")
        made.add_attachment(content, maintype=kind[0], subtype=kind[1], filename=name)
    if attached:
        made.set_boundary(_boundary(body, attached))
    return made.as_bytes(policy=_HEADS)


def _boundary(body: str, attached: Mapping[str, bytes]) -> str:
    """A line made of what the parts hold. No part can hold it: no encoding leaves "=_" in what it encodes."""
    whole = hashlib.sha256(body.encode())
    for name, content in attached.items():
        whole.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    return f"=_formflow_{whole.hexdigest()[:40]}"
