"""The runner: what happens to healthy, failing, dying, hanging and skipping notebooks, and to an interrupted run.

Real kernels run here. One batch of small notebooks serves most tests, so that the file stays quick.
"""

import io
import json
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
import venv
from pathlib import Path
from types import SimpleNamespace

import nbformat
import psutil
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from nlpcourse._records import MIME
from nlpcourse.authoring import cli, runner
from nlpcourse.authoring import report as reports
from nlpcourse.authoring.project import UsageError, chapters, find_root, write_atomic

VENV = [sys.prefix] if sys.prefix != sys.base_prefix else []
RECORD = f"""
from IPython.display import display
def record(kind, **data):
    display({{"{MIME}": {{"kind": kind, **data}}, "text/plain": kind}}, raw=True)
"""
SETUP = (
    RECORD
    + 'record("setup", profile="fast", hardware={"cpu": "test", "cores": 2, "memory_gb": 1.0, "gpu": None},'
    ' versions={"python": "3"}, sizes={"steps": "3"})'
)
GOOD = [
    SETUP,
    "import os, sys, warnings\n"
    "print('folder', os.listdir(), 'threads', os.environ['OMP_NUM_THREADS'], os.environ['NLPCOURSE_HEADLESS'])\n"
    "print('interpreter', sys.executable, 'here', os.getcwd())\n"
    f"assert sys.executable == {sys.executable!r}\n"
    "assert os.environ['NLPCOURSE_PROFILE'] == 'fast' and os.environ['NLPCOURSE_SOURCE'] == 'sample'\n"
    "warnings.warn('look here')",
    "import time, tqdm, tqdm.auto, ipywidgets\n"
    "for _ in tqdm.tqdm(range(2)): pass\n"
    "for _ in tqdm.auto.tqdm(range(2)): pass\n"
    "display(ipywidgets.IntSlider())\n"
    "block = bytearray(200_000_000); time.sleep(2.5)  # long enough to be measured",
    'record("dataset", name="sst2", source="folder", real=True, rows={"test": 3}, licence="none")\n'
    'record("claim", text="one is less than two", left=1, op="<", right="2", holds=True, note="")\n'
    'record("claim", text="people agree", left=0.5, op=">", right="0.9", holds=None, note="not checked on the sample")\n'
    'record("checkpoint", name="m", source="embedded", revision="abc")',
]


