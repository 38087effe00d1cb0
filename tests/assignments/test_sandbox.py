"""Student code is hostile until proven otherwise: what it tries in the sandbox fails, and harms nobody."""

import os
import shutil
import sysconfig
import time
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from nlpcourse.authoring.project import UsageError, find_root
from nlpcourse.classroom import sandbox
from nlpcourse.classroom.sandbox import Died, Limits, Sandbox

LIMITS = Limits(cell_seconds=4, total_seconds=60, memory_mb=1500, disk_mb=50)


@pytest.fixture
def box(tmp_path):
    (tmp_path / "own file.txt").write_text("mine")
    with Sandbox(tmp_path, LIMITS) as started:
        yield started


def run(box: Sandbox, source: str) -> dict:
    return box.ask("run", source=source)


def test_the_session_works_on_a_copy_of_the_students_own_folder(box, tmp_path):
    answer = run(
        box,
        "print(open('own file.txt').read()); open('own file.txt', 'w').write('changed'); open('new', 'w');",
    )
    assert answer["text"].strip() == "mine" and answer["raised"] is None
    assert (tmp_path / "own file.txt").read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["own file.txt"]


HERE = Path(__file__).resolve()
SECRETS = [
    "/etc/passwd",
    "/etc/shadow",
    "/etc/hostname",
    str(find_root() / "notebooks"),
    str(find_root() / "pyproject.toml"),
    str(find_root() / ".git"),
    str(HERE),
    str(Path.home() / ".bashrc"),
    "/proc/1/root/etc/passwd",
    "/proc/2/environ",  # 1 is the session itself
    "/var",
    "/sys",
]


@pytest.mark.parametrize("secret", SECRETS)
def test_what_is_not_the_students_is_not_there(box, secret):
    assert run(box, f"import os; os.stat({secret!r})")["raised"] in ("FileNotFoundError", "PermissionError")


