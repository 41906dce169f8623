# SPDX-License-Identifier: BSD-3-Clause
LIB_SRCS += \
	lopper-c/dts/blanks.c \
	lopper-c/dts/body.c \
	lopper-c/dts/cpp.c \
	lopper-c/dts/cpp_errors.c \
	lopper-c/dts/dtb_read.c \
	lopper-c/dts/dtb_write.c \
	lopper-c/dts/dts_read.c \
	lopper-c/dts/dts_write.c \
	lopper-c/dts/expr.c \
	lopper-c/dts/finish.c \
	lopper-c/dts/format.c \
	lopper-c/dts/format_lex.c \
	lopper-c/dts/format_print.c \
	lopper-c/dts/format_scan.c \
	lopper-c/dts/format_value.c \
	lopper-c/dts/input.c \
	lopper-c/dts/labels.c \
	lopper-c/dts/lexer.c \
	lopper-c/dts/literal.c \
	lopper-c/dts/number.c \
	lopper-c/dts/parser.c \
	lopper-c/dts/print_lines.c \
	lopper-c/dts/print_numbers.c \
	lopper-c/dts/print_value.c \
	lopper-c/dts/propvalue.c \
	lopper-c/dts/read.c \
	lopper-c/dts/token.c