def write(root: Path, name: str, *cells: str, tags: dict[int, list[str]] | None = None) -> Path:
    """A notebook of code cells in `root`/notebooks; `tags` by the number of the cell."""
    code = [
        new_code_cell(source, id=f"cell-{number}", metadata={"tags": (tags or {}).get(number, [])})
        for number, source in enumerate(cells)
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    path = root / "notebooks" / f"{name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(new_notebook(cells=code, metadata={"kernelspec": kernel}), path)
    return path


def course(root: Path) -> Path:
    """An empty checkout with a package of its own, so that an edit elsewhere is no change here."""
    (root / "notebooks").mkdir(parents=True)
    shutil.copytree(runner.PACKAGE, root / "nlpcourse", ignore=shutil.ignore_patterns("__pycache__"))
    (root / "pyproject.toml").write_text("")
    (root / "temporary").mkdir()
    return root


def command(root: Path, *arguments: str, **variables: str) -> subprocess.Popen:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NLPCOURSE_")}
    return subprocess.Popen(
        [sys.executable, "-m", "nlpcourse", *arguments],
        cwd=root,
        env={
            **kept,
            "TMPDIR": str(root / "temporary"),
            "PYTHONPATH": str(root),
            **variables,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def run(root: Path, *arguments: str, **variables: str) -> SimpleNamespace:
    process = command(root, "run", *arguments, **variables)
    out, err = process.communicate(timeout=120)
    return SimpleNamespace(code=process.returncode, out=out, err=err, report=load_report(root))


def load_report(root: Path) -> dict:
    return reports.load(root / "_build" / "report.json")


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    """Seven notebooks in one run, three at a time: one is well."""
    root = course(tmp_path_factory.mktemp("course") / "checkout")
    write(root, "1_0_slow", SETUP, start_sleeper(root / "pid"), *["time.sleep(4)"] * 40)
    write(root, "1_1_good", *GOOD)
    write(
        root,
        "1_2_raises",
        SETUP,
        "\n".join(f"line_{n} = {n}" for n in range(12)) + "\n1 / 0",
        "print('never')",
    )
    write(root, "1_3_dies", SETUP, "import os\nos.kill(os.getpid(), 9)")
    write(root, "1_4_hangs", SETUP, "while True:\n    pass")
    write(root, "1_5_skips", SETUP, "print('skipped')", tags={1: ["skip-execution"]})
    write(root, "1_6_silent", "print('no setup here')")
    # A driver that says that every process holds 100 MiB.
    tools = root / "tools"
    tools.mkdir()
    (tools / "nvidia-smi").write_text("#!/bin/sh\nps -eo pid= | sed 's/ //g; s/$/, 100/'\n")
    (tools / "nvidia-smi").chmod(0o755)
    path = f"{tools}{os.pathsep}{os.environ['PATH']}"
    options = [
        "--workers=3",
        "--cell-timeout=6",
        "--notebook-timeout=24",
        "--profile=fast",
        "--source=sample",
    ]
    return SimpleNamespace(root=root, **vars(run(root, *options, PATH=path)))


def executed(batch, name="1_1_good", kept="executed"):
    return nbformat.read(batch.root / "_build" / kept / f"{name}.ipynb", as_version=4)


def printed(notebook) -> str:
    return "".join(output.get("text", "") for cell in notebook.cells for output in cell.outputs)


def test_a_failure_stops_no_other_notebook_and_shows_in_the_exit_code(batch):
    statuses = {name: entry["status"] for name, entry in batch.report["notebooks"].items()}
    assert statuses.pop("1_1_good") == "ok", batch.out
    assert set(statuses.values()) == {"failed"} and len(statuses) == 6
    assert batch.code == 1
    assert "6 of 7 failed" in batch.err


def test_failed_notebooks_are_kept_apart_for_inspection(batch):
    build = batch.root / "_build"
    assert [path.name for path in (build / "executed").iterdir()] == ["1_1_good.ipynb"]
    assert len(list((build / "failed").iterdir())) == 6
    assert "ZeroDivisionError" in json.dumps(executed(batch, "1_2_raises", "failed"))


def test_the_failing_cell_and_its_error_are_shown_shortened(batch):
    shown = batch.out[batch.out.index("1_2_raises") :]
    assert "cell 2 (cell-1)" in shown
    assert "line_0 = 0" in shown and "… 5 more lines" in shown
    assert "ZeroDivisionError: division by zero" in shown
    assert batch.report["notebooks"]["1_2_raises"]["error"] == {
        "cell": 1,
        "source": "\n".join(f"line_{n} = {n}" for n in range(8)) + "\n… 5 more lines",
        "message": "ZeroDivisionError: division by zero",
    }


@pytest.mark.parametrize(
    ("name", "cell", "message"),
    [
        ("1_3_dies", 1, "the kernel died in this cell"),
        ("1_4_hangs", 1, "longer than --cell-timeout"),
        ("1_5_skips", 1, "was not executed"),
        ("1_6_silent", None, "no cell called setup"),
    ],
)
def test_each_failure_is_named(batch, name, cell, message):
    error = batch.report["notebooks"][name]["error"]
    assert message in error["message"]
    assert error["cell"] == cell


def test_kernels_are_this_interpreter_in_an_empty_folder_with_one_thread(batch):
    assert "folder [] threads 1 1" in printed(executed(batch))


def test_the_executed_copy_names_no_folder_of_this_machine(batch):
    for folder in ("executed", "failed"):
        for path in (batch.root / "_build" / folder).iterdir():
            text = path.read_text()
            outputs = json.dumps([cell["outputs"] for cell in json.loads(text)["cells"]])
            for place in (batch.root, runner.PACKAGE.parent, *VENV):
                assert str(place) not in outputs, f"{path.name}: {outputs}"
            assert "papermill" not in text
    assert "here ." in printed(executed(batch)) and "<cell>:6: UserWarning" in printed(executed(batch))


def test_no_widget_and_no_progress_bar_is_left(batch):
    notebook = executed(batch)
    assert "widgets" not in notebook.metadata
    assert notebook.cells[2].outputs == []


def test_the_report_has_the_agreed_shape(batch):
    report = batch.report
    assert list(report) == ["profile", "source", "hardware", "versions", "notebooks"]
    assert report["profile"] == "fast" and report["source"] == "real"
    assert report["hardware"]["cpu"] == "test" and report["versions"] == {"python": "3"}
    entry = report["notebooks"]["1_1_good"]
    assert entry["seconds"] > 2.5
    assert 200 < entry["peak_memory_mb"] < 1000
    assert entry["claims"][0] == {
        "text": "one is less than two",
        "left": 1,
        "op": "<",
        "right": "2",
        "holds": True,
        "note": "",
    }
    assert entry["claims"][1]["holds"] is None
    assert entry["data"][0]["name"] == "sst2" and entry["source"] == "real"
    assert entry["checkpoints"][0]["revision"] == "abc" and entry["sizes"] == {"steps": "3"}


def test_gpu_memory_is_what_the_driver_says_of_the_kernels_processes(batch):
    # One kernel process at 100 MiB; a kernel may have a helper process for a moment.
    assert batch.report["notebooks"]["1_1_good"]["peak_gpu_memory_mb"] in (105, 210)


def test_nothing_is_left_behind(batch):
    assert list((batch.root / "temporary").iterdir()) == []
    assert not list((batch.root / "_build").rglob(".*"))


def test_a_second_run_redoes_only_what_changed_or_failed(batch):
    options = ["--profile=fast", "--source=sample"]
    again = run(batch.root, "1_1", *options)
    assert (again.code, again.out) == (0, "1 up to date\n"), again.err
    assert again.report == batch.report, "a partial run keeps the rest of the report"

    # One chapter is broken, one is mended, one is gone.
    copy = batch.root / "_build" / "executed" / "1_1_good.ipynb"
    assert copy.exists()
    write(batch.root, "1_1_good", SETUP, "1 / 0")
    write(batch.root, "1_6_silent", SETUP, "1 + 1")
    (batch.root / "notebooks" / "1_2_raises.ipynb").unlink()
    changed = run(batch.root, "1_1", "1_6", *options)
    statuses = {name: entry["status"] for name, entry in changed.report["notebooks"].items()}
    assert changed.code == 1 and "up to date" not in changed.out
    assert statuses["1_1_good"] == "failed" and not copy.exists(), "its old page would publish what fails now"
    assert statuses["1_6_silent"] == "ok", "a failed notebook is never up to date"
    assert changed.report["notebooks"]["1_6_silent"]["peak_gpu_memory_mb"] is None, "no driver this time"
    failed = {path.stem for path in (batch.root / "_build" / "failed").iterdir()}
    assert "1_6_silent" not in failed
    assert "1_2_raises" not in failed | set(statuses)


def test_a_notebook_over_its_limit_is_stopped_with_everything_it_started(batch):
    error = batch.report["notebooks"]["1_0_slow"]["error"]
    assert "limit of 24 s" in error["message"]
    assert error["source"] == "time.sleep(4)" and error["cell"] > 2
    assert_gone(batch.root / "pid")


def start_sleeper(pid: Path) -> str:
    """A cell that starts a process which would outlive its kernel, and notes both their ids."""
    return (
        "import os, pathlib, subprocess, time\n"
        "child = subprocess.Popen(['sleep', '300'], start_new_session=True)\n"
        f"pathlib.Path({str(pid)!r}).write_text(f'{{os.getpid()}} {{child.pid}} .')"
    )


def wait_for(condition, seconds: float = 60) -> None:
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit, "waited in vain"
        time.sleep(0.1)


def assert_gone(pid: Path) -> None:
    assert pid.exists(), "the notebook never got that far"
    numbers = [int(number) for number in pid.read_text().split()[:2]]

    def alive() -> list[int]:
        return [
            number
            for number in numbers
            if psutil.pid_exists(number) and psutil.Process(number).status() != psutil.STATUS_ZOMBIE
        ]

    wait_for(lambda: not alive(), 15)


@pytest.mark.parametrize(
    ("number", "kernels"), [(signal.SIGINT, 2), (signal.SIGTERM, 1), (signal.SIGKILL, 1)]
)
def test_an_interrupted_run_leaves_no_orphan_and_no_half_file(tmp_path, number, kernels):
    root = course(tmp_path / "checkout")
    pids = [root / f"pid-{index}" for index in range(kernels)]
    for index, pid in enumerate(pids):
        write(root, f"1_{index}_long", SETUP, start_sleeper(pid), "while True:\n    pass")
    process = command(root, "run")
    # The point at the end shows that the whole line was written.
    wait_for(lambda: all(pid.exists() and pid.read_text().endswith(".") for pid in pids))
    process.send_signal(number)
    _, err = process.communicate(timeout=30)
    for pid in pids:
        assert_gone(pid)
    build = root / "_build"
    assert not [path for path in build.rglob("*") if path.is_file() and path.name != "report.json"]
    if number == signal.SIGKILL:
        return  # nobody is left to answer or to sweep up the temporary folder
    assert process.returncode == 128 + number
    assert "Interrupted" in err
    assert list((root / "temporary").iterdir()) == []


# --- kernels of another Python -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    """An environment with a copy of the package, which finds everything else where this Python does."""
    folder = tmp_path_factory.mktemp("other") / "env"
    venv.create(folder, symlinks=True)
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)}))
    shutil.copytree(runner.PACKAGE, packages / "nlpcourse", ignore=shutil.ignore_patterns("__pycache__"))
    # Lines of a .pth file in a folder that another one names are not followed: this checkout stays out.
    (packages / "rest.pth").write_text(sysconfig.get_path("purelib"))
    return SimpleNamespace(folder=folder, packages=packages, python=str(folder / "bin" / "python"))


