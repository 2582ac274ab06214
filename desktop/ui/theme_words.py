"""The themes by name, as the settings and the palette offer them."""

from __future__ import annotations

from desktop.ui.translation import translate


def theme_words() -> dict[str, str]:
    return {
        "system": translate("Theme", "As the system is"),
        "light": translate("Theme", "Light"),
        "dark": translate("Theme", "Dark"),
        "contrast": translate("Theme", "High contrast"),
    }
