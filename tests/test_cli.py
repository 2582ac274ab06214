"""The command line as other programs call it: its outputs, its exit codes, its one-line refusals."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner

from desktop.cli import main

ROOT = Path(__file__).resolve().parents[1]
CASES = ROOT / "tests" / "cases"
KEYS = {"format", "rule_set", "complete", "urgency", "flags", "undecided", "plan", "not_asked", "answered_unsure"}
CASE = {"patient": {"age": 63, "sex": "female"}, "answers": {"cancer_history": True, "limb_weakness": True}}
AT = {"at": "2026-11-22T10:40+00:00"}


def backstop(*arguments, stdin=""):
    return CliRunner().invoke(main, [str(one) for one in arguments], input=stdin)


def backstop_without_qt(*arguments, stdin="", **environment):
    """In a process of its own, where Qt cannot be imported and there is no display."""
    hide_qt = "import sys; sys.modules['PySide6'] = None; from desktop.cli import main; main(prog_name='backstop')"
    nothing = {"PYTHONPATH": str(ROOT), "DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}
    return subprocess.run(
        [sys.executable, "-c", hide_qt, *map(str, arguments)],
        capture_output=True,
        input=stdin.encode(),
        env=os.environ | nothing | environment,
        cwd=ROOT,
        check=False,
    )


def assessed(case, *arguments):
    done = backstop("assess", "-", "--json", *arguments, stdin=json.dumps(case))
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def refusal(*arguments, stdin=""):
    """The one line on standard error of a command that must be refused as bad input."""
    done = backstop(*arguments, stdin=stdin)
    assert (done.exit_code, done.stdout) == (2, "")
    (line,) = done.stderr.strip().splitlines()
    assert line.startswith("backstop: ")
    return line


def test_the_checklist_is_whole():
    checklist = json.loads(backstop("checklist", "--json").stdout)
    screens = [section for section in checklist["sections"] if section["safety_screen"]]
    assert [len(section["items"]) for section in screens] == [13]
    fields = {"id", "ask", "help", "why", "kind", "choices", "unit", "range", "asked_when"}
    assert all(fields <= item.keys() for section in checklist["sections"] for item in section["items"])


def test_no_answers_raise_nothing_and_leave_every_emergency_open_first():
    result = assessed({})
    assert result.keys() >= KEYS
    assert (result["urgency"], result["complete"], result["flags"]) == ("none", False, [])
    urgencies = [rule["urgency"] for rule in result["undecided"]]
    ranks = ["emergency", "same-day", "urgent", "soon", "routine"]
    assert urgencies == sorted(urgencies, key=ranks.index)
    rules = json.loads(backstop("assess", CASES / "vector-13.json", "--json").stdout)
    emergencies = {rule["id"] for rule in result["undecided"] if rule["urgency"] == "emergency"}
    assert {rule["id"] for rule in rules["undecided"] if rule["urgency"] == "emergency"} <= emergencies


def test_the_screen_all_no_raises_only_remainder_rules():
    checklist = json.loads(backstop("checklist", "--json").stdout)
    (screen,) = [section for section in checklist["sections"] if section["safety_screen"]]
    answers = {item["id"]: False for item in screen["items"]}
    result = assessed({"patient": {"age": 40, "sex": "male"}, "answers": answers | {"radicular_pain": True}})
    assert [flag["id"] for flag in result["flags"]] == ["R39"]
    assert result["complete"] is True
    assert assessed({"patient": {"age": 40}, "answers": answers})["urgency"] == "none"


@pytest.mark.parametrize("sentinel", ["bladder_change", "bowel_change", "saddle_numbness", "acutely_ill"])
def test_one_sentinel_alone_is_an_emergency(sentinel):
    assert assessed({"answers": {sentinel: True}})["urgency"] == "emergency"


def test_the_same_case_gives_the_same_bytes(tmp_path):
    case = json.dumps(CASE | AT)
    runs = [
        backstop_without_qt(
            "assess", "-", "--json", "--pdf", tmp_path / f"{run}.pdf", stdin=case, PYTHONHASHSEED=str(run)
        )
        for run in (1, 2)
    ]
    assert runs[0].stdout == runs[1].stdout != b""
    assert (tmp_path / "1.pdf").read_bytes() == (tmp_path / "2.pdf").read_bytes()


def test_the_pdf_says_what_the_json_says(tmp_path):
    result = assessed(CASE | AT, "--pdf", tmp_path / "summary.pdf")
    document = pypdfium2.PdfDocument(tmp_path / "summary.pdf")
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    words = " ".join(text.replace("\ufffe", "-").split())
    assert all(flag["title"] in words for flag in result["flags"])
    assert len(document) <= 2


def test_what_it_could_be_is_said_beside_the_flags_and_ranks_nothing():
    causes = assessed(CASE | AT)["what_it_could_be"]
    names = [cause["name"] for cause in causes]
    assert names == [cause["name"] for cause in assessed({})["what_it_could_be"]]
    metastasis = next(cause for cause in causes if cause["id"] == "bone_metastasis")
    assert any("cancer_history" in finding["items"] for finding in metastasis["for"])


def test_the_next_question_and_the_fewest_are_named():
    result = assessed({})
    items = {item for rule in result["undecided"] for item in rule["needs"]}
    assert result["next_question"]["item"] in items
    assert all(set(rule["shortest"]) <= set(rule["needs"]) for rule in result["undecided"])


def test_without_json_it_speaks_to_a_person():
    text = backstop("assess", CASES / "vector-02.json").stdout
    assert "Suspected metastatic cord compression" in text
    assert "{" not in text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is not JSON"),
        ("[" * 100_000, "nested too deeply"),
        ("[]", "must be a JSON object"),
        ("null", "must be a JSON object"),
        ('{"answers": {"injury": true, "injury": false}}', "gives “injury” twice"),
        ('{"answers": {"cancer_histroy": true}}', "did you mean “cancer_history”"),
        ('{"patient": {"age": -3}}', "age “-3” must be"),
        ('{"answers": {"power_hip_flexion_left": 7}}', "from 0 to 5"),
        ('{"answers": {"adjusted_calcium": 26}}', "mmol/L or mg/dL?"),
        ('{"answers": {"egfr": 1' + "0" * 400 + "}}", "is not a number"),
        ('{"answers": {"egfr": 1' + "0" * 5000 + "}}", "is not JSON"),
        ('{"answers": {"imaging_date": "2999-01-01"}}', "in the future"),
        ('{"answers": {"cancer_year": 2999}}', "future"),
        ('{"answers": {"cancer_history": "maybe"}}', "write true"),
        ('{"patient": {"born": "2999-01-01"}}', "in the future"),
    ],
)
def test_bad_input_is_refused_in_one_line(text, said):
    assert said in refusal("assess", "-", "--json", stdin=text)


def test_standard_input_is_utf_8_whatever_the_terminal_says():
    case = json.dumps({"answers": {"clinical_impression": "café"}}, ensure_ascii=False).encode("utf-8-sig")
    said = subprocess.run(
        [sys.executable, "-m", "desktop", "assess", "-"],
        input=case,
        capture_output=True,
        check=True,
        env=os.environ | {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"},
    )
    assert "café".encode("cp1252") in said.stdout


def test_a_file_that_is_not_there_or_not_text(tmp_path):
    assert "can’t be read" in refusal("assess", tmp_path / "none.json")
    assert "can’t be read" in refusal("assess", tmp_path)
    (tmp_path / "noise.json").write_bytes(b"\xff\xfe\x00\x80")
    assert "UTF-8" in refusal("assess", tmp_path / "noise.json")


def test_every_document_into_a_folder(tmp_path):
    folder = tmp_path / "made on the way"
    result = assessed(CASE | AT, "--documents", folder)
    letters = {file.stem for file in folder.glob("letter-*.pdf")}
    assert len(letters) == len([line for line in result["plan"]["referral"] if "this practice" not in line["to"]])
    assert {"summary.pdf", "note.txt", "sheet.pdf", "large.pdf", "card.pdf"} <= {file.name for file in folder.iterdir()}
    assert {file.stem for file in folder.glob("*.docx")} == letters


def test_a_pdf_that_cannot_be_written_leaves_what_was_there(tmp_path):
    case = CASES / "vector-02.json"
    assert "was not written" in refusal("assess", case, "--pdf", tmp_path / "missing" / "summary.pdf")
    assert "was not written" in refusal("assess", case, "--pdf", tmp_path)
    assert "can’t be made" in refusal("assess", case, "--documents", tmp_path / "missing" / "papers")
    assert "was not written" in refusal("assess", case, "--pdf", "/dev/full/summary.pdf")
    assert list(tmp_path.iterdir()) == []


def test_without_a_display_the_store_of_a_practice_is_left_alone(tmp_path):
    done = backstop_without_qt("--store", tmp_path / "store")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"there is no display here" in done.stderr
    assert b"backstop --demo" in done.stderr
    assert not (tmp_path / "store").exists()


def test_a_store_that_cannot_be_used_is_refused_in_one_line(tmp_path, monkeypatch):
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    (tmp_path / "file").write_text("not a folder")
    line = refusal("--demo", "--store", tmp_path / "file" / "store")
    assert "file" in line


@pytest.mark.parametrize("arguments", [["--help"], ["assess", "--help"], ["checklist", "--help"], ["--version"]])
def test_help_is_everywhere(arguments):
    done = backstop(*arguments)
    assert (done.exit_code, bool(done.stdout)) == (0, True)


@pytest.fixture
def edited(tmp_path):
    """Runs `backstop` from a copy of the packages in which one rule file was edited."""

    def run(old, new, *arguments):
        for package in ("desktop", "db", "resources"):
            shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
        file = tmp_path / "resources/rules/cord-compression.toml"
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        command = [sys.executable, "-m", "desktop", "assess", CASES / "vector-02.json", *arguments]
        return subprocess.run(
            command, cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(tmp_path)}, capture_output=True, check=False
        )

    return run


def test_a_rule_edited_in_its_file_changes_text_and_paper_without_touching_python(edited, tmp_path):
    done = edited("Suspected metastatic cord compression", "Edited flag", "--pdf", tmp_path / "a.pdf")
    assert "Edited flag" in done.stdout.decode()
    assert "Edited flag" in pypdfium2.PdfDocument(tmp_path / "a.pdf")[0].get_textpage().get_text_range()


def test_a_content_file_with_a_mistake_withholds_advice_and_says_where(edited):
    done = edited("cancer_history and", "cancer_histroy and", "--json")
    assert (done.returncode, done.stdout) == (2, b"")
    assert "cord-compression.toml" in done.stderr.decode()
    assert "did you mean “cancer_history”" in done.stderr.decode()


def test_assessing_needs_no_qt():
    done = backstop_without_qt("assess", CASES / "vector-02.json")
    assert (done.returncode, done.stderr) == (0, b"")
