"""The one place where an error that nobody caught ends: a dialogue that says what is safe, and a line in the log."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from desktop.logs import Plain

if TYPE_CHECKING:
    from desktop.ui.told import Told

log = logging.getLogger(__name__)

Show = Callable[..., None]
Hook = Callable[[type[BaseException], BaseException, TracebackType | None], None]


def catch_everything(show: Show | None = None) -> None:
    """Errors in slots would only be printed. `show` is for tests; it is given what the store told, if it was that."""
    shown = show or show_dialogue
    sys.excepthook = _hook(shown)
    _relay.show = shown
    threading.excepthook = lambda arguments: _relay.told.emit(
        _log(arguments.exc_type, arguments.exc_traceback), arguments.exc_value
    )


def catch_qt_messages() -> None:
    """What Qt complains of is counted, by kind and part of Qt; its words may repeat what is on the screen. What it
    can't go on from it tells in the one dialogue."""

    def take(kind: QtMsgType, context: QMessageLogContext, words: str) -> None:
        if kind != QtMsgType.QtDebugMsg:
            log.warning("Qt said something: %s, %s", Plain(kind.name), Plain(context.category or "no category"))
        if kind == QtMsgType.QtCriticalMsg:
            _relay.told.emit(f"Qt {kind.name}", None)

    qInstallMessageHandler(take)


class _Relay(QObject):
    """From whatever thread something went wrong in to the one that may show it."""

    told = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.show: Show = show_dialogue
        self.told.connect(self._show)

    def _show(self, kind: str, error: BaseException | None) -> None:
        self.show(kind, *_said(error))


def show_dialogue(kind: str, said: Told | None = None) -> None:
    """One at a time: a second error while the first is shown is only logged."""
    if QApplication.instance() is None or _Open.now:
        return
    _Open.now = True
    try:
        from desktop.ui.error_dialog import ErrorDialog

        ErrorDialog(kind, said).exec()
    finally:
        _Open.now = False


class _Open:
    now = False


def _hook(show: Show) -> Hook:
    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        show(_log(kind, trace), *_said(error))

    return hook


def _said(error: BaseException | None) -> tuple[Told, ...]:
    """The store's own errors say what happened, and never anything about a patient."""
    from desktop.record.errors import RecordError
    from desktop.ui.told import told

    return (told(error),) if isinstance(error, RecordError) else ()


def _log(kind: type[BaseException], trace: TracebackType | None) -> str:
    """The kind and the places, the innermost first; never the message: that may hold something about a patient."""
    places = [*_places(trace)][::-1] or ["unknown place"]
    words = f"{kind.__name__} in {places[0]}"
    log.error("uncaught error: %s", Plain(words))
    return "\n".join((words, *(f"  from {place}" for place in places[1:])))


def _places(trace: TracebackType | None) -> Iterator[str]:
    """By the name of the module: the path of a file may name whoever is at the computer."""
    while trace is not None:
        frame = trace.tb_frame
        module = frame.f_globals.get("__name__", "")
        yield f"{frame.f_code.co_qualname}, line {trace.tb_lineno} of {module}"
        trace = trace.tb_next


_relay = _Relay()
