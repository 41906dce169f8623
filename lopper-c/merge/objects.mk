# SPDX-License-Identifier: BSD-3-Clause
LIB_SRCS += \
	lopper-c/merge/access.c \
	lopper-c/merge/build.c \
	lopper-c/merge/combine.c \
	lopper-c/merge/cpus.c \
	lopper-c/merge/domain.c \
	lopper-c/merge/firewall.c \
	lopper-c/merge/flags.c \
	lopper-c/merge/glob.c \
	lopper-c/merge/keys.c \
	lopper-c/merge/life.c \
	lopper-c/merge/link.c \
	lopper-c/merge/linker.c \
	lopper-c/merge/memory.c \
	lopper-c/merge/merge.c \
	lopper-c/merge/names.c \
	lopper-c/merge/node.c \
	lopper-c/merge/parent.c \
	lopper-c/merge/prop.c \
	lopper-c/merge/relation.c \
	lopper-c/merge/relation_old.c \
	lopper-c/merge/reserved.c \
	lopper-c/merge/schema.c \
	lopper-c/merge/sigil.c \
	lopper-c/merge/typed.c \
	lopper-c/merge/values.c
