# SPDX-License-Identifier: BSD-3-Clause
#
# The machine that sdt/qemu-virt-arm64.dts describes. Change one of these and the description is
# wrong; tests/qemu_virt_test.sh compares the two. One plain assignment per line: scripts read this
# file too.

ISA     := arm64
SDT     := sdt/qemu-virt-arm64.dts
QEMU    := qemu-system-aarch64
MACHINE := virt,gic-version=3,virtualization=on
CPU     := cortex-a57
CPUS    := 4
MEMORY  := 1G
