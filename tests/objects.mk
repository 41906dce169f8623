# SPDX-License-Identifier: BSD-3-Clause
# Unit tests are found by name: a new one needs no line here.
UNIT_SRCS := $(sort $(wildcard tests/unit/*_test.c))

TOOL_SRCS := \
	tests/tools/fdt_facts.c \
	tests/tools/fdt_paths.c \
	tests/tools/firmware.c

BENCH_SRCS := \
	tests/bench/generate.c \
	tests/bench/measure.c

FUZZ_SRCS := \
	tests/fuzz/fuzz_boot.c \
	tests/fuzz/fuzz_dtb.c \
	tests/fuzz/fuzz_dts.c \
	tests/fuzz/fuzz_elf.c \
	tests/fuzz/fuzz_fmt.c \
	tests/fuzz/fuzz_report.c \
	tests/fuzz/fuzz_rsc.c \
	tests/fuzz/fuzz_table.c \
	tests/fuzz/fuzz_yaml.c

# What tests/boot_test.sh builds for the target.
BOOT_SRCS := \
	tests/boot/manager.c

ORACLE_SRCS := \
	tests/oracle/derive.c \
	tests/oracle/input.c \
	tests/oracle/oracle.c \
	tests/oracle/tree.c \
	tests/oracle/verify.c \
	tests/oracle/yaml.c