WHERE = "import sys, nlpcourse; print(sys.prefix, nlpcourse.__file__, flush=True)"


def test_kernels_of_another_python_import_its_package_and_nothing_of_the_checkout(tmp_path, other):
    root = course(tmp_path / "checkout")
    here = (
        f"print('checkout', {str(root)!r} in ''.join(sys.path), {str(runner.PACKAGE.parent)!r} in sys.path)"
    )
    # Printed backwards, because folders of this machine are hidden from what a notebook prints.
    backwards = "print(sys.prefix[::-1], nlpcourse.__file__[::-1])"
    write(root, "1_1_where", SETUP, f"{WHERE}\n{here}\n{backwards}")
    options = ["--profile=fast", "--source=sample"]
    ran = run(root, *options, NLPCOURSE_PYTHON=other.python)
    assert ran.code == 0, ran.out + ran.err
    notebook = nbformat.read(root / "_build" / "executed" / "1_1_where.ipynb", as_version=4)
    shown, checkout, reversed_places = printed(notebook).splitlines()
    inside = other.packages.relative_to(other.folder) / "nlpcourse" / "__init__.py"
    assert reversed_places[::-1].split() == [
        str(other.packages / "nlpcourse" / "__init__.py"),
        str(other.folder),
    ]
    assert shown == f"python python/{inside}", "its folders are hidden too"
    assert checkout == "checkout False False"

    again = run(root, *options, NLPCOURSE_PYTHON=other.python)
    assert again.out == "1 up to date\n"
    own = run(root, *options)
    assert "up to date" not in own.out, "the same place for results, but another Python"
    notebook = nbformat.read(root / "_build" / "executed" / "1_1_where.ipynb", as_version=4)
    assert printed(notebook).splitlines()[2][::-1].split()[1] == sys.prefix


