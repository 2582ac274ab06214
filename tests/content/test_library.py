"""The pages of the library: sources for numbers, links that lead somewhere, words patients can read, nothing unsafe."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path

import pytest
import textstat

from desktop.clinical.claims import Never, unsourced
from desktop.clinical.content import Content, load
from desktop.clinical.library import Library, load_library
from desktop.clinical.mistakes import Mistake
from resources import FOLDER

from ..prepared import shipped_library

NEVERS = [Never(**entry) for entry in tomllib.loads((FOLDER / "library/never.toml").read_text("utf-8"))["never"]]
ASKED_FOR = (
    "bone-metastasis",
    "telling-apart",
    "cord-compression",
    "primaries",
    "myeloma",
    "other-cancers",
    "sins-and-mirels",
    "living-with-bone-metastasis",
    "disc-herniation",
    "cauda-equina",
    "spinal-stenosis",
    "myelopathy",
    "infection",
    "fracture",
    "inflammatory-disease",
    "vascular-mimics",
    "visceral-mimics",
    "hypercalcaemia",
    "non-specific-pain",
    "nothing-found",
    "red-flags",
    "examination",
    "which-imaging",
    "blood-tests",
    "mri-safety",
    "pregnancy",
    "analgesia",
    "bone-agents",
    "radiotherapy-and-surgery",
    "patients-questions",
    "prognosis",
    "safety-netting",
)
FOR_PATIENTS = (
    "bone-metastasis",
    "telling-apart",
    "cord-compression",
    "cauda-equina",
    "disc-herniation",
    "myeloma",
    "infection",
    "fracture",
    "inflammatory-disease",
    "spinal-stenosis",
    "non-specific-pain",
    "nothing-found",
    "which-imaging",
)
PAGE = """\
+++
title = "Planted"
section = "Nerves"
order = 99
summary = "A page with a mistake."
checked = 2026-11-28
[[source]]
cite = "nice-ng59 1.1.4"
tag = "seen"
+++
"""


BODIES = [
    ("Fever in 55 %. Text [1].", "a number without its source"),
    ("Half of them have it. Text [1].", "a number without its source"),
    ("One in four has it. Text [1].", "a number without its source"),
    ("| a | b |\n|---|---|\n| c | 5 mg |\n\nText [1].", "a number without its source"),
    ("Text [1] [2].", "there is no source [2]"),
    ("Text.", "source [1] is used nowhere"),
    ("See [this](page:nowhere) [1].", "leads nowhere"),
    ("See [this](rule:R99) [1].", "leads nowhere"),
    ("See [this](https://example.org) [1].", "leads nowhere"),
    ("![picture](https://example.org/a.png) [1]", "leads nowhere"),
]
BROKEN = [
    ("# No head\n", "begins with a head"),
    ("", "begins with a head"),
    ("+++\ntitle = \n+++\n", "Invalid value"),
    (PAGE.replace('title = "Planted"', 'titel = "Planted"'), "is missing"),
    (PAGE.replace('"Nerves"', '"Nervous"'), "should be one of"),
    (PAGE.replace("nice-ng59", "nice-ng95") + "Text [1].", "no citation"),
    (PAGE + "Text [1].\n\n" + "Long words. " * 100_000, "is longer than"),
    (b"%PDF-1.7 \xff\xfe\x00", "cannot be read"),
]
WITH_HTML = PAGE + "<script>alert(1)</script> and <b>bold</b> [1]."


def saying(never: Never) -> str:
    return PAGE + f"Text [1].\n\n{never.caught[0]} [1]\n"


PLANTED = [*map(saying, NEVERS), *(PAGE + body for body, _ in BODIES), *(text for text, _ in BROKEN), WITH_HTML]


@pytest.fixture(scope="module")
def library(content: Content) -> Library:
    return shipped_library()


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory, content: Content) -> Library:
    """The shipped pages and, beside them, all that is planted: each is told of, whatever the others hold."""
    folder = tmp_path_factory.mktemp("planted")
    shutil.copytree(FOLDER / "library", folder / "library")
    for text in PLANTED:
        path = folder / "library" / f"{id_of(text)}.md"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_library(content, folder)


def id_of(text: str | bytes) -> str:
    return f"planted-{PLANTED.index(text)}"


def mistakes_of(text: str | bytes, planted: Library) -> list[Mistake]:
    return [mistake for mistake in planted.mistakes if mistake.file == f"library/{id_of(text)}.md"]


def test_no_shipped_page_has_a_mistake(library: Library) -> None:
    """A number without a source, a link that leads nowhere, a forbidden statement: each would stand here."""
    assert library.mistakes == ()


def test_every_topic_asked_for_has_its_page(library: Library) -> None:
    assert [id for id in ASKED_FOR if library.page(id) is None] == []
    assert [id for id in FOR_PATIENTS if library.page(id, "patients") is None] == []


def test_every_patient_page_belongs_to_a_clinicians_page(library: Library) -> None:
    assert library.for_patients.keys() <= library.pages.keys()


def test_every_rule_and_every_item_has_a_page(library: Library, content: Content) -> None:
    assert [rule.id for rule in content.rules if library.of_rule(rule.id) is None] == []
    assert [id for id in content.items if library.of_item(id) is None] == []


def test_every_page_can_be_read_in_three_minutes(library: Library) -> None:
    assert [(page.id, page.minutes) for page in library.pages.values() if page.minutes > 3] == []


def test_every_source_of_judgement_or_recall_says_so(library: Library, content: Content) -> None:
    """What stands in our own memo can't be tagged as read elsewhere."""
    own = {"backstop-judgement": "judgement", "backstop-recall": "recall"}
    for page in (*library.pages.values(), *library.for_patients.values()):
        for source in page.head.source:
            id = source.cite.partition(" ")[0]
            assert source.tag == own.get(id, source.tag), (page.id, source)
            assert id in own or source.tag in ("seen", "seen-via"), (page.id, source)


