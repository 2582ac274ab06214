"""Every benchmark, each as a ratio to the floor of the same run: `python tests/benchmarks/all.py`.

    --most 1000000   the largest store, instead of 100,000 encounters (a million takes some minutes and 4 GB)
    --only NAME      only measures whose name begins so
    --keep           these ratios are what the next run is compared with, and docs/performance.md is written anew

Exit code 1 where a ratio is more than a fifth worse than the one that was kept, also when it is measured once more.
"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import tomllib
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from measures import HERE, Found, everything

ROOT = HERE.parents[1]
KEPT, PAGE, PLOTS = HERE / "ratios.toml", ROOT / "docs/performance.md", ROOT / "docs/plots/growth.png"
SMALLEST, WORSE = 1_000, 1.2
TARGETS = {"start": 3, "memory": 2, "tagged PDF": 4, "by keyboard": 1}
"""What was aimed at, as ratios; the others have theirs in milliseconds (docs/performance.md)."""


def main(most: int, only: str, *, keep: bool) -> int:
    found = list(measured(most, only))
    kept = tomllib.loads(KEPT.read_text("utf-8"))["ratio"] if KEPT.is_file() else {}
    if keep:
        write_kept(kept, found)
        write_page(found)
        return 0
    slower = worse(found, kept)
    if slower:
        print("Worse by more than a fifth; measured once more, in case the machine was busy:", flush=True)
        again = [one for one in measured(most, only) if one.key in {each.key for each in slower}]
        slower = worse(again, kept)
    for one in slower:
        print(f"WORSE: {one.key}: {one.ratio:.2f} times its floor, it was {kept[one.key]:.2f}")
    return 1 if slower else 0


def measured(most: int, only: str) -> Iterator[Found]:
    sizes = [10**power for power in range(3, 10) if SMALLEST <= 10**power <= most]
    with tempfile.TemporaryDirectory(dir=Path.home()) as folder:
        for one in everything(Path(folder), sizes, only):
            told = f"{one.ours:10.2f} {one.unit:3}  floor {one.floor:9.2f}  {one.ratio:7.2f} ×"
            print(f"{one.name:18} {one.size:9,} {one.of:16} {told}", flush=True)
            yield one


def worse(found: Sequence[Found], kept: Mapping[str, float]) -> list[Found]:
    return [one for one in found if one.key in kept and one.ratio > kept[one.key] * WORSE]


def write_kept(kept: Mapping[str, float], found: Sequence[Found]) -> None:
    ratios = {**kept, **{one.key: round(one.ratio, 3) for one in found}}
    lines = [f'"{key}" = {ratio}' for key, ratio in sorted(ratios.items())]
    KEPT.write_text("\n".join(["# By `python tests/benchmarks/all.py --keep`.", "[ratio]", *lines, ""]), "utf-8")


def write_page(found: Sequence[Found]) -> None:
    from plots import draw

    draw(found, PLOTS)
    before, _, after = PAGE.read_text("utf-8").partition("<!-- measured -->")
    _, _, after = after.partition("<!-- /measured -->")
    PAGE.write_text(f"{before}<!-- measured -->\n{table(found)}\n<!-- /measured -->{after}", "utf-8")


def table(found: Sequence[Found]) -> str:
    lines = [f"{datetime.now(UTC):%d-%b-%Y}, {machine()}.", ""]
    lines += ["| measure | size | ours | floor | ratio | aim |", "|---|---|---|---|---|---|"]
    for one in found:
        aim = f"at most {TARGETS[one.name]}" if one.name in TARGETS else ""
        figures = f"{one.ours:.2f} {one.unit} | {one.floor:.2f} {one.unit} | **{one.ratio:.2f}**"
        lines.append(f"| {one.name} | {one.size:,} {one.of} | {figures} | {aim} |")
    return "\n".join(lines)


def machine() -> str:
    """What it is, not which one."""
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").is_file() else []
    model = next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())
    system = f"{platform.system()} {platform.release().partition('-')[0]}, Python {platform.python_version()}"
    return f"{model}, {os.cpu_count()} cores, {system}, load {os.getloadavg()[0]:.1f} when it ended"


if __name__ == "__main__":
    said = ArgumentParser(description=__doc__.partition("\n")[0])
    said.add_argument("--most", type=int, default=100_000)
    said.add_argument("--only", default="")
    said.add_argument("--keep", action="store_true")
    sys.exit(main(**vars(said.parse_args())))
