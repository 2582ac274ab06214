"""The practice's counts as tables of words: the same on the screen, on paper and in a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from desktop.clinical.content import Content
from desktop.clinical.dates import MONTHS
from desktop.clinical.rules import Urgency
from desktop.record.audit import URGENCIES, Audit, Behind, MonthCount, RuleCount, TimeCount
from desktop.ui.followup_words import kind_words, late_words
from desktop.ui.levels import level_words
from desktop.ui.translation import Words, translate

Source = Callable[[], Sequence[Behind]]


@dataclass(frozen=True)
class Cell:
    """`behind` gives the encounters that a number counts."""

    words: str
    behind: Source | None = None


@dataclass(frozen=True)
class Figures:
    """`nothing` is said where there is no row."""

    id: str
    title: str
    says: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    nothing: str


class FigureWords(Words):
    def share(self, count: int, of: int) -> str:
        return self.tr("{count} of {of}").format(count=count, of=of)


def figures_of(
    audit: Audit, content: Content, months: Sequence[MonthCount], start: datetime, end: datetime
) -> list[Figures]:
    return [
        _months(audit, months),
        _times(audit, start, end),
        _rules(audit, content),
        _handed_out(audit, start, end),
    ]


def _months(audit: Audit, months: Sequence[MonthCount]) -> Figures:
    levels = tuple(urgency for urgency in URGENCIES if any(one.by_urgency.get(urgency) for one in months))
    whole, all_of = translate("Figures", "Whole safety screen"), translate("Figures", "All")
    heads = (translate("Figures", "Month"), *(_level(word) for word in levels), all_of, whole)
    return Figures(
        "months",
        translate("Figures", "Encounters by month and urgency"),
        translate("Figures", "Signed encounters, by the highest flag that the rules raised."),
        heads,
        tuple(_month_row(audit, one, levels) for one in months if one.total),
        translate("Figures", "No encounter was signed in these months."),
    )


def _count(number: int, behind: Source) -> Cell:
    """No list stands behind a nought."""
    return Cell(str(number), behind if number else None)


def _month_row(audit: Audit, one: MonthCount, levels: Sequence[str]) -> tuple[Cell, ...]:
    month = one.month
    by_level = (
        _count(one.by_urgency.get(word, 0), partial(audit.behind, month=month, urgency=word)) for word in levels
    )
    every = Cell(str(one.total), lambda: audit.behind(month=month))
    whole = FigureWords().share(one.complete, one.total)
    missing = partial(audit.behind, month=month, complete=False)
    not_whole = Cell(whole, missing if one.complete < one.total else None)
    return (Cell(f"{MONTHS[int(month[5:]) - 1]} {month[:4]}"), *by_level, every, not_whole)


def _times(audit: Audit, start: datetime, end: datetime) -> Figures:
    heads = (
        translate("Figures", "Flag"),
        translate("Figures", "What"),
        translate("Figures", "Done"),
        translate("Figures", "Within the limit"),
        translate("Figures", "Middle"),
        translate("Figures", "Longest"),
    )
    return Figures(
        "times",
        translate("Figures", "From signing to done"),
        translate("Figures", "Half took less than the middle. What has no limit but now is not counted against one."),
        heads,
        tuple(_time_row(audit, one, start, end) for one in audit.times(start, end)),
        translate("Figures", "Nothing that was promised in these months is done yet."),
    )


def _time_row(audit: Audit, one: TimeCount, start: datetime, end: datetime) -> tuple[Cell, ...]:
    def done() -> list[Behind]:
        found = audit.done(start, end, one.kind, one.urgency)
        return [Behind(span.encounter, span.patient, span.made_at) for span in found]

    def late() -> list[Behind]:
        found = audit.late(start, end, one.kind, one.urgency)
        return [Behind(span.encounter, span.patient, span.made_at) for span in found]

    within = FigureWords().share(one.in_time, one.limited) if one.limited else "–"
    return (
        Cell(_level(one.urgency)),
        Cell(kind_words(one.kind)),
        Cell(str(one.done), done),
        Cell(within, late if one.limited else None),
        Cell(late_words(one.middle)),
        Cell(late_words(one.longest)),
    )


def _rules(audit: Audit, content: Content) -> Figures:
    names = {rule.id: rule.flag for rule in content.rules}
    heads = (
        translate("Figures", "Rule"),
        translate("Figures", "Flag"),
        translate("Figures", "Raised"),
        translate("Figures", "Overridden"),
        translate("Figures", "Why, and what follows"),
    )
    found = sorted(audit.rules(), key=lambda one: not one.needs_review)
    return Figures(
        "rules",
        translate("Figures", "Flags that were overridden"),
        translate(
            "Figures",
            "A rule overridden in more than half of 20 or more is to be reviewed: either it does not fit, or it is "
            "not believed.",
        ),
        heads,
        tuple(_rule_row(audit, one, names.get(one.rule, "")) for one in found),
        translate("Figures", "No flag has been signed yet."),
    )


def _rule_row(audit: Audit, one: RuleCount, name: str) -> tuple[Cell, ...]:
    higher = translate("Figures", "raised higher")
    reasons = ", ".join(f"{reason or higher} {count}" for reason, count in audit.reasons(one.rule))
    words = translate("Figures", "Review this rule") if one.needs_review else ""
    why = ". ".join(part for part in (words, reasons.replace("_", " ")) if part)
    raised = _count(one.raised, lambda: audit.behind(rule=one.rule))
    overridden = _count(one.overridden, lambda: audit.behind(rule=one.rule, overridden=True))
    return (Cell(one.rule), Cell(name), raised, overridden, Cell(why))


def _handed_out(audit: Audit, start: datetime, end: datetime) -> Figures:
    heads = (translate("Figures", "Document"), translate("Figures", "Encounters"))
    return Figures(
        "handouts",
        translate("Figures", "Papers that left the program"),
        translate("Figures", "Printed, saved or copied; counted once for each encounter."),
        heads,
        tuple(_handed_row(audit, start, end, id, count) for id, count in audit.handed_out(start, end)),
        translate("Figures", "No paper was printed or saved in these months."),
    )


def _handed_row(audit: Audit, start: datetime, end: datetime, id: str, count: int) -> tuple[Cell, ...]:
    return Cell(_document(id)), Cell(str(count), lambda: audit.handed_out_behind(start, end, id))


def _document(id: str) -> str:
    return {
        "summary": translate("Figures", "Clinical summary"),
        "letter": translate("Figures", "Letter"),
        "imaging": translate("Figures", "Imaging request"),
        "note": translate("Figures", "Note for the record system"),
        "sheet": translate("Figures", "Patient sheet"),
        "large": translate("Figures", "Patient sheet, large print"),
        "card": translate("Figures", "Wallet card"),
    }.get(id, id)


def _level(word: str) -> str:
    return level_words(Urgency.of(word))


def csv_rows(figures: Sequence[Figures]) -> Iterator[list[str]]:
    """One table after the other, each under its title."""
    for one in figures:
        yield [one.title]
        yield list(one.heads)
        for row in one.rows:
            yield [cell.words for cell in row]
        yield []
