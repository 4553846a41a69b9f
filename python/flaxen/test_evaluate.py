"""Rows with their targets, scored by a trained program."""

import numpy as np
import polars as pl
import pytest

from flaxen import evaluate
from flaxen.data import batches, load
from flaxen.data.errors import DataError
from flaxen.evaluate import Evaluations
from flaxen.predict import Predictor


def evaluated(evaluations, source=None, **given):
    """Returns (metrics, rows done after each request)."""
    begun = evaluations.answer({"begin": source or {}}, given.pop("arrays", {}), **given)
    done = []
    while True:
        answer = evaluations.answer({"go": begun["evaluation"]}, {})
        done.append(answer["done"])
        if "metrics" in answer:
            assert done[-1] == begun["rows"] and not evaluations.begun
            return answer["metrics"], done


def test_the_runs_own_rows_score_as_the_run_said(project, monkeypatch):
    p = project("diabetes")
    *_, ended = p.finished(epochs=3)
    reported = {name.removeprefix("val/"): value for name, value in ended["metrics"].items() if "val/" in name}
    evaluations = Evaluations(Predictor(p.modules(monkeypatch), p.folder / "run"))
    whole, _ = evaluated(evaluations, {"part": "validation"})
    assert whole == pytest.approx(reported, rel=1e-5)
    with pytest.raises(DataError, match="the data has no test rows; there are: train, validation"):
        evaluated(evaluations, {"part": "test"})

    lines = (p.folder / "assets" / "diabetes.csv").read_text().splitlines()
    names, cells = lines[0].split(","), [[float(cell) for cell in line.split(",")] for line in lines[1:101]]
    rows = [dict(zip(names, row, strict=True)) for row in cells]
    by_rows, _ = evaluated(evaluations, rows=rows)
    values = np.array(cells, np.float32)
    by_name, _ = evaluated(evaluations, arrays={"patient": values[:, :10], "progression": values[:, 10:]})
    (p.folder / "more.csv").write_text("\n".join(lines[:101]))
    by_file, _ = evaluated(evaluations, {"path": str(p.folder / "more.csv")})
    pl.DataFrame(rows).write_parquet(p.folder / "more.pq")
    by_parquet, _ = evaluated(evaluations, {"path": str(p.folder / "more.pq")})
    monkeypatch.setattr(batches, "ROOM", 1)
    monkeypatch.setattr(evaluate, "SECONDS", 0)
    few, done = evaluated(evaluations, rows=rows)
    assert done == sorted(set(done)) and len(done) > 2 and done[-1] == 100
    for other in (by_name, by_file, by_parquet, few):
        assert other == pytest.approx(by_rows, rel=1e-4)
    predicted = evaluations.predictor({"patient": values[:, :10]})["progression"]
    error = np.sqrt(((predicted - values[:, 10:]).astype(np.float64) ** 2).mean())
    assert by_rows["progression/rmse"] == pytest.approx(error, rel=1e-5)

    begun = evaluations.answer({"begin": {}}, {}, rows)["evaluation"]
    assert evaluations.answer({"drop": begun}, {}) == {} and not evaluations.begun
    for code, source, given in (
        ("missing-value", {}, {"rows": [dict.fromkeys(names[:10], 1)]}),
        ("missing-input", {}, {"arrays": {"patient": values[:, :10]}}),
        ("missing-file", {"path": "/none.csv"}, {}),
        ("not-a-number", {}, {"arrays": {"patient": values[:1, :10], "progression": np.full((1, 1), np.nan)}}),
    ):
        with pytest.raises(DataError) as error:
            evaluated(evaluations, source, **given)
        assert error.value.code == code
    (p.folder / "less.csv").write_text("\n".join(line.rpartition(",")[0] for line in lines))
    with pytest.raises(DataError, match='less.csv has no column "progression"'):
        evaluated(evaluations, {"path": str(p.folder / "less.csv")})


def test_arrays_of_bytes_labels_and_numbers(project, monkeypatch):
    p = project("two-heads")
    p.finished(epochs=1)
    evaluations = Evaluations(Predictor(p.modules(monkeypatch), p.folder / "run"))
    train, _ = load({**p.config, "assets": str(p.folder / "assets")})
    rows = {name: np.asarray(values)[:777] for name, values in train.columns.items()}
    found, _ = evaluated(evaluations, arrays=rows)
    predicted = evaluations.predictor({"image": rows["image"]})
    assert found["digit/accuracy"] == pytest.approx((predicted["digit"].argmax(-1) == rows["digit"]).mean())
    spread = ((rows["centre"] - rows["centre"].mean(0)) ** 2).mean(0)
    r2 = 1 - ((predicted["centre"] - rows["centre"]) ** 2).mean(0) / spread
    assert found["centre/r2"] == pytest.approx(r2.mean(), rel=1e-4)
    with pytest.raises(DataError, match='column "digit", row 3: 10, but the head has 10 classes: 0 to 9'):
        evaluated(evaluations, arrays=rows | {"digit": np.where(np.arange(777) == 3, 10, 0)})
    with pytest.raises(DataError, match="unequal numbers of rows"):
        evaluated(evaluations, arrays=rows | {"digit": rows["digit"][:5]})
    with pytest.raises(DataError, match="data.arrays reads no file"):
        evaluated(evaluations, {"path": "rows.csv"})
    (p.folder / "run" / "artifacts" / "preprocessing.json").unlink()
    evaluations.predictor.preprocessing = None
    with pytest.raises(DataError, match="earlier version"):
        evaluated(evaluations, arrays=rows)
