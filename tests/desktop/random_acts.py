"""What random hands do to a window: mouse, keys, input methods, clipboard, drops, the system's own doings, a reader."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleInterface,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QWindow,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from shiboken6 import getCppPointer, isValid

from desktop.ui.gate import Gate
from desktop.ui.rooms import ROOMS
from desktop.ui.single_instance import SingleInstance

NO, CTRL, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
SIZES = ((1366, 768), (1024, 768), (1920, 1080), (800, 600), (640, 480), (1, 1), (3000, 300))
TYPED = "ynuoxsYNX0123456789.,/<-abc éßÀ<b>‮🙂"
KEYS = (
    *(Qt.Key.Key_Tab,) * 6,
    *(Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Escape),
    *(Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right),
    *(Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_F1, Qt.Key.Key_F2),
    *(Qt.Key.Key_F3, Qt.Key.Key_F4, Qt.Key.Key_F10, Qt.Key.Key_Insert, Qt.Key.Key_Menu),
)
WITH_CONTROL = "klfzpavxcy123456780+-"
WHOLE = (CTRL, SHIFT, CTRL | SHIFT, ALT)
BUTTONS = [Qt.MouseButton.LeftButton] * 8 + [Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton]
PASTED = (
    "12/13/2026",
    "7/5",
    "<b>bold</b>\n" * 50,
    "‮🙂é\x00" * 30,
    "line\r\n" * 10_000,
    "x" * 1_000_000,
)
STATES = (Qt.WindowState.WindowMinimized, Qt.WindowState.WindowMaximized, Qt.WindowState.WindowFullScreen)
Act = Callable[[], str]


class Acts:
    """Each method is one event, and says what it did. `knock` is a second start while this one runs."""

    def __init__(self, chance: random.Random, gate: Gate, instance: SingleInstance) -> None:
        self.random, self.gate, self.instance = chance, gate, instance
        self.weights: tuple[tuple[Act, int], ...] = (
            *((self.click, 300), (self.key, 260), (self.type, 200), (self.wheel, 60), (self.drag, 60)),
            *((self.hover, 30), (self.control, 40), (self.whole, 30), (self.focus, 40), (self.shortcut, 60)),
            *((self.compose, 20), (self.paste, 12), (self.drop, 10), (self.reader, 60), (self.room, 30)),
            *((self.patient, 12), (self.resize, 10), (self.window_state, 8), (self.look, 8), (self.other_window, 8)),
            *((self.knock, 3), (self.close_dialogue, 20), (self.close, 2), (self.lock, 2), (self.lock_over, 2)),
        )

    def choose(self) -> Act:
        acts = [act for act, _ in self.weights]
        return self.random.choices(acts, [weight for _, weight in self.weights])[0]

    def target(self) -> QWidget:
        return QApplication.activePopupWidget() or QApplication.activeModalWidget() or self.gate

    def point(self, widget: QWidget) -> QPoint:
        return QPoint(self.random.randrange(max(1, widget.width())), self.random.randrange(max(1, widget.height())))

    def click(self) -> str:
        target = self.target()
        point = self.point(target)
        child = target.childAt(point)
        button = self.random.choice(BUTTONS)
        send = self.random.choice([QTest.mouseClick] * 6 + [QTest.mouseDClick])
        handle = window_of(target)
        if handle is not None:
            send(handle, button, self.random.choice((NO, NO, NO, SHIFT, CTRL)), point)
        return f"{button.name} at {point.toTuple()} of {type(target).__name__}, on {type(child).__name__}"

    def drag(self) -> str:
        """Over some of the way, from wherever: a body map, words, a splitter, nothing."""
        target = self.target()
        handle, begin, end = window_of(target), self.point(target), self.point(target)
        if handle is None:
            return "nowhere"
        QTest.mousePress(handle, Qt.MouseButton.LeftButton, NO, begin)
        for part in (3, 2, 1):
            QTest.mouseMove(handle, begin + (end - begin) / part)
        if isValid(handle):
            QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, NO, end)
        return f"{begin.toTuple()} to {end.toTuple()}"

    def hover(self) -> str:
        """Long enough for the tip."""
        target = self.target()
        handle, point = window_of(target), self.point(target)
        child = target.childAt(point) or target
        if handle is not None:
            QTest.mouseMove(handle, point)
        if isValid(child) and isValid(target):
            here = child.mapFromGlobal(target.mapToGlobal(point))
            QApplication.sendEvent(child, QHelpEvent(QEvent.Type.ToolTip, here, child.mapToGlobal(here)))
        return f"{point.toTuple()} on {type(child).__name__}"

    def key(self) -> str:
        return self.press(self.random.choice(KEYS))

    def type(self) -> str:
        return self.press(self.random.choice(TYPED), self.random.choice((NO, NO, NO, NO, SHIFT)))

    def control(self) -> str:
        return self.press(self.random.choice(WITH_CONTROL), CTRL)

    def whole(self) -> str:
        return self.press(self.random.choice(KEYS), self.random.choice(WHOLE))

    def press(self, key: Qt.Key | str, how: Qt.KeyboardModifier = NO) -> str:
        target, focus = self.target(), QApplication.focusWidget()
        handle = window_of(target)
        if handle is None:
            return "nowhere"
        if isinstance(key, str) and not key.isascii():
            QTest.sendKeyEvent(QTest.KeyAction.Click, focus or target, Qt.Key.Key_unknown, key, how)
        elif how != NO and isinstance(target, QMenu):
            code = Qt.Key(ord(key.upper())) if isinstance(key, str) else key
            QApplication.sendEvent(target, QKeyEvent(QEvent.Type.KeyPress, code, how))
        else:
            # QTest presses each modifier and lets it go at a window that has closed meanwhile, and the process ends:
            # a menu closes at Alt, any other at the key.
            QTest.keyPress(handle, key, how)
            if is_there(handle):
                QTest.keyRelease(handle, key, NO)
        return f"{key!r} {how.name} in {type(focus).__name__}"

    def shortcut(self) -> str:
        """Whatever can be done now, as the palette would do it."""
        window = self.gate.rooms
        if window is None:
            return "locked"
        action = self.random.choice(window.all_actions.available())
        window.all_actions.run(action.id)
        return action.id

    def wheel(self) -> str:
        target = self.target()
        handle, point = window_of(target), self.point(target)
        if handle is not None:
            turn = self.random.choice((-360, -120, 3, 120, 360))
            way = QPoint(turn, 0) if self.random.random() < 0.1 else QPoint(0, turn)
            QTest.wheelEvent(handle, point, way, QPoint(), self.random.choice((NO, NO, NO, CTRL, SHIFT)))
        return str(point.toTuple())

    def focus(self) -> str:
        """A random control in sight, so that none stays unreached for long."""
        able = [one for one in self.seen() if one.focusPolicy()]
        if not able:
            return "nothing"
        chosen = self.random.choice(able)
        chosen.setFocus(Qt.FocusReason.TabFocusReason)
        return type(chosen).__name__

    def seen(self) -> Iterable[QWidget]:
        found = (one for one in self.target().findChildren(QWidget) if isValid(one))  # a list may just have closed
        return [one for one in found if one.isVisible()]

    def compose(self) -> str:
        """An input method: begun, then taken or given up."""
        focus = QApplication.focusWidget()
        if focus is None:
            return "nowhere"
        written = self.random.choice(("é", "日本", "에", "🙂", "y", ""))
        QApplication.sendEvent(focus, QInputMethodEvent(written, []))
        done = QInputMethodEvent()
        if self.random.random() < 0.7:
            done.setCommitString(written)
        if isValid(focus):
            QApplication.sendEvent(focus, done)
        return f"{written!r} in {type(focus).__name__}"

    def paste(self) -> str:
        text = self.random.choice(PASTED)
        QApplication.clipboard().setText(text)
        return f"{text[:12]!r} {len(text)}: {self.press('v', CTRL)}"

    def drop(self) -> str:
        target = self.target()
        point = self.point(target)
        child = target.childAt(point) or target
        data = QMimeData()
        data.setText(self.random.choice(PASTED[:4]))
        data.setHtml("<b>dropped</b>")
        data.setUrls([QUrl.fromLocalFile("/etc/passwd")])
        move, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        QApplication.sendEvent(child, QDragEnterEvent(point, move, data, left, NO))
        if isValid(child):
            QApplication.sendEvent(child, QDropEvent(QPointF(point), move, data, left, NO))
        return type(child).__name__

    def reader(self) -> str:
        """A screen reader asks for all it can of one control, and at times does what it offers."""
        able = list(self.seen())
        widget = self.random.choice(able) if able else self.gate
        face = QAccessible.queryAccessibleInterface(widget)
        if face is None:
            return f"{type(widget).__name__} has no face"
        told = f"{type(widget).__name__}, {read(face)}"
        inner = face.childCount()
        if inner and (child := face.child(self.random.randrange(inner))) is not None:
            told += f", {read(child)}"
            face = child if self.random.random() < 0.5 else face
        offered = face.actionInterface()
        names = offered.actionNames() if offered is not None else []
        if names and self.random.random() < 0.5:
            return f"{told}, {do(offered, self.random.choice(names))}"
        return told

    def room(self) -> str:
        if self.gate.rooms is None:
            return "locked"
        room = self.random.choice(ROOMS).id
        self.gate.rooms.show_room(room)
        return room

    def patient(self) -> str:
        window = self.gate.rooms
        if window is None:
            return "locked"
        drafts, patients = window.clinic.drafts(), window.clinic.patients("")
        if drafts and self.random.random() < 0.5:
            window.open_encounter(self.random.choice(drafts).encounter_uid)
            return "draft"
        if patients:
            window.begin(self.random.choice(patients).uid)
        return "begun"

    def resize(self) -> str:
        size = self.random.choice(SIZES)
        self.gate.resize(QSize(*size))
        return str(size)

    def window_state(self) -> str:
        state = self.random.choice((*STATES, Qt.WindowState.WindowNoState))
        self.gate.setWindowState(state)
        return state.name

    def look(self) -> str:
        """Theme, size of the text, single keys, the system's colours, and the way of reading."""
        preferences, draw = self.gate._preferences, self.random.choice
        values: dict[str, Any] = draw(
            (
                {"theme": draw(("system", "light", "dark", "contrast"))},
                {"text_size": draw((80, 100, 125, 150, 200))},
                {"single_keys": draw((True, False))},
                {},
            )
        )
        if values:
            preferences.change(**values)
        elif self.random.random() < 0.7:
            QApplication.styleHints().setColorScheme(draw((Qt.ColorScheme.Dark, Qt.ColorScheme.Light)))
        else:
            QApplication.setLayoutDirection(draw((Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft)))
        return str(values)

    def other_window(self) -> str:
        """Another program has the keyboard for a moment."""
        other = QWidget()
        other.show()
        other.activateWindow()
        QApplication.processEvents()
        other.close()
        other.deleteLater()
        self.gate.activateWindow()
        return ""

    def knock(self) -> str:
        assert SingleInstance(self.instance.place).raise_first()
        return ""

    def close_dialogue(self) -> str:
        target = self.target()
        if target is not self.gate:
            target.close()
        return type(target).__name__

    def close(self) -> str:
        """Alt+F4, whatever is open or being worked at."""
        self.gate.close()
        return ""

    def lock(self) -> str:
        self.gate.lock()
        return ""

    def lock_over(self) -> str:
        """While a sheet is open over the window."""
        window = self.gate.rooms
        if window is None:
            return "locked"
        sheet = self.random.choice(("palette", "help", "keys"))
        window.all_actions.run(sheet)
        QApplication.processEvents()
        self.hold()
        self.gate.lock()
        return sheet

    def hold(self) -> None:
        """What is answered is kept in mind, to be asked for after a lock."""


def window_of(widget: QWidget) -> QWindow | None:
    """Only as long as the widget is held: its wrapper takes the window's with it."""
    handle = widget.windowHandle()
    return handle if handle is not None and isValid(handle) else None


def is_there(window: QWindow) -> bool:
    return getCppPointer(window)[0] in [getCppPointer(one)[0] for one in QGuiApplication.allWindows()]


def read(face: QAccessibleInterface) -> str:
    """As a reader does on its way: each question may come when what was there is gone."""
    parts = (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value, QAccessible.Text.Accelerator)
    told = [face.text(part) for part in parts]
    face.state()
    face.childAt(*face.rect().center().toTuple())
    face.focusChild()
    face.relations()
    return f"{face.role().name} {told[0][:30]!r}"


def do(offered: QAccessibleActionInterface, name: str) -> str:
    offered.doAction(name)
    return name
