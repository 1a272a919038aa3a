"""The product's settings with a data folder and a database that live as long as one test run.

The folder and the PostgreSQL server are made once, by the first process that imports this module; the
processes of pytest-xdist are its children and find both in the environment.
"""

import os

from tests import postgres, scratch

os.environ["APERTO_DATA"] = str(scratch.folder())
if os.environ.get("APERTO_TEST_DB") == "postgres":
    os.environ["APERTO_DATABASE_URL"] = postgres.url()
else:
    os.environ.pop("APERTO_DATABASE_URL", None)

from aperto.config.settings import *  # noqa: E402, F403  (a settings module that changes another has no other way)
from aperto.config.settings import DATA_DIR, DATABASES, INSTALLED_APPS, STATIC_ROOT, STORAGES  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: two connections then wait for each other's locks as they do in the product.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # Argon2 is slow on purpose
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}  # nothing to prepare
STATIC_ROOT.mkdir(exist_ok=True)  # whitenoise warns of a folder that is not there
INSTALLED_APPS.append("tests.fakes")  # invented objects, with tables but not in the registry
