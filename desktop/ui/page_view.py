"""Shows a document and never fetches anything: links are told, words that were looked for are marked."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression, QUrl, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPalette,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextListFormat,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit

from desktop.ui.announce import announce
from desktop.ui.page_html import page_css
from desktop.ui.scroll_bar import with_bars
from desktop.ui.theme import Theme

LOOSE = {"a": "aàáâä", "e": "eéèêë", "i": "iíìîï", "o": "oóòôö", "u": "uúùûü", "c": "cç", "n": "nñ"}
HEADINGS = {1: "h1", 2: "h2", 3: "h3"}
LINE_HEIGHT = 125.0

EN_SPACE = "\N{EN SPACE}"


class PageView(QTextBrowser):
    """Signals: followed (kind, id) for a link inside the library."""

    followed = Signal(str, str)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        with_bars(self, theme)
        self.theme = theme
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.document().setDefaultStyleSheet(page_css(theme))
        self.document().setDefaultFont(theme.font("body"))
        self.document().setDocumentMargin(0)
        self.document().setIndentWidth(theme.px(22))
        self.anchorClicked.connect(self._follow)
        self._matches: list[QTextCursor] = []
        self._current = -1

    def show_html(self, html: str) -> None:
        self.setHtml(html)
        whole = QTextCursor(self.document())
        whole.select(QTextCursor.SelectionType.Document)
        roomy = QTextBlockFormat()
        roomy.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        whole.mergeBlockFormat(roomy)
        self._as_large_as_the_theme_says()
        self._set_bullets_apart()
        self.mark("")

    def _as_large_as_the_theme_says(self) -> None:
        """Qt makes headings larger than the style sheet says."""
        block = self.document().begin()
        while block.isValid():
            if level := block.blockFormat().headingLevel():
                self._set_heading(block, self.theme.font(HEADINGS.get(level, "body"), 600))
            block = block.next()

    def _set_bullets_apart(self) -> None:
        """Qt sets a bullet the width of a space before its words: here it is a letter of the text, with room behind."""
        bullet, letters = f"•{EN_SPACE}", QTextCharFormat()
        letters.setForeground(self.theme.muted)
        hang = QFontMetricsF(self.theme.font("body")).horizontalAdvance(bullet)
        line, block = QTextCursor(self.document()), self.document().begin()
        line.beginEditBlock()  # else all of the page is laid out for each of them
        while block.isValid():
            found = block.textList()
            if found is not None and found.format().style() is QTextListFormat.Style.ListDisc:
                depth = found.format().indent()
                found.remove(block)
                hanging = block.blockFormat()
                hanging.setIndent(0)
                hanging.setLeftMargin(depth * self.document().indentWidth())
                hanging.setTextIndent(-hang)
                line.setPosition(block.position())
                line.setBlockFormat(hanging)
                line.insertText(bullet, letters)
            block = block.next()
        line.endEditBlock()

    def _set_heading(self, block: QTextBlock, font: QFont) -> None:
        pieces = block.begin()
        while not pieces.atEnd():
            piece = pieces.fragment()
            words, look = QTextCursor(self.document()), piece.charFormat()
            words.setPosition(piece.position())
            words.setPosition(piece.position() + piece.length(), QTextCursor.MoveMode.KeepAnchor)
            look.clearProperty(QTextFormat.Property.FontSizeAdjustment.value)
            look.setFont(font)
            words.setCharFormat(look)
            pieces += 1

    def set_ground(self, colour_of: str) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, self.theme.colours[colour_of])
        self.setPalette(palette)

    def mark(self, words: str) -> int:
        """Marks every place where a word begins like one of these; how many there are."""
        self._matches, self._current = list(self._found(words)), -1
        self._paint_matches()
        return len(self._matches)

    @property
    def matches(self) -> int:
        return len(self._matches)

    def step(self, by: int) -> int:
        """To the next match or the one before, round the end; its number from 1, or 0 without any."""
        if not self._matches:
            return 0
        self._current = (self._current + by) % len(self._matches) if self._current >= 0 or by < 0 else 0
        self.setTextCursor(_at_start(self._matches[self._current]))
        self.ensureCursorVisible()
        self._paint_matches()
        return self._current + 1

    def _found(self, words: str) -> list[QTextCursor]:
        terms = ["".join(_letter(one) for one in word.lower()) for word in words.split() if any(map(str.isalnum, word))]
        if not terms:
            return []
        options = QRegularExpression.PatternOption
        pattern = QRegularExpression(
            rf"\b(?:{'|'.join(terms)})\w*", options.CaseInsensitiveOption | options.UseUnicodePropertiesOption
        )
        found, cursor = [], self.document().find(pattern, 0)
        while not cursor.isNull():
            found.append(QTextCursor(cursor))
            cursor = self.document().find(pattern, cursor)
        return found

    def _paint_matches(self) -> None:
        selections = []
        for number, cursor in enumerate(self._matches):
            selection, here = QTextEdit.ExtraSelection(), number == self._current
            selection.cursor = cursor
            selection.format.setBackground(self.theme.accent if here else self.theme.accent_tint)
            selection.format.setForeground(self.theme.on_accent if here else self.theme.text)
            selections.append(selection)
        self.setExtraSelections(selections)

    def _follow(self, url: QUrl) -> None:
        """An address of the outside is text to copy: nothing is ever opened or fetched."""
        if url.scheme() in ("page", "rule", "item", "source"):
            self.followed.emit(url.scheme(), url.path())
        elif not url.scheme() and url.hasFragment():
            self.followed.emit("heading", url.fragment())

    def loadResource(self, type: int, name: QUrl | str) -> object:
        return None

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes from link to link inside the page. Qt tells a screen reader of none of them."""
        stays: bool = super().focusNextPrevChild(next)
        if stays and (words := self.textCursor().selectedText()):
            announce(self, self.tr("Link: {words}").format(words=words))
        return stays


def _at_start(found: QTextCursor) -> QTextCursor:
    start = QTextCursor(found)
    start.setPosition(found.selectionStart())
    return start


def _letter(one: str) -> str:
    return f"[{LOOSE[one]}]" if one in LOOSE else QRegularExpression.escape(one)


def plain_of(html: str) -> str:
    document = QTextDocument()
    document.setHtml(html)
    return document.toPlainText()
