import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from newsroom.time_limits import limit_statements

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
limit_statements(settings.DATABASES["default"])
application = get_wsgi_application()
