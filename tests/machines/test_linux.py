"""A Linux host is prepared: packages really install, files land, and a second run changes nothing at all."""

from dataclasses import replace

import pytest

from components.onprem.machines.linux import Given, linux_files
from tests.components.onprem.machines import world
from tests.machines.prepared import SECRET, Prepared, question

pytestmark = pytest.mark.xdist_group("debian-root")


def test_the_first_run_succeeds_and_says_what_it_did(prepared: Prepared) -> None:
    assert [*prepared.first] == ["rack-1-secrets", "rack-1-linux"]
    assert {ran.code for ran in prepared.first.values()} == {0}, prepared.first
    said = prepared.first["rack-1-linux"].out.splitlines()
    (installed,) = (line for line in said if line.startswith("installed "))
    assert {"open-iscsi", "cryptsetup", "nfs-common", "wireguard-tools"} <= {*installed.split()}
    for line in (
        "wrote /etc/chrony/chrony.conf",
        f"wrote {world.UNIT}",
        "the kernel is set anew",
        "enabled iscsid.service",
        "started anew: knock.service",
    ):
        assert line in said


def test_the_second_run_says_that_nothing_changed_and_changes_nothing(prepared: Prepared) -> None:
    assert {ran.code for ran in prepared.second.values()} == {0}, prepared.second
    said = [line for ran in prepared.second.values() for line in ran.out.splitlines()]
    assert said
    assert all(line.startswith("unchanged ") for line in said), said
    changed = {path for path, is_now in prepared.after.items() if prepared.before.get(path) != is_now}
    assert changed | {*prepared.before} - {*prepared.after} == set()


def test_packages_are_really_there(prepared: Prepared) -> None:
    for program in ("iscsid", "chronyd", "cryptsetup", "mount.nfs", "nft", "wg", "unattended-upgrade"):
        assert prepared.server.chroot("sh", "-c", f"PATH=/usr/sbin:/usr/bin; command -v {program}").strip()


def test_every_file_has_its_content_mode_and_owner(prepared: Prepared) -> None:
    given = Given(files=world.FILES, starts=["knock.service"])
    files, _ = linux_files(world.linux(), world.LAN, None, world.CLOCKS, given)
    for path, file in files.items():
        there = prepared.server.file(path)
        assert there.read_text(encoding="utf-8") == file.content
        assert there.stat().st_mode & 0o7777 == file.mode, path
        assert (there.stat().st_uid, there.stat().st_gid) == (0, 0)
    leftovers = [
        path
        for path in prepared.after
        if path.rpartition(".")[0].lstrip("/") in {each.lstrip("/") for each in files}
    ]
    assert leftovers == [], "a file is put in place whole, and nothing of it stays beside it"


def test_a_secret_is_written_for_root_only_and_told_to_nobody(prepared: Prepared) -> None:
    file = prepared.server.file("/etc/knock/secret")
    assert file.read_text(encoding="utf-8") == SECRET
    assert file.stat().st_mode & 0o7777 == 0o600
    told = [*prepared.first.values(), *prepared.second.values()]
    assert not [ran for ran in told if "a-secret" in ran.out + ran.error]
    assert "a-secret" not in prepared.asked + "".join(each.create for each in prepared.sent.values())
    assert "a-secret" not in prepared.sent["rack-1-linux"].stdin


def test_chrony_debians_own_accepts_what_was_written(prepared: Prepared) -> None:
    prepared.server.chroot("chronyd", "-p", "-f", "/etc/chrony/chrony.conf")


def test_security_upgrades_come_by_themselves_and_restarts_do_not(prepared: Prepared) -> None:
    told = prepared.server.chroot("apt-config", "dump")
    assert 'APT::Periodic::Unattended-Upgrade "1";' in told
    assert 'Unattended-Upgrade::Automatic-Reboot "false";' in told


def test_the_kernels_modules_are_loaded_and_its_settings_read(prepared: Prepared) -> None:
    for line in (
        "modprobe iscsi_tcp",
        "modprobe dm_crypt",
        "sysctl --quiet --system",
    ):
        assert line in prepared.asked.splitlines()


def test_another_host_key_is_refused(prepared: Prepared) -> None:
    sent = prepared.sent["rack-1-linux"]
    ran = prepared.deployer.run(replace(sent, connection={**sent.connection, "hostKey": world.KEY}))
    assert ran.code == 255
    assert "HOST IDENTIFICATION HAS CHANGED" in ran.error
    assert ran.out == ""


def test_a_change_of_one_file_runs_what_it_asks_for_and_nothing_else(prepared: Prepared) -> None:
    sent = prepared.sent["rack-1-linux"]
    changed = sent.stdin.replace("server ntp1.hospital.example iburst", "server ntp2.hospital.example iburst")
    said = prepared.deployer.run(question(sent, changed)).out.splitlines()
    assert [line for line in said if not line.startswith("unchanged ")] == [
        "wrote /etc/chrony/chrony.conf",
        "the clock follows its sources anew",
    ]
    prepared.deployer.run(sent)


def test_what_a_cut_off_run_still_owed_is_done_by_the_next(prepared: Prepared) -> None:
    sent = prepared.sent["rack-1-linux"]
    cut = sent.stdin.replace("server ntp1", "server ntp3").replace(
        "systemctl restart chrony.service", "exit 7"
    )
    assert prepared.deployer.run(question(sent, cut)).code == 7
    said = prepared.deployer.run(question(sent, sent.stdin.replace("server ntp1", "server ntp3"))).out
    assert "unchanged /etc/chrony/chrony.conf" in said
    assert "the clock follows its sources anew" in said
    prepared.deployer.run(sent)


def test_a_kernel_without_a_module_is_refused_by_name(prepared: Prepared) -> None:
    sent = prepared.sent["rack-1-linux"]
    prepared.deployer.run(question(sent, "mkdir -p /run/without; : >/run/without/iscsi_tcp"))
    ran = prepared.deployer.run(sent)
    prepared.deployer.run(question(sent, "rm -r /run/without"))
    assert ran.code == 1
    assert "this kernel has no module iscsi_tcp" in ran.error


def test_swap_and_multipath_are_switched_off_and_stay_off(prepared: Prepared) -> None:
    sent = prepared.sent["rack-1-linux"]
    fstab = prepared.server.file("/etc/fstab")
    with fstab.open("a", encoding="utf-8") as lines:
        lines.write("/dev/sdz1 none swap sw 0 0\n")
    prepared.deployer.run(question(sent, "echo /dev/sdz1 >/run/swap; systemctl enable multipathd.service"))
    said = prepared.deployer.run(sent).out.splitlines()
    assert {"swap is off", "swap is no longer in /etc/fstab", "switched off multipathd.service"} <= {*said}
    assert "# no swap on a node: /dev/sdz1 none swap sw 0 0\n" in fstab.read_text(encoding="utf-8")
    again = prepared.deployer.run(sent).out
    assert "swap" not in again
    assert "switched off" not in again


def test_a_host_with_another_address_is_refused(prepared: Prepared) -> None:
    sent = prepared.sent["rack-1-linux"]
    ran = prepared.deployer.run(question(sent, sent.stdin.replace(" 127.0.0.1/", " 127.0.0.9/")))
    assert ran.code == 1
    assert "lo does not have" in ran.error
