# SPDX-License-Identifier: BSD-3-Clause
LIB_SRCS += \
	lopper-c/emit/domain.c \
	lopper-c/emit/summary.c