def test_another_pythons_package_and_versions_are_inputs_and_the_checkouts_are_not(inputs, tmp_path):
    package = tmp_path / "env" / "nlpcourse"
    (package / "_data").mkdir(parents=True)
    (package / "_data" / "registry.toml").write_text("registry")

    def there(*versions):
        return inputs(runner.Interpreter("python", "env", package, versions, own=False))

    before = there("python==3.12.1", "numpy==2.0.2")
    assert before not in (inputs(), there("python==3.12.1", "numpy==2.1.0"))
    for name in ("nlpcourse/runtime.py", "data/registry.toml", "requirements.lock"):
        (tmp_path / name).write_text("something else")
    assert there("python==3.12.1", "numpy==2.0.2") == before
    (package / "_data" / "registry.toml").write_text("another wheel")
    assert there("python==3.12.1", "numpy==2.0.2") != before


def test_a_python_that_cannot_stand_for_a_learners_is_refused(tmp_path, other, monkeypatch):
    root = tmp_path / "checkout"
    (root / "notebooks").mkdir(parents=True)

    def refusal(python):
        with pytest.raises(UsageError) as refused:
            runner.find_interpreter(str(python), root)
        return str(refused.value)

    assert "no-such-python" in refusal(tmp_path / "no-such-python")
    broken = tmp_path / "broken"
    broken.write_text("#!/bin/sh\necho no such library >&2\nexit 1\n")
    broken.chmod(0o755)
    assert "no such library" in refusal(broken)

    empty = tmp_path / "empty"
    venv.create(empty, symlinks=True)
    python = empty / "bin" / "python"
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(empty), "platbase": str(empty)}))
    assert "has no ipykernel" in refusal(python)
    (packages / "ipykernel").mkdir()
    (packages / "ipykernel" / "__init__.py").touch()
    assert "has no nlpcourse" in refusal(python)
    # An editable installation, and a checkout on PYTHONPATH, which the kernel is not given.
    shutil.copytree(other.packages / "nlpcourse", root / "nlpcourse")
    monkeypatch.setenv("PYTHONPATH", str(root))
    assert "has no nlpcourse" in refusal(python)
    (packages / "editable.pth").write_text(str(root))
    assert "from the checkout" in refusal(python)
    assert runner.find_interpreter(other.python, root).package == other.packages / "nlpcourse"


