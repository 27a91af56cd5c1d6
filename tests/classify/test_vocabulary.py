"""Every line of the vocabulary holds for its own example, and the language of forms is exact."""

from __future__ import annotations

import pytest

from monitor.classify.forms import Form, form_of
from monitor.classify.kinds import kind_of
from monitor.classify.vocabulary import FORMS, OF_HEAD
from monitor.model.docket import EntryKind


@pytest.mark.parametrize("form", FORMS, ids=[form.text for form in FORMS])
def test_every_form_decides_over_its_own_example(form: Form) -> None:
    court_id = form.court_id
    assert kind_of([form.example], court_id=court_id).kind is form.kind
    assert kind_of([], form.example, court_id).kind is form.kind


def test_no_form_stands_there_twice() -> None:
    texts = [(form.text, form.court_id) for form in FORMS]
    assert len(texts) == len(set(texts))


def test_every_kind_has_forms_and_the_common_heads_are_known() -> None:
    assert {form.kind for form in FORMS} == set(EntryKind)
    assert {"order", "opinion", "judgment", "motion", "notice", "mandate"} <= set(OF_HEAD)


FITS = {
    "a head alone": ("<order>", "minute", "re motion", True),
    "either word": ("<order> of/from court", "", "from court", True),
    "a word that begins so": ("<order> transmi* to", "", "transmitted to the clerk", True),
    "may be missing": ("<order> of [the] court", "", "of court", True),
    "any word": ("<order> of _ court", "", "of superior court", True),
    "any word is no preposition": ("<order> of _ court", "", "of in court", False),
    "any words of one sentence": ("<order> ... appeal", "", "on motion for leave to appeal", True),
    "not of two sentences": ("<order> ... appeal", "", "on motion. notice of appeal", False),
    "the end": ("<order> due $", "", "due", True),
    "not the end": ("<order> due $", "", "due process", False),
    "a whole word": ("<order> re", "", "reassigning case", False),
    "what stands before": ("proposed <order>", "joint proposed scheduling", "", True),
    "names of higher courts": ("<order> of {higher court}", "", "of usca", True),
    "of the circuits": ("<order> of {higher court}", "", "of the ninth circuit", True),
}


@pytest.mark.parametrize(("line", "before", "after", "fits"), FITS.values(), ids=FITS)
def test_the_language_of_forms(line: str, before: str, after: str, fits: bool) -> None:
    form = form_of(f"{line} : Example", EntryKind.ORDER, "")
    assert form.fits(before, after) is fits


def test_a_line_without_an_example_is_refused() -> None:
    with pytest.raises(ValueError, match="without an example: '<order>'"):
        form_of("<order>", EntryKind.ORDER, "")


def test_a_courts_own_language_is_not_read_elsewhere() -> None:
    form = form_of("argued : Argued", EntryKind.ADMINISTRATIVE_OTHER, "", "scotus")
    assert form.fits("", "argued", "scotus")
    assert form.fits("", "argued")
    assert not form.fits("", "argued", "dcd")
