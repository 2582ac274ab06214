"""What the question list shows, computed from an assessment: rows, progress of sections, places of items."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from msgspec import Struct, field

from desktop.clinical.assessment import Assessment, Contradiction
from desktop.clinical.checklist import Answer, Item, Section
from desktop.clinical.condition import items
from desktop.clinical.content import Content
from desktop.clinical.rules import Urgency
from desktop.clinical.words import answer_words
from desktop.ui.levels import level_words
from desktop.ui.translation import translate


class Conflict(Struct, frozen=True):
    """An answer that does not fit others: in words, with id and label of the questions of those, to go to."""

    words: str
    against: tuple[tuple[str, str], ...]


class RowState(Struct, frozen=True):
    """One question as it stands. `urgency` is the highest of the flags that rest on its answer.

    `said` is what the patient says of it, as long as nobody has confirmed it. `earlier` is what was answered at the
    last visit, in words with its date: shown while it is not asked today, and never counted.
    """

    item: Item
    answer: Answer | None
    said: Answer | None = None
    urgency: Urgency = Urgency.none
    own_conflicts: tuple[Conflict, ...] = ()
    details: tuple[RowState, ...] = field(default=())
    earlier: str = ""

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Its own and those of its details, which name their question."""
        within = (
            Conflict(f"{one.item.label}: {conflict.words}", conflict.against)
            for one in self.details
            for conflict in one.own_conflicts
        )
        return (*self.own_conflicts, *within)

    @property
    def words(self) -> str:
        if self.said is not None:
            return patient_says_words(self.item, self.said)
        return said_words(self.item, self.answer)


class Progress(Struct, frozen=True):
    section: Section
    asked: int
    of: int
    urgency: Urgency

    @property
    def words(self) -> str:
        """The sentence for a screen reader."""
        asked = translate("Rows", "{asked} of {of} asked").format(asked=self.asked, of=self.of)
        flag = f", {flag_words(self.urgency)}" if self.urgency else ""
        return f"{self.section.title}, {asked}{flag}"


def said_words(item: Item, answer: Answer | None) -> str:
    return translate("Rows", "not asked") if answer is None else answer_words(item, answer)


def patient_says_words(item: Item, said: Answer) -> str:
    return translate("Rows", "patient says: {answer}").format(answer=answer_words(item, said))


def flag_words(urgency: Urgency) -> str:
    return translate("Rows", "{urgency} flag").format(urgency=level_words(urgency).lower())


def sections(content: Content) -> tuple[Section, ...]:
    """Those with a place of their own: the details of the safety screen open inside its rows."""
    return tuple(section for section in content.sections if not section.is_details)


def top_items(section: Section) -> tuple[Item, ...]:
    return tuple(item for item in section.items if item.detail_of is None)


def is_shown(assessment: Assessment, item: Item) -> bool:
    """An answer once given stays in sight, even where the question no longer fits."""
    unasked = item.id in assessment.hidden or item.id in assessment.waiting
    return item.id in assessment.answers or item.id in assessment.patient_says or not unasked


def row_state(content: Content, assessment: Assessment, item: Item) -> RowState:
    details = (one for one in content.details.get(item.id, ()) if is_shown(assessment, one))
    return _state(content, assessment, item, tuple(_state(content, assessment, one) for one in details))


def _state(content: Content, assessment: Assessment, item: Item, details: tuple[RowState, ...] = ()) -> RowState:
    return RowState(
        item=item,
        answer=assessment.answers.get(item.id),
        said=assessment.patient_says.get(item.id),
        urgency=highest(assessment, {item.id}),
        own_conflicts=conflicts_of(content, assessment, item.id),
        details=details,
    )


def highest(assessment: Assessment, ids: AbstractSet[str]) -> Urgency:
    return max((flag.urgency for flag in assessment.flags if not ids.isdisjoint(flag.rests_on)), default=Urgency.none)


def progress(content: Content, assessment: Assessment) -> tuple[Progress, ...]:
    return tuple(progress_of(content, assessment, section) for section in sections(content))


def progress_of(content: Content, assessment: Assessment, section: Section) -> Progress:
    shown = [item.id for item in section.items if is_shown(assessment, item)]
    asked = sum(id in assessment.answers for id in shown)
    ids = {item.id for item in section.items}
    if section.safety_screen:
        ids |= {detail.id for item in section.items for detail in content.details.get(item.id, ())}
    return Progress(section, asked, len(shown), highest(assessment, ids))


def place_of(content: Content, assessment: Assessment, item_id: str) -> tuple[Section, Item, Item]:
    """Where to go for an item: its section, its row, and the detail (or the row again) to look at.

    An item that waits for another question leads to that question.
    """
    item = content.items[item_id]
    if not is_shown(assessment, item) and (opener := _opener(content, assessment, item)) is not None:
        return place_of(content, assessment, opener)
    row = item
    while row.detail_of is not None:
        row = content.items[row.detail_of]
    section = next(section for section in content.sections if row in section.items)
    return section, row, item


def _opener(content: Content, assessment: Assessment, item: Item) -> str | None:
    if item.detail_of is not None:
        return item.detail_of
    if item.asked_when is None:
        return None
    opening = [id for id in items(content.condition(item.asked_when)) if id in content.items and id != item.id]
    return next((id for id in opening if id not in assessment.answers), None)


def conflicts_of(content: Content, assessment: Assessment, item_id: str) -> tuple[Conflict, ...]:
    """`item_id` may be age or sex, which have no row of their own."""
    found = (one for one in assessment.contradictions if one.item == item_id)
    return tuple(_conflict(content, assessment, one) for one in found)


def _conflict(content: Content, assessment: Assessment, contradiction: Contradiction) -> Conflict:
    facts = ", ".join(_fact_words(content, assessment, id) for id in contradiction.against)
    misfit = translate("Rows", "does not fit: {facts}").format(facts=facts) if facts else ""
    words = ". ".join(part for part in (misfit, contradiction.words) if part)
    others = ((id, content.items[id].label.lower()) for id in contradiction.against if id in content.items)
    return Conflict(words, tuple(others))


def _fact_words(content: Content, assessment: Assessment, id: str) -> str:
    if id in assessment.answers:
        item = content.items[id]
        return f"{item.label.lower()} {answer_words(item, assessment.answers[id])}"
    if id == "age":
        return translate("Rows", "age {age}").format(age=assessment.person.age)
    if id == "sex":
        return str(assessment.person.sex)
    return content.items[id].label.lower() if id in content.items else id
