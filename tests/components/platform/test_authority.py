"""The hospital's own root."""

from dataclasses import replace

import pytest

from tests.components.cloud.recorded import recorded
from tests.components.platform.samples import ROOT, authority
from toolkit.values import Secret

RECORDED = recorded(lambda: authority("root"), preview=False)


def test_the_root_signs_certificates_and_nothing_else_for_ten_years() -> None:
    assert RECORDED.resource("PrivateKey root").inputs == {"algorithm": "ECDSA", "ecdsaCurve": "P384"}
    root = RECORDED.resource("SelfSignedCert root").inputs
    assert root["isCaCertificate"] is True
    assert root["allowedUses"] == ["cert_signing", "crl_signing", "digital_signature"]
    assert root["validityPeriodHours"] == 10 * 8760


def test_a_root_is_never_renewed_by_itself() -> None:
    assert "earlyRenewalHours" not in RECORDED.resource("SelfSignedCert root").inputs


def test_its_key_is_secret_whatever_the_provider_says() -> None:
    outputs = RECORDED.component("root").outputs
    assert outputs
    assert isinstance(outputs["key"], Secret)
    assert not isinstance(outputs["certificate"], Secret)


def test_a_root_without_a_name_or_an_end_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be told from any other"):
        replace(ROOT, subject="")
    with pytest.raises(ValueError, match="take 5 to 25"):
        replace(ROOT, years=30)
    with pytest.raises(ValueError, match="take 5 to 25"):
        replace(ROOT, years=1)
