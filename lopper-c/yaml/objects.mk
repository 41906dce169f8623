# SPDX-License-Identifier: BSD-3-Clause
LIB_SRCS += \
	lopper-c/yaml/compose.c \
	lopper-c/yaml/mark.c \
	lopper-c/yaml/mergekey.c \
	lopper-c/yaml/syntax.c \
	lopper-c/yaml/yaml.c
