"""Reading takes time that grows with the file: shapes that once took its square.

Each shape is timed by the processor's clock. What grows with the file takes about a second
here; what grows with the square takes minutes.
"""

import random
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.cleaning import clean, cleaned

SECONDS = 6.0
MARKS = "\u0301\u0323\u0327\u0344\u0f71\u0f72\u0f73\u0f75\u0f81\u302a\u05b7"


@pytest.mark.parametrize("marks", ["\u0301", "\u0301\u0323", "\u0f73", "\u0301\u0323\u0327"])
def test_a_letter_under_half_a_million_marks_is_cleaned_in_time(marks: str):
    text = "a" + marks * (500_000 // len(marks))
    begun = time.process_time()
    is_same = cleaned(text).text == clean(text)
    assert is_same and time.process_time() - begun < SECONDS


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32), st.integers(0, 150), st.sampled_from(["a", "\u00fc", "\u1ea5", ""]))
def test_long_runs_of_marks_come_out_as_unicode_composes_them(seed: int, count: int, first: str):
    chosen = random.Random(seed).choices(MARKS, k=count)
    text = first + "".join(chosen) + "b"
    assert clean(text) == unicodedata.normalize("NFC", text)
    assert cleaned(text).text == clean(text)
