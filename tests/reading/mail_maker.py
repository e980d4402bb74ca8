"""E-mails in words, for tests: everybody in them is invented."""

from __future__ import annotations

from email.message import EmailMessage

COVER = "Dear colleagues,\n\nPlease find our form attached.\n\nKind regards\nPriya Nand\n"
TYPED = """Please take this as our notification.

Name of child: Jordan Ashby
Date of birth: 3 February 2019
When did it happen?
12 March 2026
Is abuse or neglect suspected?
Yes
"""
WORD = "vnd.openxmlformats-officedocument.wordprocessingml.document"


def letter(plain: str = COVER, html: str = "", subject: str = "A form") -> EmailMessage:
    """A message as a mail program writes it, from one invented person to another."""
    made = EmailMessage()
    made["From"] = "Priya Nand <priya.nand@fenwold.example>"
    made["To"] = "reviews@fenwold.example"
    made["Subject"] = subject
    made["Date"] = "Mon, 16 Mar 2026 09:30:00 +0000"
    made.set_content(plain)
    if html:
        made.add_alternative(html, subtype="html")
    return made


def attach(message: EmailMessage, name: str, content: bytes, kind: str = "application/octet-stream") -> EmailMessage:
    """The message with a file attached."""
    main, _, sub = kind.partition("/")
    message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return message


def with_form(content: bytes, name: str = "form.docx", plain: str = COVER) -> bytes:
    """The bytes of a message with a Word form attached."""
    return bytes(attach(letter(plain), name, content, f"application/{WORD}"))
