# SPDX-License-Identifier: BSD-3-Clause
LIB_SRCS += \
	lopper-c/cmd/argv.c \
	lopper-c/cmd/check.c \
	lopper-c/cmd/command.c \
	lopper-c/cmd/completion.c \
	lopper-c/cmd/depfile.c \
	lopper-c/cmd/diff.c \
	lopper-c/cmd/dtb.c \
	lopper-c/cmd/explain.c \
	lopper-c/cmd/fmt.c \
	lopper-c/cmd/gen.c \
	lopper-c/cmd/help.c \
	lopper-c/cmd/init.c \
	lopper-c/cmd/inputs.c \
	lopper-c/cmd/man.c \
	lopper-c/cmd/map.c \
	lopper-c/cmd/options.c \
	lopper-c/cmd/pack.c \
	lopper-c/cmd/rsc.c \
	lopper-c/cmd/run.c \
	lopper-c/cmd/schema.c \
	lopper-c/cmd/show.c \
	lopper-c/cmd/split.c \
	lopper-c/cmd/table.c \
	lopper-c/cmd/timing.c

# The library holds all of the command but its main().
CMD_SRCS := lopper-c/cmd/main.c
