"""A content file with a mistake is refused as a whole, and every mistake is named with its place."""

import pytest

from desktop.clinical.content import load
from desktop.clinical.mistakes import ContentError
from resources import FOLDER

SCREEN = "checklist/01-safety-screen.toml"
DETAILS = "checklist/02-safety-screen-details.toml"
HEADER = '[[rule]]\nid = "R99"\nflag = "Planted"\nurgency = "routine"\ntag = "seen"\nreviewed = 2026-11-22\n'
PLAN = '[[rule.plan]]\nkind = "referral"\nto = "gp"\nhow = "review"\nwithin = "2 weeks"\n'
SAID = '[[rule.plan]]\nkind = "immediate"\ntext = "Ask."\n'


def mistakes(folder):
    with pytest.raises(ContentError) as error:
        load(folder)
    return error.value.mistakes


def planted_rule(copy, when, more='cites = ["nice-ng59 1.1.1"]\n', plan=PLAN):
    (copy / "rules" / "planted.toml").write_text(f"{HEADER}when = '''{when}'''\n{more}{plan}", encoding="utf-8")
    return copy


@pytest.mark.parametrize(
    ("file", "old", "new", "entry", "key", "said"),
    [
        (SCREEN, 'kind = "yes-no"', 'kind = "yesno"', "acutely_ill", "kind", "should be one of"),
        (SCREEN, 'kind = "yes-no"', 'kind = "yes-no"\ncolour = "red"', "acutely_ill", "colour", "is not a key"),
        (SCREEN, 'id = "cancer_history"', 'id = "age"', "age", "id", "is a fact of the patient"),
        (SCREEN, 'id = "fever_or_unwell"', 'id = "injury"', "injury", "id", "is used twice"),
        (
            DETAILS,
            'detail_of = "limb_weakness"',
            'detail_of = "limb"',
            "weakness_sides",
            "detail_of",
            "no item is called",
        ),
        (
            SCREEN,
            'id = "injury"',
            'id = "injury"\nasked_when = "injury_recent"',
            "injury",
            "asked_when",
            "in a circle",
        ),
    ],
)
def test_a_mistake_is_named_with_file_entry_and_key(plant, file, old, new, entry, key, said):
    found = mistakes(plant(file, old, new))
    assert any((one.file, one.entry, one.key) == (file, entry, key) and said in one.message for one in found), found


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("cancer_histroy", "did you mean “cancer_history”"),
        ("weakness_everywhere_and_nowhere", "no item is called"),
        ('limb_weakness == "maybe"', "cannot be “maybe”"),
        ("crp >= 900", "always false"),
        ("injury or not injury and cancer_history", "two directions"),
        ('limb_weakness == "new" and limb_weakness == "old"', "two values at once"),
        ('foot_drop and limb_weakness == "no"', "is not asked when"),
        ("exactly(2, injury, cancer_history)", "not a function"),
        ("injury; cancer_history", "cannot be read: invalid syntax (at “; cancer_history”)"),
        ("imaging_finding is answered", "only in asked_when"),
    ],
)
def test_a_condition_outside_the_language_is_refused(copy, when, said):
    (found,) = mistakes(planted_rule(copy, when))
    assert (found.file, found.entry, found.key) == ("rules/planted.toml", "R99", "when")
    assert said in found.message


def test_the_condition_of_a_rule_that_lacks_something_is_read_all_the_same(copy):
    found = mistakes(planted_rule(copy, "cancer_histroy", more="", plan=""))
    assert {(one.entry, one.key, one.message) for one in found} == {
        ("R99", "cites", "is missing"),
        ("R99", "plan", "is missing"),
        ("R99", "when", "no item is called “cancer_histroy”; did you mean “cancer_history”?"),
    }


@pytest.mark.parametrize(
    ("more", "plan", "key", "said"),
    [
        ("", PLAN, "cites", "is missing"),
        ("cites = []\n", PLAN, "cites", "needs at least one"),
        ('cites = ["nice-ng999 1.1"]\n', PLAN, "cites", "no citation"),
        ('cites = ["nice-ng59"]\n', "", "plan", "is missing"),
        ('cites = ["nice-ng59"]\ntakes_in = ["R98"]\n', PLAN, "takes_in", "no rule"),
        ('cites = ["nice-ng59"]\n', PLAN.replace("gp", "nobody"), "to", "no contact"),
        ('cites = ["nice-ng59"]\n', PLAN.replace("2 weeks", "3 weeks"), "plan.0.within", "should be one of"),
        ('cites = ["nice-ng59"]\n', PLAN + 'when = "cancr_history"\n', "plan.when", "did you mean"),
        ('cites = ["nice-ng59"]\n', PLAN + SAID + 'unless = "cancr_history"\n', "plan.unless", "did you mean"),
        ('cites = ["nice-ng59"]\n', PLAN + SAID + 'unless = "injury is answered"\n', "plan.unless", "belongs only in"),
        (
            'cites = ["nice-ng59"]\n',
            PLAN + SAID + 'while_open = ["injry"]\n',
            "plan.while_open",
            "no item and no term",
        ),
        # A call may not go because something was answered, nor because nothing was.
        ('cites = ["nice-ng59"]\n', PLAN + 'unless = "injury"\n', "plan.0.unless", "is not a key"),
        ('cites = ["nice-ng59"]\n', PLAN + 'while_open = ["injury"]\n', "plan.0.while_open", "is not a key"),
    ],
)
def test_a_rule_without_source_plan_or_contact_is_refused(copy, more, plan, key, said):
    found = mistakes(planted_rule(copy, "cancer_history", more, plan))
    assert any(one.key == key and said in one.message for one in found), found


