"""Stores as earlier versions made them, named after the last change of shape in them (the published demo key)."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from db.backup import BEFORE_UPDATE, FOLDER, backups_in, check_backup
from db.changing import STORE
from db.driver import open_database
from db.keyfile import Keys
from db.migrations import CHANGES
from db.shape import DIGEST, digest, expected
from db.store import FILE, Store
from desktop.record.demonstration import KEY

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
RELEASED = sorted((Path(__file__).parent / "released").glob("*.db"))
ROWS = {
    "m005_answers": {"patients": 13, "encounters": 11, "answers": 182},
    "m019_signed_facts": {"patients": 13, "encounters": 11, "answers": 183, "versions": 2},
    "m022_phrases": {"patients": 13, "encounters": 11, "answers": 184, "versions": 2, "typed": 1, "phrases": 1},
    "m023_trail_searched": {"patients": 13, "encounters": 11, "answers": 184, "versions": 2, "typed": 1, "phrases": 1},
}
BEFORE_NOTES = (
    *(f"DROP TRIGGER note_words_after_{event}" for event in ("insert", "delete")),
    *(f"DROP TABLE {table}" for table in ("note_words", "typed", "phrases")),
    "DELETE FROM _sqlite_migrations WHERE name IN ('m021_notes', 'm022_phrases')",
)
DRAFTS = {"m005_answers": 11, "m019_signed_facts": 10, "m022_phrases": 10, "m023_trail_searched": 10}


@pytest.mark.parametrize("file", RELEASED, ids=lambda file: file.stem)
def test_a_store_of_an_earlier_version_opens_with_all_it_had(folder: Path, file: Path) -> None:
    folder.mkdir()
    shutil.copy(file, folder / FILE)
    for _ in range(2):
        with Store.open(folder, KEY) as store:
            assert {table: count(store, table) for table in ROWS[file.stem]} == ROWS[file.stem]
            assert [done.name for done in STORE.applied(store._database.utils)] == [
                change.__name__ for change in CHANGES
            ]
            assert len(store.drafts()) == DRAFTS[file.stem]
            assert store.verify() is None


@pytest.mark.parametrize("file", RELEASED, ids=lambda file: file.stem)
def test_what_it_was_is_backed_up_before_it_is_changed(folder: Path, file: Path) -> None:
    """Once, of the old shape, checked; and not where nothing is changed."""
    folder.mkdir()
    shutil.copy(file, folder / FILE)
    for _ in range(2):
        Store.open(folder, KEY).close()
    made = backups_in(folder / FOLDER)
    assert [(one.why, one.shape) for one in made] == ([] if file == RELEASED[-1] else [(BEFORE_UPDATE, file.stem)])
    assert [check_backup(one.folder, Keys.of(KEY)) for one in made] == made


@pytest.mark.parametrize("file", RELEASED, ids=lambda file: file.stem)
def test_work_goes_on_in_it(folder: Path, file: Path) -> None:
    folder.mkdir()
    shutil.copy(file, folder / FILE)
    with Store.open(folder, KEY) as store:
        draft = store.drafts()[0]
        store.save_answer(draft.uid, "injury", True, who="Dr One", at=AT)
        store.sign_encounter(draft.uid, who="Dr One", at=AT, assessment_json="{}")
        assert store.versions_of(draft.uid)[0].answers == draft.answers | {"injury": True}
        assert store.verify() is None


def test_texts_of_earlier_stores_are_found_by_their_words(folder: Path) -> None:
    folder.mkdir()
    shutil.copy(RELEASED[1], folder / FILE)
    with Store.open(folder, KEY) as store:
        uid = store.drafts()[0].uid
        for text in ("Disc, probably", "Disc, surely", "Disc: see above"):
            store.save_answer(uid, "clinical_impression", text, who="Dr One", at=AT)
        for statement in BEFORE_NOTES:
            store._database.execute(statement)
    with Store.open(folder, KEY) as store:
        found = {word: len(store.notes.find(word, limit=9)) for word in ("disc", "surely", "above")}
        assert found == {"disc": 1, "surely": 0, "above": 1}
        assert store.verify() is None


@pytest.mark.parametrize("last", [change.__name__ for change in CHANGES[5:-1]])
def test_an_update_that_stopped_after_any_change_goes_on_from_there(folder: Path, last: str) -> None:
    """Between two released stores there are shapes that a store had for a day, or has when its update was cut short."""
    folder.mkdir()
    shutil.copy(RELEASED[0], folder / FILE)
    after = CHANGES[[change.__name__ for change in CHANGES].index(last) + 1].__name__
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("db.driver._refuse_other_shape", lambda database, path: None)
        patch.setattr(STORE, "apply", partial(STORE.apply, stop_before=after))
        database = open_database(folder / FILE, KEY)
        assert [done.name for done in STORE.applied(database.utils)][-1] == last
        database.close()
    with Store.open(folder, KEY) as store:
        assert {table: count(store, table) for table in ROWS["m005_answers"]} == ROWS["m005_answers"]
        assert [done.name for done in STORE.applied(store._database.utils)] == [one.__name__ for one in CHANGES]
        assert len(store.drafts()) == DRAFTS["m005_answers"]
        assert store.verify() is None


def test_the_digest_is_that_of_the_newest_shape() -> None:
    found = digest(expected())
    assert found == DIGEST, f'in db/shape.py: DIGEST = "{found}"'


def test_the_newest_shape_is_kept_too() -> None:
    """`python tests/db/make_released.py`, and a line of counts above."""
    assert CHANGES[-1].__name__ in ROWS


def test_each_is_of_the_shape_it_is_named_after() -> None:
    names = [change.__name__ for change in CHANGES]
    assert [file.stem for file in RELEASED if file.stem not in names] == []
    assert {file.stem for file in RELEASED} == set(ROWS)


def count(store: Store, table: str) -> int:
    (row,) = store._database.utils.query(f"SELECT count(*) AS number FROM {table}")
    return int(row["number"])
