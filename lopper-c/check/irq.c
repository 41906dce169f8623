/* SPDX-License-Identifier: BSD-3-Clause */
/* Rules about interrupts. */
#include <stdlib.h>

#include "lopper-c/check/owner.h"
#include "lopper-c/check/rules.h"
#include "lopper-c/tree/bus.h"
#include "lopper-c/tree/irq.h"

/* A line at a controller (or multiplexer), and who raises it. */
struct line {
	const struct lop_node *controller;
	uint32_t number, second; /* see struct lop_irq */
	const struct lop_node *node;
	struct lop_given given;
};

struct lines {
	struct lop_buf items; /* of struct line */
	struct line next;     /* of the node that is looked at */
};

static bool take_line(const struct lop_irq *irq, void *context)
{
	struct lines *lines = context;

	lines->next.controller = irq->controller;
	lines->next.number = irq->number;
	lines->next.second = irq->second;
	if (irq->kind == LOP_IRQ_SHARED)
		lop_buf_add(&lines->items, &lines->next, sizeof(lines->next));
	return true;
}

static int by_line(const void *a, const void *b)
{
	const struct line *x = a, *y = b;

	if (x->controller != y->controller)
		return x->controller->index < y->controller->index ? -1 : 1;
	if (x->number != y->number)
		return x->number < y->number ? -1 : 1;
	if (x->second != y->second)
		return x->second < y->second ? -1 : 1;
	return x->node->index < y->node->index ? -1 : x->node->index > y->node->index;
}

static void report_twice(const struct lop_system *system, struct lop_diags *diags,
			 const struct line *a, const struct line *b)
{
	uint32_t cells = lop_node_cell(system->tree, b->controller, "#interrupt-cells", 0);
	const char *which =
		cells >= 3   ? lop_arena_printf(diags->arena, "INTID %u", b->number)
		: cells == 2 ? lop_arena_printf(diags->arena, "<%u %u>", b->number, b->second)
			     : lop_arena_printf(diags->arena, "<%u>", b->number);
	struct lop_diag *d = lop_report(diags, LOP_IRQ_TWICE, b->given.span,
					"`%s` (domain `%s`) and `%s` (domain `%s`) raise one "
					"interrupt of `%s`: %s",
					a->node->name, a->given.domain->name, b->node->name,
					b->given.domain->name, b->controller->name, which);

	lop_given_label(d, &b->given);
	lop_given_label(d, &a->given);
	lop_diag_label(d, a->node->span, "this device");
	lop_diag_label(d, b->node->span, "and this one");
	lop_diag_help(d, "give both to one domain, or mark both as shared: either domain gets the "
			 "interrupts of the other's device");
}

static bool same_line(const struct line *a, const struct line *b)
{
	return a->controller == b->controller && a->number == b->number && a->second == b->second;
}

/* Compares what raises one line with the first that does. */
void lop_rule_interrupts_apart(const struct lop_system *system, struct lop_diags *diags)
{
	const struct lop_node *root = system->tree->root;
	struct lop_given *given = lop_given_all(system);
	bool *device = lop_given_devices(system);
	struct lines lines = { .next = { .number = 0 } };
	const struct line *line;
	size_t n, first = 0;

	for (const struct lop_node *node = root; node; node = lop_node_next(node, root)) {
		lines.next.node = node;
		lines.next.given = given[node->index];
		if (device[node->index] && given[node->index].domain)
			lop_irqs_of(system->tree, node, take_line, &lines);
	}
	n = lines.items.len / sizeof(*line);
	line = (const struct line *)(const void *)lines.items.data;
	if (n)
		qsort(lines.items.data, n, sizeof(*line), by_line);
	for (size_t i = 1; i < n; i++) {
		if (!same_line(&line[first], &line[i]))
			first = i;
		else if (!lop_given_may_share(&line[first].given, &line[i].given))
			report_twice(system, diags, &line[first], &line[i]);
	}
	lop_buf_free(&lines.items);
	free(device);
	free(given);
}
