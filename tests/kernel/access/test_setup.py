from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from aperto.kernel.access import organisation, people, setup
from aperto.kernel.access.models import Organisation, Role, User
from aperto.kernel.errors import Invalid, Refused

FIRM = {"name": "Nordwijk", "language": "nl", "country": "NL", "currency": "EUR", "zone": "Europe/Amsterdam"}
PERSON = {"name": "Ada", "email": "ada@nordwijk.example"}


def test_first_run_makes_an_administrator(db: None) -> None:
    assert setup.needed()

    user = setup.start(FIRM, PERSON, "a long sentence of words")

    assert not setup.needed()
    assert people.administrators() == {user.pk}
    assert (user.language, user.zone) == ("nl", "Europe/Amsterdam")
    assert Organisation.objects.get().name == "Nordwijk"


def test_second_first_run_is_refused(db: None) -> None:
    setup.start(FIRM, PERSON, None)

    with pytest.raises(Refused):
        setup.start(FIRM, {"name": "Eve", "email": "eve@else.example"}, None)

    assert User.objects.count() == 1


def test_first_run_says_all_that_is_wrong(db: None) -> None:
    with pytest.raises(Invalid) as refused:
        setup.start({**FIRM, "name": "", "currency": "XXX"}, {"name": "Ada", "email": "ada"}, None)

    assert set(refused.value.errors) == {"organisation", "currency", "email"}
    assert not User.objects.exists() and not Role.objects.exists()
    assert not Organisation.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_twenty_first_runs_at_once_make_one_administrator() -> None:
    def start(number: int) -> bool:
        try:
            setup.start(FIRM, {"name": "Ada", "email": f"ada{number}@nordwijk.example"}, None)
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(20) as pool:
        won = list(pool.map(start, range(20)))

    organisation.forget()
    assert won.count(True) == 1
    assert User.objects.count() == 1
