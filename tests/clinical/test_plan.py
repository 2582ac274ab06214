"""Merging plans: the strictest limit wins, the larger picture takes in the smaller, each line keeps its rules."""

from datetime import UTC, datetime, timedelta
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest

from desktop.clinical.assessment import assess
from desktop.clinical.checklist import CouldNotExamine, Person, Unsure
from desktop.clinical.knowledge import know
from desktop.clinical.merging import HINDRANCE_UNSIGNED, merge

AT = datetime(2026, 11, 23, 10, 40, tzinfo=UTC)


def imaging(modality, region, within="", *, by="GP", **keys):
    limit = f'within = "{within}"\n' if within else ""
    more = "".join(f"{key} = {value}\n" for key, value in keys.items())
    return f'kind = "imaging"\nmodality = "{modality}"\nregion = "{region}"\n{limit}arranged_by = "{by}"\n{more}'


def bloods(*tests, within):
    return f'kind = "bloods"\ntests = {list(tests)}\nwithin = "{within}"'


@pytest.fixture
def plan_of(make_content, make_rule):
    """The plan when every one of the given rules (id, urgency, lines) is raised by a cancer history."""

    def plan(*rules, more="", **answers):
        texts = [make_rule(id, urgency, "cancer", *lines) for id, urgency, *lines in rules]
        content = make_content("".join(texts) + more)
        return assess(content, Person(), {"cancer": True} | answers, AT).plan

    return plan


def test_whole_spine_takes_in_the_smaller_region_and_its_stricter_limit(plan_of):
    plan = plan_of(
        ("R01", "emergency", imaging("MRI", "whole spine", "24 hours", by="MSCC service")),
        ("R08", "emergency", imaging("MRI", "lumbosacral spine", "4 hours", by="Emergency department")),
    )
    (line,) = plan.imaging
    assert (line.region, line.within, line.arranged_by, line.rules) == (
        "whole spine",
        "4 hours",
        "Emergency department",
        ("R01", "R08"),
    )
    assert line.due == AT + timedelta(hours=4)


def test_two_regions_of_which_neither_holds_the_other_both_stand(plan_of):
    plan = plan_of(
        ("R01", "urgent", imaging("MRI", "cervical spine", "2 weeks")),
        ("R02", "urgent", imaging("MRI", "lumbar spine", "2 weeks")),
    )
    assert {line.region for line in plan.imaging} == {"cervical spine", "lumbar spine"}


def test_mri_of_the_spine_takes_in_the_xray_and_says_so(plan_of):
    plan = plan_of(
        ("R25", "soon", imaging("X-ray", "thoracic and lumbar spine, separate views", "2 weeks")),
        ("R06", "urgent", imaging("MRI", "whole spine", "2 weeks")),
    )
    assert [line.modality for line in plan.imaging] == ["MRI"]
    assert [(line.modality, line.region, line.reason) for line in plan.withheld] == [
        ("X-ray", "thoracic and lumbar spine, separate views", "MRI or CT of the spine is asked for")
    ]


def test_an_xray_of_something_else_stays(plan_of):
    plan = plan_of(
        ("R43", "soon", imaging("X-ray", "the lump", "48 hours")),
        ("R06", "urgent", imaging("MRI", "whole spine", "2 weeks")),
    )
    assert {line.modality for line in plan.imaging} == {"MRI", "X-ray"}


def test_a_later_line_takes_nothing_in_and_gives_way_to_the_same_picture_now(plan_of):
    later = imaging("MRI", "lumbar spine", "6 weeks", then='"if the X-ray is normal"')
    xray = imaging("X-ray", "thoracic and lumbar spine", "2 weeks")
    alone = plan_of(("R25", "soon", xray, later))
    assert [(line.modality, line.then) for line in alone.imaging] == [
        ("X-ray", None),
        ("MRI", "if the X-ray is normal"),
    ]
    both = plan_of(("R25", "soon", later), ("R06", "urgent", imaging("MRI", "whole spine", "2 weeks")))
    assert [line.then for line in both.imaging] == [None]


def test_a_line_that_depends_on_an_open_answer_is_withheld_and_says_on_which(plan_of):
    line = imaging("MRI", "whole spine", "4 hours", when="'weakness == \"new\"'")
    assert plan_of(("R08", "emergency", line)).withheld[0].reason == "depends on: weakness"
    assert len(plan_of(("R08", "emergency", line), weakness="new").imaging) == 1
    assert plan_of(("R08", "emergency", line), weakness="no").withheld == ()


def test_a_limit_set_by_others_never_beats_a_given_one(plan_of):
    plan = plan_of(
        ("R01", "same-day", imaging("MRI", "whole spine", timing='"as the on-call team advises"', by="Spinal on-call")),
        ("R03", "same-day", imaging("MRI", "whole spine", "1 week", by="MSCC service")),
    )
    assert [(line.within, line.arranged_by) for line in plan.imaging] == [("1 week", "MSCC service")]


