"""A process of its own for the tests: `python remover.py FOLDER USER CODE` signs in as Anna and, given a line,
removes the account and says so."""

import sys
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from db.entrance import sign_in
from db.slots import Cost

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def main(folder: str, user: str, code: str) -> None:
    cheap = Cost(memory=32, passes=1, lanes=4)
    with sign_in(Path(folder), "anna", "a plain pass phrase", at=AT, cost=cheap) as session:
        print("open", flush=True)
        sys.stdin.readline()
        session.remove(user, code=code, at=AT)
        print("removed", flush=True)


main(*sys.argv[1:])
