"""What a classifier is worth, code by code, and its model card for readers of a study.

The sections follow Mitchell et al. (2019), "Model Cards for Model Reporting": what it is for,
what it was made of, figures beside a baseline, limits.
"""

from pipeline.tag.learned import Classifier, CodeScore, Interval

_HEADINGS = (
    "code",
    "present",
    "absent",
    "sources",
    "examples",
    "threshold",
    "precision (95 %)",
    "recall (95 %)",
    "F1",
    "average precision",
    "… of always no",
    "accuracy",
    "… of always no",
)
_INTENDED_USE = """\
It suggests, never decides. A proposal is a passage worth reading; only a coder's judgment
makes it evidence. Scores order proposals and are not calibrated probabilities."""
_READING = """\
*Always no* is a model that never proposes the code: its precision is undefined, its recall
and F1 are 0, and for a rare code its accuracy is high, which is why accuracy is shown only
beside it. Its average precision is the share of passages that hold the code."""
_LIMITS = (
    "Folds are grouped by source, so that no model is tested on a source it learnt from; each "
    "codebook example is a group of its own and easier than the sources' own words.",
    "Thresholds were tuned on the same folds that the figures come from, so precision, recall "
    "and F1 are somewhat too good. Average precision needs no threshold.",
    "Intervals are Wilson's and take passages for independent. Those of one source are not, so "
    "the true intervals are wider.",
    "Figures hold for passages like those that were judged. Where coders judged mostly what was "
    "proposed to them, that is a selection, and recall over whole sources is unknown.",
    "It knows words and pairs of words, neither grammar nor negation nor what stands in the "
    "sentence before. Topics and words it has not seen score low.",
    "A code judged absent and a code not judged differ: what nobody judged was not learnt from.",
)


def score_table(classifier: Classifier) -> tuple[CodeScore, ...]:
    """Return the held-out figures of every code it proposes, by code id."""
    return tuple(code.score for code in classifier.codes)


def model_card(classifier: Classifier) -> str:
    """Return the card as Markdown that also reads as plain text."""
    sections = (
        _head(classifier),
        f"## Intended use\n\n{_INTENDED_USE}",
        _data(classifier),
        _figures(classifier),
        _not_proposed(classifier),
        "## Known limits\n\n" + "\n".join(f"- {limit}" for limit in _LIMITS),
    )
    return "\n\n".join(section for section in sections if section) + "\n"


def _head(classifier: Classifier) -> str:
    versions = ", ".join(f"{name} {number}" for name, number in classifier.versions)
    return (
        f"# Model card: {_cell(classifier.model_id)}\n\n"
        "Logistic regression over tf-idf of words and pairs of words, one model per code.\n\n"
        f"- hash: {classifier.sha256}\n"
        f"- seed of the folds: {classifier.seed}\n"
        f"- fitted with: {_cell(versions)}"
    )


def _data(classifier: Classifier) -> str:
    return (
        "## Data\n\n"
        f"{classifier.label_count:,} judgments on passages of {classifier.source_count:,} sources "
        f"and {classifier.example_count:,} examples of the codebook; "
        f"{len(classifier.vocabulary):,} terms. Hash of the training data: "
        f"{classifier.labelled_sha256}"
    )


def _figures(classifier: Classifier) -> str:
    if not classifier.codes:
        return "## Figures on held-out groups\n\nNo code has enough judgments for a model."
    rows = [_row(score) for score in score_table(classifier)]
    rule = ["---", *["--:"] * (len(_HEADINGS) - 1)]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in ([*_HEADINGS], rule, *rows))
    return f"## Figures on held-out groups\n\n{_READING}\n\n{table}"


def _row(score: CodeScore) -> list[str]:
    model, always_no = score.model, score.always_no
    return [
        _cell(score.code_id),
        f"{model.positive_count:,}",
        f"{model.negative_count:,}",
        f"{score.source_count:,}",
        f"{score.example_count:,}",
        f"{score.threshold:.2f}",
        _counted(
            model.precision, model.true_positive, model.proposed_count, model.precision_interval
        ),
        _counted(model.recall, model.true_positive, model.positive_count, model.recall_interval),
        _share(model.f1),
        _share(score.average_precision),
        _share(score.always_no_average_precision),
        _share(model.accuracy),
        _share(always_no.accuracy),
    ]


def _counted(share: float | None, part: int, whole: int, interval: Interval | None) -> str:
    if interval is None:
        return "undefined"
    below, above = interval
    return f"{_share(share)} = {part:,}/{whole:,} ({below:.2f} to {above:.2f})"


def _share(share: float | None) -> str:
    return "undefined" if share is None else f"{share:.2f}"


def _not_proposed(classifier: Classifier) -> str:
    if not classifier.too_few:
        return ""
    lines = [
        f"- {_cell(code.code_id)}: {_cell(code.reason)} ({code.positive_count:,} present, "
        f"{code.negative_count:,} absent, {code.group_count:,} groups)"
        for code in classifier.too_few
    ]
    return "## Codes it does not propose\n\n" + "\n".join(lines)


def _cell(text: str) -> str:
    """Return text that can end neither a cell nor a line and is no markup."""
    one_line = " ".join(text.split())
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>|#!&" else sign for sign in one_line)
