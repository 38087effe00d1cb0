"""What passes between student code and the tests is plain data, whatever one side tries."""

import collections
import json
import os
import pickle
import struct
import threading

import numpy as np
import pytest
import torch
from safetensors.numpy import save

from nlpcourse.classroom import wire

PLAIN = [
    None, True, 0, -(10**30), 1.5, float("inf"), "", "文 text \U0001f600", [], (), {}, set(), [1, (2, [3.5, None])],
    {"a": [1], 2: "b", (1, 2): None}, {1, 2},
]  # fmt: skip


@pytest.mark.parametrize("value", PLAIN, ids=repr)
def test_plain_values_arrive_as_they_were(value):
    back = wire.unpack(wire.pack(value))
    assert back == value and type(back) is type(value)


@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.float16, np.int64, np.uint8, bool])
@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 0, 4), (2, 3)])
def test_arrays_and_tensors_keep_type_and_shape(dtype, shape):
    array = np.ones(shape, dtype)
    for value in (array, torch.from_numpy(array.copy())):
        back = wire.unpack(wire.pack({"x": [value]}))["x"][0]
        assert type(back) is type(value) and back.dtype == value.dtype and tuple(back.shape) == shape
        assert np.array_equal(np.asarray(back), array)


def test_arrays_of_any_layout_keep_their_numbers():
    array = np.arange(12, dtype=">f8").reshape(3, 4)
    for value in (array, array.T, array[::-1, ::2], array[1:1]):
        assert np.array_equal(wire.unpack(wire.pack(value)), value)


def test_a_tensor_that_asks_for_a_gradient_still_does_and_a_parameter_is_a_tensor():
    assert wire.unpack(wire.pack(torch.ones(2, requires_grad=True))).requires_grad
    assert type(wire.unpack(wire.pack(torch.nn.Parameter(torch.ones(2))))) is torch.Tensor


def test_nan_arrives_as_nan():
    assert np.isnan(wire.unpack(wire.pack(float("nan"))))
    assert np.isnan(wire.unpack(wire.pack(np.float32("nan"))))


class EqualToAll(float):
    def __eq__(self, other):
        return True

    __hash__ = float.__hash__


def test_a_subclass_arrives_as_the_plain_thing_it_is_made_of():
    for value, plain in (
        (EqualToAll(2.5), 2.5),
        (type("S", (str,), {"__eq__": lambda *_: True, "__hash__": str.__hash__})("a"), "a"),
        (type("L", (list,), {"__eq__": lambda *_: True})([1]), [1]),
        (collections.Counter("aab"), {"a": 2, "b": 1}),
        (np.float64(2.5), 2.5),
    ):
        back = wire.unpack(wire.pack(value))
        assert type(back) is type(plain) and back == plain
        assert back != "something else"


@pytest.mark.parametrize(
    "value", [object(), lambda: 1, np.array(["a"]), np.array([None]), 1j, b"x", torch.nn.ReLU()]
)
def test_other_things_are_refused_with_words_for_a_student(value):
    with pytest.raises(wire.WireError, match=r"a value of type|an array of|a tensor of"):
        wire.pack(value)


def test_half_precision_of_the_other_kind_names_the_way_out():
    with pytest.raises(wire.WireError, match=r"\.float\(\)"):
        wire.pack(torch.ones(2, dtype=torch.bfloat16))


def test_what_contains_itself_or_is_too_large_is_refused():
    loop: list = []
    loop.append(loop)
    with pytest.raises(wire.WireError, match="contains itself"):
        wire.pack(loop)
    with pytest.raises(wire.WireError, match="too large"):
        wire.pack("x" * (wire.MAX_JSON_BYTES + 1))


def test_halves_of_characters_arrive_as_question_marks():
    assert wire.unpack(wire.pack("a\ud83d")) == "a?"
    assert wire.unpack(forged('"\\ud83d"')) == "?"
    assert wire.unpack(forged('{"dict": [["\\ud83d", 1]]}')) == {"?": 1}


def test_a_large_dict_is_refused_with_another_way():
    with pytest.raises(wire.WireError, match="use a list or an array"):
        wire.pack({n: n for n in range(wire.MAX_KEYS + 1)})
    assert len(wire.unpack(wire.pack(list(range(10**5))))) == 10**5
    vocabulary = {str(n): n for n in range(10 * wire.MAX_KEYS)}
    assert wire.unpack(wire.pack(vocabulary)) == vocabulary


def forged(tree: object, **arrays: np.ndarray) -> bytes:
    return save(arrays, metadata={"tree": tree if isinstance(tree, str) else json.dumps(tree)})


BAD = {
    "nothing": b"",
    "noise": os.urandom(4096),
    "a pickle": pickle.dumps(print),
    "a header longer than the message": struct.pack("<Q", 2**40) + b"{}",
    "no tree": save({"0": np.ones(2)}),
    "a tree that is no JSON": forged("{"),
    "an unknown kind": forged({"call": "os.system"}),
    "an array that is not there": forged({"array": "7"}),
    "an array of lists": forged({"array": []}),
    "a bare list": forged([1, 2]),
    "a set of lists": forged({"set": [{"list": []}]}),
    "a dict with lists as keys": forged({"dict": [[{"list": []}, 1]]}),
    "pairs of three": forged({"dict": [[1, 2, 3]]}),
    "nesting without end": forged('{"list":[' * 5000 + "]}" * 5000),
    "an integer without end": forged("1" * 10_000),
    "a kind without a name": forged({}),
    "keys that all collide": forged({"set": [k * (2**61 - 1) for k in range(10_001)]}),
    "tuples as keys that all collide": forged(
        {"set": [{"tuple": [1] * 100 + [-1 - (k >> bit & 1) for bit in range(12)]} for k in range(500)]}
    ),
    "an array that is asked for twice": forged(
        {"list": [{"array": "0"}, {"array": "0"}]}, **{"0": np.ones(4)}
    ),
    "keys that all collide, in a dict of a list": forged(
        {"list": [{"dict": [[k * (2**61 - 1), 1] for k in range(6000)]}] * 2}
    ),
}


@pytest.mark.parametrize("blob", BAD.values(), ids=BAD)
def test_bytes_of_a_stranger_are_an_error_and_never_run(blob):
    with pytest.raises(wire.WireError):
        wire.unpack(blob)


@pytest.fixture
def pipe():
    reader, writer = os.pipe()
    yield reader, writer
    for descriptor in (reader, writer):
        try:
            os.close(descriptor)
        except OSError:
            continue


def test_a_message_that_dribbles_in_ends_at_the_deadline(pipe):
    reader, writer = pipe
    over = threading.Event()

    def dribble():
        os.write(writer, (100).to_bytes(8, "big"))
        while not over.wait(0.05):
            os.write(writer, b"x")

    thread = threading.Thread(target=dribble)
    thread.start()
    try:
        with pytest.raises(TimeoutError):
            wire.receive(reader, seconds=0.5)
    finally:
        over.set()
        thread.join()


def test_a_length_without_measure_is_refused_before_anything_is_read(pipe):
    os.write(pipe[1], (2**62).to_bytes(8, "big"))
    with pytest.raises(wire.WireError, match="too large"):
        wire.receive(pipe[0], seconds=1)


def test_a_reader_who_never_reads_does_not_hold_the_writer(pipe):
    os.set_blocking(pipe[1], False)
    with pytest.raises(TimeoutError):
        wire.send(pipe[1], np.zeros(10**6), seconds=0.3)


def test_a_closed_pipe_says_so(pipe):
    os.close(pipe[1])
    with pytest.raises(wire.Closed):
        wire.receive(pipe[0], seconds=1)
