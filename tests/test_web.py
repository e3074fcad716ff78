"""The reviewing page driven in a real browser, then the record and the matrix looked at."""

import csv
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from web_server import reviewing

from pipeline.commands import Decision, export_record, open_desk, run
from pipeline.errors import OffsetError, ReviewError

CHROMIUM = next(
    (path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(path).exists()), ""
)
STUDY = """\
schema: backing-study/1
study: {id: small, title: A small study}
codebook: codebooks/small.yaml
findings: codebooks/small.findings.yaml
cases: [{id: here, default: true}]
source_types: [{id: speech}]
sources:
- {id: talk, path: corpus/talk.txt, type: speech}
coders: [{id: ana}, {id: ben}]
"""
BOOK = """\
schema: backing-codebook/1
codebook: {id: small, version: 1.0.0}
codes:
- {id: act, kind: group, label: Activity, definition: What is done.}
- id: act.exercises
  label: Exercises
  definition: Forces train together.
  rules: [{id: ex-1, phrases: [exercise]}]
- {id: act.visits, label: Visits, definition: Somebody comes.}
- {id: eff, kind: group, label: Effect, definition: What comes of it.}
- id: eff.deters
  label: Deters
  definition: It is said to deter.
  rules: [{id: de-1, phrases: [deter]}]
"""
FINDINGS = """\
schema: backing-findings/1
codebook: small@1
findings:
- id: F1
  statement: Exercises are held.
  supports: [{any: [act.exercises, act.visits], note: an activity is named}]
  contradicts: [{any: [act.exercises], as: {polarity: negated}}]
"""
TALK = (
    "We hold an exercise \U0001f1f7\U0001f1f4 each year. It does deter, I think.\n\n"
    "Another exercise comes in May <b>bold</b>. Nothing else.\n"
)


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BACKING_DEVICE", "test")
    folder = tmp_path / "study"
    for name, text in {
        "study.yaml": STUDY,
        "codebooks/small.yaml": BOOK,
        "codebooks/small.findings.yaml": FINDINGS,
        "corpus/talk.txt": TALK,
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        if os.environ.get("CI") == "true":
            pytest.fail("CI must have Chromium: apt-get install chromium")
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.set_default_timeout(10_000)
    yield page
    context.close()
    # Refusals are tested for; a server that has stopped refuses the page's last request.
    expected = ("409", "403", "ERR_CONNECTION_REFUSED")
    assert not [one for one in faults if not any(code in one for code in expected)], faults


def events(study: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in export_record(study)]


def press(page: Page, key: str) -> None:
    """Press a key that leads to another page and wait until that page is there."""
    with page.expect_navigation():
        page.keyboard.press(key)
    page.wait_for_load_state()


def test_one_key_is_one_event_and_the_matrix_shows_what_was_confirmed(study: Path, page: Page):
    with reviewing(study, "ana") as keys:
        page.goto(keys.address)
        assert page.locator("mark").inner_text() == "exercise"
        assert "\U0001f1f7\U0001f1f4" in page.locator("blockquote").inner_text()
        press(page, "f")
        assert "accepted, Exercises" in page.locator("[role=status]").inner_text()
        assert page.locator("#code-label").inner_text() == "Deters"
        press(page, "d")
        assert "<b>bold</b>" in page.locator("blockquote").inner_text()
        press(page, "s")
        assert page.get_by_text("Nothing is left to decide").is_visible()
    kept = events(study)
    assert [(e["kind"], e["code_id"], e["value"]) for e in kept] == [
        ("judged", "act.exercises", "present"),
        ("judged", "eff.deters", "absent"),
        ("judged", "act.exercises", "unsure"),
    ]
    run(study)
    rows = list(csv.DictReader((study / "outputs" / "codings.csv").open(encoding="utf-8")))
    assert [row["state"] for row in rows] == ["accepted", "rejected", "waiting"]
    matrix = list(csv.DictReader((study / "outputs/evidence_matrix.csv").open(encoding="utf-8")))
    confirmed = [row for row in matrix if row["review_state"] == "confirmed"]
    assert [(row["finding_id"], row["bearing"], row["source_count"]) for row in confirmed] == [
        ("F1", "supports", "1")
    ]


def test_undo_returns_to_its_proposal_and_is_an_event(study: Path, page: Page):
    with reviewing(study, "ana") as keys:
        page.goto(keys.address)
        first = page.locator("blockquote").inner_text()
        press(page, "d")
        press(page, "z")
        assert page.locator("blockquote").inner_text() == first
        assert page.locator("#code-label").inner_text() == "Exercises"
        assert "Undone" in page.locator("[role=status]").inner_text()
    assert [e["kind"] for e in events(study)] == ["judged", "undone"]


def test_a_held_key_is_one_decision(study: Path, page: Page):
    with reviewing(study, "ana") as keys:
        page.goto(keys.address)
        with page.expect_navigation():
            page.keyboard.down("f")
            for _ in range(9):
                page.keyboard.down("f")
        page.wait_for_load_state()
        for _ in range(9):
            page.keyboard.down("f")
        page.keyboard.up("f")
        page.wait_for_timeout(200)
    assert len(events(study)) == 1


def test_a_missed_code_is_added_in_three_keys(study: Path, page: Page):
    with reviewing(study, "ana") as keys:
        page.goto(keys.address)
        page.keyboard.press("r")
        page.keyboard.press("v")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        page.wait_for_load_state()
        assert page.locator("#code-label").inner_text() == "Exercises"
        page.keyboard.press("r")
        digits = page.locator("[role=option]:visible .digit").all_inner_texts()
        labels = page.locator("[role=option]:visible").all_inner_texts()
        assert digits[0] == "1"
        assert "Visits" in labels[0], "the code used last stands first"
        page.keyboard.press("Escape")
    assert [(e["kind"], e["code_id"], e["value"]) for e in events(study)] == [
        ("judged", "act.visits", "present")
    ]


def test_recoding_is_one_event_that_rejects_one_code_and_gives_another(study: Path, page: Page):
    with reviewing(study, "ana") as keys:
        page.goto(keys.address)
        page.keyboard.press("e")
        page.keyboard.type("det")
        with page.expect_navigation():
            page.keyboard.press("1")
        page.wait_for_load_state()
    [event] = events(study)
    assert (event["kind"], event["code_id"], event["value"]) == (
        "recoded",
        "act.exercises",
        "eff.deters",
    )
    run(study)
    rows = list(csv.DictReader((study / "outputs" / "codings.csv").open(encoding="utf-8")))
    states = {(row["segment_id"], row["code_id"]): row["state"] for row in rows}
    assert states[str(event["segment_id"]), "act.exercises"] == "rejected"
    assert states[str(event["segment_id"]), "eff.deters"] == "accepted"


def test_a_stale_tab_gets_a_message_and_no_second_event(study: Path, page: Page):
    with reviewing(study, "ana") as keys:
        page.goto(keys.address)
        stale = page.context.new_page()
        stale.goto(f"http://127.0.0.1:{keys.port}/")
        press(page, "f")
        press(stale, "d")
        assert "decided elsewhere as present" in stale.locator("[role=alert]").inner_text()
    assert [e["value"] for e in events(study)] == ["present"]


def test_the_page_works_without_script_and_a_button_is_a_form(study: Path, browser: Browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    with reviewing(study, "ana") as keys:
        page.goto(keys.address)
        page.get_by_role("button", name="Accept").click()
        assert page.locator("#code-label").inner_text() == "Deters"
    context.close()
    assert len(events(study)) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 768])
