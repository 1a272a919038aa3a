"""Where the columns of other systems' exports go."""

import pytest

from aperto.kernel.access.actor import system
from aperto.kernel.objects.registry import registry
from aperto.kernel.viewer import Viewer
from aperto.transfer.guess import Column, Guesser
from aperto.transfer.names import phrase_of
from aperto.transfer.targets import split_name, targets
from tests.company import Staff

pytestmark = pytest.mark.django_db


def guessed(object_key: str, names: str, *rows: str) -> dict[str, str]:
    """{name of the column: target}, of names and rows between bars."""
    declaration = registry.get(object_key)
    table = [[cell.strip() for cell in row.split("|")] for row in rows]
    columns = [
        Column(place, name.strip(), tuple(row[place] for row in table))
        for place, name in enumerate(names.split("|"))
    ]
    found = Guesser(declaration, targets(system("test"), declaration), Viewer()).mapping(columns)
    return {column.name: found[column.place] for column in columns if column.place in found}


def pairs(text: str) -> dict[str, str]:
    listed = (each.split(">") for each in text.split("|"))
    return {name.strip(): target.strip() for name, target in listed}


CONTACTS = {
    "English": (
        "First name > first_name | Surname > last_name | Company > company | E-mail > emails | Mobile > "
        "phones.mobile | Zip > address.postal_code | City > address.city | Owner > owner"
    ),
    "Dutch": (
        "Voornaam > first_name | Achternaam > last_name | Bedrijf > company | E-mailadres > emails | "
        "GSM > phones.mobile | Telefoon > phones | Straat > address.street | Postcode > "
        "address.postal_code | Plaats > address.city | Land > address.country | Functie > job_title | "
        "Aanhef > salutation | Geboortedatum > birthday | Eigenaar > owner"
    ),
    "French": (
        "Société > company | Civilité > salutation | Nom > last_name | Prénom > first_name | Téléphone "
        "> phones | Portable > phones.mobile | Courriel > emails | Code postal > address.postal_code | "
        "Ville > address.city | Fonction > job_title"
    ),
    "Portuguese": (
        "Nome > first_name | Apelido > last_name | Empresa > company | Telemóvel > phones.mobile | "
        "Telefone > phones | Código postal > address.postal_code | Cidade > address.city | País > "
        "address.country | Cargo > job_title"
    ),
    "Google": (
        "Given Name > first_name | Family Name > last_name | E-mail 1 - Value > emails | E-mail 2 - "
        "Value > emails.second | Phone 1 - Value > phones | Phone 2 - Value > phones.second | Address 1 "
        "- Street > address.street | Address 1 - City > address.city | Organization 1 - Name > company "
        "| Organization 1 - Title > job_title | Notes > description | Website 1 - Value > website"
    ),
    "Outlook": (
        "First Name > first_name | Last Name > last_name | Company > company | Job Title > job_title | "
        "Business Street > address.street | Business Fax > phones.fax | Business Phone > phones.work | "
        "Home Phone > phones.home | Mobile Phone > phones.mobile | E-mail Address > emails | E-mail 2 "
        "Address > emails.second | E-mail 3 Address > emails.third | Web Page > website"
    ),
    "HubSpot": (
        "First Name > first_name | Last Name > last_name | Email > emails | Phone Number > phones | "
        "Mobile Phone Number > phones.mobile | Company Name > company | Contact owner > owner | "
        "Lifecycle Stage > status"
    ),
    "Pipedrive": (
        "Person - Name > title | Person - Email - Work > emails.work | Person - Email - Home > "
        "emails.home | Person - Phone - Work > phones.work | Person - Phone - Mobile > phones.mobile | "
        "Person - Organization > company"
    ),
    "Salesforce": (
        "FirstName > first_name | LastName > last_name | Account.Name > company | MailingStreet > "
        "address.street | MailingPostalCode > address.postal_code | MobilePhone > phones.mobile | "
        "Birthdate > birthday"
    ),
    "OroCRM": (
        "Name prefix > salutation | First name > first_name | Emails 1 Email > emails | Emails 2 Email "
        "> emails.second | Phones 1 Phone > phones | Accounts 1 Account name > company | Addresses 1 "
        "Street > address.street | Addresses 1 Street 2 > address.street2 | Addresses 1 Zip/Postal Code "
        "> address.postal_code | Addresses 1 Country ISO2 code > address.country | Assigned to Username "
        "> owner"
    ),
    "namespaces": (
        "Contact :: Given name > first_name | Contact :: Surname > last_name | Contact :: E-mail > emails"
    ),
    "spellings": (
        "FIRSTNAME > first_name | last_name > last_name | emailAddress > emails | PHONE_NUMBER > phones "
        "| zipCode > address.postal_code"
    ),
}


@pytest.mark.parametrize("system_of", CONTACTS)
def test_contacts_of_other_systems(system_of: str) -> None:
    expected = pairs(CONTACTS[system_of])

    assert guessed("contact", "|".join(expected)) == expected


