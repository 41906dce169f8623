# SPDX-License-Identifier: BSD-3-Clause
LIB_SRCS += \
	lopper-c/report/diff.c \
	lopper-c/report/diff_forms.c \
	lopper-c/report/facts.c \
	lopper-c/report/fields.c \
	lopper-c/report/html.c \
	lopper-c/report/html_parts.c \
	lopper-c/report/json.c \
	lopper-c/report/maps.c \
	lopper-c/report/overlap.c \
	lopper-c/report/picture.c \
	lopper-c/report/picture_links.c \
	lopper-c/report/regions.c \
	lopper-c/report/style.c \
	lopper-c/report/table.c \
	lopper-c/report/text.c \
	lopper-c/report/words.c
