"""What it could be: three-valued, in the patient's own words, and without any way to an urgency."""

import ast
import json
import re
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.clinical import assessment as assessment_module
from desktop.clinical.assessment import assess
from desktop.clinical.causes import Causes, load_causes
from desktop.clinical.checklist import CouldNotExamine, Person, Range, Said, Unsure
from desktop.clinical.condition import items
from desktop.clinical.content import Content, load
from desktop.clinical.differential import CauseReading, Finding, differential
from desktop.clinical.export import assessment_json
from desktop.clinical.mistakes import ContentError
from desktop.clinical.side_by_side import side_by_side
from resources import FOLDER

from ..prepared import shipped_content

AT = datetime(2026, 11, 23, 10, 40, tzinfo=UTC)
CLINICAL = Path(assessment_module.__file__).parent
CAUSES = (
    "bone_metastasis",
    "disc_herniation",
    "cauda_equina",
    "cord_compression",
    "myeloma",
    "infection",
    "fracture",
    "axial_spondyloarthritis",
    "visceral_or_vascular",
    "spinal_stenosis",
    "non_specific",
)
CANCER = {"cancer_history": True, "cancer_spread": "no"}


@pytest.fixture(scope="module")
def content() -> Content:
    return shipped_content()


@pytest.fixture(scope="module")
def causes(content) -> Causes:
    return load_causes(content)


@pytest.fixture(scope="module")
def read(content, causes):
    """One cause, read against some answers."""

    def make(cause, answers, age=50, sex="female") -> CauseReading:
        found = differential(content, causes, Person(age, sex), answers)
        return next(reading for reading in found if reading.cause.id == cause)

    return make


@pytest.fixture(scope="module")
def rows(content, causes):
    def make(answers, age=50):
        table = side_by_side(content, causes, Person(age, "female"), answers)
        return {row.name: row for row in table.rows}

    return make


def names(findings):
    return [finding.feature.name for finding in findings]


def screen(content, **answers):
    no = {item.id: "no" if item.is_timed else False for item in content.safety_screen.items}
    return no | answers


def test_the_eleven_causes_in_their_order(causes):
    assert tuple(cause.id for cause in causes.causes) == CAUSES


# Three-valued


@pytest.mark.parametrize(
    ("answer", "place"),
    [
        (None, "not_asked"),
        (True, "speaks_for"),
        (False, "absent"),
        (Unsure(), "unsettled"),
        (CouldNotExamine("in too much pain"), "unsettled"),
    ],
)
def test_a_feature_stands_in_one_place(read, answer, place):
    found = read("bone_metastasis", {} if answer is None else {"spinal_tenderness": answer})
    places = ("speaks_for", "absent", "not_asked", "unsettled")
    assert [name for name in places if "One vertebra tender" in names(getattr(found, name))] == [place]


@pytest.mark.parametrize(
    ("cause", "feature", "answers", "words"),
    [
        ("bone_metastasis", "Weight loss", {"weight_loss": True}, ("Weight loss: yes",)),
        ("bone_metastasis", "Weight loss", {"weight_loss": Unsure()}, ("Weight loss: unsure",)),
        ("bone_metastasis", "Weight loss", {}, ("Weight loss: not asked",)),
        ("bone_metastasis", "Anaemia", {"haemoglobin": 104}, ("Haemoglobin: 104\N{NO-BREAK SPACE}g/L",)),
        ("bone_metastasis", "ESR of 50 or more", {"esr": Said("raised")}, ("ESR: raised",)),
        (
            "bone_metastasis",
            "ESR of 50 or more",
            {"esr": Range(100, 200)},
            ("ESR: at least 100\N{NO-BREAK SPACE}mm/h",),
        ),
        ("myeloma", "Age 60 or over", {}, ("Age 50",)),
        ("cauda_equina", "Bladder change", {"bladder_change": "new"}, ("Bladder change: new",)),
        (
            "disc_herniation",
            "Leg raise positive",
            {"slr_left": CouldNotExamine("refused")},
            (
                "Straight leg raise, left: could not examine: refused",
                "Straight leg raise, right: not asked",
            ),
        ),
        (
            "disc_herniation",
            "Leg power of 4 or less",
            {"power_toe_extension_left": 4},
            ("Power, left toe extension (L5): 4\N{NO-BREAK SPACE}out of 5",),
        ),
    ],
)
def test_each_feature_has_the_patients_own_answer(read, cause, feature, answers, words):
    found = read(cause, answers)
    findings = [*found.speaks_for, *found.absent, *found.not_asked, *found.unsettled]
    assert next(finding.answers for finding in findings if finding.feature.name == feature) == words


