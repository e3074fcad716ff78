"""Web pages: powers, notes' marks, forms, tables; nothing lost and nothing said twice."""

from pathlib import Path

import pytest
from source_invariants import holds

from pipeline.errors import ExtractionError
from pipeline.extract import extract
from pipeline.model.source import Source


def test_rows_of_a_page_keep_their_header_names(tmp_path: Path):
    path = tmp_path / "a.html"
    path.write_text(
        "<html><body><table><thead><tr><th>Unit<th>Strength</thead>"
        "<tr><td>Third<td>900</table></body></html>"
    )
    zones = extract(path, "a").zones
    assert [zone.columns for zone in zones] == [(), ("Unit", "Strength")]


def page(path: Path, body: str) -> Source:
    path.write_text(f"<html><body>{body}</body></html>", encoding="utf-8")
    source = extract(path, "a")
    holds(source)
    return source


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        ("10<sup>6</sup> troops", "10\u2076 troops"),
        ("5 \u00d7 10<sup>-3</sup> s", "5 \u00d7 10\u207b\u00b3 s"),
        ("40 km<sup>2</sup>, E = mc<sup>2</sup>", "40 km\u00b2, E = mc\u00b2"),
        ("<i>x</i><sup>2</sup>", "x\u00b2"),
        ("the bridge<sup>2</sup> held", "the bridge held"),
        ("in 2014<sup>3</sup>", "in 2014"),
        ('x<sup><a href="#n2">2</a></sup>', "x"),
        ('10<a href="#n2"><sup>2</sup></a>', "10"),
        ("the 19<sup>th</sup> brigade", "the 19th brigade"),
        ("H<sub>2</sub>O", "H2O"),
    ],
)
def test_powers_keep_their_numbers_and_marks_of_notes_go(tmp_path: Path, marked: str, words: str):
    assert page(tmp_path / "a.html", f"<p>{marked}</p>").text == words


def test_a_page_in_one_form_is_read_and_its_controls_are_not(tmp_path: Path):
    body = "<p>The third brigade waited for a bridge.</p>" * 8
    controls = "<select><option>Romania</select><button>Send</button><input value=x>"
    source = page(tmp_path / "a.html", f"<form>{controls}{body}</form>")
    assert source.text.count("brigade") == 8
    assert "Romania" not in source.text and "Send" not in source.text
    with pytest.raises(ExtractionError):
        page(tmp_path / "b.html", "<form><label>Search</label><input></form>")


def test_nothing_of_an_article_is_lost_and_nothing_is_said_twice(tmp_path: Path):
    words = "The ministers said that deterrence in the region holds for now. " * 4
    body = (
        f"<article><header><h1>TITLE</h1></header><p>{words}</p>"
        "<ul><li>ITEM<ul><li>UNDER</li></ul></li></ul>"
        "<blockquote><p>QUOTED</p><footer>SAYER</footer></blockquote>"
        "<figure><figcaption>PICTURE</figcaption></figure>"
        "<table><caption>CAPTION</caption><tr><th>UNIT<th>MEN<tr><td>THIRD<td>900</table>"
        "<table><tr><td><h2>PLACED</h2><td><table><tr><td>INSIDE</table></table>"
        "<dl><dt>TERM<dd>MEANING</dl><details><summary>SHORT</summary>LONG</details>"
        '<aside role="doc-footnote">NOTE</aside><aside>ADVERT</aside>'
        "<footer>SHARE</footer></article>"
    )
    text = page(tmp_path / "a.html", body).text
    kept = "TITLE ITEM UNDER QUOTED SAYER PICTURE CAPTION UNIT MEN THIRD 900 PLACED INSIDE TERM"
    for one in (*kept.split(), "MEANING", "SHORT", "LONG", "NOTE"):
        assert text.count(one) == 1, one
    assert "ADVERT" not in text and "SHARE" not in text
