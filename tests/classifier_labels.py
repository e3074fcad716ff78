"""Training data for the classifier's tests: invented passages, and ValueEval's arguments.

ValueEval (Kiesel et al. 2023): arguments judged for 20 values; those with one conclusion are
about one topic, so that the conclusion stands for the source.
"""

import csv
import random
from pathlib import Path

from real_data import real_data_folder

from pipeline.model.segment import Segment
from pipeline.tag.learned import Labelled

_PRESENT = (
    "too few instructors were on hand",
    "the staff was short of trained specialists",
    "specialists left and posts stayed vacant",
    "the office lacks instructors and staff",
)
_ABSENT = (
    "the exercise went ahead in spring",
    "equipment arrived on the agreed day",
    "the two ministries signed the plan",
    "funds for equipment were released",
)
_TOPICS = ("at sea", "in the mountains", "near the border", "by air", "in the capital", "abroad")


def invented_labels(code_id: str = "bar.workforce") -> list[Labelled]:
    """Six sources on six topics, each with passages that hold the code and that do not."""
    return [
        Labelled(f"Interview {number}: {words} {topic}.", code_id, is_present, f"int-{number:02}")
        for number, topic in enumerate(_TOPICS)
        for is_present, sentences in ((True, _PRESENT), (False, _ABSENT))
        for words in sentences
    ]


def sentence(text: str, source_id: str = "s", start: int = 0) -> tuple[Segment, str]:
    """A text as the segment of a source."""
    return Segment(source_id, start, start + len(text), "sentence"), text


def value_labels(count: int, code_ids: tuple[str, ...] = (), seed: int = 1) -> list[Labelled]:
    """Judgments on so many arguments drawn at random, for some values or all 20."""
    coded = real_data_folder() / "coded"
    arguments = _rows(coded / "valueeval_arguments.tsv")
    judged = _rows(coded / "valueeval_labels.tsv")
    drawn = random.Random(seed).sample(sorted(arguments), count)
    codes = code_ids or tuple(sorted(set(judged[drawn[0]]) - {"Argument ID"}))
    return [
        Labelled(
            arguments[number]["Premise"],
            code_id,
            judged[number][code_id] == "1",
            arguments[number]["Conclusion"],
        )
        for number in drawn
        for code_id in codes
    ]


def _rows(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["Argument ID"]: row for row in rows}
