"""``python3 -m tunnel gateway|site|fetch FILE``: one of the programs, with the settings in FILE."""

import sys

from tunnel import fetch, gateway, site

PROGRAMS = {"gateway": gateway.main, "site": site.main, "fetch": fetch.main}

PROGRAMS[sys.argv[1]](sys.argv[2])
