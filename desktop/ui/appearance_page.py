"""How this workstation looks and listens: theme, text size, single keys."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.check_box import CheckBox
from desktop.ui.options import Options
from desktop.ui.preferences import Preferences
from desktop.ui.settings_group import SettingsGroup
from desktop.ui.sides import set_margins
from desktop.ui.theme import Theme
from desktop.ui.theme_words import theme_words

SIZES = (80, 90, 100, 110, 125, 150, 175, 200)


class AppearancePage(QWidget):
    def __init__(self, theme: Theme, preferences: Preferences) -> None:
        super().__init__()
        self.theme, self._preferences = theme, preferences
        self.themes = Options(theme, self.tr("Theme"), theme_words(), preferences.now.theme)
        self.themes.chosen.connect(lambda value: preferences.change(theme=value))
        sizes = {str(size): self.tr("{n} %").format(n=size) for size in SIZES}
        self.sizes = Options(theme, self.tr("Text size"), sizes, str(preferences.now.text_size))
        self.sizes.chosen.connect(lambda value: preferences.change(text_size=int(value)))
        self.single_keys = CheckBox(theme, self.tr("Answer with single keys"))
        self.single_keys.setChecked(preferences.now.single_keys)
        self.single_keys.toggled.connect(lambda on: preferences.change(single_keys=on))
        self._lay_out()

    def _lay_out(self) -> None:
        theme = self.theme
        lines = QVBoxLayout(self)
        set_margins(lines, 0, 0, theme.px(8), theme.px(8))
        lines.setSpacing(theme.px(12))
        themed = self.tr("“As the system is” follows the system at once, also when it changes during the day.")
        lines.addWidget(SettingsGroup(theme, self.tr("Theme"), themed, self.themes))
        sized = self.tr("Everything grows with it. Ctrl + and Ctrl − change it from anywhere, Ctrl 0 sets 100 %.")
        lines.addWidget(SettingsGroup(theme, self.tr("Text size"), sized, self.sizes))
        keys = self.tr(
            "Y, N, U and the others answer the question that has the focus, without Ctrl. Switch them off if a "
            "keyboard, a speech program or a shaking hand presses keys that nobody meant; the buttons stay."
        )
        lines.addWidget(SettingsGroup(theme, self.tr("Single keys"), keys, self.single_keys))
