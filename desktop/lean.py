"""What libraries use only where it is there, and is not needed here, is not there while they are loaded.

msgspec asks `typing_extensions`, which comes with python-docx, for what `typing` has: with its sockets a fortieth of
the start and 0.7 MB. `hashlib` asks OpenSSL for digests that Python has itself: 3.4 MB, beside the two OpenSSLs that
SQLCipher and cryptography bring with them. Python's own SHA-256 takes 3 ms for each MB.
"""

import sys
from importlib import import_module


def load_without(asked: str, *askers: str) -> None:
    if asked in sys.modules:
        return
    sys.modules[asked] = None  # type: ignore[assignment]
    try:
        for asker in askers:
            import_module(asker)
    finally:
        del sys.modules[asked]  # whoever really needs it gets it


load_without("typing_extensions", "msgspec")
load_without("_hashlib", "hashlib", "hmac")
