# SPDX-License-Identifier: BSD-3-Clause
LIB_SRCS += \
	lopper-c/emit/amd.c \
	lopper-c/emit/amd_values.c \
	lopper-c/emit/boot_json.c \
	lopper-c/emit/boot_text.c \
	lopper-c/emit/domain.c \
	lopper-c/emit/json_schema.c \
	lopper-c/emit/layout.c \
	lopper-c/emit/linker.c \
	lopper-c/emit/names.c \
	lopper-c/emit/partition.c \
	lopper-c/emit/partition_device.c \
	lopper-c/emit/partition_finish.c \
	lopper-c/emit/platform.c \
	lopper-c/emit/report.c \
	lopper-c/emit/rsc_json.c \
	lopper-c/emit/rsc_source.c \
	lopper-c/emit/rsc_table.c \
	lopper-c/emit/rsc_text.c \
	lopper-c/emit/rsc_words.c \
	lopper-c/emit/starter.c \
	lopper-c/emit/summary.c \
	lopper-c/emit/table_json.c \
	lopper-c/emit/table_text.c \
	lopper-c/emit/table_words.c
