"""``python -m toolkit``."""

import gc
import sys

# A command lives for seconds and keeps what it builds: looking for garbage would take a quarter of its time.
gc.disable()

from toolkit.cli import main  # noqa: E402 -- the imports are what the line above makes quick

sys.exit(main())
