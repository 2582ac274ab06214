"""A process of its own for the tests: `python writer.py FOLDER WAY` opens the store and, for each line it is
given, saves an answer and acknowledges it. WAY `honest` saves first; `early` acknowledges first; `hold` only
opens. The answers go on from those that are there."""

import sys
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from db.store import Store

KEY = bytes(range(32))
AT = datetime(2026, 11, 23, 10, 40, tzinfo=UTC)


def main(folder: str, way: str) -> None:
    store = Store.open(Path(folder), KEY)
    number = len(store.trail_of("e1")) if way != "hold" else 0
    print("open", flush=True)
    for _ in sys.stdin:
        number += 1
        if way == "early":
            print(number, flush=True)
        store.save_answer("e1", f"item_{number}", number, who="Dr One", at=AT)
        if way == "honest":
            print(number, flush=True)


main(*sys.argv[1:])
