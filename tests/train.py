"""Train the second reader on the labelled entries, without the rows set aside: `make train`.

Needs scikit-learn (`make train`). Prints what the model would add beside the
grammar, cross-validated by court, and writes the table of weights.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from pathlib import Path
from typing import Any

from monitor.classify.heading import heading
from monitor.classify.kinds import IS_ACT, IS_APPEAL, kind_of
from monitor.classify.second_reader import features_of
from tests.labels import ACTS, APPEALS, Row, all_rows

TABLE = Path(__file__).parent.parent / "monitor/classify/weights.tsv"
HEAD = """\
# Weights of words: feature, for a court's act, for a step of an appeal. Made by tests/train.py.
# ^word is the first word of an entry; two words stand side by side; the line without a feature is
# where both begin."""
#: Smaller weights change nothing.
_SMALLEST = 0.05
_NOISY = ("flp", "declassifier")
_STRENGTH = 0.3


def main() -> None:
    import numpy as np
    from sklearn.feature_extraction import DictVectorizer

    rows = [row for row in all_rows() if row.label and not row.is_aside]
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([dict.fromkeys(_features(row), 1.0) for row in rows])
    importance = np.array([0.5 if row.part in _NOISY else 1.0 for row in rows])
    models = []
    for name, kinds, threshold in (("act", ACTS, IS_ACT), ("appeal", APPEALS, IS_APPEAL)):
        wanted = np.array([row.label in kinds for row in rows])
        _report(name, kinds, threshold, rows, _validated(matrix, wanted, importance, rows))
        models.append(_model().fit(matrix, wanted, sample_weight=importance))
    _write(vectorizer.get_feature_names_out(), *models)


def _model() -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=_STRENGTH, max_iter=2000)


def _features(row: Row) -> list[str]:
    return list(features_of(heading(row.text or row.event_names[0])))


def _validated(matrix: Any, wanted: Any, importance: Any, rows: Sequence[Row]) -> Any:
    """What is said of each row by a model that saw no row of its court."""
    import numpy as np
    from sklearn.model_selection import GroupKFold

    groups = [row.court or row.name.split("-")[0] for row in rows]
    said = np.zeros(len(rows))
    for known, unseen in GroupKFold(8).split(matrix, wanted, groups):
        model = _model().fit(matrix[known], wanted[known], sample_weight=importance[known])
        said[unseen] = model.predict_proba(matrix[unseen])[:, 1]
    return said


def _report(
    name: str, kinds: Set[str], threshold: float, rows: Sequence[Row], said: Iterable[float]
) -> None:
    """How many acts the grammar missed that the model finds, and what it tells in vain."""
    found = missed = vain = others = 0
    for row, share in zip(rows, said, strict=True):
        if row.part in _NOISY or kind_of(row.event_names, row.text).kind in kinds:
            continue
        if row.label in kinds:
            missed += 1
            found += share > threshold
        elif not row.labels & kinds:
            others += 1
            vain += share > threshold
    print(f"{name}: finds {found} of {missed} that the grammar missed; {vain} of {others} in vain")


def _write(features: Iterable[str], act: Any, appeal: Any) -> None:
    lines = [HEAD, f"\t{act.intercept_[0]:.3f}\t{appeal.intercept_[0]:.3f}"]
    for feature, of_act, of_appeal in sorted(
        zip(features, act.coef_[0], appeal.coef_[0], strict=True)
    ):
        if max(abs(of_act), abs(of_appeal)) >= _SMALLEST:
            lines.append(f"{feature}\t{of_act:.3f}\t{of_appeal:.3f}")
    TABLE.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{len(lines) - 1} weights written to {TABLE.name}")


if __name__ == "__main__":
    main()
