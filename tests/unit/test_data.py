"""`load_dataset`: where the bytes come from and what may go wrong on the way. A local server stands for the network."""

import errno
import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from nlpcourse import data
from nlpcourse.data import DataError, UnavailableError, WrongBytesError, _fetch, is_real, load_dataset

ROOT = Path(__file__).resolve().parents[2]
TEXTS = {
    "train": "1 good film\n0 bad film\n1 a fine \u2028 thing\n0 no\n",
    "test": "0 dull\n1 bright\n",
}
BIG = b"0 x\n" * 50_000  # 200 kB: enough to stop half-way


@pytest.fixture(autouse=True)
def clean_settings(monkeypatch, tmp_path):
    """No test sees the user's settings, cache or waits."""
    for name in ("DATA", "SOURCE", "OFFLINE", "PROFILE"):
        monkeypatch.delenv(f"NLPCOURSE_{name}", raising=False)
    monkeypatch.setenv("NLPCOURSE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(_fetch, "PAUSE", 0.01)
    monkeypatch.setattr(_fetch, "TIMEOUT", (2, 0.5))


class Server(ThreadingHTTPServer):
    """Serves `bodies[path]`; `faults[path]` is a list of faults, one used up by each request, the last one kept."""

    daemon_threads = True
    block_on_close = False

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.bodies: dict[str, bytes] = {}
        self.faults: dict[str, list] = {}
        self.requests: Counter[str] = Counter()
        self.release = threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self):
        self.server.requests[self.path] += 1
        faults = self.server.faults.get(self.path, [None])
        fault = faults.pop(0) if len(faults) > 1 else faults[0]
        body = self.server.bodies[self.path]
        if isinstance(fault, tuple):  # a status and headers
            status, headers = fault
            self.send_response(status)
            for key, value in headers.items():
                self.send_header(key, value)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if fault == "wrong":
            body = b"<html>Please log in</html>"
        self.send_response(200)
        if fault != "short, no length":
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if fault in ("short", "short, no length"):
            body = body[: len(body) // 2]
        if fault == "slow":
            time.sleep(1)  # long enough for all processes of the test to have started
        if fault == "stall":
            self.wfile.write(body[: len(body) // 2])
            self.wfile.flush()
            self.server.release.wait(30)
            return
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def server():
    with Server() as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server
        server.release.set()
        server.shutdown()


def file_entry(server: Server, local: str, body: bytes, **fields) -> dict:
    """A registry entry for a file that the server holds."""
    server.bodies[f"/{local}"] = body
    return {
        "local": local,
        "url": f"{server.address}/{local}",
        "sha256": hashlib.sha256(body).hexdigest(),
        "bytes": len(body),
        **fields,
    }


@pytest.fixture
def course(server, tmp_path, monkeypatch):
    """A course with one small set, `tiny`, that has a sample, and `bare`, the same without one. Gives its folder."""
    root = tmp_path / "data"
    (root / "samples" / "tiny").mkdir(parents=True)
    lines = []
    for name in ("tiny", "bare"):
        lines += [
            f"[{name}]",
            'description = "d"\nhomepage = "https://example.org/h"\nlicence = "L"\ncitation = "c"\nnotes = "n"',
            'format = "label text"\ncolumns = ["label", "text"]\nlabels = { 0 = "negative", 1 = "positive" }',
            f"[{name}.splits]",
            "train = { rows = 4, labels = [2, 2] }\ntest = { rows = 2, labels = [1, 1] }",
        ]
        for split, text in TEXTS.items():
            entry = file_entry(server, f"{name}/{split}.txt", text.encode(), split=split)
            lines += [f"[[{name}.files]]", *(f"{key} = {json.dumps(value)}" for key, value in entry.items())]
    (root / "registry.toml").write_text("\n".join(lines))
    for split in TEXTS:
        rows = [{"text": f"written {split} {i}", "label": i % 2} for i in range(20)]
        (root / "samples" / "tiny" / f"{split}.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n")
    monkeypatch.setattr(data, "data_root", lambda: root)
    return root


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """NLPCOURSE_DATA with the right files of `tiny`."""
    path = tmp_path / "mine"
    (path / "tiny").mkdir(parents=True)
    for split, text in TEXTS.items():
        (path / "tiny" / f"{split}.txt").write_bytes(text.encode())
    monkeypatch.setenv("NLPCOURSE_DATA", str(path))
    return path


def cached(tmp_path) -> set[str]:
    """Files in the cache by name, the empty lock files apart."""
    return {p.name for p in (tmp_path / "cache").rglob("*") if p.is_file() and p.suffix != ".lock"}


# --- which source


def test_folder_then_cache_then_network(course, folder, server, monkeypatch, capsys):
    assert load_dataset("tiny")["train"]["text"] == ["good film", "bad film", "a fine \u2028 thing", "no"]
    line = capsys.readouterr().out
    assert (
        "the folder NLPCOURSE_DATA · rows: train 4, test 2 · licence: L" in line and str(folder) not in line
    )
    assert not server.requests
    monkeypatch.delenv("NLPCOURSE_DATA")
    load_dataset("tiny")
    assert "downloaded now" in capsys.readouterr().out
    load_dataset("tiny")
    assert "real text from the cache" in capsys.readouterr().out
    assert server.requests == {"/tiny/train.txt": 1, "/tiny/test.txt": 1}


def test_a_folder_without_the_set_is_passed_over(course, folder, capsys):
    (folder / "tiny" / "test.txt").unlink()
    assert is_real(load_dataset("tiny"))
    assert "downloaded now" in capsys.readouterr().out


def test_the_record_says_what_was_used_and_names_no_path(course, folder, monkeypatch):
    records = []
    monkeypatch.setattr("nlpcourse._records.record", lambda *args: records.append(args))
    load_dataset("tiny")
    load_dataset("tiny", source="sample")
    common = {"name": "tiny"}
    assert [(kind, content) for kind, content, _ in records] == [
        (
            "dataset",
            common | {"source": "folder", "real": True, "rows": {"train": 4, "test": 2}, "licence": "L"},
        ),
        (
            "dataset",
            common
            | {
                "source": "sample",
                "real": False,
                "rows": {"train": 20, "test": 20},
                "licence": data.SAMPLE_LICENCE,
            },
        ),
    ]


def test_sample_needs_no_real_data_and_real_takes_no_sample(course, server, monkeypatch):
    server.faults["/tiny/train.txt"] = [(404, {})]
    assert not is_real(load_dataset("tiny", source="sample"))
    with pytest.raises(UnavailableError, match="404"):
        load_dataset("tiny", source="real")
    monkeypatch.setenv("NLPCOURSE_SOURCE", "sample")
    requests = sum(server.requests.values())
    assert not is_real(load_dataset("tiny"))
    assert sum(server.requests.values()) == requests
    with pytest.raises(UnavailableError):
        load_dataset("tiny", source="real")  # what the call asks for beats the setting


def test_offline_never_touches_the_network(course, server, monkeypatch, capsys):
    monkeypatch.setenv("NLPCOURSE_OFFLINE", "1")
    assert not is_real(load_dataset("tiny"))
    assert "offline sample, not the real text (not in the cache, and NLPCOURSE_OFFLINE is set)" in (
        capsys.readouterr().out
    )
    assert not server.requests


def test_neither_real_nor_sample_names_both_routes(course, monkeypatch):
    monkeypatch.setenv("NLPCOURSE_OFFLINE", "1")
    with pytest.raises(UnavailableError) as error:
        load_dataset("bare")
    for part in ("NLPCOURSE_OFFLINE", "NLPCOURSE_DATA", "bare/train.txt", "network", "no offline sample"):
        assert part in str(error.value)
    with pytest.raises(UnavailableError, match="no offline sample of 'bare'"):
        load_dataset("bare", source="sample")


def test_bad_names_and_settings(course, monkeypatch, tmp_path):
    with pytest.raises(DataError, match=r"no data set 'tinny'. Did you mean 'tiny'\? Known: tiny, bare"):
        load_dataset("tinny")
    with pytest.raises(DataError, match="source is 'hub'; it must be one of auto, real, sample"):
        load_dataset("tiny", source="hub")
    monkeypatch.setenv("NLPCOURSE_SOURCE", "reel")
    with pytest.raises(DataError, match="NLPCOURSE_SOURCE is 'reel'"):
        load_dataset("tiny")
    monkeypatch.delenv("NLPCOURSE_SOURCE")
    monkeypatch.setenv("NLPCOURSE_DATA", str(tmp_path / "nowhere"))
    with pytest.raises(DataError, match="no such folder"):
        load_dataset("tiny")


# --- what comes out


def test_classes_and_terms_come_with_the_data(course, folder):
    real, sample = load_dataset("tiny"), load_dataset("tiny", source="sample")
    for loaded in (real, sample):
        assert loaded["train"].features == real["test"].features
        assert loaded["train"].features["label"].names == ["negative", "positive"]
    assert real["train"]["label"] == [1, 0, 1, 0]
    info = real["test"].info
    assert (info.license, info.citation, info.homepage) == ("L", "c", "https://example.org/h")
    assert sample["test"].info.license == data.SAMPLE_LICENCE


@pytest.mark.parametrize("source", ["real", "sample"])
def test_is_real_survives_what_chapters_do(course, folder, source, tmp_path):
    from datasets import load_from_disk

    part = load_dataset("tiny", source=source)["train"]
    expected = source == "real"
    changed = {
        "map": part.map(lambda row: {"size": len(row["text"])}),
        "batched map, other columns": part.map(
            lambda rows: {"ids": [[1]] * len(rows["text"])}, batched=True, remove_columns=part.column_names
        ),
        "filter": part.filter(lambda row: row["label"] == 1),
        "select": part.select([0, 1]),
        "shuffle": part.shuffle(seed=0),
        "sort": part.sort("text"),
        "split": part.train_test_split(test_size=0.5, seed=0),
        "one side": part.train_test_split(test_size=0.5, seed=0)["test"],
        "rename": part.rename_column("text", "sentence"),
        "format": part.with_format("numpy"),
    }
    part.save_to_disk(tmp_path / "saved")
    changed["saved"] = load_from_disk(tmp_path / "saved")
    assert {how: is_real(result) for how, result in changed.items()} == dict.fromkeys(changed, expected)


def test_a_mixture_is_not_real(course, folder):
    from datasets import concatenate_datasets

    parts = [load_dataset("tiny", source=source)["train"] for source in ("real", "sample")]
    assert not is_real(concatenate_datasets(parts))
    assert is_real(concatenate_datasets([parts[0], parts[0]]))


def test_is_real_does_not_guess(course, folder):
    from datasets import Dataset, DatasetDict

    for unknown in (Dataset.from_dict({"text": ["a"]}), DatasetDict()):
        with pytest.raises(DataError, match="did not come from load_dataset"):
            is_real(unknown)


def test_importing_stays_light():
    code = "import sys, nlpcourse.data; print(sorted({'datasets','torch','pooch','requests'} & set(sys.modules)))"
    assert subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, text=True).strip() == "[]"


# --- the network fails


NETWORK_FAULTS = {
    "404": ([(404, {})], "the server answered 404 Not Found", 1),
    "503": ([(503, {})], "the server answered 503 Service Unavailable", 3),
    "429 for too long": (
        [(429, {"Retry-After": "3600"})],
        "429 Too Many Requests and asks to wait 3600 s, longer than the 30 s",
        1,
    ),
    "429 every time": ([(429, {"Retry-After": "0"})], "429 Too Many Requests and asks to wait 0 s", 3),
    "429, no header": ([(429, {})], "the server answered 429 Too Many Requests", 3),
    "truncated": (["short"], "the connection broke off", 3),
    "stalled": (["stall"], "the server did not answer in time", 3),
}


@pytest.mark.parametrize("fault", NETWORK_FAULTS)
def test_network_fault(course, server, tmp_path, capsys, fault):
    faults, reason, attempts = NETWORK_FAULTS[fault]
    server.faults["/tiny/test.txt"] = faults
    with pytest.raises(UnavailableError, match=reason) as error:
        load_dataset("tiny", source="real")
    assert "NLPCOURSE_DATA" in str(error.value) and 'source="sample"' in str(error.value)
    assert server.requests["/tiny/test.txt"] == attempts
    assert cached(tmp_path) == {"train.txt"}
    capsys.readouterr()
    assert not is_real(load_dataset("tiny"))
    line = capsys.readouterr().out
    assert line.count("\n") == 1 and reason in line and str(tmp_path) not in line


@pytest.mark.parametrize(
    "fault", [(503, {}), (429, {"Retry-After": "0"}), "short", "short, no length", "stall", "wrong"]
)
def test_a_fault_that_passes_is_recovered_from(course, server, tmp_path, fault):
    server.faults["/tiny/test.txt"] = [fault, None]
    assert is_real(load_dataset("tiny"))
    assert cached(tmp_path) == {"train.txt", "test.txt"}


@pytest.mark.parametrize("as_date", [False, True])
def test_retry_after_is_honoured(server, as_date):
    # A date has whole seconds, so two seconds ahead leave at least one to wait.
    value = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True) if as_date else "1"
    entry = file_entry(server, "big", BIG)
    server.faults["/big"] = [(429, {"Retry-After": value}), None]
    start = time.monotonic()
    assert _fetch.fetch(entry) == (BIG, True)
    assert 0.9 < time.monotonic() - start < 4


def test_unreachable_server(course, server, tmp_path, capsys):
    server.shutdown()
    server.server_close()
    with pytest.raises(UnavailableError, match="the server cannot be reached"):
        load_dataset("tiny", source="real")
    assert not is_real(load_dataset("tiny"))
    assert "(the server cannot be reached)" in capsys.readouterr().out
    assert not cached(tmp_path)


def test_a_host_that_swallows_the_connection_is_asked_once(course, monkeypatch):
    import requests

    calls = []

    def swallow(url, **kwargs):
        calls.append(url)
        raise requests.ConnectTimeout("no answer")

    monkeypatch.setattr(requests, "get", swallow)
    with pytest.raises(UnavailableError, match="did not answer in time"):
        load_dataset("tiny", source="real")
    assert len(calls) == 1


# --- the bytes are wrong


@pytest.mark.parametrize("fault", ["wrong", "short, no length"])
@pytest.mark.parametrize("source", ["auto", "real"])
def test_wrong_bytes_from_the_server(course, server, tmp_path, fault, source):
    server.faults["/tiny/test.txt"] = [fault]
    served = b"<html>Please log in</html>" if fault == "wrong" else TEXTS["test"].encode()[:8]
    with pytest.raises(WrongBytesError) as error:
        load_dataset("tiny", source=source)
    message = str(error.value)
    assert "tiny/test.txt" in message and f"{len(served)} bytes instead of 16" in message
    assert hashlib.sha256(served).hexdigest() in message
    assert hashlib.sha256(TEXTS["test"].encode()).hexdigest() in message
    assert "thrown away" in message and 'source="sample"' in message
    assert cached(tmp_path) == {"train.txt"}


def test_wrong_bytes_in_the_folder_are_an_error_and_left_alone(course, folder, server):
    (folder / "tiny" / "test.txt").write_bytes(b"0 dulL\n1 bright\n")
    with pytest.raises(
        WrongBytesError, match=r"test.txt in NLPCOURSE_DATA(?s:.)*expected(?s:.)*found(?s:.)*unset"
    ):
        load_dataset("tiny")
    assert (folder / "tiny" / "test.txt").read_bytes() == b"0 dulL\n1 bright\n"
    assert not server.requests


def test_something_else_in_the_folder_under_the_name(course, folder):
    (folder / "tiny" / "test.txt").unlink()
    (folder / "tiny" / "test.txt").mkdir()
    with pytest.raises(DataError, match=r"tiny/test\.txt in NLPCOURSE_DATA cannot be read: Is a directory"):
        load_dataset("tiny")


def test_damaged_cache_is_downloaded_anew(course, server, tmp_path, monkeypatch):
    load_dataset("tiny")
    path = tmp_path / "cache" / "datasets" / "tiny" / "test.txt"
    path.write_bytes(path.read_bytes()[:7])
    assert is_real(load_dataset("tiny"))
    assert path.read_text() == TEXTS["test"] and server.requests["/tiny/test.txt"] == 2
    path.write_bytes(b"damaged")
    monkeypatch.setenv("NLPCOURSE_OFFLINE", "1")
    assert not is_real(load_dataset("tiny"))
    monkeypatch.delenv("NLPCOURSE_OFFLINE")
    server.faults["/tiny/test.txt"] = [(404, {})]
    assert not is_real(load_dataset("tiny"))
    assert cached(tmp_path) == {"train.txt"}


def test_a_registry_that_disagrees_with_the_rows(course, folder):
    registry = course / "registry.toml"
    registry.write_text(
        registry.read_text().replace("rows = 4, labels = [2, 2]", "rows = 4, labels = [1, 3]", 1)
    )
    data._read_registry.cache_clear()
    with pytest.raises(DataError, match=r"train: expected .*\[1, 3\].*, found .*\[2, 2\]"):
        load_dataset("tiny")


# --- the disk fails


def test_unwritable_cache(course, tmp_path, capsys):
    (tmp_path / "cache").write_text("a file where the folder should be: not even root can write below it")
    with pytest.raises(UnavailableError, match=r"the cache cannot be written: .*NLPCOURSE_CACHE"):
        load_dataset("tiny", source="real")
    assert not is_real(load_dataset("tiny"))
    line = capsys.readouterr().out
    assert "the cache cannot be written" in line and str(tmp_path) not in line


def test_a_read_only_cache_that_has_the_files_is_enough(course, tmp_path, monkeypatch):
    load_dataset("tiny")

    def refuse(*args, **kwargs):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("filelock.FileLock", refuse)
    monkeypatch.setattr(Path, "mkdir", refuse)
    assert is_real(load_dataset("tiny", source="real"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has /dev/full")
def test_disk_full(course, tmp_path, capsys):
    # Linux's /dev/full refuses every write as a full disk does; the partial file is made to be it.
    part = tmp_path / "cache" / "datasets" / "tiny" / "test.txt.part"
    part.parent.mkdir(parents=True)
    part.symlink_to("/dev/full")
    with pytest.raises(UnavailableError, match="No space left on device"):
        load_dataset("tiny", source="real")
    assert cached(tmp_path) == {"train.txt"} and not part.is_symlink()
    part.symlink_to("/dev/full")
    assert not is_real(load_dataset("tiny"))
    assert "No space left on device" in capsys.readouterr().out
    assert is_real(load_dataset("tiny"))  # the disk has room again


FETCH = """
import json, sys
from nlpcourse.data import _fetch
{before}
blob, downloaded = _fetch.fetch(json.loads(sys.argv[1]))
print(len(blob), downloaded)
"""


def start_fetch(entry: dict, before: str = "") -> subprocess.Popen:
    """Fetch in another process, with the cache of this one."""
    code = [sys.executable, "-c", FETCH.format(before=before), json.dumps(entry)]
    return subprocess.Popen(code, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_disk_full_half_way(server, tmp_path):
    # A limit on the size of a file stops the write in the middle, in a process of its own.
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (70_000, 70_000))"
    process = start_fetch(file_entry(server, "big", BIG), before=limit)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 1 and "the cache cannot be written: File too large" in errors
    assert cached(tmp_path) == set()


# --- several processes, and their end


def test_processes_that_want_the_same_file_share_one_download(server, tmp_path):
    entry = file_entry(server, "big", BIG)
    server.faults["/big"] = ["slow"]
    processes = [start_fetch(entry) for _ in range(3)]
    outputs = [process.communicate(timeout=30) for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0], outputs
    assert sorted(out.strip() for out, _ in outputs) == ["200000 False", "200000 False", "200000 True"]
    assert server.requests["/big"] == 1
    assert cached(tmp_path) == {"big"}


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGINT])
def test_a_download_stopped_half_way_leaves_no_file_and_starts_again(server, tmp_path, sign):
    entry = file_entry(server, "big", BIG)
    server.faults["/big"] = ["stall", None]
    part = tmp_path / "cache" / "datasets" / "big.part"
    process = start_fetch(entry, before="_fetch.TIMEOUT = (5, 30)")
    deadline = time.monotonic() + 20
    while not (part.exists() and part.stat().st_size) and time.monotonic() < deadline:
        time.sleep(0.02)
    os.kill(process.pid, sign)
    process.communicate(timeout=20)
    assert process.returncode != 0
    # A killed process can tidy nothing: its partial file has a name of its own and is never read.
    assert cached(tmp_path) == ({"big.part"} if sign == signal.SIGKILL else set())
    assert _fetch.fetch(entry) == (BIG, True)
    assert cached(tmp_path) == {"big"}
