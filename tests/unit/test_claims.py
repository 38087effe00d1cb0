"""`claim` states a finding, records it, and refuses a false one."""

import math

import pytest
import torch

from nlpcourse import claim, claims
from nlpcourse.claims import ClaimError


@pytest.fixture
def recorded(monkeypatch):
    rows = []
    monkeypatch.setattr(claims, "record", lambda kind, data, text: rows.append((kind, data, text)))
    return rows


def test_true_claim_shows_both_values_and_is_recorded(recorded):
    claim("GRU beats RNN", 0.02, "<", 0.1)
    kind, data, line = recorded[0]
    assert kind == "claim"
    assert data["holds"] is True and data["left"] == 0.02 and data["right"] == "0.100" and data["note"] == ""
    assert line == "✓ GRU beats RNN: 0.020 < 0.100"


def test_false_claim_stops_and_is_recorded_first(recorded):
    with pytest.raises(ClaimError, match="does not show what the text says"):
        claim("pigs fly", 0, ">", 1)
    assert recorded[0][1]["holds"] is False


@pytest.mark.parametrize("op", ["<", "<=", ">", ">=", "=="])
def test_nan_never_satisfies_a_claim(recorded, op):
    with pytest.raises(ClaimError):
        claim("a lost run", math.nan, op, 0.5)


def test_nan_is_not_approximately_anything(recorded):
    with pytest.raises(ClaimError):
        claim("a lost run", math.nan, "≈", (0.5, 10))


@pytest.mark.parametrize(("value", "holds"), [(0.16, True), (0.30, False)])
def test_approximately(recorded, value, holds):
    if holds:
        claim("a sixth", value, "≈", (1 / 6, 0.02))
    else:
        with pytest.raises(ClaimError):
            claim("a sixth", value, "≈", (1 / 6, 0.02))
    assert recorded[0][1]["right"] == "0.167 ± 0.020"


def test_tensor_of_one_element_is_a_number(recorded):
    claim("tensors count", torch.tensor([0.5]), "==", 0.5)
    assert recorded[0][1]["left"] == 0.5


@pytest.mark.parametrize("value", [torch.ones(2), "many", None, [1, 2]])
def test_what_is_not_one_number_is_refused(recorded, value):
    with pytest.raises(ValueError, match="one number"):
        claim("which one?", value, ">", 0)


def test_unknown_comparison_and_missing_tolerance(recorded):
    with pytest.raises(ValueError, match="unknown comparison '!='"):
        claim("text", 1, "!=", 2)
    with pytest.raises(ValueError, match="pair"):
        claim("text", 1, "≈", 2)
    with pytest.raises(ValueError, match="needs words"):
        claim("  ", 1, "<", 2)


def test_on_the_sample_a_claim_is_shown_but_not_checked(recorded, monkeypatch):
    monkeypatch.setattr(claims, "_is_real", lambda data: False)
    claim("BERT beats TF-IDF on SST-2", 0.5, ">", 0.9, on=object())
    _, data, line = recorded[0]
    assert data["holds"] is None and data["note"] == "not checked on the sample"
    assert line.startswith("– ") and "not checked on the sample" in line


def test_on_real_data_it_is_checked(recorded, monkeypatch):
    monkeypatch.setattr(claims, "_is_real", lambda data: True)
    with pytest.raises(ClaimError):
        claim("BERT beats TF-IDF on SST-2", 0.5, ">", 0.9, on=object())
