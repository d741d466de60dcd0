"""The technical administration: who gets in, and that nothing can be changed there."""

from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from kenes.accounts import services, viewing
from kenes.accounts.admin_site import ReadOnlyAdmin
from kenes.accounts.models import Role, User
from kenes.accounts.testing import enrol
from kenes.foundation.fields import _EncryptedField

from .conftest import PASSWORD, SYSTEM

pytestmark = pytest.mark.django_db


def staff(role: Role, *, with_factor: bool = True) -> Client:
    user = services.create_staff_account(
        actor=SYSTEM, email=f"{role.value}@example.com", full_name="Проверка", language="ru", password=PASSWORD,
        roles=[role],
    )  # fmt: skip
    if with_factor:
        enrol(user)
    client = Client()
    client.force_login(user)
    return client


def test_visitors_are_sent_to_the_one_sign_in() -> None:
    answer = Client().get("/admin/", follow=True, headers={"Accept-Language": "ru"})
    assert answer.redirect_chain[-1][0] == "/sign-in/staff?next=%2Fadmin%2F"


def test_an_administrator_with_a_second_factor_gets_in() -> None:
    assert staff(Role.ADMIN).get("/admin/").status_code == 200


@pytest.mark.parametrize(
    ("role", "with_factor"),
    [(Role.ADMIN, False), (Role.SUPERVISOR, True), (Role.MANAGER, True), (Role.CONTENT_EDITOR, True)],
)
def test_nobody_else_sees_even_that_it_exists(role: Role, with_factor: bool) -> None:
    client = staff(role, with_factor=with_factor)
    assert client.get("/admin/", follow=True).status_code == 404
    assert client.get("/admin/accounts/user/", follow=True).status_code == 404


@pytest.mark.parametrize("model", list(admin.site._registry), ids=lambda model: model._meta.label)
def test_every_page_opens_and_takes_no_change(model: Any, borrower: User) -> None:
    client = staff(Role.ADMIN)
    shown = admin.site._registry[model]
    assert isinstance(shown, ReadOnlyAdmin)
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    assert client.get(reverse(f"{name}_changelist")).status_code == 200
    assert client.get(reverse(f"{name}_add")).status_code == 403
    row = model._default_manager.first()
    if row is not None:
        page = client.get(reverse(f"{name}_change", args=[row.pk]))
        assert page.status_code == 200
        assert client.post(reverse(f"{name}_change", args=[row.pk]), {}).status_code == 403
        assert client.post(reverse(f"{name}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403
        assert model._default_manager.filter(pk=row.pk).exists()


def test_no_page_shows_an_encrypted_column(borrower: User) -> None:
    for model, shown in admin.site._registry.items():
        encrypted = {field.name for field in model._meta.fields if isinstance(field, _EncryptedField)}
        assert encrypted.isdisjoint(shown.list_display)
        assert encrypted.isdisjoint(shown.fields or ())
    page = staff(Role.ADMIN).get(reverse("admin:accounts_user_change", args=[borrower.pk])).content.decode()
    assert str(borrower.phone) not in page
    assert str(borrower.phone_hash) not in page


def test_passwords_are_changed_in_the_application_only() -> None:
    answer = staff(Role.ADMIN).post(
        "/admin/password_change/", {"new_password1": "short", "new_password2": "short"}
    )
    assert (answer.status_code, answer["Location"]) == (302, "/account/security")


def test_it_is_closed_while_looking_through_other_eyes() -> None:
    client = staff(Role.ADMIN)
    session = client.session
    session[viewing.SESSION_KEY] = "11111111-1111-4111-8111-111111111111"
    session.save()
    assert client.get("/admin/", follow=True).status_code == 404
