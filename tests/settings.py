"""The site's settings, for tests: fast passwords, static files without a build, a database that need outlive nothing."""

from newsroom.settings import *  # noqa: F403
from newsroom.settings import DATABASES, INSTALLED_APPS, STORAGES

INSTALLED_APPS = ["tests", *INSTALLED_APPS]  # its `flush` takes the place of Django's
DATABASES["default"]["OPTIONS"] = {
    **(given := DATABASES["default"].get("OPTIONS", {})),
    "options": f"{given.get('options', '')} -c synchronous_commit=off -c jit=off".strip(),
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = (
    True  # it looks at each request, and so does not warn of a folder that nothing has filled yet
)
API_LIMIT = 0  # but in the tests of it: one network address asks for everything here
