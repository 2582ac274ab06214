"""The Qt application, dressed: fonts, style and palette, and one place for errors that nobody caught."""

from __future__ import annotations

import sys

from desktop.ui import plain_imports  # noqa: F401

# isort: split
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from desktop.ui.accessible_roles import tell_roles
from desktop.ui.errors import catch_everything
from desktop.ui.style import dress
from desktop.ui.theme import load_fonts, load_theme
from desktop.ui.translation import speak

FUSION = ("-style", "Fusion")
"""`setStyle` would give back the style: for that PySide makes its class, with all that a style can be asked."""


def make_application() -> QApplication:
    """Or the one that is there already. The locale is the program's, not the machine's."""
    held = QApplication.instance()
    application = held if isinstance(held, QApplication) else QApplication([*sys.argv[:1], *FUSION])
    application.setApplicationName("Backstop")
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    load_fonts()
    if application is not held:
        speak(application)
        tell_roles()
    dress(application, load_theme())
    catch_everything()
    return application