# --- without a kernel -----------------------------------------------------------------------------------------


def ran(*cells, duration: float = 0.5):
    """An executed notebook in which each cell is (source, execution count, outputs)."""
    code = [
        new_code_cell(
            source,
            execution_count=count,
            outputs=outputs,
            metadata={"papermill": {"status": "completed", "duration": duration}},
        )
        for source, count, outputs in cells
    ]
    return new_notebook(cells=code)


def shown(kind: str, **data):
    return new_output("display_data", data={MIME: {"kind": kind, **data}, "text/plain": kind})


SET_UP = ("setup()", 1, [shown("setup")])


def test_a_notebook_that_really_ran_is_accepted():
    assert runner.verify(ran(SET_UP, ("", None, []), ("x", 2, [new_output("stream", text="x")]))) is None


@pytest.mark.parametrize(
    ("notebook", "cell", "message"),
    [
        (ran(SET_UP, ("x", None, [])), 1, "not executed"),
        (ran(SET_UP, ("x", 3, [])), 1, "out of order"),
        (ran(SET_UP, ("x", 2, [new_output("error", ename="E", evalue="bad", traceback=[])])), 1, "E: bad"),
        (
            ran(SET_UP, ("x", 2, [new_output("display_data", data={"image/png": "iVBO"})])),
            1,
            "no alternative text",
        ),
        (ran(SET_UP, duration=0.0), None, "0.000 s"),
        (ran(("x", 1, [])), None, "setup"),
        (ran(SET_UP, ("x", 2, [shown("claim", holds=False, text="pigs fly")])), None, "pigs fly"),
    ],
)
def test_a_notebook_that_did_not_really_run_is_refused(notebook, cell, message):
    index, why = runner.verify(notebook)
    assert index == cell and message in why


def test_a_cell_that_papermill_did_not_complete_is_refused():
    notebook = ran(SET_UP)
    notebook.cells[0].metadata.papermill["status"] = "running"
    assert "did not complete" in runner.verify(notebook)[1]


def hidden(tmp_path) -> runner._Paths:
    own = runner.find_interpreter("", tmp_path)
    job = SimpleNamespace(work=Path("/var/run-1/job"), folder=Path("/var/run-1"), interpreter=own)
    return runner._Paths(job, tmp_path)


