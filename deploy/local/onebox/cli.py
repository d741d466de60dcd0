"""Reads the command line."""

from __future__ import annotations

import argparse
import os

from onebox import commands, sources, suite
from onebox.progress import Trouble, say
from onebox.signals import Signals, Stop
from onebox.stack import SERVICES


def main(arguments: list[str]) -> int:
    """Run one command; returns the exit code. 1: something has to be mended and was named."""
    parsed = _parser().parse_args(arguments)
    # Generated files and build output must be readable for the services' account.
    os.umask(0o022)
    signals = Signals()
    signals.install()
    try:
        return _dispatch(parsed, signals)
    except Trouble as trouble:
        say(f"\n{trouble}")
        return 1
    except Stop:
        return 0 if parsed.command == "run" else 130


def _dispatch(parsed: argparse.Namespace, signals: Signals) -> int:
    match parsed.command:
        case "install":
            commands.install(with_tests=parsed.tests, with_web=not parsed.no_web)
            return 0
        case "run":
            return commands.run(signals)
        case "services":
            names = [name for name in parsed.needed.split(",") if name]
            return commands.services(
                signals, names, _words(parsed), prepare=parsed.prepare, with_tests=parsed.tests
            )
        case "with-stack":
            return commands.with_stack(signals, _words(parsed), demo_cases=parsed.cases)
        case "test":
            return suite.run(signals, parsed.parts)
        case "schema":
            return sources.schema(signals, check=parsed.check)
        case "fix":
            return sources.fix()
        case "manage":
            return commands.manage(_words(parsed))
    raise AssertionError(parsed.command)


def _words(parsed: argparse.Namespace) -> list[str]:
    words: list[str] = parsed.words
    if words[:1] == ["--"]:
        words = words[1:]
    if not words:
        raise Trouble("Which command? Write it after --")
    return words


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="deploy/local/stack.py", description=__doc__)
    every = parser.add_subparsers(dest="command", required=True)
    install = every.add_parser("install", help="install what is missing")
    install.add_argument("--tests", action="store_true", help="also what the tests need")
    install.add_argument("--no-web", action="store_true", help="leave the front end alone")
    every.add_parser("run", help="start everything in the foreground (make run)")
    services = every.add_parser("services", help="run a command beside fresh private services")
    services.add_argument("--with", dest="needed", default=",".join(SERVICES))
    services.add_argument("--prepare", action="store_true", help="migrate and load reference data")
    services.add_argument("--tests", action="store_true", help="with the packages of the tests")
    services.add_argument("words", nargs=argparse.REMAINDER)
    whole = every.add_parser("with-stack", help="run a command beside a fresh whole stack")
    whole.add_argument("--cases", type=int, default=30, help="how many made cases it holds")
    whole.add_argument("words", nargs=argparse.REMAINDER)
    test = every.add_parser("test", help="every check (make test)")
    test.add_argument("--parts", default="", help="names with commas between; all by default")
    schema = every.add_parser("schema", help="write the API description and its types")
    schema.add_argument("--check", action="store_true", help="compare only")
    every.add_parser("fix", help="mend what formatters and linters can mend")
    manage = every.add_parser("manage", help="a management command in the run folder's stack")
    manage.add_argument("words", nargs=argparse.REMAINDER)
    return parser
