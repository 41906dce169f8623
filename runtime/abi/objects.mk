# SPDX-License-Identifier: BSD-3-Clause
LIB_SRCS += \
	runtime/abi/directory.c \
	runtime/abi/image.c \
	runtime/abi/partition.c \
	runtime/abi/partition_links.c \
	runtime/abi/partition_manager.c \
	runtime/abi/partition_records.c \
	runtime/abi/partition_relations.c
