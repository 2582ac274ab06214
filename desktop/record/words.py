"""What the record layer refuses, in words for a person. It knows no Qt: whoever shows them sets the language."""

from __future__ import annotations

from collections.abc import Callable

Translate = Callable[[str], str]


class _Language:
    translate: Translate = staticmethod(str)


def speak(translate: Translate) -> None:
    """From now on; without it, as on a terminal, it is English."""
    _Language.translate = staticmethod(translate)


def say(words: str, /, **gaps: object) -> str:
    """`words` are written out at the call, so that `tests/translations.py` finds them; `{name}` is filled in after it.

    Only for what is shown and stored nowhere.
    """
    return _Language.translate(words).format(**gaps)
