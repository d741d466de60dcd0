"""The page of documentation about cases and procedures, drawn from the tables that move them."""

from collections.abc import Iterable

from django.utils import translation

from kenes.cases.states import case as case_states
from kenes.cases.states import tables
from kenes.cases.states.case import CaseAction, CaseStatus
from kenes.cases.states.machine import Need, Row, Table, Who
from kenes.cases.states.track import ENDED, TrackState
from kenes.cases.tracks.guards import GUARDS

HEAD = """# Cases and procedures

Written by `manage.py write_procedure_docs` from `backend/kenes/cases/states`; a test fails when this page is behind the code.

A case moves by one table, each kind of procedure by a table of its own, and nothing moves otherwise. A row says which action
leads from which states to which, who may make it, what it must be told, which fact it records (so that terms of the law
start) and which condition guards it. A recorded fact makes the step that waits for it by itself.

Of one kind only one procedure runs at a time for a debt; after it has ended another may be opened. What did not help offers
next steps: the borrower chooses, the old procedure ends as `ESCALATED`, the new one remembers it (`escalated_from`).
"""


def page() -> str:
    """The whole page in Markdown, in English."""
    with translation.override("en"):
        parts = [HEAD, _case(), *(_table(table) for table in tables.TABLES.values()), _guards()]
        return "\n".join(parts).rstrip() + "\n"


def _case() -> str:
    lines = ["## Case", "", "```mermaid", "stateDiagram-v2", "    [*] --> draft"]
    rows = [
        (source.value, action.value, target.value)
        for action, transition in case_states.TRANSITIONS.items()
        for source, target in transition.targets.items()
        if action is not CaseAction.CANCEL
    ]
    lines += [f"    {source} --> {target}: {action}" for source, action, target in rows]
    lines += [f"    {status.value} --> [*]" for status in CaseStatus if status is CaseStatus.ARCHIVED]
    return "\n".join([*lines, "```", "", "`cancel` leads from every open status to `cancelled`.", ""])


def _table(table: Table) -> str:
    lines = [
        f"## {table.kind.value}: {table.kind.label}",
        "",
        "```mermaid",
        "stateDiagram-v2",
        "    [*] --> PROPOSED",
    ]
    drawn = dict.fromkeys(
        (source.value, row.target.value, row.action.value)
        for row in table.rows
        for source in _ordered(table, row.sources)
    )
    lines += [f"    {source} --> {target}: {action}" for source, target, action in drawn]
    lines += [f"    {state.value} --> [*]" for state in table.states() if state in ENDED]
    lines += [
        "```",
        "",
        "| Action | From | To | Who | Must be told | May be told | Fact | Guard |",
        "|---|---|---|---|---|---|---|---|",
    ]
    lines += [_row(table, row) for row in table.rows]
    if table.next_steps:
        lines += ["", "Next steps that may be offered:", ""]
        lines += [
            f"- from `{state.value}`: {_codes(kind.value for kind in kinds)}"
            for state, kinds in sorted(table.next_steps.items())
        ]
    return "\n".join([*lines, ""])


def _row(table: Table, row: Row) -> str:
    cells = [
        f"{row.label} (`{row.action.value}`)",
        _codes(state.value for state in _ordered(table, row.sources)),
        f"`{row.target.value}`",
        ", ".join(str(Who(who).label) for who in Who if who in row.who),
        ", ".join(str(need.label) for need in Need if need in row.needs),
        ", ".join(str(need.label) for need in Need if need in row.may),
        _codes([row.fact] if row.fact else [row.meets] if row.meets else []),
        _codes([row.guard] if row.guard else []),
    ]
    return f"| {' | '.join(cells)} |"


def _ordered(table: Table, states: Iterable[TrackState]) -> list[TrackState]:
    order = table.states()
    return sorted(states, key=order.index)


def _codes(values: Iterable[str]) -> str:
    return ", ".join(f"`{value}`" for value in values)


def _guards() -> str:
    lines = ["## Guards", "", "| Name | Rule |", "|---|---|"]
    for name, guard in GUARDS.items():
        words = (guard.__doc__ or _WORDS[name]).split("\n")[0].strip()
        lines.append(f"| `{name}` | {words} |")
    return "\n".join(lines)


_WORDS = {
    "evidence": "A dated fact of a breach is recorded, or words say what the complaint rests on.",
    "rounds_left": "Fewer counter-offers were made than the setting allows.",
    "reply_term_over": "The last day of the creditor's term to answer has passed.",
    "mediation_term_over": "The last day of the term of mediation has passed.",
    "objection_term_over": "The last day of the term to object has passed.",
    "mediator_known": "A mediator takes part in the case, or words name one from outside.",
}
