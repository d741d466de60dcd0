"""When every session of a person ends, so do the tokens of our app and of programs that act for him."""

from uuid import UUID

from kenes.accounts import live_sessions, program_tokens, tokens


def end_tokens(person_id: UUID, kept_session_key: str) -> None:
    """Handler of `live_sessions.end_all`."""
    tokens.end_all(person_id, except_session=kept_session_key)
    program_tokens.end_all(person_id)


live_sessions.on_end_all(end_tokens)
