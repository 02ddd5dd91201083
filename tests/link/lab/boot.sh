#!/bin/sh
# Start systemd as the first process of a machine: PID, mount, network and cgroup namespaces are new already.
# The root is this Debian's own with a layer in memory over it: what the machine writes, only the machine sees.
set -eu
mount --make-rprivate /
mount -t tmpfs machine /mnt
mkdir /mnt/upper /mnt/work /mnt/root
mount -t overlay machine -o lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work /mnt/root
cd /mnt/root

# No more of the kernel than a container gets: its own network's settings can be written, the kernel's cannot.
mount -t proc proc proc
mount --bind proc/sys proc/sys
mount --bind proc/sys/net proc/sys/net
mount -o remount,bind,ro proc/sys
mount -t sysfs -o ro sysfs sys
mount -t cgroup2 cgroup sys/fs/cgroup
mount -t tmpfs -o mode=755 run run
mount -t tmpfs -o mode=1777 tmp tmp
mount -t tmpfs -o mode=755 dev dev
mkdir dev/net dev/pts dev/shm
for device in null zero full random urandom tty net/tun; do
    touch "dev/$device"
    mount --bind "/dev/$device" "dev/$device"
done
ln -s /proc/self/fd dev/fd

# A machine fresh from its image: none of the services that somebody enabled on this one, no setting of the kernel's.
rm -rf etc/sysctl.conf etc/sysctl.d/* usr/lib/sysctl.d/* etc/systemd/system etc/wireguard etc/nftables.conf etc/nftables.d var/log/journal
mkdir -p etc/systemd/system mnt
tr -d - <proc/sys/kernel/random/uuid >etc/machine-id
echo "$1" >etc/hostname
hostname "$1"

mkdir -p old
pivot_root . old
umount -l old
export container=lab
exec setpriv --bounding-set=-sys_module,-sys_time,-sys_boot,-sys_rawio,-mknod \
    /lib/systemd/systemd --unit=basic.target --show-status=no --log-target=journal </dev/null >/dev/null 2>&1
