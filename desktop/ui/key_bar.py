"""The keys of the question list, shown where they act."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.drawing import draw_keycap, keycap_width, painter_on
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.label import Label
from desktop.ui.sides import mirrored, set_margins
from desktop.ui.theme import Theme
from desktop.ui.translation import translate

Keys = tuple[tuple[str, str], ...]


class KeyBar(QWidget):
    """Only the keys that count where the focus is: in the grid `N` is not *no*."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._lines: dict[Keys, QWidget] = {}
        self.keys: Keys = ()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(8), theme.px(5), theme.px(8), theme.px(5))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.show_keys(answer_keys())

    def show_keys(self, keys: Keys) -> None:
        if keys == self.keys:
            return
        self.keys = keys
        if keys not in self._lines:
            self._lines[keys] = self._line(keys)
        for one, line in self._lines.items():
            line.setVisible(one == keys)

    def _line(self, keys: Keys) -> QWidget:
        line = QWidget(self)
        flow = FlowLayout(line, gap=self.theme.px(6), line_gap=self.theme.px(2))
        for key, words in keys:
            flow.addWidget(KeyHint(self.theme, key, words))
        layout = self.layout()
        assert layout is not None
        layout.addWidget(line)
        return line


class KeyHint(Label):
    def __init__(self, theme: Theme, key: str, words: str) -> None:
        super().__init__(theme, words, "small", colour=theme.muted)
        self.theme, self._key = theme, key
        set_margins(self, keycap_width(key, theme) + theme.px(5), 0, 0, 0)

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(0, self.theme.px(20)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        cap = mirrored(self, QRectF(0, 0, keycap_width(self._key, self.theme), 1))
        draw_keycap(painter, cap.left(), self.height() / 2, self._key, self.theme)
        painter.end()
        super().paintEvent(event)


def answer_keys() -> Keys:
    """What each single key does while a question has the focus."""
    yes_no = (
        ("Y", translate("KeyBar", "yes")),
        ("O", translate("KeyBar", "old")),
        ("N", translate("KeyBar", "no")),
    )
    return yes_no + _common_keys()


def choice_keys() -> Keys:
    return (("1–9", translate("KeyBar", "choose")), *_common_keys())


def value_keys() -> Keys:
    return (("0–9", translate("KeyBar", "value")), *_common_keys())


def grid_keys() -> Keys:
    return (("0–5", translate("KeyBar", "power or reflex")), *_place_keys())


def map_keys() -> Keys:
    return (("Space", translate("KeyBar", "mark")), *_place_keys())


def field_keys() -> Keys:
    return (("Enter", translate("KeyBar", "on")), ("Esc", translate("KeyBar", "back")))


def _common_keys() -> Keys:
    return (
        ("U", translate("KeyBar", "unsure")),
        ("X", translate("KeyBar", "could not examine")),
        ("Del", translate("KeyBar", "not asked")),
        ("Enter", translate("KeyBar", "details")),
    )


def _place_keys() -> Keys:
    return (
        ("U", translate("KeyBar", "unsure")),
        ("/", translate("KeyBar", "could not examine")),
        ("Del", translate("KeyBar", "not asked")),
    )
