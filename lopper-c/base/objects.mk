# SPDX-License-Identifier: BSD-3-Clause
LIB_SRCS += \
	lopper-c/base/arena.c \
	lopper-c/base/buf.c \
	lopper-c/base/file.c \
	lopper-c/base/manifest.c \
	lopper-c/base/map.c \
	lopper-c/base/outputs.c \
	lopper-c/base/range.c \
	lopper-c/base/str.c