def test_the_page_can_be_read_and_reached_by_all(study: Path, page: Page, scheme: str, width: int):
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 900})
    with reviewing(study, "ana") as keys:
        page.goto(keys.address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("article.code").count() == 1


def test_axe_finds_no_fault(study: Path, browser: Browser):
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    with reviewing(study, "ana") as keys:
        page.goto(keys.address)
        found = Axe().run(page)
    context.close()
    assert found.violations_count == 0, found.generate_report()


def test_strangers_foreign_hosts_and_foreign_origins_are_refused(study: Path):
    with reviewing(study, "ana") as keys, httpx.Client() as client:
        base = f"http://127.0.0.1:{keys.port}"
        assert client.get(base + "/").status_code == 403
        assert client.get(base + "/", headers={"Host": "evil.example"}).status_code == 421
        assert client.get(base + "/", headers={"Host": "127.0.0.1"}).status_code == 421
        token = keys.start
        assert client.get(base + "/start?token=wrong").status_code == 403
        assert client.get(f"{base}/start?token={token}").status_code == 303
        assert client.get(f"{base}/start?token={token}").status_code == 403
        page = client.get(base + "/")
        assert page.status_code == 200
        assert "script-src 'self'" in page.headers["content-security-policy"]
        assert "httponly" in str(client.cookies.jar).lower() or client.cookies
        for origin in ("http://evil.example", "null", ""):
            refused = client.post(base + "/judge", headers={"Origin": origin}, data={})
            assert refused.status_code == 403
        no_token = client.post(
            base + "/judge", headers={"Origin": base}, data={"verdict": "present"}
        )
        assert no_token.status_code == 403
    assert events(study) == []


def test_the_server_refuses_a_quotation_that_differs_from_its_offsets(study: Path):
    desk = open_desk(study, "ana")
    view = desk.view("", "")
    assert view is not None
    decision = Decision(
        desk.new_event_id(),
        view.segment_id,
        view.code_id,
        "present",
        start=view.start,
        end=view.end,
        quotation=view.quotation + "!",
    )
    with pytest.raises(OffsetError, match="not those quoted"):
        desk.judge(decision)
    assert events(study) == []


def test_the_same_decision_sent_twice_is_stored_once(study: Path):
    desk = open_desk(study, "ana")
    view = desk.view("", "")
    assert view is not None
    decision = Decision(
        desk.new_event_id(),
        view.segment_id,
        view.code_id,
        "present",
        start=view.start,
        end=view.end,
        quotation=view.quotation,
        seen=view.seen,
    )
    assert desk.judge(decision) == desk.judge(decision)
    assert len(events(study)) == 1


def test_nobody_undoes_what_another_decided(study: Path):
    mine, other = open_desk(study, "ana"), open_desk(study, "ben")
    view = mine.view("", "")
    assert view is not None
    decision = Decision(
        mine.new_event_id(),
        view.segment_id,
        view.code_id,
        "present",
        start=view.start,
        end=view.end,
        quotation=view.quotation,
    )
    mine.judge(decision)
    with pytest.raises(ReviewError, match="decided by ana"):
        open_desk(study, "ben").undo(Decision(other.new_event_id(), target_id=decision.event_id))


def test_a_memo_and_a_segment_read_to_its_end_are_events(study: Path, page: Page):
    with reviewing(study, "ana") as keys:
        page.goto(keys.address)
        page.keyboard.press("c")
        page.keyboard.type("f looks like a key and is none here")
        with page.expect_navigation():
            page.get_by_role("button", name="Keep memo").click()
        assert page.get_by_text("f looks like a key").is_visible()
        press(page, "t")
    assert [e["kind"] for e in events(study)] == ["memo_written", "segment_completed"]


def test_a_coder_whom_the_study_does_not_name_is_refused(study: Path):
    shutil.copy(study / "study.yaml", study / "copy.yaml")
    with pytest.raises(Exception, match="coder 'eve' is not named"):
        open_desk(study, "eve")