@pytest.mark.parametrize("id", FOR_PATIENTS)
def test_a_child_of_ten_can_read_the_patients_page(library: Library, id: str) -> None:
    """Flesch-Kincaid of the prose, and of the page with each list as one long sentence, the harder of two ways."""
    page = library.page(id, "patients")
    assert page is not None
    prose = " ".join(line for line in page.body.splitlines() if line and not line.startswith(("-", "#", "**", "1")))
    assert textstat.flesch_kincaid_grade(prose) <= 5.0
    assert textstat.flesch_kincaid_grade(_lists_as_sentences(page.body)) <= 8.0
    assert set(re.findall(r"[a-z]{13,}", page.plain)) <= {"spondyloarthritis"}


def test_hard_words_fail_the_reading_test() -> None:
    hard = "Metastatic epidural compression necessitates immediate multidisciplinary neurosurgical consultation."
    assert textstat.flesch_kincaid_grade(hard) > 8


def _lists_as_sentences(body: str) -> str:
    return re.sub(r"[:.]?\n- ", ", ", re.sub(r"#+ .*\n", "", body))


def test_every_patients_page_names_the_emergency(library: Library) -> None:
    missing = [page.id for page in library.for_patients.values() if not re.search(r"A&E|999", page.body)]
    assert missing == []


@pytest.mark.parametrize("never", NEVERS, ids=lambda never: never.id)
def test_a_forbidden_statement_is_caught_and_a_right_one_is_spared(never: Never) -> None:
    assert [text for text in never.caught if not never.is_said_in(text)] == []
    assert [text for text in never.spared if never.is_said_in(text)] == []


@pytest.mark.parametrize("never", NEVERS, ids=lambda never: never.id)
def test_a_planted_page_that_says_it_is_left_out(planted: Library, never: Never) -> None:
    assert planted.page(id_of(saying(never))) is None
    assert any(never.id in mistake.message for mistake in mistakes_of(saying(never), planted))


@pytest.mark.parametrize(("body", "said"), BODIES)
def test_a_mistake_is_named_with_its_line_and_the_other_pages_stand(
    planted: Library, library: Library, body: str, said: str
) -> None:
    found = mistakes_of(PAGE + body, planted)
    assert [mistake for mistake in found if said in mistake.message]
    assert all(mistake.line >= 11 or "used nowhere" in mistake.message for mistake in found)
    assert planted.pages.keys() == {*library.pages, id_of(WITH_HTML)}


@pytest.mark.parametrize(("text", "said"), BROKEN)
def test_a_broken_file_is_reported_like_other_content_mistakes(planted: Library, text: str | bytes, said: str) -> None:
    found = mistakes_of(text, planted)
    assert any(said in mistake.message for mistake in found), found


def test_html_in_a_page_stays_text(planted: Library) -> None:
    assert mistakes_of(WITH_HTML, planted) == []
    page = planted.page(id_of(WITH_HTML))
    assert page is not None
    assert "<script>" in page.plain


def test_names_that_hold_digits_need_no_source() -> None:
    assert list(unsourced("T8 to L2, S2–S5, HLA-B27, NG234, R01, ring 999 or 111, vitamin B12.")) == []


OWN = """+++
title = "Our spinal clinic"
section = "Treatment"
order = 900
summary = "Whom our practice rings, and when."
checked = 2026-11-28
rules = ["R01"]
+++
Ring the nurse of the clinic in the mornings; see [cord compression](page:cord-compression).
"""


@pytest.fixture
def overlaid(tmp_path: Path):  # type: ignore[no-untyped-def]
    def load_with(text: str, name: str = "our-clinic.md") -> Library:
        (tmp_path / "library").mkdir()
        (tmp_path / "library" / name).write_text(text, encoding="utf-8")
        return load_library(load(overlay=tmp_path))

    return load_with


def test_a_practice_adds_pages_of_its_own(overlaid, library: Library) -> None:
    with_own = overlaid(OWN)
    assert with_own.mistakes == ()
    assert set(with_own.pages) == {*library.pages, "our-clinic"}
    assert with_own.pages["our-clinic"].own
    assert not with_own.pages["cord-compression"].own
    assert with_own.of_rule("R01") == library.of_rule("R01"), "the shipped page comes first"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("myeloma.md", OWN, "there is a shipped page “myeloma”"),
        ("our-clinic.md", OWN + "Half of them, 50 %, have cancer.\n", "a number without its source"),
        ("our-clinic.md", OWN.replace("R01", "R99"), "there is no rule"),
        ("our-clinic.md", "no head", "begins with a head of TOML"),
    ],
)
def test_an_own_page_is_held_to_the_same_rules_and_changes_no_shipped_one(
    overlaid, library: Library, name: str, text: str, said: str
) -> None:
    with_own = overlaid(text, name)
    assert any(said in str(mistake) for mistake in with_own.mistakes)
    assert with_own.pages.keys() == library.pages.keys()
    assert with_own.pages["myeloma"].body == library.pages["myeloma"].body
