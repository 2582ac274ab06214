"""Notices that the computer's own screen was locked, or that it goes to sleep. What it can't notice is in
docs/security.md; the idle time of Backstop counts everywhere."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QObject, Signal, Slot

from desktop.ui.running import running

SCREENS = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.cinnamon.ScreenSaver", "org.mate.ScreenSaver")
LOGIN = "org.freedesktop.login1"
SYSTEM_BUS = Path("/run/dbus/system_bus_socket")
# Words, whatever the stub of PySide6 6.10 says: with bytes it refuses to connect.
CALLED, TOLD = cast("bytes", SLOT("take()")), cast("bytes", SLOT("take(bool)"))
SESSION_CHANGE, SESSION_LOCKED = 0x02B1, 7  # WM_WTSSESSION_CHANGE and WTS_SESSION_LOCK of wtsapi32.h


class SystemLock(QObject):
    """Signals: locked."""

    locked = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._watching = False
        self._filter: WindowsSession | None = None

    def watch(self, window: int) -> None:
        """`window` is the native handle that Windows tells. Once is enough; again does nothing."""
        if not self._watching:
            self._watching = True
            self._watch_windows(window) if sys.platform == "win32" else self._watch_buses()

    def _watch_buses(self) -> None:
        """Of any session: that another person's lock closes ours too costs a password, and nothing else."""
        if not (session_bus_is_there() or system_bus_is_there()):
            return
        from PySide6.QtDBus import QDBusConnection

        if session_bus_is_there():
            session = QDBusConnection.sessionBus()
            for screen in SCREENS:
                session.connect("", "", screen, "ActiveChanged", self, TOLD)
        if system_bus_is_there():
            system = QDBusConnection.systemBus()
            system.connect(LOGIN, "", f"{LOGIN}.Session", "Lock", self, CALLED)
            system.connect(LOGIN, "", f"{LOGIN}.Manager", "PrepareForSleep", self, TOLD)

    def _watch_windows(self, window: int) -> None:
        import ctypes

        self._filter = WindowsSession(self)
        running().installNativeEventFilter(self._filter)
        ctypes.windll.wtsapi32.WTSRegisterSessionNotification(window, 0)  # type: ignore[attr-defined]

    @Slot()
    @Slot(bool)
    def take(self, on: bool = True) -> None:
        if on:
            self.locked.emit()


class WindowsSession(QAbstractNativeEventFilter):
    """Never run on Windows; the message it reads is a test's."""

    def __init__(self, told: SystemLock) -> None:
        super().__init__()
        self._told = told

    def nativeEventFilter(self, kind: Any, message: Any) -> tuple[bool, int]:
        from ctypes import wintypes

        told = wintypes.MSG.from_address(int(message))
        if (told.message, told.wParam) == (SESSION_CHANGE, SESSION_LOCKED):
            self._told.take()
        return False, 0


def session_bus_is_there() -> bool:
    """Asking for one that isn't there may start one."""
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    return bool(os.environ.get("DBUS_SESSION_BUS_ADDRESS") or (runtime and Path(runtime, "bus").exists()))


def system_bus_is_there() -> bool:
    return bool(os.environ.get("DBUS_SYSTEM_BUS_ADDRESS")) or SYSTEM_BUS.exists()
