"""A tip shows what somebody typed as it was typed."""

import pytest
from PySide6.QtGui import Qt

from desktop.ui.literal_tip import WORD_JOINER, literal


@pytest.mark.parametrize("typed", ["<img src=file:///etc/passwd>", "one <b>two</b>", "<!doctype html>", "&lt;b&gt;"])
def test_no_tip_is_markup(typed):
    assert Qt.mightBeRichText(typed)
    assert not Qt.mightBeRichText(literal(typed))
    assert literal(typed).replace(WORD_JOINER, "") == typed


def test_ordinary_words_are_left_alone():
    assert literal("Dr O'Brien, pain > 6 weeks") == "Dr O'Brien, pain > 6 weeks"
