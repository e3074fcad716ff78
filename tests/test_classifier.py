import os
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from classifier_labels import invented_labels, sentence
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import OffsetError
from pipeline.model.codebook import Code, Codebook, Example
from pipeline.model.segment import Segment
from pipeline.tag.classifier import Labelled, example_labels, propose, train
from pipeline.tag.model_file import to_json
from pipeline.tag.tfidf import MAX_WORD_LENGTH, count_terms, is_function_only, ngrams, weigh

pytestmark = pytest.mark.filterwarnings("error")
LABELS = invented_labels()
CLASSIFIER = train(LABELS, seed=7)
SHORTAGE = "They were short of instructors and the staff was tired."


def only_reason(labelled):
    classifier = train(labelled, seed=0)
    assert classifier.codes == ()
    (code,) = classifier.too_few
    assert propose(classifier, [sentence(SHORTAGE)]) == ()
    return code.reason


def test_a_passage_with_the_words_of_a_code_is_proposed_and_others_are_not():
    other = sentence("The ministries released funds for equipment in spring.")
    (proposal,) = propose(CLASSIFIER, [other, sentence(SHORTAGE)])
    assert proposal.code_id == "bar.workforce"
    assert CLASSIFIER.codes[0].score.threshold <= proposal.score <= 1


def test_a_proposal_shows_the_words_that_spoke_for_it_and_where_they_stand():
    (proposal,) = propose(CLASSIFIER, [sentence(SHORTAGE, start=100)])
    terms = [term for term, _ in proposal.words]
    assert {"short", "instructors"} <= set(terms)
    assert [amount for _, amount in proposal.words] == sorted(
        (amount for _, amount in proposal.words), reverse=True
    )
    quoted = [SHORTAGE[start - 100 : end - 100] for start, end in proposal.matched]
    assert any("instructors" in words for words in quoted)
    assert 0 < proposal.explained <= 1


def test_contributions_and_intercept_add_up_to_the_score():
    (proposal,) = propose(CLASSIFIER, [sentence(SHORTAGE)])
    code = CLASSIFIER.codes[0]
    row = weigh(count_terms([SHORTAGE], CLASSIFIER.vocabulary), np.array(CLASSIFIER.idf))
    amounts = row.toarray()[0] * CLASSIFIER.weights.toarray()[:, 0]
    log_odds = code.intercept + amounts.sum()
    assert proposal.score == pytest.approx(1 / (1 + np.exp(-log_odds)), abs=1e-12)
    shown = sum(amount for _, amount in proposal.words)
    assert proposal.explained == pytest.approx(shown / amounts[amounts > 0].sum(), abs=1e-4)


def test_function_words_alone_never_explain_a_proposal():
    labels = [
        Labelled(f"{'of the' if present else 'to a'} reef {number}", "c", present, f"s{number}")
        for number in range(12)
        for present in (True, False)
    ]
    (proposal,) = propose(train(labels, seed=0), [sentence("of the of the")])
    assert proposal.words == ()
    assert proposal.matched == ()
    assert proposal.explained == 0


def test_negation_is_no_function_word():
    assert is_function_only("of the")
    assert not is_function_only("not")
    assert not is_function_only("never the")


def test_a_passage_without_one_known_word_is_never_proposed():
    assert propose(CLASSIFIER, [sentence("Zzz qqq."), sentence("…")]) == ()


def test_a_segment_in_an_excluded_zone_is_passed_over():
    segment, text = sentence(SHORTAGE)
    assert propose(CLASSIFIER, [(replace(segment, standing="excluded"), text)]) == ()
    assert len(propose(CLASSIFIER, [(replace(segment, standing="context"), text)])) == 1


def test_a_text_that_is_not_its_segments_is_refused():
    with pytest.raises(OffsetError, match="55 characters was given for 's@0-7'"):
        propose(CLASSIFIER, [(Segment("s", 0, 7, "sentence"), SHORTAGE)])


def test_proposals_come_in_the_order_of_segments_then_of_codes():
    both = train([*LABELS, *invented_labels("aaa.first")], seed=0)
    segments = [sentence(SHORTAGE, source_id) for source_id in ("b", "a", "c")]
    found = [(one.segment.source_id, one.code_id) for one in propose(both, segments)]
    codes = ("aaa.first", "bar.workforce")
    assert found == [(source_id, code_id) for source_id in "bac" for code_id in codes]


def test_a_proposal_does_not_depend_on_the_segments_beside_it():
    texts = [label.text for label in LABELS]
    together = propose(CLASSIFIER, [sentence(text, str(n)) for n, text in enumerate(texts)])
    alone = [
        one for n, text in enumerate(texts) for one in propose(CLASSIFIER, [sentence(text, str(n))])
    ]
    assert list(together) == alone


def test_nothing_to_learn_from_gives_a_classifier_that_proposes_nothing():
    empty = train([], seed=0)
    assert (empty.codes, empty.too_few, empty.vocabulary) == ((), (), ())
    assert propose(empty, [sentence(SHORTAGE)]) == ()


def test_five_positives_are_too_few():
    present = [label for label in LABELS if label.is_present][::5][:5]
    absent = [label for label in LABELS if not label.is_present]
    assert only_reason([*present, *absent]) == "5 present, and 6 are needed"