@pytest.mark.parametrize(
    ("cause", "feature", "answers", "shown"),
    [
        ("spinal_stenosis", "Eased by sitting or bending", {}, False),
        ("spinal_stenosis", "Eased by sitting or bending", {"claudication": False}, False),
        ("spinal_stenosis", "Eased by sitting or bending", {"claudication": True}, True),
        ("spinal_stenosis", "Eased by sitting or bending", {"claudication": Unsure()}, True),
        ("bone_metastasis", "PSA of 20 or more", {}, False),
        ("axial_spondyloarthritis", "Psoriasis, ever", {}, False),
        ("axial_spondyloarthritis", "Psoriasis, ever", {"onset_age": 50, "pain_duration_weeks": 60}, False),
        ("axial_spondyloarthritis", "Psoriasis, ever", {"onset_age": 30, "pain_duration_weeks": 60}, True),
    ],
)
def test_only_what_can_be_asked_is_missing(read, cause, feature, answers, shown):
    assert (feature in names(read(cause, answers).not_asked)) == shown


def test_an_answer_counts_though_its_question_is_hidden(read):
    """Harm is never dropped."""
    found = read("spinal_stenosis", {"claudication": False, "eased_by_sitting": True})
    assert "Eased by sitting or bending" in names(found.speaks_for)


@pytest.mark.parametrize(
    ("cause", "answers", "feature"),
    [
        ("disc_herniation", {"cancer_history": True}, "Cancer, now or in the past"),
        ("disc_herniation", {"fever_or_unwell": True}, "Fever or feeling ill"),
        ("disc_herniation", {"sensory_level": True}, "A sensory level on the trunk"),
        ("disc_herniation", {"clonus": True}, "A cord sign"),
        ("disc_herniation", {"bilateral_leg_symptoms": "old"}, "Both legs"),
        (
            "disc_herniation",
            {"pain_site": frozenset({"thoracic"})},
            "Pain only in the neck or the thoracic spine",
        ),
        ("spinal_stenosis", {"foot_pulses_absent": True}, "Foot pulses absent"),
        ("spinal_stenosis", {"cancer_history": True}, "Cancer, now or in the past"),
        ("axial_spondyloarthritis", {"onset_age": 45}, "Began at 45 or later"),
        ("visceral_or_vascular", {"mechanical_pain": True}, "Pain that comes with movement"),
        ("non_specific", {"bladder_change": "new"}, "A flag above routine"),
    ],
)
def test_what_speaks_for_something_else(read, cause, answers, feature):
    assert feature in names(read(cause, answers).speaks_elsewhere)


@pytest.mark.parametrize(
    ("cause", "answers"),
    [
        ("disc_herniation", {}),
        ("disc_herniation", {"pain_site": frozenset({"thoracic", "lumbar"})}),
        ("bone_metastasis", {"straining_pain": True, "radicular_pain": True, "slr_left": True}),
        ("cauda_equina", {"radicular_pain": True, "pain_score": 2}),
        ("cord_compression", {"mechanical_pain": True}),
        ("infection", {"temperature": 36.5, "fever_or_unwell": False, "crp": 2}),
        ("myeloma", {"haemoglobin": 150, "adjusted_calcium": 2.3, "esr": 4, "plasma_viscosity": 1.5}),
    ],
)
def test_nothing_speaks_against(read, cause, answers):
    """Least of all pain on straining, a normal temperature or a normal blood result."""
    assert read(cause, answers).speaks_elsewhere == ()


