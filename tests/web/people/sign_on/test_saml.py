"""SAML from the button to the session, with answers signed as a provider signs them; and spoilt ones."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from aperto.kernel.access import sign_ons
from aperto.kernel.access.models import User
from aperto.kernel.access.sign_on_models import SignIn, SignOn
from aperto.kernel.access.sign_ons import Access
from aperto.web.people.sign_on import saml
from tests import firm
from tests.identity.provider import onward
from tests.web.people.sign_on.conftest import DOMAIN, pk, roles_of
from tests.web.people.test_sign_in import is_in

if not saml.available():
    pytest.skip("SAML is not installed here", allow_module_level=True)

from lxml import etree

from tests.identity import assertions
from tests.identity.assertions import Pen, Question, Said

# The library asks for the time in a way that Python 3.14 and later will not know.
pytestmark = pytest.mark.filterwarnings("ignore:datetime.datetime.utc:DeprecationWarning:onelogin")
EMAIL = f"ann@{DOMAIN}"
SAID = {"mail": [EMAIL], "displayName": ["Ann Vos"], "groups": ["staff", "all"]}


@pytest.fixture(scope="module")
def pen() -> Pen:
    return Pen.made()


@pytest.fixture
def house(admin: User, pen: Pen) -> SignOn:
    values = {
        "name": "House", "enabled": True, "idp": saml.read_metadata(pen.metadata()), "vouches_email": True,
        "groups_claim": "groups",
    }  # fmt: skip
    access = Access(domains=(DOMAIN,), groups={"staff": pk("user"), "heads": pk("manager")})
    return sign_ons.create(firm.SYSTEM, "saml", values, access, via="test")


def ask(client: Client, house: SignOn, **more: str) -> Question:
    return Question.of(onward(client.post(reverse("saml_begin", args=[house.slug]), more)))


def hand_in(client: Client, house: SignOn, answer: Any) -> Any:
    """As the browser does: posted from the provider's page, then one step on."""
    text = answer if isinstance(answer, str) else assertions.packed(answer)
    posted = client.post(reverse("saml_answer", args=[house.slug]), {"SAMLResponse": text})
    return client.get(posted["Location"]) if posted.status_code == 302 else posted


def enter(house: SignOn, pen: Pen, said: Said, client: Client | None = None) -> tuple[Client, Any]:
    client = client or Client()
    answer = assertions.response(ask(client, house), said)
    pen.sign(assertions.assertion(answer))
    return client, hand_in(client, house, answer)


def refused(client: Client, answer: Any) -> bool:
    note = SignIn.objects.get()
    return answer.status_code == 403 and not is_in(client) and note.reason == "provider"


def test_signed_assertion_makes_a_user_and_roles_follow(house: SignOn, pen: Pen) -> None:
    client, answer = enter(house, pen, Said(attributes=SAID))
    first = roles_of(EMAIL)
    enter(house, pen, Said(attributes=SAID | {"groups": ["heads"]}))

    assert (answer.status_code, is_in(client), first, roles_of(EMAIL)) == (302, True, {"user"}, {"manager"})
    assert User.objects.get(email=EMAIL).name == "Ann Vos"


def test_signed_response_counts_as_well(house: SignOn, pen: Pen) -> None:
    client = Client()
    answer = assertions.response(ask(client, house), Said(attributes=SAID))
    pen.sign(answer)

    assert hand_in(client, house, answer).status_code == 302
    assert is_in(client)


def test_whoever_left_all_groups_loses_everything(house: SignOn, pen: Pen) -> None:
    former, _answer = enter(house, pen, Said(attributes=SAID))

    client, answer = enter(house, pen, Said(attributes=SAID | {"groups": []}))

    assert (answer.status_code, is_in(client), is_in(former), roles_of(EMAIL)) == (403, False, False, set())


@pytest.mark.parametrize(
    "said",
    [
        Said(until=timedelta(minutes=-6)),
        Said(audience="https://another.example"),
        Said(answers="https://another.example/saml/answer/"),
        Said(asked="_another"),
        Said(kind=saml.TRANSIENT),
        Said(subject="x" * 192),
    ],
)
def test_answer_that_is_late_or_for_another_is_refused(house: SignOn, pen: Pen, said: Said) -> None:
    said.attributes = SAID

    assert refused(*enter(house, pen, said))


def test_wrong_signature_is_refused(house: SignOn) -> None:
    assert refused(*enter(house, Pen.made(), Said(attributes=SAID)))


def test_no_signature_is_refused(house: SignOn) -> None:
    client = Client()

    assert refused(
        client, hand_in(client, house, assertions.response(ask(client, house), Said(attributes=SAID)))
    )


def changed(pen: Pen, answer: Any) -> Any:
    pen.sign(assertions.assertion(answer))
    answer.find(f".//{{{assertions.SAML}}}NameID").text = "subject-eve"
    return answer


