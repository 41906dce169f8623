# SPDX-License-Identifier: BSD-3-Clause
LIB_SRCS += \
	lopper-c/check/bus.c \
	lopper-c/check/c_names.c \
	lopper-c/check/cells.c \
	lopper-c/check/cells_args.c \
	lopper-c/check/check.c \
	lopper-c/check/cpus.c \
	lopper-c/check/devices.c \
	lopper-c/check/dma.c \
	lopper-c/check/domain.c \
	lopper-c/check/effect.c \
	lopper-c/check/guest.c \
	lopper-c/check/irq.c \
	lopper-c/check/isolation.c \
	lopper-c/check/life.c \
	lopper-c/check/link.c \
	lopper-c/check/linker.c \
	lopper-c/check/linker_place.c \
	lopper-c/check/linux_rpmsg.c \
	lopper-c/check/load.c \
	lopper-c/check/memory.c \
	lopper-c/check/mpu.c \
	lopper-c/check/names.c \
	lopper-c/check/owner.c \
	lopper-c/check/registers.c \
	lopper-c/check/reserved.c \
	lopper-c/check/relation.c \
	lopper-c/check/resources.c \
	lopper-c/check/rest.c \
	lopper-c/check/rproc.c \
	lopper-c/check/rsc_field.c \
	lopper-c/check/rsc_find.c \
	lopper-c/check/rsc_lint.c \
	lopper-c/check/tree.c \
	lopper-c/check/user.c \
	lopper-c/check/user_read.c
