"""Plain data over a pipe: what may pass between student code and the tests, and nothing else.

A message is one `safetensors` blob: arrays as tensors, everything around them as JSON in its header. Unlike a pickle,
reading it runs no code, whatever the other side has written.
"""

import json
import os
import select
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from safetensors.numpy import load, save

MAX_BYTES = 256 * 2**20
# JSON grows about tenfold when it becomes Python objects, arrays do not grow.
MAX_JSON_BYTES = 16 * 2**20
# In all dicts and sets together, texts aside: numbers can be chosen so that they collide, and take quadratic time.
MAX_KEYS = 2_000


class WireError(Exception):
    """A value cannot pass, or what arrived is not a message; the text is meant for whoever wrote the value."""


class Closed(WireError):
    """The other side is gone."""


def pack(value: Any) -> bytes:
    """Encode numbers, strings, None, lists, tuples, sets, dicts, NumPy arrays and tensors, in any nesting.

    Raises:
        WireError: something else is in `value`, or it is too large.
    """
    arrays: dict[str, np.ndarray] = {}
    try:
        tree = json.dumps(_encode(value, arrays))
        if ('"dict"' in tree or '"set"' in tree) and _count_keys(json.loads(tree)) > MAX_KEYS:
            raise WireError(
                f"sets and dicts with more than {MAX_KEYS:,} numbers as keys: use a list or an array"
            )
    except RecursionError:
        raise WireError("a value that is nested too deeply, or contains itself") from None
    size = len(tree) + sum(array.nbytes for array in arrays.values())
    if len(tree) > MAX_JSON_BYTES or size > MAX_BYTES:
        raise WireError(f"a value of {size / 2**20:.0f} MiB: it is too large to be tested")
    return save(arrays, metadata={"tree": tree})


def unpack(blob: bytes) -> Any:
    """The value that `pack` encoded.

    Raises:
        WireError: these bytes are no message.
    """
    if len(blob) < 8 or int.from_bytes(blob[:8], "little") > min(len(blob) - 8, 2 * MAX_JSON_BYTES):
        raise WireError("bytes that are no message")
    try:
        header = json.loads(blob[8 : 8 + int.from_bytes(blob[:8], "little")])
        tree = json.loads(header["__metadata__"]["tree"])
        if _count_keys(tree) > MAX_KEYS:
            raise WireError("a message with too many keys")
        return _decode(tree, load(blob))
    except WireError:
        raise
    except Exception as error:  # anything can be wrong with bytes that a stranger wrote
        raise WireError(f"bytes that are no message ({type(error).__name__})") from None


def _encode(value: Any, arrays: dict[str, np.ndarray]) -> Any:
    kind = type(value)
    if value is None or kind in (bool, int, float, str):
        return _text(value) if kind is str else value
    if isinstance(value, np.generic):
        return _encode(value.item(), arrays)
    if isinstance(value, (list, tuple, set, frozenset)):
        name = "list" if isinstance(value, list) else "tuple" if isinstance(value, tuple) else "set"
        return {name: [_encode(entry, arrays) for entry in value]}
    if isinstance(value, dict):
        return {"dict": [[_encode(key, arrays), _encode(entry, arrays)] for key, entry in value.items()]}
    torch = sys.modules.get("torch")  # no tensor without it, and no second spent on importing it
    if torch is not None and isinstance(value, torch.Tensor):
        if value.dtype == torch.bfloat16 or value.is_complex() or value.is_sparse:
            raise WireError(f"a tensor of {value.dtype}: convert it with .float() first")
        return {
            "tensor": _keep(value.detach().cpu().numpy(), arrays),
            "grad": value.requires_grad and value.is_leaf,
        }
    if isinstance(value, np.ndarray):
        return {"array": _keep(value, arrays)}
    if isinstance(value, (bool, int, float, str)):  # a subclass: only what it would be as the plain thing
        plain = next(plain for plain in (bool, int, float, str) if isinstance(value, plain))
        return _encode(plain(value), arrays)
    raise WireError(
        f"a value of type {kind.__name__}: tests can read numbers, strings, None, lists, tuples, sets, dicts, "
        "NumPy arrays and tensors"
    )


def _text(value: str) -> str:
    """The text without halves of characters, which no file could hold."""
    return value.encode("utf-8", "replace").decode()


