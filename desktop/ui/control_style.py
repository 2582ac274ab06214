"""What Qt paints of check boxes, choices and menus, in our sizes and colours, and where the parts of a scroll bar are.

Only such a control is given this style. As the style of the whole application it was asked four thousand times in a
start, and for each question PySide looks through all classes of widgets.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QProxyStyle,
    QStyle,
    QStyleOption,
    QStyleOptionComplex,
    QStyleOptionSlider,
    QWidget,
)

from desktop.ui.drawing import draw_frame, draw_ring, icon
from desktop.ui.scroll_bar import SHORTEST, along, handle
from desktop.ui.theme import Theme


class BackstopStyle(QProxyStyle):
    def __init__(self, theme: Theme) -> None:
        super().__init__("Fusion")
        self.theme = theme

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        if metric is QStyle.PixelMetric.PM_MenuPanelWidth:
            return 1
        if metric in (QStyle.PixelMetric.PM_IndicatorWidth, QStyle.PixelMetric.PM_IndicatorHeight):
            return self.theme.px(18)
        if metric is QStyle.PixelMetric.PM_CheckBoxLabelSpacing:
            return self.theme.px(8)
        return super().pixelMetric(metric, option, widget)

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if element is QStyle.PrimitiveElement.PE_FrameFocusRect:
            draw_frame(painter, QRectF(option.rect), self.theme.px(3), border=self.theme.focus, width=2.5)
        elif element is QStyle.PrimitiveElement.PE_IndicatorCheckBox:
            self._draw_check(painter, QRectF(option.rect), on=bool(option.state & QStyle.StateFlag.State_On))
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
            return _part_of(option, part, self.theme)
        if control is QStyle.ComplexControl.CC_ComboBox and part is QStyle.SubControl.SC_ComboBoxEditField:
            words = option.rect.adjusted(self.theme.px(11), 0, -self.theme.px(30), 0)
            return QStyle.visualRect(option.direction, option.rect, words)
        return super().subControlRect(control, option, part, widget)  # type: ignore[arg-type]

    def sizeFromContents(
        self, kind: QStyle.ContentsType, option: QStyleOption, size: QSize, widget: QWidget | None = None
    ) -> QSize:
        found = super().sizeFromContents(kind, option, size, widget)  # type: ignore[arg-type]
        return found + QSize(self.theme.px(14), 0) if kind is QStyle.ContentsType.CT_ComboBox else found

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if control is QStyle.ComplexControl.CC_ComboBox:
            self._draw_combo(painter, option)
        else:
            super().drawComplexControl(control, option, painter, widget)

    def _draw_check(self, painter: QPainter, box: QRectF, *, on: bool) -> None:
        """Ink like an answer: filled is yes, an empty frame is not."""
        theme = self.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = theme.text if on else theme.border_strong
        draw_frame(painter, box, theme.px(4), fill=theme.text if on else theme.surface, border=frame, width=1.5)
        if on:
            size = round(box.width() * 0.8)
            left = box.left() + (box.width() - size) / 2
            tick = icon("check", theme.surface, size, _ratio(painter))
            painter.drawPixmap(QPointF(left, box.top() + (box.height() - size) / 2), tick)
        painter.restore()

    def _draw_combo(self, painter: QPainter, option: QStyleOptionComplex) -> None:
        theme, body = self.theme, QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_HasFocus:
            body = draw_ring(painter, body, theme.px(3), theme.focus)
        hot = option.state & QStyle.StateFlag.State_MouseOver
        draw_frame(painter, body, theme.px(6), fill=theme.inset if hot else theme.surface, border=theme.border_strong)
        size = theme.px(16)
        arrow = QRectF(option.rect.right() - theme.px(8) - size, option.rect.center().y() + 1 - size / 2, size, size)
        place = QStyle.visualRect(option.direction, option.rect, arrow.toRect())
        painter.drawPixmap(place.topLeft(), icon("chevron-down", theme.text, size, _ratio(painter)))
        painter.restore()


def _ratio(painter: QPainter) -> float:
    return painter.device().devicePixelRatioF()


def _part_of(option: QStyleOptionSlider, part: QStyle.SubControl, theme: Theme) -> QRect:
    upright = option.orientation is Qt.Orientation.Vertical
    length = option.rect.height() if upright else option.rect.width()
    low, high, page, now = option.minimum, option.maximum, option.pageStep, option.sliderPosition
    start, size = handle(low, high, page, now, length, theme.px(SHORTEST))
    first, last = {
        QStyle.SubControl.SC_ScrollBarGroove: (0, length),
        QStyle.SubControl.SC_ScrollBarSlider: (start, size),
        QStyle.SubControl.SC_ScrollBarSubPage: (0, start),
        QStyle.SubControl.SC_ScrollBarAddPage: (start + size, length - start - size),
    }.get(part, (0, 0))
    return along(option.rect, first, last, upright=upright)


def in_our_style(widget: QWidget, theme: Theme) -> None:
    widget.setStyle(_style(theme))


_held: list[BackstopStyle] = []
"""No widget holds the style that it is given."""


def _style(theme: Theme) -> BackstopStyle:
    if not _held or _held[0].theme is not theme:
        _held[:] = [BackstopStyle(theme)]
    return _held[0]