def test_widgets_go_and_what_a_page_can_show_stays(tmp_path):
    both = new_output(
        "display_data", data={runner.WIDGET: {"model_id": "1"}, "text/html": "<p>", "text/plain": "Box"}
    )
    alone = new_output("display_data", data={runner.WIDGET: {"model_id": "2"}, "text/plain": "Box"})
    notebook = ran(("x", 1, [both, alone, new_output("display_data", data={"text/plain": "only text"})]))
    notebook.metadata["widgets"] = {"state": {}}
    runner.clean(notebook, hidden(tmp_path))
    assert [set(output.data) for output in notebook.cells[0].outputs] == [
        {"text/html", "text/plain"},
        {"text/plain"},
    ]
    assert "widgets" not in notebook.metadata and "papermill" not in notebook.cells[0].metadata


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/var/run-1/job/model.pt", "./model.pt"),
        ("saved in '/var/run-1/job'", "saved in '.'"),
        ("ROOT/nlpcourse/data.py:3: Warning", "./nlpcourse/data.py:3: Warning"),
        ("/var/run-1/tmp/ipykernel_71/123.py:3: Warning", "<cell>:3: Warning"),
        *[(f"{prefix}/lib/x.py", "python/lib/x.py") for prefix in VENV],
        ("data:image/png;base64,AAA/var/run-1/job/AAA", "data:image/png;base64,AAA/var/run-1/job/AAA"),
        ("/var/run-12/x", "/var/run-12/x"),
    ],
)
def test_folders_of_this_machine_are_hidden(tmp_path, text, expected):
    assert hidden(tmp_path).in_text(text.replace("ROOT", str(tmp_path))) == expected


@pytest.fixture
def inputs(tmp_path, monkeypatch):
    """A checkout whose every input can be changed, and a function that gives its digest."""
    package = tmp_path / "nlpcourse"
    for name in ("runtime.py", "authoring/cli.py", "classroom/grade.py", "__pycache__/x.pyc"):
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_text(name)
    for name in (
        "data/registry.toml",
        "data/samples/sst2/test.jsonl",
        "requirements.lock",
        "real/sst2/test.txt",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(runner, "PACKAGE", package)
    monkeypatch.setenv("NLPCOURSE_DATA", str(tmp_path / "real"))

    def digest(interpreter=None, **options):
        interpreter = interpreter or runner.find_interpreter("", tmp_path)
        return runner._shared_inputs(tmp_path, runner.Options(out=tmp_path, **options), interpreter)

    return digest


@pytest.mark.parametrize(
    ("name", "matters"),
    [
        ("nlpcourse/runtime.py", True),
        ("data/registry.toml", True),
        ("data/samples/sst2/test.jsonl", True),
        ("requirements.lock", True),
        ("real/sst2/test.txt", True),
        ("real/sst2/another.txt", True),
        ("nlpcourse/authoring/cli.py", False),
        ("nlpcourse/classroom/grade.py", False),
        ("nlpcourse/__pycache__/x.pyc", False),
        ("README.md", False),
    ],
)
def test_what_a_notebook_depends_on(inputs, tmp_path, name, matters):
    before = inputs()
    (tmp_path / name).write_text("something else, and longer")
    assert (inputs() != before) == matters


def test_profile_source_and_real_data_are_inputs_too(inputs, monkeypatch):
    digests = {inputs(), inputs(profile="full"), inputs(source="sample")}
    monkeypatch.delenv("NLPCOURSE_DATA")
    assert len(digests | {inputs()}) == 4


def test_limits_and_place_of_results_are_no_inputs(inputs, tmp_path):
    assert inputs(workers=5, cell_timeout=1, force=True) == inputs()


def test_up_to_date_needs_an_entry_and_a_copy_from_the_same_inputs(tmp_path):
    report = {"notebooks": {"a": {"status": "ok", "inputs": "1"}}}
    copy = tmp_path / "executed" / "a.ipynb"
    assert not runner._up_to_date(tmp_path, report, "a", "1"), "there is no copy"
    write_atomic(copy, json.dumps({"metadata": {"nlpcourse": {"inputs": "1"}}}))
    assert runner._up_to_date(tmp_path, report, "a", "1")
    assert not runner._up_to_date(tmp_path, report, "a", "2")
    assert not runner._up_to_date(tmp_path, {"notebooks": {}}, "a", "1")
    assert not runner._up_to_date(
        tmp_path, {"notebooks": {"a": {"status": "failed", "inputs": "1"}}}, "a", "1"
    )
    write_atomic(copy, json.dumps({"metadata": {"nlpcourse": {"inputs": "0"}}}))
    assert not runner._up_to_date(tmp_path, report, "a", "1"), "the copy is of another run"
    copy.write_text('{"metadata": ')
    assert not runner._up_to_date(tmp_path, report, "a", "1"), "the copy is damaged"


def test_the_longest_starts_first_and_an_unknown_one_before_all():
    assert runner.longest_first(["a", "b", "c"], {"a": 3.0, "b": 40.0}) == ["c", "b", "a"]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("stream", "sees"), [(Terminal(), True), (io.StringIO(), False)])