def _count_keys(tree: Any, inside: bool = False) -> int:
    """The numbers in the keys of all dicts and sets of an encoded value; `inside` counts all numbers."""
    if isinstance(tree, list):
        return sum(_count_keys(entry, inside) for entry in tree)
    if not isinstance(tree, dict):
        return int(inside and not isinstance(tree, str))  # nobody can tell in advance how a text is hashed
    count = 0
    for kind, inner in tree.items():
        if kind == "dict" and isinstance(inner, list):
            count += sum(_count_keys(pair[:1], True) + _count_keys(pair[1:], inside) for pair in inner)
        else:
            count += _count_keys(inner, inside or kind == "set")
    return count


def _keep(array: np.ndarray, arrays: dict[str, np.ndarray]) -> str:
    if array.dtype.kind not in "biuf":
        raise WireError(
            f"an array of {array.dtype}: tests can read arrays of numbers; use .tolist() otherwise"
        )
    name = str(len(arrays))
    # Native byte order, and zero-dimensional arrays stay so (ascontiguousarray would add a dimension).
    arrays[name] = array.astype(array.dtype.newbyteorder("="), order="C", copy=True)
    return name


def _decode(tree: Any, arrays: dict[str, np.ndarray]) -> Any:
    if not isinstance(tree, dict):
        if isinstance(tree, list):
            raise WireError("bytes that are no message (a bare list)")
        return _text(tree) if isinstance(tree, str) else tree
    kind = next(iter(tree))
    if kind == "dict":
        return {_decode(key, arrays): _decode(entry, arrays) for key, entry in tree[kind]}
    if kind in ("list", "tuple", "set"):
        make = {"list": list, "tuple": tuple, "set": set}[kind]
        return make(_decode(entry, arrays) for entry in tree[kind])
    # A copy, because what safetensors gives is read-only; and only once, or a few bytes could ask for gigabytes.
    array = np.array(arrays.pop(tree[kind]))
    if kind == "array":
        return array
    if kind == "tensor":
        import torch

        return torch.from_numpy(array).requires_grad_(bool(tree["grad"]))
    raise WireError(f"bytes that are no message (kind {str(kind)[:20]!r})")


def send(
    descriptor: int, value: Any, seconds: float | None = None, watch: Callable[[], None] | None = None
) -> None:
    """Write one message.

    Args:
        descriptor: of a pipe.
        value: see `pack`.
        seconds: how long the other side may take to read it; needs a descriptor that does not block.
        watch: called about four times a second meanwhile; it may raise to give up.

    Raises:
        WireError: the value cannot pass.
        TimeoutError: it was not read in time.
        Closed: nobody reads.
    """
    blob = pack(value)
    rest = memoryview(len(blob).to_bytes(8, "big") + blob)
    deadline = None if seconds is None else time.monotonic() + seconds
    while rest:
        try:
            rest = rest[os.write(descriptor, rest) :]
        except BlockingIOError:
            left = None if deadline is None else deadline - time.monotonic()
            if left is not None and left <= 0:
                raise TimeoutError from None
            if watch is not None:
                watch()
            select.select([], [descriptor], [], 0.25 if left is None else min(left, 0.25))
        except OSError as error:
            raise Closed(f"the other side is gone ({error.strerror})") from None


def receive(descriptor: int, seconds: float | None = None, watch: Callable[[], None] | None = None) -> Any:
    """Read one message.

    Args:
        descriptor: of a pipe.
        seconds: how long to wait for all of it; None waits for ever.
        watch: called about four times a second meanwhile; it may raise to give up.

    Raises:
        TimeoutError: it did not arrive in time.
        WireError: what arrived is no message, or is too large.
        Closed: the other side is gone.
    """
    deadline = None if seconds is None else time.monotonic() + seconds
    size = int.from_bytes(_read(descriptor, 8, deadline, watch), "big")
    if size > MAX_BYTES + 2 * MAX_JSON_BYTES:
        raise WireError("a message that is too large")
    return unpack(_read(descriptor, size, deadline, watch))


def _read(descriptor: int, size: int, deadline: float | None, watch: Callable[[], None] | None) -> bytes:
    parts: list[bytes] = []
    while size:
        if deadline is not None or watch is not None:
            left = 0.25 if deadline is None else deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            if watch is not None:
                watch()
            if not select.select([descriptor], [], [], min(left, 0.25))[0]:
                continue
        part = os.read(descriptor, min(size, 2**20))
        if not part:
            raise Closed("the other side is gone")
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
