"""Invented adults with back pain, every item answered; the inputs, and whose word they are, stand in population.toml.

Run as a program it writes firing_rates.toml anew: how often each rule is raised, and each urgency reached.
"""

import random
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from desktop.clinical.checklist import Answer, Person
from desktop.clinical.condition import verdict
from desktop.clinical.content import Content, load
from desktop.clinical.knowledge import know
from desktop.clinical.rules import Rule, Urgency

HERE = Path(__file__).parent
RATES = HERE / "firing_rates.toml"
INPUTS = tomllib.loads((HERE / "population.toml").read_text(encoding="utf-8"))
SHARES = INPUTS["source"] | INPUTS["decisions"] | INPUTS["judgement"]
BANDS = tuple(INPUTS["choice"]["age_band"])
MOVEMENTS = {
    "leg": ("hip_flexion", "knee_extension", "ankle_dorsiflexion", "toe_extension", "ankle_plantarflexion"),
    "arm": ("elbow_flexion", "wrist_extension", "elbow_extension", "finger_flexion", "finger_abduction"),
}
WEAK_LIMBS = {
    "one_leg": (("leg", "left"),),
    "both_legs": (("leg", "left"), ("leg", "right")),
    "one_arm": (("arm", "left"),),
    "both_arms": (("arm", "left"), ("arm", "right")),
    "arms_and_legs": (("arm", "left"), ("arm", "right"), ("leg", "left"), ("leg", "right")),
}
# What is left of numb legs where both legs are denied.
ONE_SIDE = {"both_legs": "one_limb", "arms_and_legs": "both_arms"}
HALLMARKS = ("cancer_history", "fever_or_unwell", "acutely_ill", "chest_pain", "breathless", "loin_to_groin_pain")
WORDS = re.compile(r"\w+").findall
# Yes-no answers that hang on nothing but the age.
ALONE = WORDS("""
    acutely_ill fever_or_unwell sudden_severe_pain known_aneurysm injury cancer_history
    weight_loss fatigue recurrent_infections night_sweats jaundice visible_haematuria ever_smoked
    mechanical_pain straining_pain band_like claudication chest_pain breathless abdominal_pain
    loin_to_groin_pain clumsy_hands vascular_risk aortic_risk hypercalcaemia_symptoms
    urinary_symptoms spinal_surgery_ever seen_before
    osteoporosis steroid_use previous_fragility_fracture ankylosed_spine
    fracture_pain_6_weeks iv_drug_use immunosuppressed dialysis_or_line recent_infection spinal_procedure_recent
    diabetes tb_risk painful_red_eye pulse_deficit sensory_level spinal_tenderness new_deformity bony_lump
    movement_limited paraprotein light_chains_abnormal mri_implant mri_metal_eye mri_recent_clips claustrophobia
    mri_unavailable contrast_allergy metformin anticoagulant can_get_help
    """)
FEATURES_OF_SPONDYLOARTHRITIS = WORDS("""
    waking_second_half_night buttock_pain better_with_movement nsaid_response family_spondyloarthritis arthritis_ever
    enthesitis_ever psoriasis uveitis_or_ibd hla_b27
    """)


CAUDA_EQUINA = ("bladder_change", "bowel_change", "saddle_numbness", "sexual_change")
CORD_SIGNS = ("plantars_upgoing", "clonus", "hoffmann", "other_cord_sign")
DRAWS = (*SHARES, *INPUTS["choice"], *CORD_SIGNS, "age", "week")
OVER_TWO_WEEKS = 1 - INPUTS["choice"]["weeks"]["0-1"] - INPUTS["choice"]["weeks"]["2-3"] / 2


