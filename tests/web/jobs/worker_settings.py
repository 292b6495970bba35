"""The site's settings, on the database that the running test has made."""

import os

from croisee_web.config.settings import *  # noqa: F403
from croisee_web.config.settings import DATABASES, INSTALLED_APPS

DATABASES["default"]["NAME"] = os.environ["CROISEE_TEST_NAME"]
INSTALLED_APPS = [*INSTALLED_APPS, "slow_job.SlowConfig"]
