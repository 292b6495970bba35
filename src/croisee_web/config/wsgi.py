"""The door for a WSGI server: ``granian --interface wsgi croisee_web.config.wsgi``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "croisee_web.config.settings")
application = get_wsgi_application()
