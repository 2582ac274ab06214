"""The words of the screen in another language: which one, and the same for functions that have no `self.tr`.

Clinical text is content (TOML), with its own sources, and is not translated here.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from desktop.record import words
from resources import FOLDER

translate = QCoreApplication.translate
ENGLISH, RECORD = "en_GB", "record"


class Words:
    """For functions with numbers in their words: `lupdate` finds a plural only behind `self.tr`."""

    def tr(self, words: str, comment: str = "", n: int = -1) -> str:
        return translate(type(self).__name__, words, comment, n)


def speak(application: QApplication, language: str = ENGLISH) -> None:
    """In English the file holds the plurals alone. A language that is written from the right mirrors the window."""
    file = FOLDER / "translations" / f"backstop_{language}.qm"
    translator = QTranslator(application)
    if not translator.load(str(file)):
        raise RuntimeError(f"the translation {file.name} could not be loaded")
    application.installTranslator(translator)
    words.speak(lambda sentence: translate(RECORD, sentence))
    application.setLayoutDirection(QLocale(language).textDirection())
