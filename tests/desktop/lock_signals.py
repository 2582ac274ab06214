"""Sends what desktops send, on the bus it was started on, and prints how often it was taken for a lock: one JSON."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
os.environ["DBUS_SYSTEM_BUS_ADDRESS"] = os.environ["DBUS_SESSION_BUS_ADDRESS"]

from PySide6.QtCore import QCoreApplication, QElapsedTimer
from PySide6.QtDBus import QDBusConnection, QDBusMessage

from desktop.ui.system_lock import LOGIN, SystemLock

SENT = {
    "screen locked": ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", [True]),
    "screen open again": ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", [False]),
    "session locked": ("/org/freedesktop/login1/session/_31", f"{LOGIN}.Session", "Lock", []),
    "session open again": ("/org/freedesktop/login1/session/_31", f"{LOGIN}.Session", "Unlock", []),
    "going to sleep": ("/org/freedesktop/login1", f"{LOGIN}.Manager", "PrepareForSleep", [True]),
    "woken": ("/org/freedesktop/login1", f"{LOGIN}.Manager", "PrepareForSleep", [False]),
}
PATIENCE = 300


def main() -> None:
    application, taken, told = QCoreApplication([]), [], {}
    lock = SystemLock(application)
    lock.locked.connect(lambda: taken.append(1))
    lock.watch(0)
    desktop = QDBusConnection.connectToBus(os.environ["DBUS_SESSION_BUS_ADDRESS"], "desktop")
    assert desktop.registerService(LOGIN)
    for name, (path, interface, signal, values) in SENT.items():
        taken.clear()
        message = QDBusMessage.createSignal(path, interface, signal)
        message.setArguments(values)
        assert desktop.send(message)
        clock = QElapsedTimer()
        clock.start()
        while clock.elapsed() < PATIENCE and not taken:
            application.processEvents()
        told[name] = len(taken)
    print(json.dumps(told))


main()
