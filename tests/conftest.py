"""First servers and settings, then fixtures: modules named below may import models."""

from tests import environment

environment.prepare()

pytest_plugins = ["tests.database", "tests.cast", "tests.runners", "tests.browser.fixtures"]


def pytest_unconfigure() -> None:
    environment.stop()