@pytest.mark.parametrize(
    ("urgency", "owner", "timing"),
    [("soon", "Spinal on-call", "at the latest; sooner as the on-call team advises"), ("same-day", "GP", "")],
)
def test_who_arranges_is_said_by_the_more_urgent_rule_where_a_team_sets_the_time(plan_of, urgency, owner, timing):
    team = imaging("MRI", "lumbar spine", timing='"as the on-call team advises"', by="Spinal on-call")
    plan = plan_of(("R48", "same-day", team), ("R04", urgency, imaging("MRI", "lumbar spine", "2 weeks")))
    assert [(line.within, line.arranged_by, line.timing) for line in plan.imaging] == [("2 weeks", owner, timing)]


def test_a_larger_flag_speaks_for_a_smaller_one(make_content, make_rule):
    content = make_content(
        make_rule("R01", "emergency", "cancer", 'kind = "immediate"\ntext = "Now."', takes_in='["R02"]')
        + make_rule(
            "R02", "same-day", "cancer", 'kind = "immediate"\ntext = "Within a week."', bloods("CRP", within="24 hours")
        )
    )
    plan = assess(content, Person(), {"cancer": True}, AT).plan
    assert [line.text for line in plan.immediate] == ["Now."]
    assert [line.to for line in plan.referral] == ["Hospital"]
    assert [line.tests for line in plan.bloods] == [("CRP",)]


def test_no_bloods_of_what_may_wait_stand_beside_an_emergency(plan_of):
    rules = [("R13", "soon", bloods("ESR", within="2 weeks")), ("R35", "same-day", bloods("PTH", within="24 hours"))]
    assert [line.tests for line in plan_of(*rules).bloods] == [("PTH",), ("ESR",)]
    assert [line.tests for line in plan_of(("R08", "emergency"), *rules).bloods] == [("PTH",)]


def test_a_scan_that_may_wait_stands_beside_an_emergency_only_where_it_makes_the_picture_larger(plan_of):
    emergency = ("R08", "emergency", imaging("MRI", "lumbosacral spine", "4 hours"))
    both_legs = ("R02g", "urgent", imaging("MRI", "whole spine", "2 weeks"))
    belly = ("R16", "urgent", imaging("CT", "abdomen and pelvis", "2 weeks"))
    stone = ("R49", "same-day", imaging("CT", "kidneys and bladder", "24 hours"))
    assert [(line.region, line.within) for line in plan_of(emergency, both_legs, belly, stone).imaging] == [
        ("whole spine", "4 hours"),
        ("kidneys and bladder", "24 hours"),
    ]
    assert [line.region for line in plan_of(both_legs, belly).imaging] == ["whole spine", "abdomen and pelvis"]


def test_nothing_is_said_to_be_held_back_that_an_emergency_puts_off(plan_of):
    asked = imaging("MRI", "whole spine", "2 weeks", when="'weakness == \"new\"'")
    assert [line.region for line in plan_of(("R42", "urgent", asked)).withheld] == ["whole spine"]
    assert not plan_of(("R24", "emergency"), ("R42", "urgent", asked)).withheld


def test_a_routine_review_waits_beside_what_is_urgent_unless_it_is_done_at_once(plan_of):
    watch = ("R07", "routine", said("Watch."))
    at_once = ("R53", "routine", said("Tap the spine."), 'kind = "referral"\nto = "gp"\nhow = "here"\nwithin = "now"')
    plan = plan_of(("R06", "urgent"), watch, at_once)
    assert [line.text for line in plan.immediate] == ["Tap the spine."]
    assert plan.notes == ("To be dealt with once what is more urgent is settled: Flag R07.",)
    assert "Watch." in words_of(plan_of(("R13", "soon"), watch, at_once))


def test_ct_and_mri_takes_in_mri_of_the_same_region(plan_of):
    plan = plan_of(
        ("R27", "emergency", imaging("CT and MRI", "spine", "now")),
        ("R02", "same-day", imaging("MRI", "spine", "24 hours")),
    )
    assert [(line.modality, line.within) for line in plan.imaging] == [("CT and MRI", "now")]


PANEL = '[[panel]]\nid = "baseline"\nname = "Baseline"\ntests = ["full blood count", "CRP"]\n'


def test_a_test_asked_for_twice_is_taken_once_within_the_stricter_limit(plan_of):
    plan = plan_of(
        ("R13", "soon", bloods("baseline", "electrophoresis", within="2 weeks")),
        ("R14", "urgent", bloods("baseline", within="1 week")),
        more=PANEL,
    )
    assert [(line.tests, line.within, line.rules) for line in plan.bloods] == [
        (("full blood count", "CRP"), "1 week", ("R14", "R13")),
        (("electrophoresis",), "2 weeks", ("R13",)),
    ]


