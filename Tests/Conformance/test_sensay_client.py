"""A client of Sensay, generated from openapi/sensay.yaml."""

from __future__ import annotations

import os
from http import HTTPStatus

import pytest
from sensay_client import AuthenticatedClient
from sensay_client.api.users import create_user, delete_current_user, get_current_user, get_user, update_current_user
from sensay_client.models import AccountType, ChangedUser, Failure, LinkedAccountsItem, MissingUser, NewUser, User
from sensay_client.types import UNSET


@pytest.fixture
def client(url: str, sandbox: str) -> AuthenticatedClient:
    return sensay(url, f"{os.environ['SENSAY_API_KEY']}.{sandbox}")


def sensay(url: str, secret: str) -> AuthenticatedClient:
    return AuthenticatedClient(
        base_url=f"{url}/sensay",
        token=secret,
        prefix="",
        auth_header_name="X-ORGANIZATION-SECRET",
        raise_on_unexpected_status=True,
    )


DISCORD = LinkedAccountsItem(account_id="42", account_type=AccountType.DISCORD)
JOHN = NewUser(id="johndoe", name="John Döe", email="user@example.com", linked_accounts=[DISCORD])


def test_create_answers_the_user(client: AuthenticatedClient) -> None:
    answer = create_user.sync_detailed(client=client, body=JOHN, x_api_version="2025-03-25")
    assert answer.status_code == HTTPStatus.OK
    assert answer.headers["content-type"] == "application/json"
    assert answer.parsed == User(id="johndoe", name="John Döe", email="user@example.com", linked_accounts=[DISCORD])
    assert get_user.sync("johndoe", client=client) == answer.parsed


def test_create_makes_an_id_and_leaves_out_what_is_not_set(client: AuthenticatedClient) -> None:
    user = create_user.sync(client=client, body=NewUser())
    assert isinstance(user, User)
    assert user.id and (user.name, user.email, user.linked_accounts) == (UNSET, UNSET, [])
    assert get_user.sync(user.id, client=client) == user


@pytest.mark.parametrize("id", ["a/b?c#d", "Jörg & 100 %", "🎭"])
def test_any_text_is_an_id(client: AuthenticatedClient, id: str) -> None:
    made = create_user.sync(client=client, body=NewUser(id=id))
    assert isinstance(made, User) and made.id == id
    assert get_user.sync(id, client=client) == made


def test_the_caller_reads_replaces_and_deletes_itself(client: AuthenticatedClient) -> None:
    made = create_user.sync(client=client, body=JOHN)
    assert get_current_user.sync(client=client, x_user_id="johndoe") == made
    assert get_current_user.sync(client=client, x_user_id="42", x_user_id_type=AccountType.DISCORD) == made
    changed = update_current_user.sync(
        client=client, x_user_id="johndoe", body=ChangedUser(id="johndoe", email="john@example.com")
    )
    assert changed == User(id="johndoe", email="john@example.com", linked_accounts=[])
    assert get_user.sync("johndoe", client=client) == changed
    # What the old self had is free.
    other = create_user.sync(client=client, body=NewUser(email="user@example.com", linked_accounts=[DISCORD]))
    assert isinstance(other, User)
    gone = delete_current_user.sync_detailed(client=client, x_user_id="johndoe")
    assert (gone.status_code, gone.content) == (HTTPStatus.NO_CONTENT, b"")
    assert isinstance(get_user.sync("johndoe", client=client), MissingUser)
    assert isinstance(create_user.sync(client=client, body=NewUser(id="johndoe", email="john@example.com")), User)


@pytest.mark.parametrize(
    "clash",
    [NewUser(id="johndoe"), NewUser(email="user@example.com"), NewUser(linked_accounts=[DISCORD])],
    ids=["id", "email", "account"],
)
def test_a_clash_is_a_conflict(client: AuthenticatedClient, clash: NewUser) -> None:
    assert isinstance(create_user.sync(client=client, body=JOHN), User)
    answer = create_user.sync_detailed(client=client, body=clash)
    assert answer.status_code == HTTPStatus.CONFLICT
    assert isinstance(answer.parsed, Failure)
    assert answer.parsed.success is False
    assert answer.parsed.error == "User, email, or linked account already exists"
    assert len(answer.parsed.fingerprint) == 32 and answer.parsed.request_id


def test_a_replacement_must_not_take_what_is_anothers(client: AuthenticatedClient) -> None:
    create_user.sync(client=client, body=JOHN)
    ada = create_user.sync(client=client, body=NewUser(id="ada", email="ada@example.com"))
    answer = update_current_user.sync_detailed(
        client=client, x_user_id="ada", body=ChangedUser(id="ada", email="user@example.com")
    )
    assert answer.status_code == HTTPStatus.CONFLICT and isinstance(answer.parsed, Failure)
    assert answer.parsed.error == "Linked account or email already exists or is invalid"
    assert get_user.sync("ada", client=client) == ada


def test_a_wrong_field_is_a_failure_that_names_it(client: AuthenticatedClient) -> None:
    answer = create_user.sync_detailed(client=client, body=NewUser(email="nothing"))
    assert answer.status_code == HTTPStatus.BAD_REQUEST and isinstance(answer.parsed, Failure)
    assert "email" in answer.parsed.error
    version = create_user.sync_detailed(client=client, body=NewUser(), x_api_version="today")
    assert version.status_code == HTTPStatus.BAD_REQUEST and isinstance(version.parsed, Failure)


def test_nobody_is_unauthorized_by_header_and_missing_by_path(url: str, client: AuthenticatedClient) -> None:
    by_header = get_current_user.sync_detailed(client=client, x_user_id="nobody")
    assert by_header.status_code == HTTPStatus.UNAUTHORIZED
    assert isinstance(by_header.parsed, Failure) and by_header.parsed.error == "Unauthorized"
    by_path = get_user.sync_detailed("nobody", client=client)
    assert by_path.status_code == HTTPStatus.NOT_FOUND
    assert isinstance(by_path.parsed, MissingUser) and by_path.parsed.error == "User not found"
    stranger = create_user.sync_detailed(client=sensay(url, "wrong"), body=NewUser())
    assert stranger.status_code == HTTPStatus.UNAUTHORIZED and isinstance(stranger.parsed, Failure)
