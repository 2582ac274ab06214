"""What the clinician decides about flags and plan, as screen, paper and follow-up see it. Models only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from msgspec import Struct, field
from msgspec.structs import asdict, replace

Outcome = Literal["not decided", "accepted", "raised", "lowered", "set aside"]
State = Literal["kept", "changed", "added", "dropped"]
LEVELS = ("none", "routine", "soon", "urgent", "same-day", "emergency")
SET_ASIDE = "none"
NOTE = "note:"
"""How the record names a note: this and the id of its section; no item can be called so."""


class FlagDecision(Struct, frozen=True):
    """`treated_as` is an urgency's word; `none` sets the flag aside. `reason` is a code, `reason_words` what it read.

    `first_raised` is when the flag first stood in this encounter: its deadlines count from there. `folded_into` are the
    raised rules that take it in and speak for it.
    """

    rule: str
    title: str
    urgency: str
    first_raised: datetime
    treated_as: str
    decided: bool = False
    reason: str = ""
    reason_words: str = ""
    text: str = ""
    folded_into: tuple[str, ...] = ()

    @property
    def outcome(self) -> Outcome:
        if not self.decided:
            return "not decided"
        if self.treated_as == SET_ASIDE:
            return "set aside"
        height = LEVELS.index(self.treated_as) - LEVELS.index(self.urgency)
        return "accepted" if height == 0 else "raised" if height > 0 else "lowered"

    @property
    def why(self) -> str:
        return ": ".join(part for part in (self.reason_words, self.text) if part)


class PlanLine(Struct, frozen=True):
    """One thing to be done. `id` stays the same while the draft is worked on and through amendments.

    `due` is a moment in UTC; without one `timing` says what it waits for, or nothing. `rules` are the flags it rests
    on, `reason`, `reason_words` and `text` say why it was dropped. `proposed` is the line as the rules gave it. `done`:
    somebody said that it was done before the signature, which only immediate care can be.
    """

    id: str
    kind: str
    what: str
    who: str
    due: datetime | None
    within: str | None = None
    timing: str = ""
    more: str = ""
    rules: tuple[str, ...] = ()
    state: State = "kept"
    reason: str = ""
    reason_words: str = ""
    text: str = ""
    proposed: PlanLine | None = None
    done: bool = False

    @property
    def stands(self) -> bool:
        return self.state != "dropped"

    @property
    def why(self) -> str:
        return ": ".join(part for part in (self.reason_words, self.text) if part)

    def changes(self) -> tuple[str, ...]:
        """Which of what, who and due are not as the rules proposed."""
        if self.proposed is None:
            return ()
        return tuple(name for name in ("what", "who", "due") if getattr(self, name) != getattr(self.proposed, name))


class Decisions(Struct, frozen=True):
    """`impression` is the clinician's own, asked before the summary; empty where none was given. `notes` are the free
    texts under the sections, by the section's id."""

    impression: str = ""
    flags: tuple[FlagDecision, ...] = ()
    plan: tuple[PlanLine, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)

    @property
    def standing(self) -> tuple[PlanLine, ...]:
        """What is to be done: each of these but advice becomes a follow-up."""
        return tuple(line for line in self.plan if line.stands)

    @property
    def still_to_do(self) -> tuple[PlanLine, ...]:
        """Immediate care that nobody has said is done."""
        return tuple(line for line in self.standing if line.kind == "immediate" and not line.done)

    @property
    def dropped(self) -> tuple[PlanLine, ...]:
        return tuple(line for line in self.plan if not line.stands)

    @property
    def overridden(self) -> tuple[FlagDecision, ...]:
        return tuple(flag for flag in self.flags if flag.outcome in ("raised", "lowered", "set aside"))

    @property
    def urgency(self) -> str:
        """The highest as the clinician treats it; `none` without a flag, which is never *low risk*."""
        return max((flag.treated_as for flag in self.flags), key=LEVELS.index, default=SET_ASIDE)


def write_decisions(decisions: Decisions) -> dict[str, Any]:
    """As JSON, to be read back by `read_decisions`."""
    return {
        "impression": decisions.impression,
        "flags": [_write_flag(flag) for flag in decisions.flags],
        "plan": [_write_line(line) for line in decisions.plan],
        "notes": dict(decisions.notes),
    }


def read_decisions(stored: Mapping[str, Any]) -> Decisions:
    """What a later program wrote beside it is passed over."""
    return Decisions(
        impression=stored["impression"],
        flags=tuple(_read_flag(flag) for flag in stored["flags"]),
        plan=tuple(_read_line(line) for line in stored["plan"]),
        notes=dict(stored.get("notes", {})),
    )


def _write_flag(flag: FlagDecision) -> dict[str, Any]:
    return asdict(flag) | {"first_raised": flag.first_raised.isoformat(), "folded_into": list(flag.folded_into)}


def _read_flag(stored: Mapping[str, Any]) -> FlagDecision:
    read = {
        "first_raised": datetime.fromisoformat(stored["first_raised"]),
        "folded_into": tuple(stored.get("folded_into", ())),
    }
    return FlagDecision(**_known(FlagDecision, stored) | read)


def _write_line(line: PlanLine) -> dict[str, Any]:
    return asdict(line) | {
        "due": line.due and line.due.isoformat(),
        "rules": list(line.rules),
        "proposed": line.proposed and _write_line(line.proposed),
    }


def _read_line(stored: Mapping[str, Any]) -> PlanLine:
    proposed = stored.get("proposed")
    line = PlanLine(**_known(PlanLine, stored) | {"proposed": None, "rules": tuple(stored["rules"])})
    due = stored["due"] and datetime.fromisoformat(stored["due"])
    return replace(line, due=due, proposed=_read_line(proposed) if proposed else None)


def _known(model: type[Struct], stored: Mapping[str, Any]) -> dict[str, Any]:
    names = model.__struct_fields__
    return {name: value for name, value in stored.items() if name in names}
