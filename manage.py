#!/usr/bin/env python
import os
import sys

from django.core.management import execute_from_command_line

from avatarg import environment

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "avatarg.settings")
    if sys.argv[1:2] == ["doctor"]:
        environment.examine_first()
    execute_from_command_line(sys.argv)
