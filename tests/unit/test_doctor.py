"""The doctor: what it finds, what it advises, and that no probe can bring it down."""

import os
import socket
import subprocess
import sys
import time
from importlib import metadata

import pytest

from nlpcourse.authoring import cli, doctor


def findings(probe) -> dict[str, doctor.Finding]:
    return {finding.what: finding for finding in probe()}


def test_it_answers_on_this_machine(capsys):
    code = cli.main(["doctor"])
    out = capsys.readouterr().out
    for what in ("Python", "processor cores", "memory", "PyTorch", "GPU", "bfloat16", "profile", "model hub"):
        assert what in out
    assert code == (1 if "Needed and missing" in out else 0)


def test_a_probe_that_fails_is_reported_and_the_others_go_on(monkeypatch):
    def _broken_probe():
        raise RuntimeError("no idea")
        yield

    monkeypatch.setattr(doctor, "PROBES", (_broken_probe, doctor._python))
    first, second = doctor.examine()
    assert first.what == "broken probe" and "RuntimeError: no idea" in first.said
    assert second.what == "Python"


def test_something_needed_and_missing_shows_in_the_exit_code(monkeypatch, capsys):
    monkeypatch.setattr(doctor, "PYTHONS", ((2, 6), (2, 7)))
    monkeypatch.setattr(doctor, "PROBES", (doctor._python,))
    assert doctor.main() == 1
    out = capsys.readouterr().out
    assert "the course needs 2.6 to 2.7" in out and "→ install Python 2.6" in out
    assert "Needed and missing: Python." in out


def test_the_lock_is_compared_with_what_is_installed():
    here = metadata.version("nbformat")
    lock = (
        "# a comment\n"
        "--index-url https://example.com\n"
        f"nbformat=={here}\n"
        "psutil==0.0.1 \\\n    --hash=sha256:abc\n"
        "no-such-package-at-all==1.0\n"
        'also-absent==1.0 ; sys_platform == "nowhere"\n'
    )
    absent, different = doctor.compare_with_lock(lock)
    assert absent == ["no-such-package-at-all"]
    assert different == [f"psutil {metadata.version('psutil')}, not 0.0.1"]


def test_a_build_label_is_no_other_version(monkeypatch):
    monkeypatch.setattr(doctor.metadata, "version", lambda _: "2.13.0+cpu")
    assert doctor.compare_with_lock("torch==2.13.0\n") == ([], [])


def test_absent_packages_come_with_the_command(tmp_path, monkeypatch):
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "requirements.lock").write_text("no-such-package-at-all==1.0\n")
    monkeypatch.chdir(tmp_path)
    finding = findings(doctor._packages)["packages"]
    assert finding.mark == "missing" and finding.mend.endswith("-m pip install -r requirements.lock")


@pytest.mark.parametrize(
    ("asked", "mark", "said"),
    [("full", "ok", "full, as NLPCOURSE_PROFILE says"), ("huge", "missing", "NLPCOURSE_PROFILE is 'huge'")],
)
def test_the_profile_follows_the_setting(monkeypatch, asked, mark, said):
    monkeypatch.setenv("NLPCOURSE_PROFILE", asked)
    finding = findings(doctor._torch)["profile"]
    assert (finding.mark, finding.said) == (mark, said)


def test_without_a_setting_the_profile_follows_the_gpu(monkeypatch):
    import torch

    monkeypatch.delenv("NLPCOURSE_PROFILE", raising=False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert findings(doctor._torch)["profile"].said == "fast"
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: True)
    assert findings(doctor._torch)["profile"].said == "full"


def test_missing_weights_are_an_error_only_without_the_hub(monkeypatch):
    from nlpcourse import checkpoints

    def absent(*_):
        raise checkpoints.CheckpointError("not installed\nmore")

    monkeypatch.delenv("NLPCOURSE_OFFLINE", raising=False)
    monkeypatch.setattr(checkpoints, "_from_package", absent)
    for reachable, mark in ((True, "note"), (False, "missing")):
        monkeypatch.setattr(doctor, "can_connect", lambda *_, answer=reachable: answer)
        finding = findings(doctor._weights)["MiniLM weights"]
        assert (finding.mark, finding.said) == (mark, "not installed")
        assert "nlpcourse[offline]" in finding.mend


def test_offline_means_not_even_asking_the_hub(monkeypatch):
    monkeypatch.setenv("NLPCOURSE_OFFLINE", "1")
    monkeypatch.setattr(doctor, "can_connect", lambda *_: pytest.fail("asked the network"))
    assert "NLPCOURSE_OFFLINE" in findings(doctor._weights)["model hub"].said


def test_a_connection_is_told_from_a_refusal():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        assert doctor.can_connect("127.0.0.1", port)
    assert not doctor.can_connect("127.0.0.1", port)


def test_a_name_server_that_never_answers_costs_no_more_than_the_wait(monkeypatch):
    def silent(*_, **__):
        time.sleep(2)
        raise TimeoutError

    monkeypatch.setattr(doctor.socket, "create_connection", silent)
    started = time.monotonic()
    assert not doctor.can_connect("silent.example", 443, wait=0.2)
    assert time.monotonic() - started < 1


def test_real_data_are_found_where_the_variable_points(tmp_path, monkeypatch):
    from nlpcourse import data

    name, entry = next(iter(data.registry().items()))
    monkeypatch.setenv("NLPCOURSE_DATA", str(tmp_path))
    monkeypatch.setenv("NLPCOURSE_CACHE", str(tmp_path / "cache"))
    assert findings(doctor._data)["real data here"].mark == "note"
    for file in entry["files"]:
        (tmp_path / file["local"]).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file["local"]).touch()
    assert findings(doctor._data)["real data here"].said == name
    monkeypatch.setenv("NLPCOURSE_DATA", str(tmp_path / "nowhere"))
    assert findings(doctor._data)["data"].mark == "missing"


def test_optional_tools_come_with_the_command_that_installs_them(monkeypatch):
    monkeypatch.setattr(doctor.shutil, "which", lambda _: None)
    found = findings(doctor._tools)
    assert {finding.mark for finding in found.values()} == {"note"}
    assert found["Chromium"].mend == "sudo apt install chromium"
    assert found["bubblewrap"].mend == "sudo apt install bubblewrap"
    assert found["Chinese font"].mend == "sudo apt install fonts-noto-cjk"


def test_settings_are_shown(monkeypatch):
    for name in doctor.VARIABLES:
        monkeypatch.delenv(name, raising=False)
    assert findings(doctor._variables)["settings"].said == "none: every default holds"
    monkeypatch.setenv("NLPCOURSE_OFFLINE", "1")
    assert findings(doctor._variables)["settings"].said == "NLPCOURSE_OFFLINE=1"


def test_it_works_without_what_only_the_other_commands_need():
    """On Colab there is no papermill, and the doctor is the command that says so."""
    block = "import sys; sys.modules.update(dict.fromkeys(['papermill', 'nbformat', 'markdown_it', 'mdit_py_plugins']))"
    code = f"{block}; from nlpcourse.authoring.cli import main; sys.exit(main(['doctor']))"
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={**os.environ, "NLPCOURSE_OFFLINE": "1"},
    )
    assert "Traceback" not in ran.stderr and "PyTorch" in ran.stdout
