# SPDX-License-Identifier: BSD-3-Clause
LIB_SRCS += \
	lopper-c/place/free.c \
	lopper-c/place/life.c \
	lopper-c/place/link.c \
	lopper-c/place/machine.c \
	lopper-c/place/place.c \
	lopper-c/place/sight.c
