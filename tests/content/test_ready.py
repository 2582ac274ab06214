"""Content that is kept ready is the content of the files, or it is not used: whatever changed, wherever it rotted."""

import random
import shutil

import msgspec
import pytest

from desktop.clinical import ready
from desktop.clinical.content import load
from desktop.clinical.content_files import content_files, mark_of
from desktop.clinical.mistakes import ContentError
from desktop.clinical.ready import DIGEST, Ready, load_ready
from resources import FOLDER

RULE = "rules/cauda-equina.toml"


@pytest.fixture(scope="module")
def kept_once(tmp_path_factory):
    file = tmp_path_factory.mktemp("cache") / "content"
    load_ready(file)
    return file


@pytest.fixture
def kept(kept_once, tmp_path):
    return shutil.copy(kept_once, tmp_path / "content")


@pytest.fixture
def from_files(monkeypatch):
    """How often the files were read and checked."""
    calls = []
    monkeypatch.setattr(ready, "load", lambda *given: calls.append(given) or load(*given))
    return calls


@pytest.fixture
def overlay(tmp_path):
    folder = tmp_path / "overlay"
    folder.mkdir()
    contact = '[[contact]]\nid = "mscc_coordinator"\ntelephone = "01632 960001"\n'
    (folder / "contacts.toml").write_text(contact, encoding="utf-8")
    return folder


def test_what_is_kept_is_what_the_files_say(kept, from_files):
    found, right = load_ready(kept), load()
    assert not from_files
    assert found == right
    for kind in ("terms", "citations", "contacts", "panels", "conditions"):
        assert list(getattr(found, kind)) == list(getattr(right, kind)), "also in the order of the files"
    assert (found.folder, found.overlay) == (right.folder, right.overlay)


def test_an_overlay_is_kept_too_and_never_taken_for_none(kept, overlay, from_files):
    assert load_ready(kept, overlay=overlay) == load(overlay=overlay)
    assert len(from_files) == 1
    assert load_ready(kept, overlay=overlay).contacts["mscc_coordinator"].telephone == "01632 960001"
    assert len(from_files) == 1
    assert load_ready(kept).contacts["mscc_coordinator"].telephone == ""
    assert len(from_files) == 2


def test_a_file_that_was_changed_is_read(copy, tmp_path, from_files):
    file = tmp_path / "content"
    load_ready(file, copy)
    path = copy / RULE
    path.write_text(path.read_text("utf-8").replace("reviewed = 2026-11-22", "reviewed = 2026-11-21", 1), "utf-8")
    assert load_ready(file, copy) == load(copy) != load()
    assert len(from_files) == 2


def test_a_mistake_is_told_although_content_from_before_it_is_kept(copy, tmp_path):
    file = tmp_path / "content"
    load_ready(file, copy)
    path = copy / RULE
    path.write_text(path.read_text("utf-8").replace('urgency = "emergency"', 'urgency = "emergancy"', 1), "utf-8")
    with pytest.raises(ContentError, match=f"{RULE}:.* should be one of"):
        load_ready(file, copy)


def test_a_file_that_went_is_missed(copy, tmp_path):
    file = tmp_path / "content"
    load_ready(file, copy)
    (copy / RULE).unlink()
    with pytest.raises(ContentError, match=f"{RULE} is missing"):
        load_ready(file, copy)


@pytest.mark.parametrize(
    ("of", "name", "value"),
    [
        (ready, "__version__", "0.0"),
        (ready.sys, "version", "3.99"),
        (ready.msgspec, "__version__", "0.0"),
    ],
)
def test_another_program_reads_the_files(kept, from_files, monkeypatch, of, name, value):
    monkeypatch.setattr(of, name, value)
    load_ready(kept)
    assert len(from_files) == 1


def test_a_program_that_was_changed_reads_the_files(kept, from_files, monkeypatch, tmp_path):
    program = shutil.copytree(FOLDER.parent / "desktop" / "clinical", tmp_path / "clinical")
    monkeypatch.setattr(ready, "__file__", str(program / "ready.py"))
    load_ready(kept)
    assert not from_files, "the same text elsewhere is the same program"
    path = program / "condition.py"
    path.write_text(path.read_text("utf-8") + "# changed\n", "utf-8")
    load_ready(kept)
    assert len(from_files) == 1


def test_a_flipped_bit_is_noticed_wherever_it_is(kept, from_files):
    sound, chance = kept.read_bytes(), random.Random(7341)
    places = [0, DIGEST - 1, DIGEST, len(sound) - 1, *(chance.randrange(len(sound)) for _ in range(12))]
    for number, place in enumerate(places, start=1):
        kept.write_bytes(sound[:place] + bytes([sound[place] ^ 1 << chance.randrange(8)]) + sound[place + 1 :])
        load_ready(kept)
        assert len(from_files) == number
        assert kept.read_bytes() == sound, "and written anew"


@pytest.mark.parametrize("length", [0, 1, DIGEST, DIGEST + 1, 5000])
def test_a_file_that_was_cut_off_is_not_used(kept, from_files, length):
    kept.write_bytes(kept.read_bytes()[:length])
    load_ready(kept)
    assert len(from_files) == 1


def rewritten(file, data):
    """With the right digest, as only this program's own mistake could leave it."""
    mark = ready._mark(mark_of(content_files(FOLDER, None)))
    file.write_bytes(ready._digest(mark, data) + data)


@pytest.mark.parametrize(
    "change",
    [
        {"rules": ()},
        {"conditions": ("no such thing(",)},
    ],
)
def test_twin_a_file_with_the_right_digest_is_believed_as_far_as_it_is_content(kept, from_files, change):
    """So the digest is what keeps rot out, and the models what keeps out another shape."""
    whole = msgspec.msgpack.decode(kept.read_bytes()[DIGEST:], type=Ready)
    rewritten(kept, msgspec.msgpack.encode(msgspec.structs.replace(whole, **change)))
    found = load_ready(kept)
    assert (len(from_files), len(found.rules)) in {(0, 0), (1, len(load().rules))}
    kept.write_bytes(b"")
    rewritten(kept, msgspec.msgpack.encode(["another", "shape"]))
    assert load_ready(kept).rules


def test_where_nothing_can_be_kept_the_files_are_read(tmp_path, from_files):
    (tmp_path / "file").write_text("in the way")
    for _ in range(2):
        assert load_ready(tmp_path / "file" / "content").rules
    assert len(from_files) == 2


def test_nothing_of_it_can_run(kept):
    """It is plain MessagePack: numbers, texts, lists and tables, no names of classes or functions."""
    plain = msgspec.msgpack.decode(kept.read_bytes()[DIGEST:])

    def kinds(value):
        yield type(value)
        for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            yield from kinds(one)

    assert set(kinds(plain)) <= {dict, list, str, int, float, bool, type(None)}
