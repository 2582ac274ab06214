"""What an entry of a content file has to look like: its model. An entry that doesn't fit is refused, key by key."""

from __future__ import annotations

from typing import Annotated, Any, Self, TypeVar, dataclass_transform

import msgspec
from msgspec import Meta, Struct

Made = TypeVar("Made")
Id = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*\Z")]
Words = Annotated[str, Meta(min_length=1)]


# What msgspec does and mypy cannot know: subclasses are frozen too.
@dataclass_transform(frozen_default=True, field_specifiers=(msgspec.field,))
class Model(Struct, frozen=True, forbid_unknown_fields=True):
    """Content as read from TOML: frozen, and an unknown key is a mistake."""

    def but(self, **changes: Any) -> Self:
        """The same with other values, which are taken as they are."""
        return msgspec.structs.replace(self, **changes)


class Refused(ValueError):
    """`mistakes` are all of them, each a key (`plan.0.within`) and what is wrong with it."""

    def __init__(self, mistakes: list[tuple[str, str]]) -> None:
        self.mistakes = mistakes
        super().__init__("; ".join(f"{key}: {message}" for key, message in mistakes))


def read(model: type[Made], raw: object) -> Made:
    """`raw` as the TOML reader gives it. Raises Refused."""
    try:
        return msgspec.convert(raw, model)
    except msgspec.ValidationError as error:
        from desktop.clinical.misfitting import misfitting  # only where something is wrong

        raise Refused([*misfitting(model, raw)] or [_as_told(error)]) from None


def _as_told(error: msgspec.ValidationError) -> tuple[str, str]:
    """What holds between the keys of an entry, in the model's own words: `… - at `$.control[0]``."""
    message, _, place = str(error).partition(" - at `$")
    return place.rstrip("`").replace("[", ".").replace("]", "").strip("."), message
