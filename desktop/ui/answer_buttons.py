"""The answers of one question as buttons: yes and no, or since when."""

from __future__ import annotations

from desktop.clinical.checklist import Item
from desktop.ui.answer_button import AnswerButton, Meaning
from desktop.ui.theme import Theme
from desktop.ui.translation import translate

TIMED = (("old", "O", 64), ("new", "Y", 70), ("no", "N", 70))


def answer_buttons(theme: Theme, item: Item) -> dict[object, AnswerButton]:
    """Old stands left of the two, so that Yes and No keep their place in every row."""
    if item.is_timed:
        return {value: _timed(theme, item, value, letter, width) for value, letter, width in TIMED}
    if item.kind != "yes-no":
        return {}
    return {
        True: AnswerButton(theme, translate("AnswerRow", "Yes"), "Y", "yes", item.ask),
        False: AnswerButton(theme, translate("AnswerRow", "No"), "N", "no", item.ask),
    }


def _timed(theme: Theme, item: Item, value: str, letter: str, width: int) -> AnswerButton:
    words = {
        "old": translate("AnswerRow", "Old"),
        "new": translate("AnswerRow", "New"),
        "no": translate("AnswerRow", "No"),
    }
    meaning: Meaning = "no" if value == "no" else "yes"
    button = AnswerButton(theme, words[value], letter, meaning, item.ask, width=width)
    button.setToolTip(item.choices[value])
    button.setAccessibleDescription(item.choices[value])
    return button