def test_leg_and_straining_pain_speak_for_metastasis_too_after_cancer(read):
    found = read("bone_metastasis", CANCER | {"straining_pain": True, "radicular_pain": True})
    assert {"Pain on straining, after cancer", "Nerve-root pain, after cancer"} <= set(names(found.speaks_for))


FIGURES = {"heart_rate": 75, "respiratory_rate": 14, "systolic_bp": 130, "pain_duration_weeks": 2, "pain_score": 3}


def all_well(content):
    """Every question answered, and nothing found."""
    return {item.id: _well(item) for item in content.items.values() if item.kind not in ("date", "text")}


def _well(item):
    match item.kind:
        case "yes-no":
            return False
        case "multi":
            return frozenset()
        case "choice":
            return next(choice for choice in ("no", "normal", "none", "new", *item.choices) if choice in item.choices)
    return Said("normal") if item.reference else FIGURES.get(item.id, 0)


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({}, ["speaks_for"]),
        ({"fever_or_unwell": Unsure()}, []),
        ({"bladder_change": "new"}, ["absent"]),
        ({"cancer_history": True}, ["absent"]),
    ],
)
def test_no_flag_above_routine_needs_every_rule_decided(read, content, changed, place):
    found = read("non_specific", all_well(content) | changed)
    places = ("speaks_for", "absent", "unsettled", "not_asked")
    assert [name for name in places if "No flag above routine" in names(getattr(found, name))] == place


def test_with_everything_open_no_flag_is_not_a_finding(read, content):
    found = read("non_specific", screen(content))
    assert "No flag above routine" not in names(found.speaks_for)
    assert "Safety screen answered no throughout" in names(found.speaks_for)


def test_flags_are_named_once_without_what_they_take_in(read):
    found = read("non_specific", CANCER | {"radicular_pain": True, "pain_course": "new", "weight_loss": True})
    (finding,) = found.speaks_elsewhere
    assert finding.answers == ("Raised: Suspected metastatic cord compression",)


# Numbers


def test_a_figure_stands_beside_the_one_it_started_from(read):
    found = read("bone_metastasis", CANCER)
    assert found.number_words.startswith("about 93 in 1000, from 31 to 250")
    assert "about 7 in 1000, from 4 to 11" in found.number_words


def test_without_a_figure_the_reason_stands_there(read):
    assert read("cauda_equina", {"saddle_numbness": "new"}).number_words.startswith("Never a figure")


@pytest.mark.parametrize(
    ("cause", "answers", "needs"),
    [
        ("bone_metastasis", {}, ("cancer_history",)),
        ("bone_metastasis", {"cancer_history": True}, ("cancer_spread",)),
        ("bone_metastasis", {"cancer_history": False}, ()),
        ("fracture", {}, ("injury",)),
        ("axial_spondyloarthritis", {}, ("pain_duration_weeks",)),
        ("infection", {}, ()),
    ],
)
def test_what_a_figure_waits_for(read, cause, answers, needs):
    assert read(cause, answers, age=70).number_needs == needs


def test_figures_are_not_shares_of_a_whole(content, causes):
    """Each is this cause against not this cause; together they may come to more than all."""
    answers = CANCER | {
        "injury": True,
        "onset_age": 30,
        "pain_duration_weeks": 1000,
        "family_spondyloarthritis": True,
        "hla_b27": True,
    }
    found = differential(content, causes, Person(60, "female"), answers)
    alone = differential(content, causes, Person(60, "female"), CANCER)
    assert sum(reading.estimate is not None for reading in found) == 3
    assert found[0].estimate == alone[0].estimate


# It cannot change an urgency


