"""Fusion in our colours: what Qt paints itself (menus, scroll bars, tooltips) takes palette and theme."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QApplication,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QStyleOptionComplex,
    QStyleOptionSlider,
    QWidget,
)

from desktop.ui.drawing import draw_frame
from desktop.ui.theme import Theme, load_theme


class BackstopStyle(QProxyStyle):
    def __init__(self, theme: Theme) -> None:
        super().__init__("Fusion")
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

    def subControlRect(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        part: QStyle.SubControl,
        widget: QWidget | None = None,
    ) -> QRect:
        if control is QStyle.ComplexControl.CC_ScrollBar and isinstance(option, QStyleOptionSlider):
            return _scroll_part(option, part, self.theme.px(28))
        return super().subControlRect(control, option, part, widget)  # type: ignore[arg-type]

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if control is not QStyle.ComplexControl.CC_ScrollBar or not isinstance(option, QStyleOptionSlider):
            super().drawComplexControl(control, option, painter, widget)
            return
        if option.maximum <= option.minimum:
            return
        handle = QRectF(_scroll_part(option, QStyle.SubControl.SC_ScrollBarSlider, self.theme.px(28)))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_frame(painter, handle.adjusted(3, 2, -3, -2), self.theme.px(3), fill=self.theme.border_strong)
        painter.restore()


def _scroll_part(option: QStyleOptionSlider, part: QStyle.SubControl, shortest: int) -> QRect:
    """A bar without arrows: only the handle and the ground before and after it."""
    rect, upright = option.rect, option.orientation is Qt.Orientation.Vertical
    length = rect.height() if upright else rect.width()
    span = option.maximum - option.minimum
    size = length if span <= 0 else max(shortest, length * option.pageStep // (span + option.pageStep))
    size = min(size, length)
    start = QStyle.sliderPositionFromValue(option.minimum, option.maximum, option.sliderPosition, length - size)
    first, last = {
        QStyle.SubControl.SC_ScrollBarGroove: (0, length),
        QStyle.SubControl.SC_ScrollBarSlider: (start, size),
        QStyle.SubControl.SC_ScrollBarSubPage: (0, start),
        QStyle.SubControl.SC_ScrollBarAddPage: (start + size, length - start - size),
    }.get(part, (0, 0))
    if upright:
        return QRect(rect.x(), rect.y() + first, rect.width(), last)
    return QRect(rect.x() + first, rect.y(), last, rect.height())


def current_theme() -> Theme:
    """What the application is dressed in."""
    style = QApplication.style()
    return style.theme if isinstance(style, BackstopStyle) else load_theme()


def dress(app: QApplication, theme: Theme) -> None:
    app.setStyle(BackstopStyle(theme))
    app.setPalette(theme.palette())
    app.setFont(theme.font("body"))
