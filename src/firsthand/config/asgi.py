"""What granian serves: Django's pages, and beside them the one stream of nudges."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "firsthand.config.settings")

from django.core.asgi import get_asgi_application

application = get_asgi_application()