OTHERS = {
    "company": (
        "Organization - Name > name | Organization - Address > address | Billing Street > "
        "billing_address.street | Billing City > billing_address.city | City > address.city | Number of "
        "employees > employees | Annual revenue > revenue | VAT number > vat_number | Company Domain "
        "Name > website"
    ),
    "deal": (
        "Opportunity name > name | Account Name > company | Amount > amount | Amount Currency > "
        "amount.currency | Expected close date > close_date | Stage > stage | Pipeline > stage.pipeline "
        "| Probability (%) > probability | Contact person > contacts | Lost reason > lost_reason"
    ),
    "lead": (
        "Lead name > interest | First name > first_name | Last name > last_name | Company name > "
        "company_name | Lead Source > source"
    ),
    "product": ("Product name > name | SKU > code | Unit price > price | Unité > unit"),
    "task": ("Subject > subject | Due date > due | Priority > priority | Assigned to > owner"),
}


@pytest.mark.parametrize("object_key", OTHERS)
def test_other_objects(object_key: str) -> None:
    expected = pairs(OTHERS[object_key])

    assert guessed(object_key, "|".join(expected)) == expected


@pytest.mark.parametrize(
    "name",
    [
        "Mother – email", "Mum’s first name", "Sister-phone", "Spouse name", "E-mail 1 - Type", "Skype",
        "Addresses 2 City", "Created date", "company_id", "OwnerId", "Middle name", "Name suffix", "Twitter",
        "Assistant phone",
    ],
)  # fmt: skip
def test_columns_about_somebody_or_something_else_are_left_alone(name: str) -> None:
    assert guessed("contact", name, "a@x.example") == {}


def test_no_target_is_used_twice() -> None:
    found = guessed("contact", "Company|Company name|Organisation|E-mail|Email address|Mail")

    assert len(set(found.values())) == len(found)


def test_name_beside_first_names_holds_last_names() -> None:
    assert guessed("contact", "Prénom|Nom") == {"Prénom": "first_name", "Nom": "last_name"}
    assert guessed("contact", "Nome|Sobrenome") == {"Nome": "first_name", "Sobrenome": "last_name"}
    assert guessed("contact", "Name|E-mail") == {"Name": "title", "E-mail": "emails"}
    assert guessed("contact", "Name|First name|Last name") == {
        "First name": "first_name",
        "Last name": "last_name",
    }


def test_title_is_a_form_of_address_or_a_job_by_its_cells() -> None:
    assert guessed("contact", "Title|Last name", "Mr.|Bos", "Mrs|Vos") == {
        "Title": "salutation",
        "Last name": "last_name",
    }
    assert guessed("contact", "Title|Last name", "CEO|Bos", "Buyer|Vos") == {
        "Title": "job_title",
        "Last name": "last_name",
    }


def test_lists_of_other_systems_are_not_forced_on_ours() -> None:
    assert guessed("contact", "Status|Last name", "warm|Bos", "cold|Vos") == {"Last name": "last_name"}
    assert guessed("contact", "Status|Last name", "Klant|Bos", "prospect|Vos")["Status"] == "status"


def test_unknown_names_are_judged_by_their_cells() -> None:
    found = guessed(
        "contact",
        "Kolom A|Kolom B|Kolom C",
        "a@x.example|+31 10 555 0142|www.x.example",
        "b@x.example|+31 10 555 0143|https://y.example",
    )

    assert found == {"Kolom A": "emails", "Kolom B": "phones", "Kolom C": "website"}


def test_keys_of_ours_find_records_and_those_of_others_are_kept_when_they_tell() -> None:
    ours = "01934f5e-7b2c-7a11-8f00-000000000001"

    assert guessed("contact", "Id|Last name", f"{ours}|Bos")["Id"] == "id"
    assert guessed("contact", "Record ID|Last name", "003xx000004TMM2|Bos")["Record ID"] == "external_id"
    assert guessed("contact", "External id|Last name", "12|Bos")["External id"] == "external_id"
    assert "id" not in guessed("contact", "id|Last name", "12|Bos")


@pytest.mark.parametrize("language", ["en", "nl", "fr", "pt"])
def test_column_of_reasons_is_left_out(language: str) -> None:
    from django.utils.translation import override

    from aperto.transfer.failures import REASON

    with override(language):
        name = str(REASON)

    assert guessed("lead", f"Last name|{name}", "Bos|E-mail: no") == {"Last name": "last_name"}


def test_known_stages_only(staff: Staff) -> None:
    assert guessed("deal", "Name|Status", "A|Won", "B|Discovery")["Status"] == "stage"
    assert "Status" not in guessed("deal", "Name|Status", "A|in_progress", "B|in_progress")


@pytest.mark.parametrize(
    ("name", "phrase"),
    [
        ("E-mail 1 - Value", "email 1 value"),
        ("emailAddress", "email address"),
        ("E_MAIL", "email"),
        ("Emails 1 Email", "email 1 email"),
        ("Code postal", "code postal"),
        ("Zip/Postal Code", "zip postal code"),
        ("Mum’s first name", "mum first name"),
        ("HTTPServer2", "http server 2"),
    ],
)
def test_names_have_one_spelling(name: str, phrase: str) -> None:
    assert phrase_of(name) == phrase


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("Marieke van Dijk", "Marieke", "van Dijk"),
        ("Dijk, Marieke van", "Marieke", "van Dijk"),
        ("Ana Maria da Silva", "Ana Maria", "da Silva"),
        ("Prince", "", "Prince"),
        ("Smith, John", "John", "Smith"),
        ("van Gogh", "van", "Gogh"),
        ("", "", ""),
    ],
)
def test_names_are_split(name: str, first: str, last: str) -> None:
    assert split_name(name) == {"first_name": first, "last_name": last}
