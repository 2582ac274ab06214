"""The referral letter as a Word file, for practices whose hospital takes nothing else: the same words, to be edited."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from desktop.clinical.dates import time_words
from desktop.clinical.letters import Letters
from desktop.clinical.plan import Referral
from desktop.clinical.words import upper_first
from desktop.paper.basis import Basis
from desktop.paper.fonts import printable
from desktop.paper.identity import identity_words
from desktop.paper.letter_words import CLOSING, GREETING, LetterRow, LetterWords, Reason, letter_words

FONT = "Arial"
# A zip has no date before this one; the same letter has the same bytes on any day.
BEGINNING = (1980, 1, 1, 0, 0, 0)


def word_letter(basis: Basis, letters: Letters, line: Referral) -> bytes:
    file = BytesIO()
    _WordLetter(basis, letter_words(basis, letters, line)).document.save(file)
    return _without_dates(file.getvalue())


class _WordLetter:
    def __init__(self, basis: Basis, words: LetterWords) -> None:
        self.basis, self.words = basis, words
        self.document: Any = Document()
        self._set_page()
        self._write_ends()
        self._write_head()
        self._write_answers()
        self._write_rest()

    def _set_page(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(18)
        section.top_margin, section.bottom_margin = Mm(20), Mm(18)
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = FONT, Pt(10)
        normal.paragraph_format.space_after = Pt(4)
        normal.element.rPr.append(_element("w:lang", "w:val", "en-GB"))
        for name, size in (("Title", 17), ("Heading 1", 12)):
            style = self.document.styles[name]
            style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), RGBColor(0x16, 0x22, 0x2B)
            style.element.rPr.rFonts.set(qn("w:asciiTheme"), "")
            style.element.rPr.rFonts.attrib.pop(qn("w:asciiTheme"))
        core, at = self.document.core_properties, self.basis.assessment.at
        core.title, core.author, core.language = self.words.title, "Backstop", "en-GB"
        core.created = core.modified = at
        core.last_modified_by, core.comments = "Backstop", ""

    def _write_ends(self) -> None:
        """Who it is about and what it is stand on every page."""
        section = self.document.sections[0]
        demo = "DEMO, an invented patient. " if self.basis.demo else ""
        head = section.header.paragraphs[0]
        _bold(head, printable(f"{demo}{identity_words(self.basis.patient, self.basis.assessment.person)}"))
        foot = section.footer.paragraphs[0]
        _small(_bold(foot, f"{self.basis.state_words}. "))
        _small(foot.add_run(f"{printable(self.basis.footer_words)} Page "))
        _field(foot, "PAGE")
        _small(foot.add_run(" of "))
        _field(foot, "NUMPAGES")

    def _write_head(self) -> None:
        words, heading = self.words, self.basis.heading
        self._say(words.title, "Title")
        to = [f"To: {words.to}", words.number, upper_first(words.how)]
        where = [
            f"From: {heading.clinician}",
            heading.practice_line,
            time_words(self.basis.assessment.at, self.basis.zone),
        ]
        table = self.document.add_table(rows=1, cols=2)
        for cell, lines in zip(table.rows[0].cells, (to, where), strict=True):
            cell.paragraphs[0].add_run(printable("\n".join(filter(None, lines))))
        head = self._say("", "Normal")
        _bold(head, printable(words.head))
        self._say(words.ask)
        self._say(GREETING)
        self._say(words.opening)

    def _write_answers(self) -> None:
        self._say("Asked and examined", "Heading 1")
        table = self.document.add_table(rows=0, cols=2)
        table.style = "Table Grid"
        for row in self.words.rows:
            self._row(table, row.label, _parts(row))
        for label, text in self.words.written:
            self._row(table, label, [("", text)])
        self._say(self.words.rest)

    def _write_rest(self) -> None:
        words = self.words
        self._list("Questions for you", words.questions)
        self._list("Done and planned", words.arranged)
        self._say(words.reply)
        self._say(CLOSING)
        signed = self.basis.signed
        who = self.basis.heading.clinician or (signed.who if signed else "")
        _bold(self._say("", "Normal"), printable(who))
        self._say(self.basis.state_words)
        self._list("What this rests on", [_reason(reason) for reason in words.reasons])
        self._list("Not yet ruled out", words.still_open)

    def _row(self, table: Any, label: str, parts: Iterable[tuple[str, str]]) -> None:
        left, right = table.add_row().cells
        left.width, right.width = Mm(40), Mm(134)
        _bold(left.paragraphs[0], printable(label))
        for said, text in parts:
            if said:
                _bold(right.paragraphs[0], f"{said}: ")
            right.paragraphs[0].add_run(printable(f"{text} "))

    def _list(self, title: str, lines: Iterable[str]) -> None:
        lines = list(lines)
        if lines:
            self._say(title, "Heading 1")
        for line in lines:
            self._say(line, "List Bullet")

    def _say(self, text: str, style: str = "Normal") -> Any:
        paragraph = self.document.add_paragraph(printable(text), style=style)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
        return paragraph


def _parts(row: LetterRow) -> list[tuple[str, str]]:
    return [(part.said, f"{part.words}.") for part in row.parts]


def _reason(reason: Reason) -> str:
    overridden = f" {reason.overridden}." if reason.overridden else ""
    return f"{reason.title}: {' and '.join(reason.because)}. {reason.sources}.{overridden}"


def _bold(paragraph: Any, text: str) -> Any:
    run = paragraph.add_run(text)
    run.bold = True
    return run


def _small(run: Any) -> None:
    run.font.size = Pt(7.5)


def _field(paragraph: Any, name: str) -> None:
    """A number that Word counts itself."""
    run = paragraph.add_run()
    _small(run)
    for kind, text in (("begin", ""), ("", name), ("end", "")):
        if kind:
            run._r.append(_element("w:fldChar", "w:fldCharType", kind))
        else:
            instruction = OxmlElement("w:instrText")
            instruction.text = text
            run._r.append(instruction)


def _element(name: str, key: str, value: str) -> Any:
    made = OxmlElement(name)
    made.set(qn(key), value)
    return made


def _without_dates(data: bytes) -> bytes:
    """The files in the file without the moment at which they were put there."""
    made = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(ZipInfo(name, BEGINNING), old.read(name), ZIP_DEFLATED)
    return made.getvalue()
