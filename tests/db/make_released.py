"""Keeps a store of the present shape for later versions: `python tests/db/make_released.py`.

It lands in tests/db/released, named after the last change of shape, with the published key of the demonstration.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from db.backup import FILE, FOLDER, make_backup
from db.migrations import CHANGES
from db.store import Store
from desktop.record.demonstration import KEY, make_demonstration

AT = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)


def main() -> None:
    to = Path(__file__).parent / "released" / f"{CHANGES[-1].__name__}.db"
    with tempfile.TemporaryDirectory() as made, Store.open(Path(made), KEY) as store:
        make_demonstration(store, AT)
        signed = store.drafts()[-1].uid
        store.sign_encounter(signed, who="Dr One", at=AT, assessment_json="{}")
        store.amend(signed, reason="x-ray", changes={"injury": True}, who="Dr Two", at=AT, assessment_json="{}")
        draft = store.drafts()[0].uid
        store.save_answer(draft, "note:pain", "Worse on the stairs.", who="Dr One", at=AT)
        store.notes.hold(draft, "note:nerves", "half a sen", who="Dr One", at=AT)
        store.notes.keep_phrase("", "slr", "Straight leg raise {degrees}", who="Dr One", at=AT)
        assert store.verify() is None
        backup = make_backup(Path(made), store.keys, Path(made) / FOLDER, at=AT, why="asked for")
        to.write_bytes((backup.folder / FILE).read_bytes())
        print(f"{to}\n{backup.counts}, drafts {len(store.drafts())}")


main()