def test_a_contact_later_than_the_urgency_allows_is_refused(copy):
    folder = planted_rule(copy, "cancer_history", 'cites = ["nice-ng59"]\n')
    text = (folder / "rules/planted.toml").read_text(encoding="utf-8")
    (folder / "rules/planted.toml").write_text(text.replace('"routine"', '"emergency"'), encoding="utf-8")
    assert "within the limit of its urgency (now)" in mistakes(folder)[0].message


def test_all_mistakes_of_all_files_come_at_once(copy):
    planted_rule(copy, "cancr_history", 'cites = ["nice-ng999"]\ncolour = "red"\n')
    path = copy / SCREEN
    path.write_text(path.read_text(encoding="utf-8").replace('kind = "yes-no"', 'kind = "maybe"', 2), encoding="utf-8")
    (copy / "rules" / "second.toml").write_text(
        (copy / "rules/planted.toml").read_text(encoding="utf-8").replace("R99", "R98").replace('colour = "red"\n', ""),
        encoding="utf-8",
    )
    found = mistakes(copy)
    assert {one.file for one in found} == {SCREEN, "rules/planted.toml", "rules/second.toml"}
    assert len(found) >= 5


def test_a_file_that_is_not_toml_is_named_with_its_line(copy):
    (copy / "rules" / "broken.toml").write_text('[[rule]]\nid = "R99\n', encoding="utf-8")
    (found,) = mistakes(copy)
    assert (found.file, found.line) == ("rules/broken.toml", 2)


def test_a_mistake_names_the_line_of_its_key(copy):
    planted_rule(copy, "cancr_history")
    (found,) = mistakes(copy)
    assert str(found).startswith("rules/planted.toml:7: R99, when: ")


def test_a_term_that_leads_to_itself_is_refused(copy):
    (copy / "rules" / "circle.toml").write_text(
        '[[term]]\nid = "first_one"\nwhen = "second_one"\nmeans = "x"\n'
        '[[term]]\nid = "second_one"\nwhen = "first_one or injury"\nmeans = "x"\n',
        encoding="utf-8",
    )
    assert {one.entry for one in mistakes(copy)} == {"first_one", "second_one"}


def test_a_file_that_went_astray_is_missed(copy):
    (copy / "rules" / "modifiers.toml").unlink()
    assert any(
        (one.file, one.key, one.message) == ("pathways/uk.toml", "files", "rules/modifiers.toml is missing")
        for one in mistakes(copy)
    )


def test_every_file_of_checklist_and_rules_is_named_by_the_pathway():
    content = load()
    found = {f"{folder}/{path.name}" for folder in ("checklist", "rules") for path in (FOLDER / folder).glob("*.toml")}
    assert set(content.pathway.files) == found


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "said"),
    [
        ("rules/calcium.toml", 'takes_in = ["R36", "R36b", ', 'takes_in = ["R36", "R35", ', "takes_in", "in a circle"),
        ("rules/calcium.toml", "reviewed = 2026-11-22", "reviewed = 2036-11-22", "reviewed", "after the date of the"),
        ("citations/nice.toml", "checked = 2026-11-22", "checked = 2036-11-22", "checked", "after the date of the"),
        ("checklist/11-results.toml", "range = [1.0, 5.0]", "range = [5.0, 1.0]", "range", "a lower figure"),
        ("checklist/11-results.toml", "range = [1.0, 5.0]", "range = [nan, 5.0]", "range", "a lower figure"),
        ("checklist/11-results.toml", "range = [1.0, 5.0]", "range = [1.0, inf]", "range", "a lower figure"),
        ("rules/panels.toml", 'id = "myeloma"', 'id = "baseline"', "id", "is used twice in the panels"),
        ("rules/modifiers.toml", 'id = "R46b"', 'id = "R46"', "id", "is used twice in the modifiers"),
        ("pathways/uk.toml", 'id = "urology"', 'id = "gp"', "id", "is used twice in the contacts"),
        ("rules/panels.toml", "[[panel]]", "[[panels]]", "panels", "is not a table of this file"),
    ],
)
def test_what_only_shows_in_the_whole_is_refused(plant, file, old, new, key, said):
    found = mistakes(plant(file, old, new))
    assert any((one.file, one.key) == (file, key) and said in one.message for one in found), found


def test_two_rules_that_take_each_other_in_are_refused(plant):
    """Each would hide the other, and nothing would stand on the screen."""
    found = mistakes(
        plant(
            "rules/aorta.toml",
            'takes_in = ["R32c", "R32d", "R32e", "R32f", "R32h", "R32g", "R52"]',
            'takes_in = ["R32", "R32b"]',
        )
    )
    assert any(one.key == "takes_in" and "in a circle" in one.message for one in found), found


def test_an_empty_rule_file_is_refused(copy):
    (copy / "rules" / "calcium.toml").write_text("", encoding="utf-8")
    assert any((one.file, one.message[:13]) == ("rules/calcium.toml", "holds nothing") for one in mistakes(copy))


def test_a_file_that_is_no_text_is_named_with_its_line(copy):
    path = copy / SCREEN
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:4], b"# caf\xe9\n", *lines[4:]]))
    (found,) = [one for one in mistakes(copy) if one.file == SCREEN]
    assert str(found) == f"{SCREEN}:5: cannot be read: it is not saved as UTF-8 text"
