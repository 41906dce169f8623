# SPDX-License-Identifier: BSD-3-Clause
LIB_SRCS += \
	ipc/abi/elf.c \
	ipc/abi/rsc.c
