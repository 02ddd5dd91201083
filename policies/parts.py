"""Subjects that several rules ask about."""

from typing import Final

from policies.checks import absent, one_of
from policies.kinds import BACKEND, BUCKET, DATABASE, SINK
from policies.subjects import of

PRIMARY_DATABASE: Final = of(DATABASE, where=absent("masterInstanceName"))
"""Instances that are written to; replicas take much from them."""

PUBLIC_BACKEND: Final = of(BACKEND, where=one_of("loadBalancingScheme", "EXTERNAL", "EXTERNAL_MANAGED", None))
"""What answers the internet; Google's own choice is external."""

AUDIT_BUCKET: Final = of(BUCKET, named=(of(SINK), "destination"))
"""Where a sink sends logs."""