def test_a_terminal_sees_how_long_it_will_still_take(monkeypatch, tmp_path, stream, sees):
    class Job:
        """Takes three looks of ten seconds each."""

        def __init__(self, name, *_):
            self.name, self.seconds, self.folder = name, 0.0, tmp_path / "gone"

        def watch(self, _):
            self.seconds += 10
            return self.seconds >= 30

        def stop(self):
            pass

    monkeypatch.setattr(runner, "_Job", Job)
    monkeypatch.setattr(sys, "stderr", stream)
    options = runner.Options(out=tmp_path, workers=1)
    jobs, seconds = {"1_1_a": b"", "1_2_b": b""}, {"1_1_a": 30.0, "1_2_b": 30.0}
    own = runner.find_interpreter("", tmp_path)
    with runner._Workers(jobs, options, seconds, own) as workers:
        assert [job.name for job in workers.finished([])] == ["1_1_a", "1_2_b"]
    shown = stream.getvalue()
    assert bool(shown) == sees
    if sees:
        assert " 17% " in shown and " 83% " in shown
        assert "left, 1_1_a" in shown and "left, 1_2_b" in shown


def test_chapters_are_found_by_the_beginning_of_their_name(tmp_path):
    root = course(tmp_path / "checkout")
    for name in ("2_1_tokens", "2_10_more", "2_2_embeddings", "a_3_questions"):
        write(root, name, "1")
    write(root / "notebooks" / "assignments", "2_1_homework", "1")

    def stems(*names):
        return [path.stem for path in chapters(root, list(names))]

    assert stems() == ["2_1_tokens", "2_2_embeddings", "2_10_more", "a_3_questions"]
    assert stems("2_1") == ["2_1_tokens"] and stems("2.10") == ["2_10_more"]
    assert stems("2") == ["2_1_tokens", "2_2_embeddings", "2_10_more"]
    assert stems("2_2_emb", "notebooks/a_3_questions.ipynb") == ["2_2_embeddings", "a_3_questions"]
    with pytest.raises(UsageError, match=r"begins with '9_9'.*2_1_tokens"):
        chapters(root, ["9_9"])


@pytest.mark.parametrize(
    ("arguments", "source", "message"),
    [
        (["9_9"], "auto", "No notebook's name begins with '9_9'"),
        (["--workers=0"], "auto", "--workers must be at least 1"),
        ([], "moon", "NLPCOURSE_SOURCE is 'moon'"),
    ],
)
def test_wrong_use_is_explained_and_exits_with_2(tmp_path, monkeypatch, capsys, arguments, source, message):
    monkeypatch.chdir(course(tmp_path / "checkout"))
    monkeypatch.setenv("NLPCOURSE_SOURCE", source)
    assert cli.main(["run", *arguments]) == 2
    assert message in capsys.readouterr().err


def test_outside_a_checkout_the_way_in_is_named(tmp_path):
    with pytest.raises(UsageError, match="Change into the checkout"):
        find_root(tmp_path)


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "report.json"
    write_atomic(path, "old")

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_atomic(path, "new")
    assert path.read_text() == "old" and list(tmp_path.iterdir()) == [path]


def test_folders_are_named_but_a_wrong_one_stays_readable(tmp_path, monkeypatch):
    own = runner.find_interpreter("", tmp_path)
    job = SimpleNamespace(work=tmp_path / "job" / "work", folder=tmp_path / "job", interpreter=own)
    (tmp_path / "data").mkdir()
    for there, shown in (("data", "NLPCOURSE_DATA"), ("dtaa", str(tmp_path / "dtaa"))):
        monkeypatch.setenv("NLPCOURSE_DATA", str(tmp_path / there))
        hide = runner._Paths(job, tmp_path / "course")
        assert hide.in_text(f"no file {tmp_path / there}/sst2 here") == f"no file {shown}/sst2 here"
