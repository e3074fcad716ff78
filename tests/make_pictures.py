"""Makes the pictures of README.md from the shipped study, run in a folder of its own.

python tests/make_pictures.py         (needs Chromium and Playwright)
"""

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from web_server import reviewing

from pipeline.commands import run

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
STUDY = ("study.yaml", "record.jsonl", "codebooks", "corpus")


def copy_study(folder: Path) -> Path:
    """Copy the shipped study, without what a run made of it."""
    for name in STUDY:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
        else:
            shutil.copy(source, folder / name)
    return folder


def main() -> None:
    """Write matrix.png, finding.png and review.png."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        study = copy_study(Path(temporary))
        run(study)
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        show(page, study / "outputs" / "report.html", "#matrix", "matrix.png", 860)
        show(page, study / "outputs" / "findings" / "F2a.html", "", "finding.png", 900)
        with reviewing(study, "ana") as keys:
            page.goto(keys.address)
            page.wait_for_selector("#card")
            page.screenshot(path=PICTURES / "review.png")
        browser.close()


def show(page: Page, path: Path, anchor: str, name: str, height: int) -> None:
    """Take a picture of a page from an anchor on."""
    page.goto(path.as_uri())
    top = page.locator(anchor).bounding_box()["y"] if anchor else 0
    clip = {"x": 0, "y": top, "width": 1280, "height": height}
    page.screenshot(path=PICTURES / name, full_page=True, clip=clip)


if __name__ == "__main__":
    main()