def comment(pen: Pen, answer: Any) -> Any:
    """What a signature does not cover (a comment) must not cut a name short."""
    name = answer.find(f".//{{{assertions.SAML}}}NameID")
    name.text = "subject-ann.evil"
    pen.sign(assertions.assertion(answer))
    name.text = "subject-ann"
    name.append(etree.Comment("x"))
    name[0].tail = ".evil"
    return answer


def wrapper(place: str) -> Callable[[Pen, Any], Any]:
    def spoil(pen: Pen, answer: Any) -> Any:
        pen.sign(assertions.assertion(answer))
        return assertions.wrapped(answer, "subject-eve", place)

    return spoil


@pytest.mark.parametrize("place", ["before", "after", "inside", "extensions"])
def test_wrapped_assertion_is_refused(house: SignOn, pen: Pen, place: str) -> None:
    client = Client()
    answer = assertions.response(ask(client, house), Said(attributes=SAID))

    assert refused(client, hand_in(client, house, wrapper(place)(pen, answer)))


def test_changed_assertion_is_refused(house: SignOn, pen: Pen) -> None:
    client = Client()
    answer = assertions.response(ask(client, house), Said(attributes=SAID))

    assert refused(client, hand_in(client, house, changed(pen, answer)))


def test_comment_does_not_cut_a_name_short(house: SignOn, pen: Pen) -> None:
    from allauth.socialaccount.models import SocialAccount

    client = Client()
    hand_in(client, house, comment(pen, assertions.response(ask(client, house), Said(attributes=SAID))))

    assert set(SocialAccount.objects.values_list("uid", flat=True)) <= {"subject-ann.evil"}


def test_replayed_answer_is_refused(house: SignOn, pen: Pen) -> None:
    client, stranger = Client(), Client()
    answer = assertions.response(ask(client, house), Said(attributes=SAID))
    pen.sign(assertions.assertion(answer))

    foreign, first = hand_in(stranger, house, answer), hand_in(client, house, answer)
    client.post(reverse("account_logout"))
    again = hand_in(client, house, answer)

    assert (foreign.status_code, first.status_code, again.status_code) == (403, 302, 403)
    assert not is_in(client)
    assert not is_in(stranger)


def test_stolen_assertion_in_an_own_response_is_refused(house: SignOn, pen: Pen) -> None:
    victim, thief = Client(), Client()
    stolen = assertions.response(ask(victim, house), Said(attributes=SAID))
    pen.sign(assertions.assertion(stolen))
    stolen.set("InResponseTo", ask(thief, house).id)

    assert refused(thief, hand_in(thief, house, stolen))


@pytest.mark.parametrize(
    "text",
    [
        "%%%",
        "bm90IHhtbA==",
        "PCFET0NUWVBFIHggWzwhRU5USVRZIGUgU1lTVEVNICJmaWxlOi8vL2V0Yy9wYXNzd2QiPl0+PHg+JmU7PC94Pg==",
    ],
)
def test_rubbish_is_refused(house: SignOn, text: str) -> None:
    client = Client()
    ask(client, house)

    assert refused(client, hand_in(client, house, text))


def test_answer_without_or_beyond_measure_is_not_kept(house: SignOn) -> None:
    answers = [hand_in(Client(), house, text).status_code for text in ("", "A" * (saml.LONGEST + 1))]

    assert answers == [400, 400]


def test_one_address_does_not_try_without_end(house: SignOn) -> None:
    client = Client()

    answers = [hand_in(client, house, "").status_code for _time in range(31)]

    assert set(answers[:30]) == {400}
    assert answers[30] == 429


def test_address_counts_only_where_the_provider_vouches(house: SignOn, pen: Pen) -> None:
    SignOn.objects.update(vouches_email=False)

    client, answer = enter(house, pen, Said(attributes=SAID))

    assert (answer.status_code, is_in(client), SignIn.objects.get().reason) == (403, False, "unverified")


def test_nobody_is_sent_elsewhere(house: SignOn, pen: Pen) -> None:
    client = Client()
    question = ask(client, house, next="//evil.example")
    answer = assertions.response(question, Said(attributes=SAID))
    pen.sign(assertions.assertion(answer))

    assert hand_in(client, house, answer)["Location"] == "/"


def test_our_metadata_names_our_addresses(house: SignOn) -> None:
    told = Client().get(reverse("saml_metadata", args=[house.slug]))

    assert told["Content-Type"] == "application/samlmetadata+xml"
    assert reverse("saml_answer", args=[house.slug]).encode() in told.content


@pytest.mark.parametrize(
    "text",
    ["", "<x/>", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>', "no xml"],
)
def test_metadata_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(saml.Unacceptable):
        saml.read_metadata(text)
