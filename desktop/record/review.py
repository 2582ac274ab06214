"""Review and sign: what is to become of each flag and each line of the plan. Each decision is written first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from msgspec.structs import replace

from db.errors import NotReadyToSign
from db.store import Store
from desktop.clinical.assessment import Flag
from desktop.clinical.limits import LATEST, LIMITS
from desktop.clinical.reasons import Reason
from desktop.record.consultation import Clock, Consultation
from desktop.record.decisions import LEVELS, NOTE, SET_ASIDE, Decisions, FlagDecision, PlanLine
from desktop.record.notes import title_of
from desktop.record.proposals import proposed_lines
from desktop.record.words import say

IMPRESSION = "clinical_impression"
ADDED = "own-"


class DecisionRefused(ValueError):
    """One sentence: what does not fit, and how to mend it."""


class Review:
    """Over a consultation that is open: it is worked out anew from the assessment and what was decided."""

    def __init__(self, consultation: Consultation, store: Store, reasons: Sequence[Reason], *, clock: Clock) -> None:
        self.consultation, self.reasons = consultation, tuple(reasons)
        self._store, self._clock = store, clock
        stored = store.reviews.decisions_of(consultation.encounter.uid)
        self._made: dict[str, Any] = {about: one.value for about, one in stored.items()}

    @property
    def decisions(self) -> Decisions:
        flags = tuple(self._flag(flag) for flag in self.consultation.assessment.flags)
        return Decisions(self.impression, flags, tuple(self._plan(flags)), dict(self.consultation.writing.notes))

    @property
    def impression(self) -> str:
        given = self.consultation.assessment.answers.get(IMPRESSION)
        return given if isinstance(given, str) else ""

    @property
    def impression_asked(self) -> bool:
        """It is asked before the summary, so that the summary can't put it into anybody's mouth."""
        return bool(self.impression) or "impression" in self._made

    @property
    def missing(self) -> tuple[str, ...]:
        """What has to be decided before it can be signed: the impression, each emergency, and no text half recorded."""
        open_ones = {flag.rule.id for flag in self.consultation.assessment.open_flags}
        undecided = [
            flag.title
            for flag in self.decisions.flags
            if flag.urgency == "emergency" and not flag.decided and flag.rule in open_ones
        ]
        asked = () if self.impression_asked else (say("your own impression, or go on without one"),)
        held = [self._field(one.item) for one in self.consultation.writing.held()]
        typed = (
            say("{field}: what is typed there is not recorded yet; go back to it and shorten it", field=field)
            for field in held
        )
        return (*asked, *typed, *(say("accept or override “{title}”", title=title) for title in undecided))

    def write_impression(self, text: str) -> None:
        """Empty: gone on without one."""
        if text.strip():
            self.consultation.answer(IMPRESSION, text)
        elif self.impression:
            self.consultation.answer(IMPRESSION, None)
        if "impression" not in self._made:
            self._decide("impression", {"asked": True})

    def accept(self, rule: str) -> None:
        self._decide(f"flag {rule}", {"treat_as": self._raised(rule).urgency.word})

    def override(self, rule: str, treat_as: str, *, reason: str = "", text: str = "") -> None:
        """Upward is free; downward needs a coded reason. Raises DecisionRefused."""
        height = LEVELS.index(treat_as) - LEVELS.index(self._raised(rule).urgency.word)
        coded = self._reason(reason, text) if height < 0 else {"reason": "", "reason_words": "", "text": text}
        self._decide(f"flag {rule}", {"treat_as": treat_as, **coded})

    def take_back(self, rule: str) -> None:
        """Back to not decided."""
        self._decide(f"flag {rule}", None)

    def change_line(self, id: str, **changes: Any) -> None:
        """`what`, `who` or `due`, which is a moment with its zone, or None for no date of its own."""
        line = self._line(id)
        _refuse_empty(changes)
        held = self._made.get(f"line {id}", {})
        kept = held.get("changes", {}) if held.get("state") != "dropped" else {}
        state = "added" if line.state == "added" else "changed"
        self._decide(f"line {id}", {"state": state, "changes": kept | _written(changes)})

    def keep_line(self, id: str) -> None:
        """As the rules propose it, or as it was added; said outright, it stands also where its flag is set aside."""
        self._line(id)
        own = self._made.get(f"line {id}", {}).get("own")
        self._decide(f"line {id}", {"state": "added", "changes": own} if own else {"state": "kept"})

    def mark_done(self, ids: Sequence[str], *, done: bool = True) -> None:
        """Immediate care, before it is signed: it is on the board then as done, or as open."""
        self.consultation.need()
        with self._store.all_or_nothing():
            for id in ids:
                if self._line(id).kind == "immediate":
                    self._decide(f"done {id}", {"done": done})

    def drop_line(self, id: str, *, reason: str, text: str = "") -> None:
        line = self._line(id)
        coded = self._reason(reason, text)
        own = {"own": _written({"what": line.what, "who": line.who, "due": line.due})} if id.startswith(ADDED) else {}
        self._decide(f"line {id}", {"state": "dropped", **coded, **own})

    def add_line(self, what: str, *, who: str = "", due: datetime | None = None) -> str:
        """Its id."""
        line = {"what": what, "who": who or self.consultation.name, "due": due}
        _refuse_empty(line)
        number = 1 + sum(1 for about in self._made if about.startswith(f"line {ADDED}"))
        self._decide(f"line {ADDED}{number}", {"state": "added", "changes": _written(line)})
        return f"{ADDED}{number}"

    def refuse_unready(self) -> None:
        if self.missing:
            raise NotReadyToSign(self.missing[0])

    def _decide(self, about: str, value: object) -> None:
        self.consultation.need()
        at = self._clock()
        with self._store.all_or_nothing():
            self._store.reviews.decide(self.consultation.encounter.uid, about, value, who=self.consultation.who, at=at)
        self.consultation.saved_at = at
        if value is None:
            self._made.pop(about, None)
        else:
            self._made[about] = value

    def _raised(self, rule: str) -> Flag:
        return next(flag for flag in self.consultation.assessment.flags if flag.rule.id == rule)

    def _field(self, id: str) -> str:
        if id.startswith(NOTE):
            return say("note, {section}", section=title_of(self.consultation.content, id.removeprefix(NOTE)))
        return self.consultation.content.items[id].label

    def _line(self, id: str) -> PlanLine:
        return next(line for line in self.decisions.plan if line.id == id)

    def _reason(self, code: str, text: str) -> dict[str, str]:
        reason = next((one for one in self.reasons if one.id == code), None)
        if reason is None:
            raise DecisionRefused(say("Choose a reason: it stands in the record and the letter."))
        if reason.needs_text and not text.strip():
            raise DecisionRefused(say("Say in a few words what the reason is."))
        words = reason.words.split(":")[0]
        return {"reason": code, "reason_words": words, "text": text.strip()}

    def _flag(self, flag: Flag) -> FlagDecision:
        consultation = self.consultation
        made = self._made.get(f"flag {flag.rule.id}")
        level = flag.urgency.word
        known = {name: made[name] for name in ("reason", "reason_words", "text") if made and name in made}
        return FlagDecision(
            rule=flag.rule.id,
            title=flag.rule.flag,
            urgency=level,
            first_raised=consultation.raised.get(flag.rule.id, consultation.began_at),
            treated_as=made["treat_as"] if made else level,
            decided=made is not None,
            folded_into=flag.folded_into,
            **known,
        )

    def _plan(self, flags: Sequence[FlagDecision]) -> Iterator[PlanLine]:
        by_rule = {flag.rule: flag for flag in flags}
        for line in proposed_lines(self.consultation.assessment, self.consultation.name):
            of = [by_rule[rule] for rule in line.rules if rule in by_rule]
            done = self._made.get(f"done {line.id}", {}).get("done", False)
            yield replace(self._decided(line, of), done=done)
        for about, made in self._made.items():
            if about.startswith(f"line {ADDED}"):
                yield _own(about.removeprefix("line "), made)

    def _decided(self, line: PlanLine, flags: Sequence[FlagDecision]) -> PlanLine:
        made = self._made.get(f"line {line.id}")
        if made is None and flags and all(flag.treated_as == SET_ASIDE for flag in flags):
            first = flags[0]
            return replace(line, state="dropped", reason=first.reason, reason_words=first.reason_words, text=first.text)
        raised = _sooner(line, flags)
        if made is None or made["state"] == "kept":
            return raised if raised == line else replace(raised, state="changed", proposed=line)
        if made["state"] == "dropped":
            coded = {name: made[name] for name in ("reason", "reason_words", "text")}
            return replace(raised, state="dropped", **coded)
        return replace(raised, **_read(made["changes"]), state="changed", proposed=line)


def _sooner(line: PlanLine, flags: Sequence[FlagDecision]) -> PlanLine:
    """A flag that is treated as more urgent brings its lines within the limit of that urgency."""
    for flag in flags:
        if flag.outcome == "raised" and line.due is not None:
            within = LATEST[flag.treated_as]
            due = flag.first_raised.astimezone(UTC) + LIMITS[within]
            if due < line.due:
                line = replace(line, due=due, within=within)
    return line


def _own(id: str, made: Mapping[str, Any]) -> PlanLine:
    held = _read(made.get("changes") or made["own"])
    line = PlanLine(id=id, kind="own", what=held["what"], who=held["who"], due=held.get("due"), state="added")
    if made["state"] != "dropped":
        return line
    return replace(line, state="dropped", **{name: made[name] for name in ("reason", "reason_words", "text")})


def _written(changes: Mapping[str, Any]) -> dict[str, Any]:
    due = changes.get("due")
    return dict(changes) | ({"due": due and due.astimezone(UTC).isoformat()} if "due" in changes else {})


def _read(changes: Mapping[str, Any]) -> dict[str, Any]:
    due = changes.get("due")
    return dict(changes) | ({"due": due and datetime.fromisoformat(due)} if "due" in changes else {})


def _refuse_empty(changes: Mapping[str, Any]) -> None:
    if not str(changes.get("what", "x")).strip():
        raise DecisionRefused(say("Say what is to be done."))
    if not str(changes.get("who", "x")).strip():
        raise DecisionRefused(say("Say who does it."))
