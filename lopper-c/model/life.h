/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * How a domain lives, and the manager that sees to it. What was left open is filled in by place/.
 */
#ifndef LOP_MODEL_LIFE_H
#define LOP_MODEL_LIFE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lopper-c/base/range.h"
#include "lopper-c/diag/source.h"

struct lop_domain;
struct lop_node;
struct lop_tree;

enum lop_restart { LOP_RESTART_NEVER, LOP_RESTART_ON_FAULT, LOP_RESTART_ALWAYS };
enum lop_console { LOP_CONSOLE_NONE, LOP_CONSOLE_VIRTUAL, LOP_CONSOLE_PASSTHROUGH };

/* A file that is put somewhere beside the program. */
struct lop_load {
	const char *file;
	uint64_t address; /* in the domain */
	struct lop_span span;
};

struct lop_peer {
	struct lop_domain *domain;
	struct lop_span span;
};

struct lop_life {
	const char *image, *initrd; /* file names as written; NULL: none */
	struct lop_span image_span, initrd_span, entry_span;
	struct lop_load *load;
	struct lop_peer *after;	  /* started before it */
	struct lop_peer *manages; /* what it may start, stop and load */
	size_t n_load, n_after, n_manages;
	uint64_t entry; /* 0: that of the image */
	bool autostart;
	enum lop_restart restart;
	uint32_t restart_limit;	  /* 0: any number */
	uint32_t restart_backoff; /* ms */
	uint32_t watchdog;	  /* ms; 0: none */
	enum lop_console console;
	uint64_t trace_size, slot_size; /* bytes; 0: none */
	struct lop_range trace;		/* root addresses, inside the domain's memory */
	struct lop_range slot;		/* root addresses, the manager's */
	uint32_t order;			/* place in the order of starting */
	uint64_t uart;			/* guest address of the virtual UART's page; 0: none */
	uint32_t uart_irq;		/* its INTID; UINT32_MAX: none */
	struct lop_span span;		/* of what says most of it, for messages */
};

/* UARTs that the manager can drive. */
enum lop_uart { LOP_UART_NONE, LOP_UART_PL011, LOP_UART_16550, LOP_UART_CMSDK };
enum lop_uart lop_uart_kind(const struct lop_tree *tree, const struct lop_node *uart);

/* The partition manager; a system that has one is supervised. */
struct lop_manager {
	const struct lop_node *node;
	struct lop_range memory;     /* root addresses; size 0: not placed yet */
	uint64_t memory_size;	     /* asked for without an address; 0: nothing said */
	const struct lop_node *uart; /* its console; NULL: none */
	enum lop_uart uart_kind;
	const struct lop_node *intc; /* the GICv3 that it filters; NULL: none */
	uint64_t cpu;		     /* reg of the CPU that runs the shell; UINT64_MAX: auto */
	struct lop_span span, memory_span, uart_span;
};

#endif
