"""The database of a run, ready for the product: migrated, granted, and with the two accounts when it is embedded.

DATABASE_URL=<the owner's> python -m embedded.prepare [ROLE]
"""

import os
import sys

from django.core.management import call_command

from embedded import migrate


def main(roles: list[str]) -> None:
    migrate.main(roles, verbosity=0)
    if os.environ.get("EMBEDDED") == "1":
        call_command("seed_embedded", verbosity=0)


if __name__ == "__main__":
    main(sys.argv[1:])
