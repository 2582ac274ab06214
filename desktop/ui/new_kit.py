"""A new recovery kit, typed back before it counts: by itself, or as part of a removal."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.record.errors import RecordError
from desktop.record.passwords import code_mistake, is_same_code, new_code
from desktop.ui.busy import busy
from desktop.ui.button import Button
from desktop.ui.flow_layout import FlowLayout
from desktop.ui.kit_panel import KitPanel
from desktop.ui.label import Label
from desktop.ui.refusal import Refusal
from desktop.ui.theme import Theme


class NewKit(QWidget):
    """Signals: done, given_up. `use` is called with the code once it was typed back."""

    done = Signal()
    given_up = Signal()

    def __init__(
        self, theme: Theme, *, says: str, verb: str, doing: str, pdf: Callable[[str], bytes], use: Callable[[str], None]
    ) -> None:
        super().__init__()
        self._use, self._verb, self._doing, self._code, self._out = use, verb, doing, new_code(), False
        self.kit = KitPanel(theme, self._code, lambda: pdf(self._code))
        self.kit.out.connect(self._take_out)
        self.refusal = Refusal(theme)
        self.confirm = Button(theme, verb)
        self.cancel = Button(theme, self.tr("Cancel"))
        self.confirm.clicked.connect(self.try_now)
        self.kit.back.field.returnPressed.connect(self.try_now)
        self.cancel.clicked.connect(self.given_up)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.px(10))
        lines.addWidget(Label(theme, says, "note", wrap=True))
        lines.addWidget(self.kit)
        lines.addWidget(self.refusal)
        buttons = QWidget()
        foot = FlowLayout(buttons, gap=theme.px(8), line_gap=theme.px(8))
        foot.setContentsMargins(0, 0, 0, 0)
        for button in (self.confirm, self.cancel):
            foot.addWidget(button)
        lines.addWidget(buttons)

    def try_now(self) -> None:
        found = self._mistakes()
        self.kit.show_mistakes(found)
        if found:
            return
        self.confirm.show_words(self._doing)
        try:
            with busy():
                self._use(self._code)
        except RecordError as error:
            self.refusal.show_error(error)
            self.confirm.show_words(self._verb)
        else:
            self.kit.back.field.clear()
            self.done.emit()

    def _mistakes(self) -> dict[str, str]:
        typed = self.kit.back.text
        if not self._out:
            return {"kit": self.tr("Print the kit, save it, or copy it by hand, first.")}
        why = code_mistake(typed)
        if not why and not is_same_code(typed, self._code):
            why = self.tr("This is the code of another kit. Type the one that was just printed.")
        return {"typed": why} if why else {}

    def _take_out(self) -> None:
        self._out = True