def test_one_contact_is_asked_once_within_the_stricter_limit(plan_of):
    plan = plan_of(("R01", "emergency"), ("R06", "urgent"), ("R08", "emergency"))
    assert [(line.to, line.within, line.rules) for line in plan.referral] == [
        ("Hospital", "now", ("R01", "R08")),
    ]
    assert plan.notes == ("To be dealt with once the emergency is settled: Flag R06.",)


def test_what_the_practice_does_itself_stays_apart_task_by_task(plan_of):
    task = 'kind = "referral"\nto = "gp"\nhow = "{how}"\nwithin = "{within}"'
    plan = plan_of(
        ("R13", "soon", task.format(how="review the results", within="4 weeks")),
        ("R52", "routine", task.format(how="in this consultation", within="now")),
    )
    assert [(line.how, line.within) for line in plan.referral] == [
        ("in this consultation", "now"),
        ("telephone", "2 weeks"),
        ("review the results", "4 weeks"),
    ]


NO_SCAN = 'kind = "no-imaging"\ntext = "A picture would not help."'


def test_why_no_imaging_is_dropped_above_routine_and_beside_imaging(plan_of):
    assert len(plan_of(("R44", "routine", NO_SCAN)).nothing) == 1
    assert plan_of(("R44", "routine", NO_SCAN), ("R13", "soon")).nothing == ()
    assert plan_of(("R44", "routine", NO_SCAN), ("R06", "urgent")).nothing == ()
    assert plan_of(("R44", "routine", NO_SCAN, imaging("MRI", "lumbar spine", "12 weeks"))).nothing == ()


def test_what_saves_a_life_comes_first(plan_of):
    plan = plan_of(
        ("R01", "emergency", 'kind = "immediate"\ntext = "Telephone."'),
        ("R51", "emergency", 'kind = "immediate"\ntext = "Call 999."\nfirst = true'),
        ("R53", "same-day", 'kind = "immediate"\ntext = "Telephone."'),
        ("R54", "routine", 'kind = "immediate"\ntext = "Keep moving."'),
    )
    assert [(line.text, line.rules) for line in plan.immediate] == [
        ("Call 999.", ("R51",)),
        ("Telephone.", ("R01", "R53")),
    ]


MRI_SAFETY = """
[[modifier]]
id = "R46"
name = "MRI safety"
when = "foot_drop"
applies_to = "mri"
text = "Keep the limit."
not_asked = "MRI safety not asked"
tag = "seen"
reviewed = 2026-11-22
[modifier.alternatives]
cancer = "CT of the whole spine"
other = "Ask radiology"
[[modifier.hindrances]]
item = "foot_drop"
advice = "Ask for the conditional pathway."
"""


@pytest.mark.parametrize(
    ("answers", "safety", "alternatives"),
    [
        ({"weakness": "new", "foot_drop": True}, ("Ask for the conditional pathway.",), ("CT of the whole spine",)),
        ({"weakness": "new", "foot_drop": False}, (), ()),
        ({"weakness": "new"}, ("MRI safety not asked: foot drop",), ()),
        ({"weakness": "no"}, (), ()),
    ],
)
def test_what_stands_in_the_way_of_an_mri_adds_to_the_line_and_moves_no_limit(plan_of, answers, safety, alternatives):
    mri = imaging("MRI", "whole spine", "24 hours", indication='"cancer"')
    (line,) = plan_of(("R01", "emergency", mri), more=MRI_SAFETY, **answers).imaging
    assert (line.safety, line.alternatives, line.within) == (safety, alternatives, "24 hours")


def test_what_stands_in_the_way_of_an_mri_carries_the_mark_where_nobody_has_signed_it(plan_of):
    mri = imaging("MRI", "whole spine", "24 hours", indication='"cancer"')
    unsigned = MRI_SAFETY.replace('tag = "seen"', 'tag = "judgement"')
    for foot_drop, marked in ((True, True), (False, False)):
        (line,) = plan_of(("R01", "emergency", mri), more=unsigned, weakness="new", foot_drop=foot_drop).imaging
        assert (HINDRANCE_UNSIGNED in line.safety) is marked


def test_a_scan_that_a_team_was_to_advise_is_theirs_who_scan_the_spine_now(plan_of):
    advised = imaging("MRI", "spine").rstrip() + '\ntiming = "as the spinal on-call team advises"'
    now = imaging("MRI", "lumbosacral spine", "4 hours")
    assert [line.region for line in plan_of(("R08", "emergency", now), ("R02b", "same-day", advised)).imaging] == [
        "lumbosacral spine"
    ]
    assert len(plan_of(("R08", "same-day", now), ("R02b", "same-day", advised)).imaging) == 2


