# SPDX-License-Identifier: BSD-3-Clause
LIB_SRCS += \
	lopper-c/model/all.c \
	lopper-c/model/cluster.c \
	lopper-c/model/cpu_mask.c \
	lopper-c/model/cpu_use.c \
	lopper-c/model/domain.c \
	lopper-c/model/flavour.c \
	lopper-c/model/guest.c \
	lopper-c/model/isolation.c \
	lopper-c/model/life.c \
	lopper-c/model/link.c \
	lopper-c/model/linker.c \
	lopper-c/model/map.c \
	lopper-c/model/memory.c \
	lopper-c/model/region.c \
	lopper-c/model/relation.c \
	lopper-c/model/relation_link.c \
	lopper-c/model/resources.c \
	lopper-c/model/rproc.c \
	lopper-c/model/rproc_amd.c \
	lopper-c/model/system.c \
	lopper-c/model/use.c \
	lopper-c/model/window.c
