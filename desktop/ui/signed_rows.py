"""Flags and plan of a signed version, line by line: what was decided, why, who does it and by when."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QWidget

from desktop.clinical.dates import time_words
from desktop.clinical.rules import Urgency
from desktop.record.decisions import FlagDecision, PlanLine
from desktop.record.due_text import NOW, line_due_text
from desktop.record.signed import SignedVersion
from desktop.ui.levels import level_words
from desktop.ui.signed_row import SignedRow
from desktop.ui.theme import Theme
from desktop.ui.translation import translate


def version_words(version: SignedVersion, zone: ZoneInfo, *, latest: bool) -> tuple[str, str]:
    """What it is, in one line; then when, who, why and by which rules."""
    level = level_words(Urgency.of(version.decisions.urgency))
    state = translate("Signed", "Signed") if version.number == 1 else translate("Signed", "Amended")
    head = f"{level} · {state}"
    if not latest:
        head += " · " + translate("Signed", "an earlier version")
    when = translate("Signed", "{time} by {name}").format(time=time_words(version.at, zone), name=version.signer)
    rules = translate("Signed", "Rules {rules}").format(rules=version.rule_set)
    why = translate("Signed", "Reason: {why}").format(why=version.why) if version.why else ""
    return head, " · ".join(part for part in (when, why, rules) if part)


def flag_rows(theme: Theme, version: SignedVersion) -> list[QWidget]:
    """A flag that another one speaks for stands with it, unless something was decided about it."""
    flags = version.decisions.flags
    inside = {flag.rule: flag for flag in flags if flag.folded_into and not flag.decided}
    return [_flag_row(theme, flag, list(inside.values())) for flag in flags if flag.rule not in inside]


def _flag_row(theme: Theme, flag: FlagDecision, inside: list[FlagDecision]) -> SignedRow:
    smaller = [one.title for one in inside if flag.rule in one.folded_into]
    words = translate("Signed", "Raised as well: {titles}").format(titles="; ".join(smaller)) if smaller else ""
    how = ". ".join(part for part in (_outcome(flag), words) if part)
    return SignedRow(theme, flag.title, how, mark=Urgency.of(flag.urgency))


def plan_rows(theme: Theme, version: SignedVersion, zone: ZoneInfo) -> list[QWidget]:
    return [_plan_row(theme, line, version, zone) for line in version.decisions.plan]


def _plan_row(theme: Theme, line: PlanLine, version: SignedVersion, zone: ZoneInfo) -> SignedRow:
    if not line.stands:
        what = translate("Signed", "Dropped: {what}").format(what=line.what)
        return SignedRow(theme, what, line.why, kind=line.kind, muted=True)
    due = line_due_text(line, version.at, zone)
    by = due if due == NOW else translate("Signed", "by {time}").format(time=due) if due else line.timing
    state = {"changed": translate("Signed", "changed"), "added": translate("Signed", "added")}.get(line.state, "")
    return SignedRow(theme, line.what, " · ".join(part for part in (line.who, by, state) if part), kind=line.kind)


def _outcome(flag: FlagDecision) -> str:
    level = level_words(Urgency.of(flag.treated_as)).lower()
    match flag.outcome:
        case "accepted":
            words = translate("Signed", "Accepted")
        case "raised":
            words = translate("Signed", "Treated as {level}").format(level=level)
        case "lowered":
            words = translate("Signed", "Treated as {level}. {why}").format(level=level, why=flag.why)
        case "set aside":
            words = translate("Signed", "Set aside. {why}").format(why=flag.why)
        case "not decided":
            words = translate("Signed", "Not decided")
    return words