def test_24_hours_are_elapsed_hours_also_over_a_change_of_the_clock(make_content, make_rule):
    content = make_content(make_rule("R03", "same-day", "cancer"))
    before = datetime(2026, 10, 24, 12, 0, tzinfo=ZoneInfo("Europe/London"))
    line = assess(content, Person(), {"cancer": True}, before).plan.referral[0]
    assert line.due == datetime(2026, 10, 25, 11, 0, tzinfo=UTC)


def test_the_order_in_which_rules_are_raised_changes_nothing(make_content, make_rule):
    content = make_content(
        make_rule("R01", "emergency", "cancer", imaging("MRI", "whole spine", "24 hours"))
        + make_rule("R08", "emergency", "cancer", imaging("MRI", "lumbosacral spine", "4 hours"))
        + make_rule(
            "R25", "soon", "cancer", imaging("X-ray", "lumbar spine", "2 weeks"), bloods("CRP", within="2 weeks")
        )
    )
    knowledge = know(content, Person(), {"cancer": True})
    plans = {merge(content, rules, knowledge, frozenset(), AT) for rules in permutations(content.rules)}
    assert len(plans) == 1


@pytest.mark.parametrize(
    ("person", "note"),
    [
        (Person(60, "male"), None),
        (Person(60, "other"), None),
        (Person(60, "female"), None),
        (Person(60), "Depends on sex, not recorded: PSA."),
        (Person(None, "male"), "Depends on age, not recorded: PSA."),
        (Person(), "Depends on age and sex, not recorded: PSA."),
    ],
)
def test_bloods_that_hang_on_an_unrecorded_fact_are_named(make_content, make_rule, person, note):
    psa = bloods("PSA", within="1 week") + "\nwhen = 'sex != \"female\" and age >= 50'\n"
    plan = assess(make_content(make_rule("R06", "urgent", "cancer", psa)), person, {"cancer": True}, AT).plan
    assert bool(plan.bloods) is (person.age is not None and person.sex in ("male", "other"))
    assert [line for line in plan.notes if "PSA" in line] == ([note] if note else [])


def said(text, *, kind="immediate", **keys):
    return f'kind = "{kind}"\ntext = "{text}"\n' + "".join(f"{key} = {value}\n" for key, value in keys.items())


@pytest.mark.parametrize(
    ("answers", "stands"),
    [
        ({}, True),
        ({"foot_drop": True}, False),
        ({"foot_drop": False}, True),
        ({"foot_drop": Unsure()}, True),
    ],
)
@pytest.mark.parametrize("kind", ["immediate", "safety-net", "no-bloods"])
def test_a_line_with_unless_stands_until_its_condition_is_true(plan_of, answers, stands, kind):
    plan = plan_of(("R01", "routine", said("Give it.", kind=kind, unless="'foot_drop'")), weakness="old", **answers)
    assert ("Give it." in words_of(plan)) is stands


@pytest.mark.parametrize(
    ("answers", "stands"),
    [
        ({}, True),
        ({"weakness": "new"}, True),
        ({"weakness": "new", "foot_drop": Unsure()}, True),
        ({"weakness": "new", "foot_drop": CouldNotExamine("pain")}, True),
        ({"weakness": "new", "foot_drop": False}, False),
        # Where the weakness is denied nobody asks for a foot drop.
        ({"weakness": "no"}, False),
    ],
)
def test_a_line_stands_while_a_question_is_open_and_not_once_all_are_answered(plan_of, answers, stands):
    line = said("Ask now.", while_open='["weakness", "foot_drop"]')
    assert ("Ask now." in words_of(plan_of(("R01", "soon", line), **answers))) is stands


def test_a_line_with_both_and_a_when_needs_all_three(plan_of):
    line = said("Ask now.", while_open='["crp"]', unless="'foot_drop'", when="'weakness == \"new\"'")
    rule = ("R01", "soon", line)
    assert "Ask now." in words_of(plan_of(rule, weakness="new"))
    for answers in ({}, {"weakness": "new", "crp": 4}, {"weakness": "new", "foot_drop": True}):
        assert "Ask now." not in words_of(plan_of(rule, **answers))


def words_of(plan):
    return [line.text for line in (*plan.immediate, *plan.safety_net, *plan.nothing)]


def test_an_xray_that_waits_for_an_answer_is_no_word_beside_a_scan_of_the_spine(plan_of):
    """A GP: “Held back: X-ray, depends on cancer history” under an MRI of the whole spine."""
    xray = imaging("X-ray", "lumbar spine", "2 weeks", when='"foot_drop"')
    scanned = ("R06", "urgent", imaging("MRI", "whole spine", "2 weeks"))
    assert plan_of(("R25", "soon", xray), scanned, weakness="new").withheld == ()
    assert len(plan_of(("R25", "soon", xray), weakness="new").withheld) == 1
