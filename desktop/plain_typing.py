"""msgspec asks `typing_extensions` for what this Python's `typing` has as well, and does without it where it is not
installed. It is, for python-docx; with its sockets it was a fortieth of the start and 0.7 MB.
"""

import sys

ASKED = "typing_extensions"

if ASKED not in sys.modules:
    sys.modules[ASKED] = None  # type: ignore[assignment]
    import msgspec  # noqa: F401

    del sys.modules[ASKED]  # whoever really needs it gets it
