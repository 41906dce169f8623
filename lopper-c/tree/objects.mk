# SPDX-License-Identifier: BSD-3-Clause
LIB_SRCS += \
	lopper-c/tree/bus.c \
	lopper-c/tree/clone.c \
	lopper-c/tree/fixups.c \
	lopper-c/tree/gic.c \
	lopper-c/tree/irq.c \
	lopper-c/tree/kinds.c \
	lopper-c/tree/names.c \
	lopper-c/tree/path.c \
	lopper-c/tree/phandle.c \
	lopper-c/tree/plain.c \
	lopper-c/tree/refs.c \
	lopper-c/tree/refs_table.c \
	lopper-c/tree/resolve.c \
	lopper-c/tree/symbols.c \
	lopper-c/tree/tree.c \
	lopper-c/tree/val.c \
	lopper-c/tree/value.c