def imports(name, seen):
    """Every module of the engine that this one reads, however far down."""
    if name in seen:
        return seen
    seen.add(name)
    tree = ast.parse((CLINICAL / f"{name}.py").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("desktop.clinical"):
            inner = (node.module or "").removeprefix("desktop.clinical").lstrip(".")
            for one in [inner] if inner else [alias.name for alias in node.names]:
                imports(one.split(".")[0], seen)
    return seen


def test_the_assessment_reads_nothing_of_it():
    beside = {"chance", "frequency", "evidence", "causes", "differential", "side_by_side", "patient_view", "scores"}
    assert imports("assessment", set()) & (beside | {"counts", "condition_reader"}) == set()


def test_the_assessment_holds_nothing_of_it():
    names = set(assessment_module.Assessment.__struct_fields__)
    assert names & {"causes", "differential", "estimate", "probability", "evidence"} == set()


@pytest.fixture(scope="module", params=["as shipped", "other figures", "gone", "broken"])
def beside(request, tmp_path_factory):
    """The shipped rules, loaded from a folder whose evidence and causes are as named."""
    folder = tmp_path_factory.mktemp("content")
    for part in ("checklist", "rules", "citations", "pathways"):
        (folder / part).symlink_to(FOLDER / part)
    for part in ("evidence", "causes") if request.param != "gone" else ():
        (folder / part).mkdir()
        for path in (FOLDER / part).glob("*.toml"):
            text = path.read_text(encoding="utf-8")
            changed = {"other figures": _opposite(text), "broken": "urgency = [" + text}.get(request.param, text)
            (folder / part / path.name).write_text(changed, encoding="utf-8")
    return load(folder)


def _opposite(text):
    """Tiny chances, and causes for which only jaundice speaks."""
    text = re.sub(r"^events = \d+$", "events = 1", text, flags=re.MULTILINE)
    return re.sub(r"^when = .*$", 'when = "jaundice"', text, flags=re.MULTILINE)


ANSWERS = [
    {},
    CANCER,
    CANCER | {"radicular_pain": True, "straining_pain": True},
    {"saddle_numbness": "new"},
    {"injury": True, "osteoporosis": True},
    {"fever_or_unwell": True, "iv_drug_use": True},
    {"onset_age": 30, "pain_duration_weeks": 60, "hla_b27": True},
]


@pytest.mark.parametrize("answers", ANSWERS, ids=lambda answers: ",".join(answers) or "nothing")
def test_same_assessment_whatever_the_evidence_says(content, beside, answers):
    shipped, found = (
        json.dumps(assessment_json(one, assess(one, Person(60, "female"), answers, AT))).encode()
        for one in (content, beside)
    )
    assert found == shipped


@pytest.mark.parametrize("answers", ANSWERS, ids=lambda answers: ",".join(answers) or "nothing")
def test_reading_it_leaves_the_assessment_as_it_was(content, causes, answers):
    person = Person(60, "female")
    before = json.dumps(assessment_json(content, assess(content, person, answers, AT)))
    differential(content, causes, person, answers)
    side_by_side(content, causes, person, answers)
    assert json.dumps(assessment_json(content, assess(content, person, answers, AT))) == before


YES_NO = ["cancer_history", "injury", "weight_loss", "straining_pain", "radicular_pain", "hla_b27", "psoriasis"]


@given(st.dictionaries(st.sampled_from(YES_NO), st.sampled_from([True, False, Unsure()])))
@settings(max_examples=60, deadline=None)
def test_every_feature_is_in_one_place_at_most(content, causes, answers):
    for reading in differential(content, causes, Person(60, "male"), answers):
        placed = names([*reading.speaks_for, *reading.absent, *reading.not_asked, *reading.unsettled])
        assert len(placed) == len(set(placed))


# Side by side


def test_the_table_has_every_row(rows):
    assert list(rows({})) == [
        "Cancer history",
        "Age",
        "Course",
        "Night and rest",
        "Movement",
        "Cough, sneeze, straining",
        "Site",
        "Leg or arm pain",
        "Leg raise",
        "Numbness, weakness, reflexes",
        "Tenderness",
        "General health",
        "Bladder, bowel, saddle",
        "Bloods",
        "X-ray",
        "MRI",
        "Both at once",
    ]


@pytest.mark.parametrize(
    ("row", "answers", "words"),
    [
        ("Cancer history", {}, "Cancer history: not asked"),
        ("Cancer history", {"cancer_history": False}, "Cancer history: no"),
        ("Age", {}, "Age: 50"),
        ("Night and rest", {"night_pain": "disturbs"}, "Night pain: disturbs"),
        ("Leg raise", {"slr_left": Unsure()}, "Straight leg raise, left: unsure"),
        ("Bloods", {"esr": Said("normal")}, "ESR: normal"),
        (
            "Numbness, weakness, reflexes",
            {"power_toe_extension_left": 3},
            "Power, left toe extension (L5): 3\N{NO-BREAK SPACE}out of 5",
        ),
    ],
)
def test_a_row_has_the_patients_own_answer(rows, row, answers, words):
    assert words in [f"{answer.label}: {answer.words}" for answer in rows(answers)[row].answers]


def test_details_that_cannot_be_asked_yet_are_not_missing(rows):
    assert [answer.item for answer in rows({})["Cancer history"].answers] == ["cancer_history"]


@pytest.mark.parametrize(
    ("row", "answers"),
    [
        ("Cough, sneeze, straining", {"straining_pain": True}),
        ("Night and rest", {"night_pain": "forces_up"}),
        ("Movement", {"mechanical_pain": True}),
        ("Leg raise", {"crossed_slr": True}),
        ("Bladder, bowel, saddle", {"saddle_numbness": "new"}),
        ("Leg or arm pain", CANCER | {"radicular_pain": True}),
    ],
)
def test_what_fits_both_is_shown_in_both_columns(rows, row, answers):
    found = rows(answers)[row]
    assert (found.left.fits, found.right.fits) == (True, True)


@pytest.mark.parametrize("row", ["Cancer history", "Course", "Night and rest", "Site", "Bloods", "MRI"])
def test_a_row_not_asked_fits_neither(rows, row):
    found = rows({})[row]
    assert (found.left.fits, found.right.fits) == (None, None)


def test_with_cancer_the_table_says_that_nothing_is_lowered(content, causes):
    person = Person(60, "female")
    warned = side_by_side(content, causes, person, CANCER).above
    assert "nothing in the right-hand column lowers the urgency" in warned
    assert warned.startswith("These overlap")
    assert "right-hand" not in side_by_side(content, causes, person, {}).above


# The files

FORBIDDEN = (
    "exclud",
    "rule out",
    "ruled out",
    "rules out",
    "reassur",
    "low risk",
    "unlikely",
    "safe to",
    "no cancer is",
)


@pytest.mark.parametrize("path", sorted([*(FOLDER / "causes").glob("*.toml"), *(FOLDER / "evidence").glob("*.toml")]))
def test_no_text_reassures(path):
    text = path.read_text(encoding="utf-8").lower()
    assert [word for word in FORBIDDEN if word in text] == []


@pytest.mark.parametrize("claim", ["30–70", "30-70", "70%", "calcium-rich", "acupuncture", "completely different"])
def test_claims_of_the_popular_articles_are_not_copied(claim):
    paths = [*(FOLDER / "causes").glob("*.toml")]
    assert [path.name for path in paths if claim in path.read_text(encoding="utf-8")] == []


def test_stynes_has_five_items():
    text = (FOLDER / "causes/02-disc-herniation.toml").read_text(encoding="utf-8")
    assert text.count("One of the five items") + text.count("one of the five items") == 5


def test_every_ratio_is_used_or_shown(causes):
    shown = {feature.accuracy for cause in causes.causes for feature in cause.speaks_for + cause.speaks_elsewhere}
    used = {id for number in causes.evidence.numbers.values() for id in number.ratios}
    assert [r.id for r in causes.evidence.ratios.values() if r.id not in used and r.words not in shown] == []


DECIDED = {
    "bone_metastasis": "cancer_history cancer_spread cancer_status weight_loss night_pain severe_unremitting "
    "progressive band_like pain_site no_improvement spinal_tenderness fatigue adjusted_calcium haemoglobin esr psa "
    "imaging_finding",
    "disc_herniation": "radicular_pain leg_worse_than_back radicular_side slr_left slr_right crossed_slr limb_numbness "
    "reflex_ankle_left straining_pain minor_strain_onset power_toe_extension_left",
    "cauda_equina": "bladder_change bowel_change saddle_numbness sexual_change bilateral_leg_symptoms weakness_sides "
    "perianal_sensation_reduced pvr_ml",
    "cord_compression": "gait_unsteady limb_weakness weakness_sides sensory_level plantars_upgoing clonus hoffmann "
    "band_like pain_site bladder_change cancer_history imaging_finding",
    "myeloma": "age pain_duration_weeks fatigue recurrent_infections haemoglobin egfr adjusted_calcium esr "
    "plasma_viscosity paraprotein light_chains_abnormal imaging_finding",
    "infection": "fever_or_unwell temperature iv_drug_use immunosuppressed dialysis_or_line recent_infection "
    "spinal_procedure_recent diabetes tb_risk night_sweats severe_unremitting spinal_tenderness crp esr",
    "fracture": "injury minor_strain_onset age osteoporosis steroid_use previous_fragility_fracture height_loss_cm "
    "new_deformity spinal_tenderness sudden_severe_pain cannot_mobilise ankylosed_spine",
    "axial_spondyloarthritis": "onset_age pain_duration_weeks waking_second_half_night buttock_pain "
    "better_with_movement nsaid_response family_spondyloarthritis arthritis_ever enthesitis_ever psoriasis "
    "uveitis_or_ibd hla_b27 crp",
    "visceral_or_vascular": "known_aneurysm sudden_severe_pain pain_tearing acutely_ill abdominal_aorta pulse_deficit "
    "arm_bp_difference chest_pain breathless abdominal_pain loin_to_groin_pain urinary_symptoms visible_haematuria "
    "jaundice vascular_risk aortic_risk ever_smoked weight_loss",
    "spinal_stenosis": "age claudication eased_by_sitting bilateral_leg_symptoms imaging_finding",
    "non_specific": "mechanical_pain pain_course flag_above_routine",
}


@pytest.mark.parametrize("id", CAUSES)
def test_each_cause_reads_the_items_that_were_decided(causes, id):
    """The rows of the decision memo, section 6."""
    read = {item for feature in causes.cause(id).speaks_for for item in items(feature.condition)}
    assert set(DECIDED[id].split()) - read == set()


CAUSE = """\
[cause]
id = "test"
name = "A cause"
order = 1
about = "About."
no_number = "No figure."
cites = ["nice-ng234 1.3"]

[[speaks_for]]
name = "Weight loss"
when = "weight_loss"
"""
TABLE = """\
[comparison]
name = "Two"
left = "test"
right = "test"
above = "Above."
with_cancer = "Cancer."

[[row]]
name = "Weight"
left = "Left."
right = "Right."
left_when = "weight_loss"
items = ["weight_loss"]
never_infer = "Nothing."
"""


def planted(tmp_path, cause=CAUSE, table=TABLE):
    (tmp_path / "causes").mkdir()
    (tmp_path / "causes/cause.toml").write_text(cause, encoding="utf-8")
    (tmp_path / "causes/table.toml").write_text(table, encoding="utf-8")
    return tmp_path


def test_good_files_load(content, tmp_path):
    assert load_causes(content, planted(tmp_path)).cause("test").name == "A cause"


@pytest.mark.parametrize(
    ("part", "old", "new", "said"),
    [
        (CAUSE, 'when = "weight_loss"', 'when = "weight_los"', "did you mean “weight_loss”"),
        (CAUSE, 'when = "weight_loss"', "when = 'night_pain == \"awful\"'", "cannot be “awful”"),
        (CAUSE, 'when = "weight_loss"', 'when = "weight_loss > 3"', "is yes-no"),
        (CAUSE, 'when = "weight_loss"', 'when = "weight_loss or not weight_loss"', "two directions"),
        (CAUSE, 'when = "weight_loss"', 'when = "__import__(1)"', "is not a function"),
        (CAUSE, 'when = "weight_loss"', 'when = "weight_loss"\nratio = "nothing"', "there is no ratio"),
        (CAUSE, 'when = "weight_loss"', 'when = "weight_loss"\nurgency = "soon"', "is not a key"),
        (CAUSE, 'when = "weight_loss"\n', "", "when: is missing"),
        (CAUSE, "nice-ng234", "nice-ng999", "no citation"),
        (CAUSE, "[[speaks_for]]", "[[speaks_against]]", "is not a table"),
        (CAUSE, 'no_number = "No figure."\n', "", "no_number: is missing"),
        (TABLE, 'left = "test"', 'left = "tset"', "there is no cause “tset”"),
        (TABLE, '["weight_loss"]', '["weight"]', "no item is called “weight”"),
        (TABLE, 'left_when = "weight_loss"', 'left_when = "weight"', "no item is called “weight”"),
        (TABLE, 'never_infer = "Nothing."\n', "", "never_infer: is missing"),
    ],
)
def test_wrong_files_are_refused(content, tmp_path, part, old, new, said):
    assert old in part
    wrong = part.replace(old, new, 1)
    folder = planted(tmp_path, **({"cause": wrong} if part is CAUSE else {"table": wrong}))
    with pytest.raises(ContentError) as caught:
        load_causes(content, folder)
    assert said in str(caught.value)


def test_mistakes_of_causes_and_evidence_are_told_together(content, tmp_path):
    folder = planted(tmp_path, CAUSE.replace("weight_loss", "weight_los"), TABLE.replace('"test"', '"tset"', 1))
    (folder / "evidence").mkdir()
    (folder / "evidence/bad.toml").write_text("[[prior]]\nid = 'x'\n", encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_causes(content, folder)
    assert {mistake.file for mistake in caught.value.mistakes} == {
        "causes/cause.toml",
        "causes/table.toml",
        "evidence/bad.toml",
    }


def test_a_ratio_beside_another_finding_is_refused(content, tmp_path):
    folder = planted(tmp_path, CAUSE.replace('when = "weight_loss"', 'when = "fatigue"\nratio = "weight_loss_ratio"'))
    (folder / "evidence").symlink_to(FOLDER / "evidence")
    with pytest.raises(ContentError, match="is the ratio of another finding"):
        load_causes(content, folder)


def test_one_table_is_needed(content, tmp_path):
    folder = planted(tmp_path)
    (folder / "causes/table.toml").unlink()
    with pytest.raises(ContentError, match="one side-by-side table"):
        load_causes(content, folder)


def test_sources_stand_beside_findings(read):
    (finding,) = read("bone_metastasis", {"weight_loss": True}).speaks_for
    assert isinstance(finding, Finding)
    assert finding.feature.accuracy == "likelihood ratio 2.7, no interval published; primary care"
    assert any(source.startswith("Verhagen") for source in finding.feature.sources)


def test_every_cause_file_is_a_cause_or_the_table():
    heads = [set(tomllib.loads(path.read_text(encoding="utf-8"))) for path in (FOLDER / "causes").glob("*.toml")]
    assert sum("cause" in head for head in heads) == len(CAUSES)
    assert sum("comparison" in head for head in heads) == 1
