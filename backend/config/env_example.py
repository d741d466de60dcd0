"""`.env.example` from the declared settings: `python -m config.env_example > ../.env.example`."""

import sys

from config.env import Env

_SAFE = {
    "SECRET_KEY": "",
    "DATABASE_URL": "postgres://kenes:password@127.0.0.1:5432/kenes",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "FIELD_ENCRYPTION_KEYS": "",
    "LOOKUP_HASH_KEYS": "",
    "LOOKUP_HASH_KEY": "",
    "PUBLIC_URL": "https://kenes.example",
    "RUN_DIR": ".run",
}


def render() -> str:
    """Text of the file: a sentence and a line for each setting; a line without a value must be filled in."""
    lines = [
        "# Settings of Kenes Hub. `make run` needs none of them; production fills in what is empty and required.",
        "",
    ]
    for name, field in Env.model_fields.items():
        upper = name.upper()
        default = "" if field.default is None or field.is_required() else field.default
        value = _SAFE.get(upper, str(default).lower() if isinstance(default, bool) else default)
        lines += [f"# {field.description}", f"{upper}={value}", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(render())
