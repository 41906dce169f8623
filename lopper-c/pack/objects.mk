# SPDX-License-Identifier: BSD-3-Clause
LIB_SRCS += \
	lopper-c/pack/images.c \
	lopper-c/pack/join.c \
	lopper-c/pack/manager.c \
	lopper-c/pack/open.c \
	lopper-c/pack/place.c \
	lopper-c/pack/report.c \
	lopper-c/pack/rsc.c \
	lopper-c/pack/table.c \
	lopper-c/pack/tree.c
