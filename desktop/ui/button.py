"""A button with a verb, its key beside it. At most one on a screen is primary."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeySequence, QPaintEvent

from desktop.ui.drawing import draw_frame, draw_keycap, keycap_width, painter_on
from desktop.ui.keys import key_words
from desktop.ui.painted_button import PaintedButton
from desktop.ui.sides import mirrored
from desktop.ui.theme import Theme


class Button(PaintedButton):
    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        name: str = "",
        key: str = "",
        shortcut: bool = True,
        primary: bool = False,
        small: bool = False,
    ) -> None:
        """Without `shortcut` the key is only shown: an action of the panel acts on it."""
        super().__init__(theme, text, name)
        self._primary, self._small = primary, small
        self._key_words = key_words(key)
        self._key = self._key_words
        self._font = theme.font("note" if small else "body", 600)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if key:
            if shortcut:
                self.setShortcut(QKeySequence(key))
            self.setToolTip(f"{text} ({self._key})")

    def show_words(self, words: str) -> None:
        self.setText(words)
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def show_key(self, shown: bool) -> None:
        """Where there is no room for it, the key still acts and stands in the tooltip."""
        self._key = self._key_words if shown else ""
        self.updateGeometry()
        self.update()

    def _colours(self) -> tuple[QColor, QColor, QColor]:
        """Ground, frame and text."""
        theme, hot = self.theme, self.underMouse() or self.isDown()
        if self._primary:
            ground = theme.accent_hover if hot else theme.accent
            return ground, ground, theme.on_accent
        return theme.inset if hot else theme.surface, theme.border_strong, theme.text

    def sizeHint(self) -> QSize:
        height = self.theme.px(28 if self._small else 34)
        key = keycap_width(self._key, self.theme) + self.theme.px(8) if self._key else 0
        text_height = QFontMetrics(self._font).height() + self.theme.px(8)
        return QSize(self.text_width(self._font) + key + self.theme.px(24), max(24, height, text_height))

    def paintEvent(self, event: QPaintEvent) -> None:
        body = self.body()
        painter = painter_on(self)
        ground, frame, ink = self._colours()
        draw_frame(painter, body, self.theme.px(6), fill=ground, border=frame, width=self.theme.line)
        key = keycap_width(self._key, self.theme) + self.theme.px(8) if self._key else 0
        width = self.text_width(self._font)
        left = (self.width() - width - key) / 2
        painter.setFont(self._font)
        painter.setPen(ink)
        painter.drawText(
            mirrored(self, QRectF(left, 0, width, self.height())), Qt.AlignmentFlag.AlignVCenter, self.text()
        )
        if key:
            cap = mirrored(self, QRectF(left + width + self.theme.px(8), 0, keycap_width(self._key, self.theme), 1))
            draw_keycap(painter, cap.left(), self.height() / 2, self._key, self.theme)
