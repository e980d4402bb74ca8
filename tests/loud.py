"""A child process that prints and logs what it should not, for the test that nobody hears it."""

from __future__ import annotations

import logging
import os
from multiprocessing.connection import Connection


def printing(pipe: Connection, memory: int) -> None:
    """What a library may do, in Python and in C."""
    print("Zebulonix", memory)
    os.write(1, b"Zebulonix")
    os.write(2, b"Zebulonix")
    logging.getLogger("pypdf").error("Zebulonix")
    pipe.send("done")
