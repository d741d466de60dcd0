"""Generated configuration survives unusual folders, and settings come from the right place."""

import configparser
import shlex
from pathlib import Path

import pytest

from onebox import environment, system_packages
from onebox.environment import Choices
from onebox.paths import RunFolder
from onebox.ports import NAMES
from onebox.program import Program
from onebox.progress import Trouble
from onebox.secret_store import MAKERS
from onebox.supervisor import configuration


def test_spaces_and_percent_signs_in_a_path_reach_the_program_unchanged(tmp_path: Path) -> None:
    run = RunFolder(tmp_path / "a folder 100%")
    script = str(run.path / "server.js")
    program = Program("web", "app", ["node", script], run.path, {"FOLDER": str(run.path)})
    parser = configparser.RawConfigParser(inline_comment_prefixes=(";",))
    parser.read_string(configuration([program], run, port=1, password="p"))
    command = parser["program:web"]["command"].replace("%%", "%")
    assert shlex.split(command) == ["setpriv", "--pdeathsig", "TERM", "--", "node", script]
    assert parser["program:web"]["environment"].replace("%%", "%") == f'FOLDER="{run.path}"'


def test_a_changed_account_keeps_the_end_with_its_supervisor(tmp_path: Path) -> None:
    run = RunFolder(tmp_path)
    program = Program(
        "redis", "backing", ["redis-server"], tmp_path, prefix=["setpriv", "--reuid", "7", "--"]
    )
    text = configuration([program], run, port=1, password="p")
    assert "command = setpriv --reuid 7 --pdeathsig TERM -- redis-server" in text


@pytest.fixture
def stack_parts(tmp_path: Path) -> tuple[RunFolder, dict[str, int], dict[str, str]]:
    ports = {name: 20000 + number for number, name in enumerate(NAMES)}
    return RunFolder(tmp_path), ports, {name: f"secret-{name}" for name in MAKERS}


def test_a_running_stack_takes_a_real_database_from_the_caller(
    stack_parts: tuple[RunFolder, dict[str, int], dict[str, str]],
) -> None:
    choices = Choices({"DATABASE_URL": "postgres://real/one"}, scratch=False)
    settings = environment.product(*stack_parts, choices)
    assert settings["DATABASE_URL"] == "postgres://real/one"
    assert choices.external("DATABASE_URL")
    assert not choices.external("REDIS_URL")


def test_programs_do_not_see_the_callers_environment(
    stack_parts: tuple[RunFolder, dict[str, int], dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://running/stack")
    monkeypatch.setenv("SOME_TOKEN", "x")
    settings = environment.product(*stack_parts, Choices({}, scratch=True))
    assert "running" not in settings["DATABASE_URL"]
    assert "SOME_TOKEN" not in settings


def test_the_sandbox_and_the_web_server_get_no_encryption_key(
    stack_parts: tuple[RunFolder, dict[str, int], dict[str, str]],
) -> None:
    run, ports, secrets = stack_parts
    settings = environment.product(run, ports, secrets, Choices({}, scratch=True))
    assert "FIELD_ENCRYPTION_KEYS" in settings
    assert "FIELD_ENCRYPTION_KEYS" not in environment.sandbox(run, ports, settings)
    assert "FIELD_ENCRYPTION_KEYS" not in environment.base(run)


def test_without_root_the_message_names_every_package_and_the_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(system_packages, "root_prefix", lambda: None)
    with pytest.raises(Trouble) as refusal:
        system_packages.apt_install(["redis-server", "nginx-light"])
    assert "apt-get install --no-install-recommends redis-server nginx-light" in str(refusal.value)


def test_without_apt_the_message_still_names_every_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_packages, "find_program", lambda name: None)
    with pytest.raises(Trouble, match=r"no apt(.|\n)*redis-server"):
        system_packages.apt_install(["redis-server"])


def test_outside_a_demonstration_nothing_points_at_the_sandbox(
    stack_parts: tuple[RunFolder, dict[str, int], dict[str, str]],
) -> None:
    settings = environment.product(*stack_parts, Choices({"DEMO": "false"}, scratch=False))
    assert not {"SANDBOX_URL", "SMS_URL", "EMAIL_HOST"} & set(settings)
