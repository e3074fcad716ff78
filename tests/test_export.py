"""The outputs as a reader gets them: every link leads somewhere, no text becomes markup."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from export_bundle import provisional_bundle, toy_bundle
from lxml import html

import pipeline.export
from pipeline.errors import PipelineError
from pipeline.export import Bundle, export_all
from pipeline.export.addresses import file_stem
from pipeline.export.dossier import finding_pages
from pipeline.export.grid import Grid
from pipeline.export.placement import Placement

TESTS = Path(__file__).parent
EXPECTED = {
    "sources.csv",
    "codings.csv",
    "evidence_matrix.csv",
    "evidence_totals.csv",
    "evidence_matrix.xlsx",
    "report.html",
    "findings/F1a.html",
    "findings/F2.html",
    "text/D001.txt",
    "text/D001.html",
}


@pytest.fixture(scope="module", params=["toy", "provisional"])
def exported(request, tmp_path_factory) -> tuple[Bundle, Path]:
    bundle = toy_bundle() if request.param == "toy" else provisional_bundle()
    out = tmp_path_factory.mktemp(request.param)
    export_all(bundle, out)
    return bundle, out


@pytest.fixture(scope="module")
def toy(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("plain")
    export_all(toy_bundle(), out)
    return out


def pages(out: Path) -> Iterator[tuple[Path, html.HtmlElement]]:
    for path in sorted(out.rglob("*.html")):
        yield path, html.document_fromstring(path.read_text(encoding="utf-8"))


def test_the_door_writes_what_it_returns(tmp_path):
    written = export_all(toy_bundle(), tmp_path)
    assert sorted(written) == sorted(path for path in tmp_path.rglob("*") if path.is_file())
    assert {path.relative_to(tmp_path).as_posix() for path in written} >= EXPECTED


def test_every_link_leads_to_a_file_and_a_place_in_it(exported):
    _, out = exported
    ids = {path: {e.get("id") for e in page.iter() if e.get("id")} for path, page in pages(out)}
    link_count = 0
    for path, page in pages(out):
        for element in page.iter("a"):
            parts = urlsplit(element.get("href"))
            assert not parts.scheme
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert target.is_file(), (path.name, element.get("href"))
            if parts.fragment:
                assert unquote(parts.fragment) in ids[target], (path.name, element.get("href"))
            link_count += 1
    assert link_count > 60


def test_no_id_stands_twice_on_a_page(exported):
    _, out = exported
    for path, page in pages(out):
        ids = [element.get("id") for element in page.iter() if element.get("id")]
        assert len(ids) == len(set(ids)), path.name


def test_no_text_of_a_document_becomes_markup(exported):
    _, out = exported
    for path, page in pages(out):
        for element in page.iter():
            assert element.tag not in ("script", "iframe", "object"), path.name
            assert not [name for name in element.attrib if name.startswith("on")]
            assert "javascript:" not in element.get("href", "")
        assert not page.xpath('//q//b | //*[@class="words"]//b'), path.name


def test_pages_ask_for_nothing_from_anywhere(exported):
    _, out = exported
    for path, page in pages(out):
        policy = page.xpath('//meta[@http-equiv="Content-Security-Policy"]/@content')
        assert policy[0].startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")
        assert not page.xpath("//@src | //link")
        assert "url(" not in path.read_text("utf-8")


def test_every_quotation_on_a_page_equals_its_source(exported):
    bundle, out = exported
    quoted = [q for _, page in pages(out) for q in page.xpath("//q[@data-source]")]
    assert len(quoted) == len(bundle.matrix.evidence)
    for q in quoted:
        source = bundle.source_by_id[q.get("data-source")]
        words = source.quote(int(q.get("data-start")), int(q.get("data-end")))
        assert q.text_content() == words


def test_the_link_of_a_coding_lands_on_its_words(exported):
    bundle, out = exported
    for coding in bundle.codings:
        source = bundle.words(coding)
        if source is None:
            continue
        page = html.parse(str(out / "text" / f"{file_stem(coding.source_id)}.html"))
        pieces = page.xpath(
            f'//*[@id="{coding.coding_id}"] | //span[contains(@class, "c-{coding.coding_id}")]'
        )
        words = "".join(piece.text_content() for piece in pieces)
        quotation = source.quote(coding.start, coding.end)
        assert "".join(words.split()) == "".join(quotation.split())


def test_the_reading_text_is_written_exactly(exported):
    bundle, out = exported
    for source in bundle.sources:
        content = (out / "text" / f"{file_stem(source.source_id)}.txt").read_bytes()
        assert content == source.text.encode()


def test_the_matrix_shows_confirmed_apart_from_proposed_and_says_why_cells_are_empty(toy):
    page = html.parse(str(toy / "report.html"))
    row = page.xpath('//tbody[@class="finding"]/tr')[0]
    cells = [" ".join(cell.text_content().split()) for cell in row.xpath("td")]
    assert cells[0] == "✓ 1 of 2 proposed ✓ 1"
    assert cells[1] == "~ 1 proposed ✓ 1 ✗ 1"
    assert cells[2] == "no source"
    assert cells[3] == "✓ 1 of 2 ~ 1 proposed ✓ 2 ✗ 1"
    empties = {
        e.text_content().strip() for e in page.xpath('//td//span[contains(@class, "empty")]')
    }
    assert empties == {"no source", "not yet read", "read in part", "read: nothing"}


def test_a_matrix_of_proposals_says_that_it_is_provisional(tmp_path):
    export_all(provisional_bundle(), tmp_path)
    page = html.parse(str(tmp_path / "report.html"))
    assert page.xpath('//section[@id="matrix"]/@class') == ["provisional"]
    assert not page.xpath('//table[@class="matrix"]//a[contains(@class, "confirmed")]')
    assert "No person has confirmed any of it" in page.getroot().text_content()


def test_what_speaks_against_a_finding_comes_first(toy):
    page = html.parse(str(toy / "findings/F1a.html"))
    assert page.xpath("//section/h2/@id") == ["contradicts", "qualifies", "supports", "conflicts"]


def test_a_finding_shows_ground_and_decision_of_each_excerpt(toy):
    text = " ".join(html.parse(str(toy / "findings/F1a.html")).getroot().text_content().split())
    for words in (
        "accepted by c1, c2",
        "rule r-1",
        "model lr-1, score 0.83, moved by: strengthened, region",
        "polarity: negated (negated: can not)",
        "Why this counts: a limit stated for a named activity",
        "Interview 1, 0:01:01 · Official <A>, host-nation-official",
        "Plan & <outlook>, p. xii (14 in the file)",
        "Would fall if accepted: Short stocks & parts",
        "below needs 1 of 2 independent sources",
    ):
        assert words in text


def test_a_stale_coding_is_listed_and_never_drawn_on_words(toy):
    stale = next(coding for coding in toy_bundle().codings if coding.state == "stale")
    assert stale.coding_id in (toy / "codings.csv").read_text("utf-8")
    assert stale.coding_id not in (toy / "text/D003.html").read_text("utf-8")


def test_long_findings_go_on_over_further_pages_and_links_follow(tmp_path):
    bundle = toy_bundle()
    grid = Grid(bundle)
    placement = Placement(bundle, grid, page_size=1)
    files = dict(finding_pages(bundle, placement, grid.bands[0]))
    assert sorted(files) == [
        "F1a.html",
        "F1a.supports-2.html",
        "F1a.supports-3.html",
        "F1a.supports-4.html",
    ]
    hrefs = {use.href for uses in placement.uses.values() for use in uses}
    for href in hrefs:
        name, _, anchor = href.removeprefix("findings/").partition("#")
        if name in files:
            assert f'id="{anchor}"' in files[name].decode()


def test_a_number_without_excerpts_is_refused(tmp_path):
    bundle = toy_bundle()
    broken = replace(bundle, matrix=replace(bundle.matrix, evidence=()))
    with pytest.raises(PipelineError, match="no excerpt stands behind it"):
        export_all(broken, tmp_path)


def test_a_study_without_findings_still_has_its_pages(tmp_path):
    bundle = toy_bundle()
    empty = replace(bundle.matrix, findings=(), rows=(), evidence=(), conflicts=())
    export_all(replace(bundle, matrix=empty), tmp_path)
    assert "no findings file yet" in (tmp_path / "report.html").read_text("utf-8")


def test_an_id_can_name_no_file_outside_its_folder():
    for name in ("../../etc/passwd", "..", "/root", "a\\b", "C:x", ".hidden", "a\nb", "%2E"):
        stem = file_stem(name)
        assert not stem.startswith(".")
        assert not set(stem) & set('/\\:\n"<>|?*')
    assert file_stem("a b") != file_stem("a%20b")


def test_the_same_bundle_gives_the_same_bytes_whatever_the_hash_seed(toy, tmp_path):
    script = (
        "from pathlib import Path; from export_bundle import toy_bundle; "
        "from pipeline.export import export_all; import sys; "
        "export_all(toy_bundle(), Path(sys.argv[1]))"
    )
    root = Path(pipeline.export.__file__).parents[2]
    paths = os.pathsep.join((str(TESTS), str(root)))
    for seed in ("0", "4711"):
        out = tmp_path / seed
        env = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": paths}
        subprocess.run([sys.executable, "-c", script, str(out)], check=True, env=env)
        for path in sorted(path for path in toy.rglob("*") if path.is_file()):
            assert (out / path.relative_to(toy)).read_bytes() == path.read_bytes(), path.name
