"""A walk over every id that one person is ever shown: for somebody else each of them opens nothing.

The ids are not listed here: they are read out of all answers that the owner gets, and each is put into every address
of the API that takes an id.
"""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from kenes.accounts.models import Organisation, Role, User
from kenes.foundation import clock
from kenes.foundation.actor import BORROWER, CREDITOR_ADMIN

from . import endpoint_roles
from .relations_things import make_world
from .relations_world import World, join, value
from .test_relations import prove

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
READS = [name for name in endpoint_roles.read_table() if name.startswith("GET ")]
# Lists that are the same for everybody, and why the ids in them are no secret.
COMMON = {
    "GET /api/v1/creditors/": "the register of lenders, from which everybody chooses his own",
    "GET /api/v1/law/terms/": "terms of the law",
    "GET /api/v1/scopes/": "words for the rights of programs",
    "GET /api/v1/specialist-pages/": "the directory: pages that specialists in force have listed themselves",
}
# What ids of those lists, and no others, open to everybody.
OPEN = {
    "GET /api/v1/specialist-pages/{host_id}/slots/": "free times of a page of the directory, without who has booked",
}


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path) -> World:
    settings.MEDIA_ROOT = tmp_path
    return make_world()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    prove(client)
    return client


def get(client: Client, path: str) -> tuple[int, str]:
    cache.clear()
    response = client.get(path)
    body = "" if response.streaming else response.content.decode(errors="replace")
    return response.status_code, body


def filled(world: World, operation: str) -> str:
    return re.sub(r"\{(\w+)\}", lambda match: value(world, operation, match[1]), operation.partition(" ")[2])


def ids_shown_to(client: Client, world: World) -> set[str]:
    """Every id in every answer that this person gets."""
    shown: set[str] = set()
    for operation in READS:
        if operation in COMMON:
            continue
        status, body = get(client, filled(world, operation))
        if status == 200:
            shown |= set(UUID.findall(body))
    return shown


def public_ids(client: Client) -> set[str]:
    """Every id of the lists that are the same for everybody."""
    return {one for operation in COMMON for one in UUID.findall(get(client, operation.partition(" ")[2])[1])}


def stranger(world: World, role: str) -> Client:
    user = world.caller(role, "stranger")
    if role == CREDITOR_ADMIN:
        other = Organisation.objects.create(kind="creditor", name="Другой", checked_at=clock.now())
        join(user, other, is_administrator=True)
    return signed_in(user)


@pytest.mark.parametrize("role", [BORROWER, CREDITOR_ADMIN])
def test_no_id_of_one_person_opens_anything_for_another(world: World, role: str) -> None:
    owner = signed_in(world.caller(Role.BORROWER, "own"))
    ids = ids_shown_to(owner, world) | {one for one in world.ids.values() if UUID.fullmatch(one)}
    assert len(ids) > 15, "the walk of the owner found too little to be worth anything"
    client = stranger(world, role)
    public = public_ids(client)
    opened = []
    for operation in READS:
        path = operation.partition(" ")[2]
        if path.count("{") != 1 or "_id}" not in path:
            continue
        for one in ids:
            if operation in OPEN and one in public:
                continue
            status, _body = get(client, re.sub(r"\{\w+\}", one, path))
            if status not in {403, 404}:
                opened.append(f"{path} with {one}: {status}")
    assert opened == []


@pytest.mark.parametrize("role", [BORROWER, CREDITOR_ADMIN])
def test_lists_of_another_name_none_of_the_ids(world: World, role: str) -> None:
    owner = signed_in(world.caller(Role.BORROWER, "own"))
    private = ids_shown_to(owner, world)
    client = stranger(world, role)
    leaked = {}
    for operation in READS:
        path = operation.partition(" ")[2]
        if "{" in path or operation in COMMON:
            continue
        status, body = get(client, path)
        found = private & set(UUID.findall(body)) if status == 200 else set()
        if found:
            leaked[path] = found
    assert leaked == {}


def test_a_part_of_another_thing_does_not_come_with_ones_own_thing(world: World) -> None:
    """Addresses with two ids: the second must belong to the first."""
    mine = Organisation.objects.create(kind="creditor", name="Своя", checked_at=clock.now())
    user = world.caller(CREDITOR_ADMIN, "stranger")
    join(user, mine, is_administrator=True)
    client = signed_in(user)
    client.cookies["csrftoken"] = "a" * 32
    for path in (
        f"/api/v1/organisations/{mine.pk}/people/{world.ids['membership_id']}/",
        f"/api/v1/organisations/{mine.pk}/invitations/{world.ids['invitation_id']}/",
    ):
        assert client.delete(path, headers={"X-CSRFToken": "a" * 32}).status_code == 404
    assert client.get(f"/api/v1/organisations/{mine.pk}/").status_code == 200
