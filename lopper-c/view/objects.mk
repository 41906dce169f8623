# SPDX-License-Identifier: BSD-3-Clause
LIB_SRCS += \
	lopper-c/view/address.c \
	lopper-c/view/chosen.c \
	lopper-c/view/claim.c \
	lopper-c/view/copy.c \
	lopper-c/view/cpus.c \
	lopper-c/view/dma.c \
	lopper-c/view/guest.c \
	lopper-c/view/irq.c \
	lopper-c/view/layout.c \
	lopper-c/view/links.c \
	lopper-c/view/machine.c \
	lopper-c/view/made.c \
	lopper-c/view/memory.c \
	lopper-c/view/mux.c \
	lopper-c/view/ranges.c \
	lopper-c/view/regions.c \
	lopper-c/view/reserved.c \
	lopper-c/view/rproc.c \
	lopper-c/view/select.c \
	lopper-c/view/view.c \
	lopper-c/view/whole.c \
	lopper-c/view/zephyr.c \
	lopper-c/view/zephyr_ipc.c
