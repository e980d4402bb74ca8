"""For every test: no keyring of the person who runs them is asked, whatever is on their computer."""

from __future__ import annotations

import os

os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
