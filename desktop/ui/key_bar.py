"""The keys of the question list, shown where they act."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.drawing import draw_keycap, keycap_width, painter_on
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.label import Label
from desktop.ui.sides import mirrored, set_margins
from desktop.ui.theme import Theme
from desktop.ui.translation import translate


class KeyBar(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        layout = FlowLayout(self, gap=theme.px(9), line_gap=theme.px(2))
        layout.setContentsMargins(theme.px(8), theme.px(5), theme.px(8), theme.px(5))
        for key, words in answer_keys():
            layout.addWidget(KeyHint(theme, key, words))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)


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


def answer_keys() -> tuple[tuple[str, str], ...]:
    """What each single key does while a question has the focus."""
    return (
        ("Y", translate("KeyBar", "yes")),
        ("O", translate("KeyBar", "old")),
        ("N", translate("KeyBar", "no")),
        ("U", translate("KeyBar", "unsure")),
        ("X", translate("KeyBar", "not examined")),
        ("Del", translate("KeyBar", "not asked")),
        ("Enter", translate("KeyBar", "details")),
        ("S", translate("KeyBar", "section")),
    )
