"""Executable findings: a chapter states what it found, and a false statement stops the notebook."""

import math
import operator
from typing import Any

from nlpcourse._records import record

_OPERATORS = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
}


class ClaimError(AssertionError):
    """A chapter said something that its own run does not show."""


def claim(text: str, left: Any, op: str, right: Any, on: Any = None) -> None:
    """Check a finding, print it with both values and record it for the results appendix.

    Args:
        text: the finding in words, as a reader would repeat it.
        left: the measured value: a number, or anything with one value, such as a tensor of one element.
        op: "<", "<=", ">", ">=", "==" or "≈".
        right: what it is compared with; for "≈" a pair `(value, tolerance)`.
        on: the data set (`Dataset` or `DatasetDict`) the finding is about. On the course's offline sample the
            finding is shown and recorded as not checked: a statement about real text is not tested by a stand-in.

    Raises:
        ClaimError: if the comparison is false, or a value is NaN.
        ValueError: if `op` is unknown, or a value is not a single number.

    Examples:
        >>> claim("two is less than three", 2, "<", 3)
        ✓ two is less than three: 2 < 3
    """
    if not text.strip():
        raise ValueError("a claim needs words: say what a reader would take away from the comparison")
    left = _number(left, "left")
    if op == "≈":
        try:
            target, tolerance = (_number(value, "right") for value in right)
        except TypeError:
            raise ValueError('with "≈" the right side is a pair: (value, tolerance)') from None
        holds, shown = abs(left - target) <= tolerance, f"{_format(target)} ± {_format(tolerance)}"
    elif op in _OPERATORS:
        right = _number(right, "right")
        holds, shown = _OPERATORS[op](left, right), _format(right)
    else:
        raise ValueError(f"unknown comparison {op!r}: use one of {', '.join([*_OPERATORS, '≈'])}")

    checked = on is None or _is_real(on)
    note = "" if checked else "not checked on the sample"
    mark = "–" if not checked else "✓" if holds else "✗"
    line = f"{mark} {text}: {_format(left)} {op} {shown}" + (f" ({note})" if note else "")
    verdict = bool(holds) if checked else None
    # JSON knows neither infinity nor "not a number"; the ledger then keeps the words.
    kept = left if math.isfinite(left) else str(left)
    record(
        "claim", {"text": text, "left": kept, "op": op, "right": shown, "holds": verdict, "note": note}, line
    )
    if checked and not holds:
        raise ClaimError(
            f"{line}\nThe run does not show what the text says. Find out why; then correct the text."
        )


def _is_real(data: Any) -> bool:
    from nlpcourse.data import is_real

    return is_real(data)


def _number(value: Any, side: str) -> float | int:
    """A plain Python number from a number, a NumPy scalar or a tensor of one element."""
    try:
        value = value.item() if hasattr(value, "item") else value
        # Counts stay whole, so that the ledger says 0 and not 0.0.
        return int(value) if isinstance(value, bool | int) else float(value)
    except (TypeError, ValueError, RuntimeError) as error:
        raise ValueError(f"the {side} side of a claim is one number, not {value!r}") from error


def _format(value: float | int) -> str:
    """Enough digits to compare, few enough to read."""
    if isinstance(value, int):
        return f"{value:,}"
    if value == 0 or not math.isfinite(value):
        return f"{value:g}"
    return f"{value:.3f}" if 1e-3 <= abs(value) < 1e3 else f"{value:.3g}"
