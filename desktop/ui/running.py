"""The application that runs: there is one wherever there is a widget."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication


def running() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application
