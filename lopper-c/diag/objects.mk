# SPDX-License-Identifier: BSD-3-Clause
LIB_SRCS += \
	lopper-c/diag/align.c \
	lopper-c/diag/code.c \
	lopper-c/diag/diag.c \
	lopper-c/diag/explain.c \
	lopper-c/diag/hint.c \
	lopper-c/diag/json.c \
	lopper-c/diag/jsonw.c \
	lopper-c/diag/lines.c \
	lopper-c/diag/pages_binary.c \
	lopper-c/diag/pages_boot.c \
	lopper-c/diag/pages_device.c \
	lopper-c/diag/pages_domain.c \
	lopper-c/diag/pages_input.c \
	lopper-c/diag/pages_link.c \
	lopper-c/diag/pages_linker.c \
	lopper-c/diag/pages_name.c \
	lopper-c/diag/render.c \
	lopper-c/diag/sarif.c \
	lopper-c/diag/snippet.c \
	lopper-c/diag/source.c \
	lopper-c/diag/text.c
