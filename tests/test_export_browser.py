"""The pages in a browser: readable by everyone, in light and dark, wide and narrow, offline."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from export_bundle import toy_bundle
from playwright.sync_api import Browser, sync_playwright

from pipeline.export import export_all

CHROMIUM = shutil.which("chromium")
PAGES = ("report.html", "findings/F1a.html", "text/D001.html", "text/D%20002.html")

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def out(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("out")
    export_all(toy_bundle(), out)
    return out


@pytest.mark.parametrize("page_name", PAGES)
@pytest.mark.parametrize("width", [1280, 768, 400])
def test_no_page_is_wider_than_its_window_or_complains(browser, out, page_name, width):
    page = browser.new_page(viewport={"width": width, "height": 900})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto((out / page_name).as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert said == []
    page.close()


@pytest.mark.parametrize("page_name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_known_barrier(browser, out, page_name, scheme):
    # The page's own policy forbids scripts, the checker's too.
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto((out / page_name).as_uri())
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    context.close()


def test_sources_unfold_under_their_type_without_script(browser, out):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto((out / "report.html").as_uri())
    source = page.locator("tr.source").first
    assert not source.is_visible()
    page.locator("tbody.type summary").first.click()
    assert source.is_visible()
    page.close()


def test_a_coding_that_was_split_lights_up_whole(browser, out):
    split = next(coding for coding in toy_bundle().codings if coding.state == "disputed")
    page = browser.new_page()
    page.goto((out / "text/D001.html").as_uri() + f"#{split.coding_id}")
    pieces = page.locator(f'[id="{split.coding_id}"], .c-{split.coding_id}')
    shades = {
        pieces.nth(n).evaluate("piece => getComputedStyle(piece).backgroundColor")
        for n in range(pieces.count())
    }
    assert pieces.count() > 1
    assert len(shades) == 1
    assert shades != {"rgba(0, 0, 0, 0)"}
    page.close()
