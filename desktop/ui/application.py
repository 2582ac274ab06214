"""The Qt application, dressed: fonts, style and palette, and one place for errors that nobody caught."""

from __future__ import annotations

import sys

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication

from desktop.ui.errors import catch_everything
from desktop.ui.style import dress
from desktop.ui.theme import Theme, load_fonts, load_theme


def make_application() -> QApplication:
    """Or the one that is there already. The locale is the program's, not the machine's."""
    held = QApplication.instance()
    application = held if isinstance(held, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("Backstop")
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    load_fonts()
    dress(application, system_theme(application))
    catch_everything()
    return application


def system_theme(application: QApplication) -> Theme:
    """Light or dark as the system is."""
    dark = application.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return load_theme("dark" if dark else "light")
