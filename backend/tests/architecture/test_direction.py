"""Apps point downwards: imports by import-linter, foreign keys by the models themselves."""

import subprocess
import sys
import tomllib
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parents[3]


def _levels() -> dict[str, int]:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = config["tool"]["importlinter"]["contracts"][0]["layers"]
    return {
        name.strip(" ()"): level for level, layer in enumerate(reversed(layers)) for name in layer.split("|")
    }


def test_imports_point_downwards():
    result = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"], cwd=ROOT, capture_output=True, text=True,
        env={"PYTHONPATH": str(ROOT / "backend"), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert result.returncode == 0, result.stdout[-3000:]


def test_every_app_has_its_place():
    levels = _levels()
    for config in apps.get_app_configs():
        if config.name.startswith("kenes."):
            assert config.label in levels, f"{config.label} is not in the import contract"


def test_foreign_keys_point_downwards_and_leave_no_trace_above():
    levels = _levels()
    for model in apps.get_models():
        own = model._meta.app_label
        if own not in levels:
            continue
        for field in model._meta.get_fields():
            target = getattr(field, "remote_field", None) and field.concrete and field.related_model
            if not target or target._meta.app_label not in levels or target._meta.app_label == own:
                continue
            name = f"{own}.{model.__name__}.{field.name} -> {target._meta.label}"
            assert levels[target._meta.app_label] < levels[own], f"points upwards: {name}"
            assert field.remote_field.related_name == "+", f"needs related_name='+': {name}"
