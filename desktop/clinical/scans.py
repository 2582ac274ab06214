"""Which scan takes in which, and what waits for another result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from msgspec.structs import replace

from desktop.clinical.limits import length
from desktop.clinical.plan import Imaging, Withheld
from desktop.clinical.rules import ImagingLine, Line

ROOT = "lumbar spine, or neck for arm pain"
LUMBAR = frozenset({"lumbar spine"})
COVERS: Mapping[str, frozenset[str]] = {
    "whole spine": frozenset(
        {
            "whole spine",
            "spine",
            "cervical spine",
            "thoracic spine",
            "lumbar spine",
            ROOT,
            "lumbosacral spine",
            "thoracolumbar spine",
            "thoracic and lumbar spine",
        }
    ),
    "lumbosacral spine": LUMBAR,
    "thoracolumbar spine": LUMBAR,
}


def covers(larger: Imaging, smaller: Imaging | Withheld) -> bool:
    same = larger.modality == smaller.modality or smaller.modality in larger.modality.split(" and ")
    return same and (larger.region == smaller.region or smaller.region in COVERS.get(larger.region, ()))


def stricter_scan(first: Imaging, second: Imaging) -> Imaging:
    return second if length(second.within) < length(first.within) else first


def taken_in(larger: Imaging, smaller: Imaging, owner: Imaging) -> Imaging:
    """The strictest limit holds whoever arranges it."""
    limit = stricter_scan(larger, smaller)
    return replace(
        larger,
        within=limit.within,
        due=None if limit.within is None else earlier(larger.due, smaller.due),
        timing=owner.timing,
        arranged_by=owner.arranged_by,
        why=joined(larger.why, smaller.why),
        purpose=larger.purpose or smaller.purpose,
        contrast=larger.contrast or smaller.contrast,
        indications=tuple(dict.fromkeys(larger.indications + smaller.indications)),
        rules=union((larger.rules, smaller.rules)),
    )


def without_xray(lines: list[Imaging], withheld: list[Withheld]) -> list[Imaging]:
    """MRI or CT of the spine takes in an X-ray of the spine; the reason is shown."""
    if not is_scanned(lines):
        return lines
    for line in lines:
        if line.spinal and is_xray(line):
            reason = "MRI or CT of the spine is asked for"
            withheld.append(Withheld(line.modality, line.region, reason, line.rules))
    return [line for line in lines if not (line.spinal and is_xray(line))]


def is_scanned(lines: list[Imaging]) -> bool:
    return any(line.spinal and ("MRI" in line.modality or "CT" in line.modality) for line in lines)


def later_scans(asked: list[Imaging], now: list[Imaging]) -> list[Imaging]:
    """Lines that wait for another result, each once, and not where the spine is scanned now."""
    waiting = [line for line in asked if line.then and not (line.spinal and is_scanned(now))]
    found: dict[tuple[str, str, str | None], Imaging] = {}
    for line in waiting:
        key = (line.modality, line.region, line.then)
        found[key] = taken_in(found[key], line, stricter_scan(found[key], line)) if key in found else line
    return list(found.values())


def is_xray(line: Line | Imaging | Withheld) -> bool:
    return isinstance(line, ImagingLine | Imaging | Withheld) and line.modality == "X-ray"


def union(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for group in groups for one in group))


def joined(first: str, second: str) -> str:
    return "; ".join(dict.fromkeys([*first.split("; "), *second.split("; ")]))


def earlier(first: datetime | None, second: datetime | None) -> datetime | None:
    return min(filter(None, (first, second)), default=None)
