"""The pages of the settings, in their order. A page is a widget; it stands here once it works."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtWidgets import QWidget

from desktop.record.roles import Act
from desktop.ui.translation import translate

if TYPE_CHECKING:
    from desktop.ui.window import Window


class SettingsPage(Struct, frozen=True):
    """`words` are marked for translation in the context "Settings"."""

    id: str
    words: str
    make: Callable[[Window], QWidget]
    needs: Act | None = None
    there: Callable[[Window], bool] = lambda window: True
    widest: int = 760

    @property
    def title(self) -> str:
        return translate("Settings", self.words)


def make_appearance(window: Window) -> QWidget:
    from desktop.ui.appearance_page import AppearancePage

    return AppearancePage(window.theme, window.preferences)


def make_backups(window: Window) -> QWidget:
    from desktop.ui.backups_page import BackupsPage

    return BackupsPage(window.theme, window.keeper, window.clinic.zone)


def make_own_password(window: Window) -> QWidget:
    from desktop.ui.own_password import OwnPassword
    from desktop.ui.settings_group import SettingsGroup, page_of_groups

    assert window.clinic.accounts is not None
    title = QCoreApplication.translate("Settings", "Another password")
    return page_of_groups(
        window.theme, SettingsGroup(window.theme, title, "", OwnPassword(window.theme, window.clinic.accounts))
    )


def make_accounts(window: Window) -> QWidget:
    from desktop.ui.accounts_page import AccountsPage

    assert window.clinic.accounts is not None
    return AccountsPage(window.theme, window.clinic.accounts, window.kit)


def make_trail(window: Window) -> QWidget:
    from desktop.ui.trail_page import TrailPage

    return TrailPage(window.theme, window.clinic.trail, window.guarded)


def make_retention(window: Window) -> QWidget:
    from desktop.ui.retention_page import RetentionPage

    page = RetentionPage(window.theme, window.clinic.access)
    page.open_asked.connect(window.desk.show_patient)
    return page


def has_accounts(window: Window) -> bool:
    return window.clinic.accounts is not None


def make_directory(window: Window) -> QWidget:
    from desktop.ui.directory_page import DirectoryPage

    return DirectoryPage.of(window)


def make_phrases(window: Window) -> QWidget:
    from desktop.ui.phrases_page import PhrasesPage

    return PhrasesPage(window.theme, window.clinic.phrases, window.guarded)


def make_practice(window: Window) -> QWidget:
    from desktop.ui.practice_page import PracticePage

    return PracticePage(window.theme, window.clinic.practice)


def make_about(window: Window) -> QWidget:
    from desktop.ui.about_page import AboutPage
    from desktop.ui.manual_links import open_manual

    today = window.now().astimezone(window.clinic.zone).date()
    page = AboutPage(window.theme, window.clinic.content, today)
    page.new_asked.connect(lambda: open_manual(window, "docs/new"))
    return page


PAGES = (
    SettingsPage("appearance", str(QT_TRANSLATE_NOOP("Settings", "Appearance and keys")), make_appearance),
    SettingsPage("practice", str(QT_TRANSLATE_NOOP("Settings", "Practice")), make_practice, Act.ACCOUNTS),
    SettingsPage("directory", str(QT_TRANSLATE_NOOP("Settings", "Directory")), make_directory),
    SettingsPage("phrases", str(QT_TRANSLATE_NOOP("Settings", "Phrases")), make_phrases, Act.ANSWER),
    SettingsPage("backups", str(QT_TRANSLATE_NOOP("Settings", "Backups")), make_backups, Act.BACKUPS),
    SettingsPage("password", str(QT_TRANSLATE_NOOP("Settings", "My password")), make_own_password, there=has_accounts),
    SettingsPage("accounts", str(QT_TRANSLATE_NOOP("Settings", "Accounts")), make_accounts, Act.ACCOUNTS, has_accounts),
    SettingsPage("trail", str(QT_TRANSLATE_NOOP("Settings", "Audit trail")), make_trail, Act.AUDIT, widest=1180),
    SettingsPage("retention", str(QT_TRANSLATE_NOOP("Settings", "Retention")), make_retention, Act.AUDIT),
    SettingsPage("about", str(QT_TRANSLATE_NOOP("Settings", "About")), make_about),
)
