"""The site's settings, with an app that two versions know differently."""

from croisee_web.config.settings import *  # noqa: F403
from croisee_web.config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "carnet"]