def test_the_environment_of_the_grader_is_not_inherited(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_TOKEN", "4711")
    with Sandbox(tmp_path, LIMITS) as box:
        assert "4711" not in run(box, "import os; print(dict(os.environ))")["text"]
        assert "4711" not in run(box, "print(open('/proc/1/environ').read())")["text"]


@pytest.mark.parametrize(
    "place", ["/", "/usr", "/dev", "/proc", "/etc", "/submission", "/home", sysconfig.get_path("stdlib")]
)
def test_nothing_can_be_written_outside(box, place):
    assert run(box, f"open({place!r} + '/new', 'w')")["raised"] in (
        "OSError",
        "PermissionError",
        "FileNotFoundError",
    )


def test_there_is_no_network(box):
    for host in ("1.1.1.1", "127.0.0.1"):
        assert run(box, f"import socket; socket.create_connection(({host!r}, 53), 2)")["raised"] in (
            "OSError",
            "ConnectionRefusedError",
        )
    assert run(box, "import socket; socket.getaddrinfo('example.org', 80)")["raised"] == "gaierror"


@pytest.mark.parametrize(
    "source",
    [
        "import os; os.fork()",
        "import subprocess; subprocess.run(['true'], check=True)",
        "import multiprocessing as m; p = m.get_context('spawn').Process(target=print); p.start()",
        "import os; os.posix_spawn('/usr/bin/env', ['env'], {})",
        "import ctypes; n = ctypes.CDLL(None, use_errno=True).vfork()\nif n < 0: raise PermissionError",
    ],
)
def test_no_second_process(box, source):
    assert run(box, source)["raised"] in ("PermissionError", "BlockingIOError")
    assert len(psutil.Process(box._process.pid).children(recursive=True)) == 1  # the session


def test_system_calls_into_the_kernel_are_refused(box):
    source = (
        "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\n"
        "assert libc.unshare(0x10000000) == -1 and ctypes.get_errno() == 1\n"
        "assert libc.ptrace(0, 0, 0, 0) == -1 and ctypes.get_errno() == 1\n"
        "assert libc.mount(b'a', b'/tmp', b'tmpfs', 0, 0) == -1 and ctypes.get_errno() == 1\n"
        "assert libc.memfd_create(b'x', 0) == -1 and ctypes.get_errno() == 1\n"
    )
    assert run(box, source)["raised"] is None


def test_threads_are_allowed_because_libraries_need_them(box):
    source = "import threading\nseen = []\nt = threading.Thread(target=seen.append, args=(1,)); t.start(); t.join()\nprint(seen)"
    assert run(box, source)["text"].strip() == "[1]"


def test_an_endless_loop_ends_and_the_session_lives_on(box):
    run(box, "kept = 5")
    begin = time.monotonic()
    assert run(box, "while True:\n    pass")["raised"] == "TimeoutError"
    assert time.monotonic() - begin < LIMITS.cell_seconds + 2
    assert run(box, "print(kept)")["text"].strip() == "5"


def test_an_endless_loop_that_refuses_to_end_is_ended(box):
    begin = time.monotonic()
    with pytest.raises(Died, match="no answer within 4 seconds"):
        run(
            box,
            "while True:\n    try:\n        while True:\n            n = 1\n    except BaseException:\n        n = 2",
        )
    assert time.monotonic() - begin < LIMITS.cell_seconds + sandbox.GRACE_SECONDS + 2
    assert box._process.poll() is not None


@pytest.mark.parametrize("place", ["/tmp", "/home/student", "/dev/shm"])
def test_the_disk_cannot_be_filled(box, place):
    source = (
        f"total = 0\nfor n in range(100):\n    with open(f'{place}/{{n}}', 'wb') as file:\n"
        "        total += file.write(bytes(10**7)); print(total)"
    )
    answer = run(box, source)
    assert answer["raised"] == "OSError"
    assert max(int(word) for word in answer["text"].split() if word.isdigit()) <= LIMITS.disk_mb * 2**20


def test_memory_has_an_end(box):
    assert run(box, "x = bytearray(4 * 10**9)")["raised"] == "MemoryError"
    assert run(box, "import numpy; numpy.ones(10**9)")["raised"] in ("MemoryError", "_ArrayMemoryError")


@pytest.mark.parametrize(
    "source",
    [
        "import mmap; mmap.mmap(-1, 10**6)",
        "import ctypes\nif ctypes.CDLL(None).shmget(1234, 10**6, 0o1600) < 0: raise PermissionError",
        "open('/dev/zero', 'r+b')",
        "import os; os.memfd_create('x')",
    ],
)
def test_memory_that_no_limit_of_a_process_counts_is_not_to_be_had(box, source):
    assert run(box, source)["raised"] in ("PermissionError", "FileNotFoundError")


def test_memory_in_all_is_watched_from_outside_too(tmp_path):
    with Sandbox(tmp_path, LIMITS) as box, pytest.raises(Died, match="300 MB"):
        box.limits = replace(LIMITS, memory_mb=300)  # lower than what the process itself was told
        run(box, "import time\nblock = [bytearray(b'x') * 10**7 for n in range(60)]\ntime.sleep(2)")


def test_threads_have_an_end(box):
    source = (
        "import threading, time\nthreading.stack_size(64 * 1024)\n"
        "for n in range(2000): threading.Thread(target=time.sleep, args=(20,), daemon=True).start()\ntime.sleep(3)"
    )
    try:
        assert run(box, source)["raised"] == "RuntimeError"  # no more threads: the limit of the process
    except Died as error:
        assert "300 threads" in str(error)


@pytest.mark.parametrize("place", sandbox.WRITABLE)
def test_empty_files_have_an_end(box, place):
    source = f"for n in range(10**6):\n    open(f'{place}/{{n}}', 'w').close()"
    session = psutil.Process(box._process.pid).children()[0]
    try:
        os.statvfs(Path(f"/proc/{session.pid}", "root", "home", "student"))
    except OSError:  # where the kernel does not let us look, time is the only limit
        assert run(box, source)["raised"] == "TimeoutError"
    else:
        with pytest.raises(Died, match="files"):
            run(box, source)


def test_a_session_cannot_hide_from_being_watched(box):
    source = (
        "import ctypes, threading, time\nthreading.Thread(target=time.sleep, args=(60,)).start()\n"
        "ctypes.CDLL(None).syscall(60, 0)"  # the first thread ends, and the process goes on
    )
    with pytest.raises(Died, match="hid from being watched"):
        run(box, source)


def test_nobody_can_be_made_to_wait_in_a_socket(box):
    assert (
        run(box, "import socket\ns = socket.socket(socket.AF_UNIX)\ns.bind('s')\ns.listen()")["raised"]
        == "PermissionError"
    )
    assert run(box, "import asyncio\nasync def f(): return 3\nprint(await f())")["text"].strip() == "3"


def test_memory_is_watched_while_we_send(tmp_path):
    source = (
        "import threading, time\ndef grow():\n    time.sleep(0.5)\n    global block\n    block = bytearray(b'x') * (6 * 10**8)\n"
        "    time.sleep(30)\nthreading.Thread(target=grow).start()\n"
        "import signal\nsignal.setitimer = print\nfrom nlpcourse.classroom import wire\nwire.receive = lambda *a: time.sleep(30)"
    )
    with Sandbox(tmp_path, LIMITS) as box, pytest.raises(Died, match="300 MB"):
        run(box, source)
        box.limits = replace(LIMITS, memory_mb=300)
        for _ in range(2):
            run(box, "# " + "x" * 10**6)


def test_only_ordinary_sockets_can_be_opened(box):
    for family in (16, 17, 38, 40):  # netlink, packets, the kernel's ciphers, the host of a virtual machine
        assert (
            run(box, f"import socket; socket.socket({family}, socket.SOCK_RAW)")["raised"]
            == "PermissionError"
        )


def test_there_is_no_other_process_to_write_to(box):
    answer = run(box, "import os; print(os.getpid(), [p for p in os.listdir('/proc') if p.isdigit()])")
    assert answer["text"].strip() == "1 ['1']"


def test_a_session_cannot_outlive_the_sandbox(tmp_path):
    box = Sandbox(tmp_path, LIMITS)
    run(
        box,
        "import ctypes, signal\nassert ctypes.CDLL(None).prctl(1, 0, 0, 0, 0) == -1\nsignal.signal(15, signal.SIG_IGN)",
    )
    session = psutil.Process(box._process.pid).children()[0]
    os.kill(box._process.pid, 9)  # as when the grader is killed
    psutil.wait_procs([session], timeout=5)
    assert not session.is_running() or session.status() == psutil.STATUS_ZOMBIE
    box.close()


def test_printing_a_gigabyte_costs_nothing(box):
    answer = run(box, "for n in range(1000): print('x' * 10**6)")
    assert len(answer["text"]) < 25_000 and "left out" in answer["text"]
    answer = run(box, "import os\nfor n in range(100): os.write(1, b'x' * 10**7); os.write(2, b'x' * 10**6)")
    assert answer == {"text": "", "images": [], "raised": None, "message": ""}


def test_killing_the_parent_and_everybody_kills_only_itself(box, tmp_path):
    run(box, "import os\ntry:\n    os.kill(os.getppid(), 9)\nexcept OSError: pass")
    try:
        run(box, "os.kill(-1, 9)")
        run(box, "os.kill(1, 9); os._exit(3)")
    except Died:
        pass
    with Sandbox(tmp_path, LIMITS) as another:
        assert run(another, "print(1)")["text"].strip() == "1"


def test_a_session_that_ends_itself_says_how(box):
    with pytest.raises(Died, match=r"it ended itself$"):
        run(box, "import os; os._exit(3)")


def test_leaving_politely_does_not_end_the_session(box):
    assert run(box, "raise SystemExit")["raised"] == "SystemExit"
    assert run(box, "print(2)")["text"].strip() == "2"


@pytest.mark.parametrize(
    "noise", ["b'x' * 100", "(2**62).to_bytes(8, 'big')", "(5).to_bytes(8, 'big') + b'hello'"]
)
def test_noise_on_the_pipe_ends_the_session_and_nothing_else(box, noise):
    source = (
        f"import os\nfor n in range(3, 40):\n    try:\n        os.write(n, {noise})\n    except OSError: pass"
    )
    with pytest.raises(Died):
        for _ in range(3):
            run(box, source)


def test_closing_leaves_no_process_and_no_file(tmp_path):
    box = Sandbox(tmp_path, LIMITS)
    family = [
        box._process.pid,
        *(child.pid for child in psutil.Process(box._process.pid).children(recursive=True)),
    ]
    box.close()
    deadline = time.monotonic() + 5
    while any(psutil.pid_exists(pid) for pid in family) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [pid for pid in family if psutil.pid_exists(pid)]


def test_the_tools_of_the_course_work_inside(box):
    source = (
        "from nlpcourse import load_dataset\nfrom importlib.util import find_spec\n"
        "print(load_dataset('sst2')['train'].num_rows, find_spec('torch') is not None)"
    )
    answer = run(box, source)
    assert answer["raised"] is None and answer["text"].strip().endswith("3000 True")


def test_a_figure_comes_out_as_a_picture_and_html_does_not(box):
    source = (
        "from IPython.display import HTML, display\nimport matplotlib.pyplot as plt\n"
        "display(HTML('<script>alert(1)</script>'))\nplt.plot([1, 2]); plt.show()"
    )
    answer = run(box, source)
    assert answer["raised"] is None
    assert "script" not in str(answer["text"]) and len(answer["images"]) == 1


@pytest.mark.parametrize(
    "line", ["%matplotlib inline", "!pip install x", "%pip install x", "files = !ls", "%load_ext autoreload"]
)
def test_what_every_notebook_says_ends_no_cell(box, line):
    assert run(box, f"{line}\nkept = 7")["raised"] is None
    assert run(box, "print(kept)")["text"].strip() == "7"


def test_a_second_process_is_refused_in_words_that_help(box):
    source = "import torch\nfrom torch.utils.data import DataLoader\nlist(DataLoader([1, 2], num_workers=1))"
    assert "use num_workers=0" in run(box, source)["message"]


def test_without_bubblewrap_grading_refuses_and_says_what_the_way_around_risks(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(UsageError, match=r"--unsandboxed.*could read this machine"):
        sandbox.require_bubblewrap()


def test_where_bubblewrap_does_not_work_the_reason_is_given(monkeypatch):
    monkeypatch.setattr(sandbox, "_bubblewrap", lambda *_: ["false"])
    with pytest.raises(UsageError, match="installed but does not work here"):
        sandbox.require_bubblewrap()


def test_unsandboxed_still_has_limits_and_cleans_up(tmp_path):
    (tmp_path / "own.txt").write_text("mine")
    with Sandbox(tmp_path, LIMITS, unsandboxed=True) as box:
        where = Path(run(box, "import os; print(os.getcwd())")["text"].strip())
        assert run(box, "print(open('own.txt').read())")["text"].strip() == "mine"
        assert run(box, "while True: pass")["raised"] == "TimeoutError"
        assert run(box, "x = bytearray(4 * 10**9)")["raised"] == "MemoryError"
        assert run(box, "open('large', 'wb').write(bytes(6 * 10**7))")["raised"] == "OSError"
        assert where.is_dir() and where != tmp_path
    assert not where.exists()


def test_a_table_that_is_displayed_is_kept_as_text(box):
    source = (
        "import pandas as pd\nfrom IPython.display import display\nprint(1)\n"
        "display(pd.DataFrame({'recall': [0.75]}))\nprint(2)"
    )
    assert run(box, source)["text"].split() == ["1", "recall", "0", "0.75", "2"]