class Patient:
    """One invented person, made of one draw for each input."""

    def __init__(self, drawn: dict[str, float]) -> None:
        self.drawn = drawn
        band = self.pick("age_band")
        self.place = BANDS.index(band)
        self.age = self.between(band, "age")
        self.sex = "female" if self.has("female") else "male"
        self.badly_off = self.has("badly_off")
        self.weeks = self.between(self.pick("weeks"), "week")
        self.answers: dict[str, Answer] = {id: self.has(id) for id in ALONE}
        self.screen()
        self.cancer()
        self.pain()
        self.nerves()
        self.inflammatory()
        self.examined()
        self.results()
        self.since_last_visit()
        self.answers["clinician_suspects_cancer"] = self.suspects_cancer()

    @property
    def person(self) -> Person:
        return Person(age=self.age, sex=self.sex)  # type: ignore[arg-type]

    @property
    def ordinary(self) -> bool:
        """Decisions §4.2: no cancer history, fever, acute illness, chest pain, breathlessness or stone."""
        return not any(self.answers[id] for id in HALLMARKS)

    def given(self, content: Content) -> dict[str, Answer]:
        """Without items that another checklist does not have: rules of an earlier release are measured alike."""
        return {id: answer for id, answer in self.answers.items() if id in content.items}

    def share(self, name: str) -> float:
        share = SHARES[name]
        return share[self.place] if isinstance(share, list) else share

    def has(self, name: str, draw: str = "") -> bool:
        return self.drawn[draw or name] < self.share(name)

    def has_if(self, name: str, *, worse: bool, words: tuple[str, str] = ("if_badly_off", "otherwise")) -> bool:
        return self.has(f"{name}_{words[0] if worse else words[1]}")

    def pick(self, name: str, draw: str = "") -> str:
        left = self.drawn[draw or name]
        for value, weight in INPUTS["choice"][name].items():
            left -= weight
            if left < 0:
                return value
        return value

    def between(self, bounds: str, draw: str) -> int:
        low, high = map(int, bounds.split("-"))
        return low + int(self.drawn[draw] * (high - low + 1))

    def timed(self, new: str, old: str) -> str:
        """Old is over two weeks old, and since the pain began: nobody in the first two weeks of pain has it. The others
        have it so much more often that the share of all consultations is as given."""
        if self.has(new):
            return "new"
        return "old" if self.weeks > 2 and self.drawn[old] * OVER_TWO_WEEKS < self.share(old) else "no"

    def screen(self) -> None:
        root = self.answers["radicular_pain"] = self.has("root_pain")
        with_root = "with_root_pain" if root else "without_root_pain"
        self.answers |= {
            "bladder_change": self.timed("bladder_new", "bladder_old"),
            "bowel_change": self.timed("bowel_new", "bowel_old"),
            "saddle_numbness": self.timed("saddle_new", "saddle_old"),
            "sexual_change": self.timed("sexual_new", "sexual_old"),
            "bilateral_leg_symptoms": self.timed("both_legs_new", "both_legs_old"),
            "limb_weakness": self.timed(f"weakness_new_{with_root}", f"weakness_old_{with_root}"),
            "gait_unsteady": self.timed("gait_new", "gait_old"),
        }
        self.details_of_the_screen()
        self.power()

    def details_of_the_screen(self) -> None:
        if self.answers["acutely_ill"]:
            self.answers["acute_signs"] = frozenset({"clammy_or_grey"})
        self.answers["pvr_ml"] = 40
        if self.answers["bladder_change"] != "no":
            self.bladder(self.answers["bladder_change"])
        if self.answers["bilateral_leg_symptoms"] != "no":
            self.answers["bilateral_numbness"] = self.has("both_legs_numb")
            new = self.answers["bilateral_leg_symptoms"] == "new"
            self.answers["one_leg_became_two"] = self.has("one_leg_became_two") and new
        if self.answers["sudden_severe_pain"]:
            self.answers["pain_tearing"] = self.has("pain_tearing")
        if self.answers["injury"]:
            self.answers["injury_energy"] = "high" if self.has("injury_high") else "low"
        for parent, detail in {
            "visible_haematuria": "haematuria_unexplained",
            "claudication": "eased_by_sitting",
        }.items():
            if self.answers[parent]:
                self.answers[detail] = self.has(detail)

    def bladder(self, since: Answer) -> None:
        features = ("hesitancy", "reduced_sensation", f"incontinence_if_{since}", f"retention_if_{since}")
        self.answers["bladder_features"] = frozenset(name.split("_if_")[0] for name in features if self.has(name))
        self.answers["pvr_ml"] = 350 if self.has("residual_200") else 40

    def power(self) -> None:
        """Full everywhere, but for what is measured in the limbs that are said to be weak."""
        since = self.answers["limb_weakness"]
        measured: dict[tuple[str, str, str], int] = {}
        if since != "no":
            sides = self.answers["weakness_sides"] = self.pick("weakness_sides")
            new = since == "new"
            self.answers["weakness_worsening"] = self.has("weakness_worsening") and new
            self.answers["foot_drop"] = self.has("foot_drop") and new and "leg" in sides
            power = int(self.pick(f"power_if_{since}"))
            if self.answers["foot_drop"]:
                power = min(power, 2 if self.has("foot_drop_measured") else 4)
            measured = {(MOVEMENTS[limb][2], limb, side): power for limb, side in WEAK_LIMBS[sides]}
        for limb in MOVEMENTS:
            for movement in MOVEMENTS[limb]:
                for side in ("left", "right"):
                    self.answers[f"power_{movement}_{side}"] = measured.get((movement, limb, side), 5)

    def cancer(self) -> None:
        if self.answers["cancer_history"]:
            self.answers |= {
                "cancer_type": frozenset({"other"}),
                "cancer_year": 2015,
                "cancer_status": self.pick("cancer_status"),
                "cancer_spread": self.pick("cancer_spread"),
            }
        lost = self.answers["weight_loss"]
        if lost:
            self.answers["weight_loss_percent"] = 8 if self.has("weight_loss_over_5") else 3
        self.answers["appetite_loss"] = self.has_if(
            "appetite_loss", worse=bool(lost), words=("with_weight_loss", "otherwise")
        )
        if self.sex == "male":
            for id in ("prostate_symptoms", "raised_psa_unexplained", "prostate_feels_malignant"):
                self.answers[id] = self.has(id)
        elif self.age <= 55:
            self.answers["pregnant"] = self.has("pregnant")
            if self.answers["pregnant"]:
                self.answers |= {"gestation_weeks": 24, "vaginal_bleeding": self.has("vaginal_bleeding")}

    def pain(self) -> None:
        weeks = self.answers["pain_duration_weeks"] = self.weeks
        sites = ("lumbar", "thoracic", "cervical", "sacral")
        found = {"sacral_or_buttock" if site == "sacral" else site for site in sites if self.has(f"site_{site}")}
        self.answers["pain_site"] = frozenset(found or {"lumbar"})
        self.onset(weeks)
        self.answers["pain_score"] = 8 if self.has_if("score_8", worse=self.badly_off) else 5
        for id in ("disabling", "cannot_mobilise"):
            self.answers[id] = self.has_if(id, worse=self.badly_off)
        worsening = self.has_if("progressive", worse=self.badly_off)
        self.answers["progressive"] = worsening and weeks >= 2 and self.answers["pain_course"] != "unchanged"
        unremitting = self.answers["severe_unremitting"] = self.has_if("unremitting", worse=self.badly_off)
        self.answers["constant_pain"] = self.has("constant_pain_otherwise") or unremitting
        forced, disturbed = self.has_if("forces_up", worse=self.badly_off), self.has("disturbed_night")
        self.answers["night_pain"] = "forces_up" if forced else "disturbs" if disturbed else "no"
        self.answers["no_improvement"] = self.has("no_improvement") and weeks >= 6
        for id, below in (("bone_pain_unexplained", 25), ("arching_sport_pain", 20)):
            if self.age < below:
                self.answers[id] = self.has(id)
        if self.answers["chest_pain"]:
            self.answers["chest_pain_now"] = self.has("chest_pain_now")

    def onset(self, weeks: int) -> None:
        """An older pain is not the first of its kind, and what began with a strain was not out of the blue."""
        changed = self.has("course_changed_within_a_year")
        unchanged = self.has("course_unchanged_after_a_year")
        later = "unchanged" if unchanged else "changed"
        course = self.answers["pain_course"] = ("changed" if changed else "new") if weeks <= 52 else later
        self.answers["first_episode"] = self.has("first_episode") and course == "new"
        self.answers["minor_strain_onset"] = self.has("minor_strain_onset") and not self.answers["sudden_severe_pain"]
        if self.answers["injury"]:
            self.answers["injury_recent"] = weeks <= 2

    def nerves(self) -> None:
        root = self.answers["radicular_pain"] is True
        word = "with_root_pain" if root else "otherwise"
        self.answers["leg_pain_extent"] = "below_knee" if root else "none"
        if root:
            self.answers |= {"radicular_side": "left", "leg_pain_side": "left"}
            self.answers["leg_worse_than_back"] = self.has("leg_worse_than_back")
        numb = self.answers["limb_numbness"] = self.timed(f"numbness_new_{word}", f"numbness_old_{word}")
        if numb != "no":
            sides = self.pick("numbness_sides")
            self.answers["numbness_sides"] = (
                sides if self.answers["bilateral_leg_symptoms"] != "no" else ONE_SIDE.get(sides, sides)
            )
        self.answers["band_rash"] = self.has("band_rash")
        self.answers["sensory_loss_dermatomal"] = self.has(f"root_sensation_{word}")
        if numb != "no" or self.answers["sensory_loss_dermatomal"]:
            self.answers["numb_dermatomes"] = frozenset({"L5"})
        self.answers["slr_left"] = root and self.has("leg_raise_with_root_pain")
        self.answers["slr_right"] = False
        self.answers["crossed_slr"] = root and self.has("crossed_leg_raise")

    def inflammatory(self) -> None:
        weeks = self.answers["pain_duration_weeks"]
        if weeks <= 12:
            return
        onset = self.answers["onset_age"] = max(self.age - weeks // 52, 12)
        if onset < 45:
            self.answers |= {id: self.has(id) for id in FEATURES_OF_SPONDYLOARTHRITIS}
            self.answers["morning_stiffness_minutes"] = 10

    def examined(self) -> None:
        ill = bool(self.answers["acutely_ill"])
        fever = bool(self.answers["fever_or_unwell"])
        unsteady = self.answers["gait_unsteady"] == "new"
        vital = {"fast_pulse": (135, 76), "fast_breathing": (26, 14), "low_pressure": (88, 132)}
        found = {name: self.has_if(name, worse=ill, words=("if_ill", "otherwise")) for name in vital}
        pulse, breathing, pressure = (vital[name][0 if found[name] else 1] for name in vital)
        hot = self.has_if("hot", worse=fever, words=("with_fever", "otherwise"))
        cord = {id: self.has("cord_sign_if_unsteady" if unsteady else "cord_sign_otherwise", id) for id in CORD_SIGNS}
        since = self.answers["saddle_numbness"]
        self.answers |= cord | {
            "temperature": 38.4 if hot else 36.7,
            "heart_rate": pulse,
            "respiratory_rate": breathing,
            "systolic_bp": pressure,
            "tandem_gait_abnormal": self.has_if("tandem", worse=unsteady, words=("if_unsteady", "otherwise")),
            "perianal_sensation_reduced": self.has("perianal_otherwise" if since == "no" else f"perianal_if_{since}"),
            "tenderness_other": frozenset(),
        }
        self.examined_further(asked_of_hands=any(cord.values()))

    def examined_further(self, *, asked_of_hands: bool) -> None:
        expansile, prominent = self.has("aorta_expansile"), self.has("aorta_prominent")
        self.answers["abdominal_aorta"] = "expansile" if expansile else "prominent" if prominent else "normal"
        if asked_of_hands or self.answers["clumsy_hands"] or self.answers["gait_unsteady"] != "no":
            self.answers["deficit_rapid"] = self.has("deficit_rapid")
        if self.answers["sudden_severe_pain"] or self.answers["chest_pain"]:
            self.answers["arm_bp_difference"] = 25 if self.has("arms_differ") else 5
        if self.answers["claudication"]:
            self.answers["foot_pulses_absent"] = self.has("foot_pulses_absent")
        for joint in ("knee", "ankle"):
            self.answers |= {f"reflex_{joint}_{side}": "normal" for side in ("left", "right")}
        self.answers["height_loss_cm"] = 5 if self.has("height_loss_4") else 1

    def results(self) -> None:
        raised = self.has("calcium_2_6")
        fever = self.answers["fever_or_unwell"]
        impaired = self.has("egfr_below_60")
        inflamed = "crp_with_fever" if fever else "crp"
        self.answers |= {
            "haemoglobin": 110 if self.has("anaemia") else 140,
            "adjusted_calcium": (3.1 if self.has("calcium_3_0") else 2.7) if raised else 2.35,
            "egfr": (25 if self.has("egfr_below_30") else 50) if impaired else 85,
            "crp": int(self.pick(inflamed)),
            "esr": int(self.pick("esr", inflamed)),
            "body_weight": int(self.pick("body_weight")),
            "plasma_viscosity": 1.6,
            "white_cells": 7,
            "urine_dipstick": frozenset(),
            "imaging_finding": self.seen_before(),
            "start_back_risk": self.pick("start_back_risk"),
            "roland_morris_total": 8,
        }
        if "metastasis_or_tumour" in self.answers["imaging_finding"] and self.answers.get("cancer_spread") == "no":
            self.answers["cancer_spread"] = "bone_or_spine"
        if self.answers["crp"] >= 10 or self.answers["esr"] >= 30:
            for id in ("inflammation_unexplained", "inflammation_persistent"):
                self.answers[id] = self.has(id)
        if self.answers["hypercalcaemia_symptoms"] or raised:
            self.answers["hypercalcaemia_severe"] = self.has("hypercalcaemia_severe")
        if self.sex == "male":
            self.answers["psa"] = 8 if self.has("psa_over_limit") else 1

    def seen_before(self) -> frozenset[str]:
        after = "after_cancer" if self.answers["cancer_history"] else "otherwise"
        shares = {
            "vertebral_fracture": "saw_fracture",
            "metastasis_or_tumour": f"saw_metastasis_{after}",
            "cord_compression": "saw_cord_compression",
            "cauda_equina_compression": "saw_cauda_equina_compression",
            "infection": "saw_infection",
            "disc_herniation": "saw_disc_herniation",
            "stenosis": "saw_stenosis",
        }
        return frozenset(finding for finding, share in shares.items() if self.has(share)) or frozenset(
            {"nothing_serious"}
        )

    def since_last_visit(self) -> None:
        if self.answers["seen_before"]:
            worse = bool(self.answers.get("weakness_worsening"))
            changed = any(self.answers[id] != "no" for id in CAUDA_EQUINA)
            self.answers["weaker_since"] = worse and self.has("weaker_since")
            self.answers["cauda_since"] = changed and self.has("cauda_since")

    def suspects_cancer(self) -> bool:
        pointers = ("weight_loss", "severe_unremitting", "progressive", "band_like")
        count = sum(bool(self.answers[id]) for id in pointers) + (self.answers["night_pain"] == "forces_up")
        return self.has_if("suspects_cancer", worse=count >= 2, words=("if_two_pointers", "otherwise"))


def patients(count: int, seed: int) -> Iterator[Patient]:
    """Each input draws from a stream of its own, so that a new one moves nothing else."""
    drawn = {name: spread(count, random.Random(f"{seed} {name}")) for name in DRAWS}
    return (Patient({name: draws[number] for name, draws in drawn.items()}) for number in range(count))


def spread(count: int, stream: random.Random) -> list[float]:
    """One draw in each of `count` equal parts of 0 to 1, in random order (Latin hypercube): shares come out as they
    are given, not as chance has it. Only `random()` is used: it gives the same numbers in every version of Python."""
    order = sorted(range(count), key=[stream.random() for _ in range(count)].__getitem__)
    return [(part + stream.random()) / count for part in order]


class Rates:
    """How often: each rule, and each urgency among all, the ordinary and those with a cancer history."""

    def __init__(self, content: Content, people: Iterator[Patient]) -> None:
        self.rules: Counter[str] = Counter({rule.id: 0 for rule in content.rules})
        self.ordinary_rules: Counter[str] = Counter()
        self.urgency: dict[str, Counter[str]] = {group: Counter() for group in ("all", "ordinary", "cancer")}
        self.shown: dict[str, Counter[int]] = {group: Counter() for group in self.urgency}
        self.undecided: set[str] = set()
        conditions = [(rule, content.condition(rule.when)) for rule in content.rules]
        for patient in people:
            knowledge = know(content, patient.person, patient.given(content))
            verdicts = [(rule, verdict(condition, knowledge)) for rule, condition in conditions]
            self.undecided.update(rule.id for rule, result in verdicts if result is None)
            self._count(patient, [rule for rule, result in verdicts if result])

    def _count(self, patient: Patient, raised: list[Rule]) -> None:
        self.rules.update(rule.id for rule in raised)
        if patient.ordinary:
            self.ordinary_rules.update(rule.id for rule in raised)
        highest = max((rule.level for rule in raised), default=Urgency.none)
        shown = sum(not any(larger.speaks_for(rule) for larger in raised) for rule in raised)
        for group, belongs in (
            ("all", True),
            ("ordinary", patient.ordinary),
            ("cancer", patient.answers["cancer_history"]),
        ):
            if belongs:
                self.urgency[group][highest.word] += 1
                self.shown[group][shown] += 1

    def share(self, group: str, urgency: str) -> float:
        return self.urgency[group][urgency] / self.urgency[group].total()

    def toml(self) -> str:
        return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        yield "# Made by population.py: how many invented patients raise what. A figure that moves needs a reason."
        for group, counted in self.urgency.items():
            yield from ("", f"[urgency.{group}]", f"patients = {counted.total()}")
            yield from (f"{urgency.word} = {counted[urgency.word]}" for urgency in reversed(Urgency))
        yield from (
            "",
            "# Flags that stand on their own: the median patient, and what nine in ten have at most.",
            "[shown]",
        )
        for group, numbers in self.shown.items():
            flags = sorted(numbers.elements())
            yield f"{group} = {{ median = {flags[len(flags) // 2]}, nine_in_ten = {flags[len(flags) * 9 // 10]} }}"
        yield from ("", "[rules]", *(f"{rule} = {count}" for rule, count in self.rules.items()))


def rates(content: Content, *, count: int = INPUTS["patients"], seed: int = INPUTS["seed"]) -> Rates:
    return Rates(content, patients(count, seed))


if __name__ == "__main__":
    RATES.write_text(rates(load()).toml(), encoding="utf-8")
