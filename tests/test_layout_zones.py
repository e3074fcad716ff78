"""What the PDF reader promises of margins, tables and zones, on pages made of strings."""

from printed import kinds, prose, read, source_of, text_of, told, words_of
from sheet import Sheet

from pipeline.extract.layout import layout_of
from pipeline.extract.margins import margins
from pipeline.extract.page_rows import line_numbers

# Margins


def test_line_numbers_become_asides_and_label_places():
    page = Sheet()
    for number, line in enumerate(prose(70, 25)):
        page.put(str(number + 1), 40 if number > 8 else 45, 100 + number * 20)
        page.put(line, 80, 100 + number * 20)
    assert len(line_numbers(layout_of(page.characters()).lines)) == 25
    source = source_of(page)
    assert source.text.split() == " ".join(prose(70, 25)).split()
    asides = [zone.aside for zone in source.zones if zone.kind == "line-number"]
    assert " ".join(asides).split() == [str(number + 1) for number in range(25)]
    assert [place.line_label for place in source.places] == [str(n + 1) for n in range(25)]


ROMAN = ("iii", "iv", "v", "vi", "vii", "viii")


def booklet(head: list[str], foot: list[str]) -> list[Sheet]:
    pages = []
    for number, (above, below) in enumerate(zip(head, foot, strict=True)):
        page = Sheet().put(above, 200, 30) if above else Sheet()
        page.lines(prose(90, 40 + number % 3, number * 5), 60, 100)
        pages.append(page.put(below, 295, 760) if below else page)
    return pages


def test_a_long_line_that_the_page_before_ended_with_is_said_once():
    one, two = prose(90, 40), prose(90, 40, 300)
    flow = read(Sheet().lines(one, 60, 100), Sheet().lines([one[-1], *two], 60, 100))
    assert words_of(flow) == " ".join([*one, *two]).split()
    [again] = [block for block in flow.blocks if block.rule == "margin.said-before"]
    assert text_of(again) == one[-1] and again.is_aside and again.page == 2


def test_a_short_line_or_one_set_elsewhere_may_be_said_again():
    short = read(Sheet().lines(["No.", "No."], 60, 100), Sheet().lines(["No.", "Yes."], 60, 100))
    assert words_of(short) == ["No.", "No.", "No.", "Yes."]
    one = prose(90, 9)
    moved = read(Sheet().lines(one, 60, 100), Sheet().lines(one[-1:], 90, 100))
    assert words_of(moved) == " ".join([*one, one[-1]]).split()


def test_alternating_heads_and_page_numbers_are_told():
    heads = ["Ports of the north", "Annual report of the port office"] * 3
    flow = read(*booklet(heads, [str(number) for number in range(11, 17)]))
    assert kinds(flow, "running-head") == heads
    assert kinds(flow, "page-number") == [str(number) for number in range(11, 17)]
    assert list(flow.labels.values()) == [str(number) for number in range(11, 17)]


def test_roman_page_numbers_are_told():
    flow = read(*booklet([""] * 6, list(ROMAN)))
    assert kinds(flow, "page-number") == list(ROMAN)
    assert tuple(flow.labels.values()) == ROMAN


def test_a_page_number_in_a_head_labels_the_page():
    heads = [f"Ports of the north {number}" for number in range(41, 47)]
    flow = read(*booklet(heads, [""] * 6))
    assert kinds(flow, "running-head") == heads
    assert list(flow.labels.values()) == [str(number) for number in range(41, 47)]


def test_the_same_running_text_on_each_page_is_no_head():
    pages = [Sheet().lines(prose(90, 38), 60, 100) for _ in range(6)]
    assert not margins([layout_of(page.characters()) for page in pages])
    assert words_of(read(*pages)) == " ".join(prose(90, 38)).split() * 6


# Tables

TABLE = (
    ("Port", "Ships", "Berths"),
    ("Varna", "120", "14"),
    ("Narva", "35", "6"),
    ("Tulcea", "48", "9"),
)


def test_a_table_without_ruling_keeps_rows_and_header_names():
    page = Sheet().lines(prose(90, 5), 60, 60)
    for line, row in enumerate(TABLE):
        for column, cell in enumerate(row):
            page.put(cell, 60 + column * 120, 160 + line * 14)
    page.lines(prose(90, 5, 8), 60, 260)
    flow = read(page)
    rows = [block for block in flow.blocks if block.kind == "table"]
    assert {block.columns for block in rows} == {TABLE[0]}
    told_rows = [text_of(block) for block in rows]
    for row in TABLE[1:]:
        [one] = [text for text in told_rows if row[0] in text]
        assert all(cell in one for cell in row)
        assert not any(other[0] in one for other in TABLE[1:] if other != row)


# Paragraphs and zones


def test_a_footnote_at_the_foot_is_told_by_its_raised_mark():
    page = Sheet()
    body = prose(90, 40)
    page.run(body[0], 60, 60).run("1", 60 + 5 * len(body[0]), 58.5, 6).put("", 0, 0)
    page.lines(body[1:], 60, 72)
    page.run("1", 60, 698.5, 5).put("See the yearbook of the port office, page 12.", 63, 700, 8)
    flow = read(page)
    [note] = kinds(flow, "footnote")
    assert "See the yearbook of the port office, page 12." in note
    assert words_of(flow)[: len(" ".join(body).split())] == " ".join(body).split()


def test_a_caption_is_told():
    page = Sheet().lines(prose(90, 10), 60, 60)
    page.put("Figure 3. Ships in the northern ports", 60, 400, 9, font=1)
    page.lines(prose(90, 10, 5), 60, 450)
    assert kinds(read(page), "caption") == ["Figure 3. Ships in the northern ports"]


def paragraph(width: int, count: int, start: int = 0) -> list[str]:
    """Lines of running text that end as a paragraph does: with a stop, some way from the edge."""
    *lines, last = prose(width, count, start)
    return [*lines, last[: width * 2 // 3].rsplit(" ", 1)[0] + "."]


def test_a_block_quotation_is_told_and_kept_whole():
    before, quoted, after = paragraph(90, 12), paragraph(66, 5, 3), paragraph(90, 12, 8)
    page = Sheet().lines(before, 60, 60).lines(quoted, 120, 210).lines(after, 60, 276)
    assert told(read(page)) == [
        ("body", " ".join(before)),
        ("block-quotation", " ".join(quoted)),
        ("body", " ".join(after)),
    ]


def test_paragraphs_with_indents_are_not_cut_at_short_lines():
    made = [paragraph(90, 6, start) for start in (0, 7, 14, 21, 28)]
    made[1][2] = made[1][2][:70].rsplit(" ", 1)[0] + "."
    page, top = Sheet(), 60
    for lines in made:
        page.put(lines[0], 75, top).lines(lines[1:], 60, top + 12)
        top += 72
    assert [text for _, text in told(read(page))] == [" ".join(lines) for lines in made]


def test_hanging_paragraphs_are_told_apart_and_kept_whole():
    made = [paragraph(80, 3, start) for start in (0, 7, 14, 21, 28)]
    page, top = Sheet(), 60
    for lines in made:
        page.put(lines[0], 60, top).lines(lines[1:], 85, top + 12)
        top += 36
    assert [text for _, text in told(read(page))] == [" ".join(lines) for lines in made]