def test_five_negatives_are_too_few():
    absent = [label for label in LABELS if not label.is_present][::5][:5]
    present = [label for label in LABELS if label.is_present]
    assert only_reason([*present, *absent]) == "5 absent, and 6 are needed"


def test_two_sources_are_too_few_however_many_passages_they_give():
    two = [label for label in LABELS if label.group in ("int-00", "int-01")]
    assert only_reason(two * 5).startswith("present in 2 sources, and 3 are needed")


def test_codebook_examples_of_five_groups_of_each_answer_stand_in_for_sources():
    labels = [replace(label, group=f"example:c:{n}") for n, label in enumerate(LABELS)]
    (code,) = train(labels, seed=0).codes
    assert (code.score.source_count, code.score.example_count) == (0, len(LABELS))


def test_negatives_from_a_single_source_can_not_be_held_out():
    labels = [label if label.is_present else replace(label, group="memo-1") for label in LABELS]
    assert only_reason(labels) == "no division by group leaves both answers to learn from"


def test_words_that_tell_nothing_of_a_code_are_not_learnt_from():
    labels = [replace(label, is_present=(n + n // 8) % 2 == 0) for n, label in enumerate(LABELS)]
    assert "were right, too few to tell from the 50%" in only_reason(labels)


def test_passages_without_words_give_no_model():
    labels = [replace(label, text="— " * n) for n, label in enumerate(LABELS)]
    assert only_reason(labels).startswith("on held-out groups 0 of 0 proposals were right")


def test_what_nobody_judged_for_a_code_is_not_learnt_as_absent():
    others = [replace(label, code_id="other") for label in LABELS if label.is_present]
    code = train([*LABELS, *others], seed=7).codes[0]
    assert code.score.model.negative_count == sum(not label.is_present for label in LABELS)


def test_codebook_examples_are_labels_of_their_own_code_and_a_group_each():
    codes = (
        Code("bar", "Barriers", kind="group"),
        Code("bar.money", "Money", examples=(Example("No funds.", True), Example("Fun.", False))),
        Code("bar.time", "Time", examples=(Example("Too late.", True, is_hard=True),)),
    )
    assert example_labels(Codebook("b", "1", codes=codes)) == (
        Labelled("No funds.", "bar.money", True, "example:bar.money:1"),
        Labelled("Fun.", "bar.money", False, "example:bar.money:2"),
        Labelled("Too late.", "bar.time", True, "example:bar.time:1"),
    )


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_the_order_of_judgments_changes_no_byte(data):
    chosen = data.draw(st.lists(st.sampled_from(LABELS), min_size=20, max_size=60))
    shuffled = data.draw(st.permutations(chosen))
    assert to_json(train(shuffled, seed=3)) == to_json(train(chosen, seed=3))


@pytest.mark.parametrize(("hash_seed", "threads"), [("0", "1"), ("1", "2"), ("4242", "1")])
def test_another_process_learns_the_same_bytes(hash_seed, threads):
    program = (
        "from classifier_labels import invented_labels\n"
        "from pipeline.tag.classifier import train\n"
        "print(train(invented_labels(), seed=7).sha256)"
    )
    tests = Path(__file__).parent
    environment = os.environ | {
        "PYTHONHASHSEED": hash_seed,
        "OPENBLAS_NUM_THREADS": threads,
        "OMP_NUM_THREADS": threads,
        "PYTHONPATH": os.pathsep.join((str(tests), str(tests.parent))),
    }
    ran = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == CLASSIFIER.sha256


def test_the_hash_follows_what_was_learnt_and_from_what():
    assert train(LABELS, seed=7).sha256 == CLASSIFIER.sha256
    assert train(LABELS, seed=8).sha256 != CLASSIFIER.sha256
    assert train(LABELS[:-1], seed=7).sha256 != CLASSIFIER.sha256
    assert train(LABELS[:-1], seed=7).labelled_sha256 != CLASSIFIER.labelled_sha256


@settings(max_examples=300)
@given(st.text(max_size=200))
def test_the_words_of_an_ngram_stand_where_its_offsets_say(text):
    found = ngrams(text)
    words = [entry for entry in found if " " not in entry[0]]
    assert all(0 < end - start <= MAX_WORD_LENGTH for _, start, end in words)
    assert all(end <= start for (_, _, end), (_, start, _) in pairwise(words))
    for term, start, end in found:
        assert [again for again, _, _ in ngrams(text[start:end])][-1] == term


def test_offsets_count_the_text_as_given_where_lower_case_is_longer():
    text = "İİİ Troops 😀 stay"
    spans = {text[start:end] for term, start, end in ngrams(text) if term in ("troops", "stay")}
    assert spans == {"Troops", "stay"}


WORDS = st.sampled_from(
    [*SHORTAGE.split(), "vacant", "posts—", "(staff)", "É", "😀", "STAFF", "\n"]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=30).map(" ".join), st.integers(0, 10_000))
def test_marked_words_lie_within_the_segment_in_order_and_apart(text, start):
    for proposal in propose(CLASSIFIER, [sentence(text, start=start)]):
        spans = proposal.matched
        assert all(start <= first < last <= start + len(text) for first, last in spans)
        assert all(before[1] < after[0] for before, after in pairwise(spans))
        marked = {
            term
            for first, last in spans
            for term, _, _ in ngrams(text[first - start : last - start])
        }
        assert {term for term, _ in proposal.words} <= marked
