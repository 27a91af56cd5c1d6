"""The second reader adds doubts, takes nothing away, and knows no names."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.classify.kinds import classify, kind_of
from monitor.classify.second_reader import doubt, features_of, known_words, weights
from monitor.classify.vocabulary import FORMS
from monitor.model.docket import COURT_ACTS, Certainty, EntryKind
from tests.labels import CORPUS, all_rows

#: Words of dockets that are somebody's name as well: cases and rules by which hearings are called.
TERMS = {"brady", "faretta"}


def test_every_weight_is_of_a_word_of_the_vocabulary() -> None:
    known = known_words()
    for feature in weights():
        assert set(feature.strip("^").split()) <= known, feature


def test_words_of_the_vocabulary_stand_in_forms_never_only_in_examples() -> None:
    of_forms = set(re.findall(r"[a-z]{2,}", " ".join(form.text for form in FORMS)))
    invented = {"roe", "doe", "acme", "jane", "faber", "smith"}
    assert of_forms.isdisjoint(invented)
    assert known_words().isdisjoint(invented)


@pytest.mark.skipif(not (CORPUS / "entries.jsonl").exists(), reason=f"no corpus at {CORPUS}")
def test_nobody_who_signed_or_filed_an_entry_of_the_corpus_has_a_weight() -> None:
    """Names as clerks write them behind an entry: "(Lastname, Firstname)"."""
    signed = re.compile(r"\(([A-Z][a-z]+), ([A-Z][a-z]+)\)")
    names = {
        part.lower()
        for row in all_rows()
        for match in signed.finditer(row.text)
        for part in match.groups()
    }
    weighed = {word for feature in weights() for word in feature.strip("^").split()}
    # People are called Price and Page, and Court: what is left are words of the vocabulary.
    assert names & weighed <= known_words()
    assert len(names) > 100
    assert len(names & weighed) < 20


def test_it_weighs_the_first_words_only() -> None:
    assert len(list(features_of("order " * 500))) < 60


def test_an_order_that_the_grammar_does_not_know_is_uncertain() -> None:
    read = doubt("entered by the court granting motion signed by judge")
    assert read.is_act > 0.6


@pytest.mark.parametrize("name", ["Preliminary Injunction", "Temporary Restraining Order"])
def test_a_name_of_motions_and_orders_may_be_either(name: str) -> None:
    judged = classify([name])
    assert (judged.kind, judged.may_be) == (EntryKind.MOTION, (EntryKind.ORDER,))
    assert judged.certainty is Certainty.UNCERTAIN
    assert classify([name], f"MOTION for {name} by Acme").may_be == ()


def test_minutes_that_tell_of_a_ruling_may_be_an_order() -> None:
    text = (
        "MINUTE ENTRY for proceedings held before Judge Roe: Motion Hearing held. "
        "The motion for a preliminary injunction is DENIED."
    )
    assert classify([], text).may_be == (EntryKind.ORDER,)
    assert classify([], "MINUTE ENTRY for proceedings held: Status Conference held").may_be == ()


@given(st.text(max_size=60), st.text(max_size=200))
def test_it_never_takes_anything_away(name: str, text: str) -> None:
    judged, read = classify([name], text), kind_of([name], text)
    assert judged.kind is read.kind
    if judged.is_court_act:
        assert judged.may_be == ()
    assert judged.kind not in judged.may_be
    assert set(judged.may_be) <= COURT_ACTS | {EntryKind.NOTICE_OF_APPEAL}
