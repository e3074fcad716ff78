"""Pages drawn with what was read on them: one picture a page, and columns told."""

from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.extract import extract
from pipeline.extract.debug import Drawn, blocks_on, columns, pictures
from pipeline.extract.file import File
from pipeline.model.zone import Zone

ROOT = Path(__file__).parent.parent
PDFS = sorted((ROOT / "corpus").glob("*.pdf"))


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.stem)
def test_one_picture_is_written_for_each_page(path: Path, tmp_path: Path):
    done = CliRunner().invoke(app, ["extract", str(path), "--out", str(tmp_path), "--debug"])
    assert done.exit_code == 0, done.output
    [record] = tmp_path.glob("*.json")
    count = len(pdfium.PdfDocument(path))
    expected = {f"{record.stem}.p{number + 1}.png" for number in range(count)}
    assert {found.name for found in tmp_path.glob("*.png")} == expected
    for name in expected:
        with Image.open(tmp_path / name) as picture:
            picture.verify()


def test_no_picture_is_written_without_the_option_or_of_a_text_file(tmp_path: Path):
    text = ROOT / "corpus" / "speech-galati.txt"
    for arguments in ([str(text), "--debug"], [str(PDFS[0])]):
        done = CliRunner().invoke(app, ["extract", *arguments, "--out", str(tmp_path)])
        assert done.exit_code == 0, done.output
    assert len(list(tmp_path.glob("*.json"))) == 2
    assert not list(tmp_path.glob("*.png"))


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.stem)
def test_a_picture_shows_more_than_the_page(path: Path, tmp_path: Path):
    source = extract(path, "x")
    document = pdfium.PdfDocument(path)
    for made in pictures(File(path.name, path.read_bytes(), "x", source.file_sha256), source):
        target = tmp_path / f"{made.page}.png"
        target.write_bytes(made.png)
        with Image.open(target) as opened:
            drawn = np.asarray(opened.convert("RGB"), np.int16)
        width, height = document[made.page - 1].get_size()
        scale = drawn.shape[1] / width
        plain = document[made.page - 1].render(scale=scale).to_pil().convert("RGB")
        shown = np.asarray(plain, np.int16)
        rows, across = min(len(shown), len(drawn)), min(shown.shape[1], drawn.shape[1])
        assert rows >= int(height * scale)
        changed = np.abs(drawn[:rows, :across] - shown[:rows, :across]).max(axis=2) > 30
        assert changed.mean() > 0.001
        assert blocks_on(source, made.page)


def drawn(number: int, x0: float, top: float, x1: float, bottom: float) -> Drawn:
    return Drawn(number, Zone("body", 0, 1, "body"), (x0, top, x1, bottom))


def test_a_page_of_two_columns_has_two():
    left = [drawn(1, 50, 100, 290, 200), drawn(2, 50, 210, 290, 700)]
    right = [drawn(3, 310, 100, 550, 300), drawn(4, 310, 310, 550, 700)]
    assert columns([*left, *right]) == (tuple(left), tuple(right))
