"""Fusion in our colours: what Qt paints itself (menus, scroll bars, tooltips) takes palette and theme."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QProxyStyle, QStyle, QStyleFactory, QStyleHintReturn, QStyleOption, QWidget

from desktop.ui.drawing import draw_frame
from desktop.ui.theme import Theme


class BackstopStyle(QProxyStyle):
    def __init__(self, theme: Theme) -> None:
        super().__init__(QStyleFactory.create("Fusion"))
        self.theme = theme

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        if metric is QStyle.PixelMetric.PM_ScrollBarExtent:
            return self.theme.px(12)
        if metric is QStyle.PixelMetric.PM_MenuPanelWidth:
            return 1
        return super().pixelMetric(metric, option, widget)

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returned: QStyleHintReturn | None = None,
    ) -> int:
        if hint in (QStyle.StyleHint.SH_Widget_Animate, QStyle.StyleHint.SH_EtchDisabledText):
            return 0
        return super().styleHint(hint, option, widget, returned)

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if element is QStyle.PrimitiveElement.PE_FrameFocusRect:
            draw_frame(painter, QRectF(option.rect), self.theme.px(3), border=self.theme.focus, width=2.5)
        else:
            super().drawPrimitive(element, option, painter, widget)


def dress(app: QApplication, theme: Theme) -> None:
    app.setStyle(BackstopStyle(theme))
    app.setPalette(theme.palette())
    app.setFont(theme.font("body"))
