"""The recovery kit of a store: one page to be kept under lock. It is made in memory and never written by itself."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from desktop.clinical.dates import date_words
from desktop.paper.accessible import accessible
from desktop.paper.flow import Gap, paginate
from desktop.paper.fonts import SEMIBOLD
from desktop.paper.heading import TITLE
from desktop.paper.look import BOTTOM, INK, LEFT, MUTED, PAGE, TOP, WIDTH
from desktop.paper.paragraph import Paragraph, Style
from desktop.paper.tagged_canvas import TaggedCanvas
from desktop.paper.tags import document
from desktop.paper.trail_mark import draw_mark, mark_words

TEXT = Style(11, 15.5, INK)
SMALL = Style(9, 12.5, MUTED)
HEADING = Style(12.5, 17, INK, SEMIBOLD)
CODE = Style(25, 36, INK, SEMIBOLD, align="centre")
KIT = "Recovery kit of the store"
USE = (
    "Whoever has this page can open the record of this practice. Keep it on paper, in a locked place away from the "
    "computer, and never in the computer itself, in an e-mail or in a photograph.",
    "It is needed when a password is lost: choose “I have lost my password” on the sign-in screen, type the user name "
    "and this code, and choose a new password. The audit trail tells that it was used.",
    "If this page is lost or may have been seen: sign in as an administrator, open Settings, Accounts, and print a new "
    "kit. This one then no longer opens the store. Copies and backups made before still open with it.",
    "If all passwords and this page are lost, nobody can open the store again, and neither can those who made it.",
)
READING = (
    "0 is always the digit nought and 1 the digit one: the letters I, L and O do not occur. Capitals, small letters, "
    "hyphens and spaces make no difference. The last character is a check; it may be a letter, a digit, *, ~, $ or =."
)
FIRST = "Made before the record was begun"


def recovery_kit(code: str, *, practice: str, at: datetime, zone: ZoneInfo, audit: str = "") -> bytes:
    """`code` as it was made: groups joined by hyphens. The first kit of a practice is older than its audit trail."""
    here = at.astimezone(zone)
    groups = code.split("-")
    half = (len(groups) + 1) // 2
    rows = ["   ".join(groups[:half]), "   ".join(groups[half:])]
    title = f"{KIT} · {practice}" if practice.strip() else KIT
    story: list[Flowable] = [
        Paragraph(KIT, TITLE, "H1"),
        Gap(2 * mm),
        Paragraph(f"{practice or 'Practice without a name'} · made {date_words(here)} at {here:%H:%M}", TEXT),
        Gap(9 * mm),
        *(Paragraph(row, CODE) for row in rows),
        Gap(5 * mm),
        Paragraph(READING, SMALL),
        Gap(8 * mm),
        Paragraph("What it is for", HEADING, "H2"),
    ]
    for sentence in USE:
        story += [Gap(2.4 * mm), Paragraph(sentence, TEXT)]
    return _drawn(story, title, mark_words(audit) or FIRST)


def _drawn(story: list[Flowable], title: str, mark: str) -> bytes:
    file = BytesIO()
    canvas = TaggedCanvas(file, size=PAGE, title=title, subject="To be kept under lock", language="en-GB")
    for page in paginate(story, WIDTH, lambda number: PAGE[1] - TOP - BOTTOM):
        for part, used in page.parts:
            part.drawOn(canvas, LEFT, PAGE[1] - TOP - used - part.height)
        draw_mark(canvas, mark)
        canvas.showPage()
    canvas.save()
    return accessible(file.getvalue(), document(story), title=title, language="en-GB")
