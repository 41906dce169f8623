/* SPDX-License-Identifier: BSD-3-Clause */
/* How each domain lives, and the manager, as the tree has it; see life.h. */
#include "lopper-c/model/life.h"

#include <string.h>

#include "lopper-c/model/build.h"
#include "lopper-c/tree/bus.h"

static const char *text_of(const struct lop_system *system, const struct lop_node *node,
			   const char *name, struct lop_span *span)
{
	const struct lop_prop *prop = lop_prop_find(system->tree, node, name);

	if (prop && span)
		*span = lop_prop_value_span(prop);
	return prop ? lop_value_str(&prop->value, 0) : NULL;
}

static uint64_t number_of(const struct lop_system *system, const struct lop_node *node,
			  const char *name, uint64_t def)
{
	const struct lop_prop *prop = lop_prop_find(system->tree, node, name);
	size_t n = prop ? lop_value_n_cells(&prop->value) : 0;

	return n == 1 || n == 2 ? lop_value_number(&prop->value, 0, n) : def;
}

static struct lop_span span_of(const struct lop_system *system, const struct lop_node *node,
			       const char *name)
{
	const struct lop_prop *prop = lop_prop_find(system->tree, node, name);

	return prop ? lop_prop_value_span(prop) : node->span;
}

/* The place of a word in a list; 0 where it is missing or none of them (then reported). */
static unsigned choice_of(struct lop_system *system, const struct lop_domain *domain,
			  const char *name, const char *const *words, size_t n, unsigned def)
{
	const struct lop_prop *prop = lop_prop_find(system->tree, domain->node, name);
	const char *word = prop ? lop_value_str(&prop->value, 0) : NULL;

	if (!prop)
		return def;
	for (unsigned i = 0; word && i < n; i++)
		if (strcmp(words[i], word) == 0)
			return i;
	lop_diag_help(lop_report(system->diags, LOP_BAD_CHOICE, lop_prop_value_span(prop),
				 "`%s` of domain `%s` is no such thing", name, domain->name),
		      "see domains.yaml(5) for the words it takes");
	return def;
}

static void read_peers(struct lop_system *system, const struct lop_domain *domain, const char *name,
		       struct lop_peer **peers, size_t *n_peers)
{
	const struct lop_prop *prop = lop_prop_find(system->tree, domain->node, name);

	for (size_t c = 0; c < lop_whole_cells(system, domain, prop); c++) {
		const struct lop_node *node = lop_cell_target(system, prop, c);
		struct lop_domain *peer = node ? lop_domain_of_node(system, node) : NULL;
		struct lop_span span = lop_cell_span(system, prop, c);

		if (peer && peer != domain) {
			*LOP_APPEND(system->arena, *peers, *n_peers) =
				(struct lop_peer){ peer, span };
			continue;
		}
		lop_diag_help(lop_report(system->diags, LOP_UNKNOWN_DOMAIN, span,
					 peer ? "`%s` of domain `%s` names itself"
					      : "`%s` of domain `%s` names no domain",
					 name, domain->name),
			      "write names of other domains");
	}
}

static void read_load(struct lop_system *system, const struct lop_domain *domain,
		      struct lop_life *life)
{
	const struct lop_prop *files = lop_prop_find(system->tree, domain->node, "load-files");
	const struct lop_prop *at = lop_prop_find(system->tree, domain->node, "load-addresses");
	size_t n = at ? lop_value_n_cells(&at->value) : 0;
	const char *s;

	for (size_t i = 0; files && (s = lop_value_str(&files->value, i)); i++) {
		if (2 * i + 2 > n) {
			lop_diag_help(lop_report(system->diags, LOP_BAD_CELLS, files->span,
						 "`load-files` of domain `%s` has more files than "
						 "`load-addresses` has addresses",
						 domain->name),
				      "two cells for each file");
			return;
		}
		*LOP_APPEND(system->arena, life->load, life->n_load) =
			(struct lop_load){ s, lop_value_number(&at->value, 2 * i, 2),
					   lop_cell_span(system, at, 2 * i) };
	}
}

/* memory-auto = <hi lo> per range: a size, whose base place/ chooses. */
static void read_automatic(struct lop_system *system, struct lop_domain *domain)
{
	const struct lop_prop *prop = lop_prop_find(system->tree, domain->node, "memory-auto");
	size_t n = lop_whole_cells(system, domain, prop) / 2;
	const struct lop_guest *guests =
		lop_read_guests(system, domain, domain->node, "memory-auto-guest-address", n);

	for (size_t c = 0; c < 2 * n; c += 2) {
		struct lop_memory_use *use =
			LOP_APPEND(system->arena, domain->memory, domain->n_memory);

		*use = (struct lop_memory_use){
			.range = { 0, lop_value_number(&prop->value, c, 2) },
			.automatic = true,
			.span = lop_cell_span(system, prop, c),
		};
		lop_take_guest(guests, c / 2, use);
	}
	for (size_t i = 0; i < domain->n_memory; i++)
		domain->moves |= domain->memory[i].moved;
}

static void build_life(struct lop_system *system, struct lop_domain *domain)
{
	static const char *const restarts[] = { "never", "on-fault", "always" };
	static const char *const consoles[] = { "none", "virtual", "passthrough" };
	struct lop_life *life = lop_arena_zalloc(system->arena, sizeof(*life));
	const struct lop_node *node = domain->node;

	domain->life = life;
	life->span = domain->span;
	life->image = text_of(system, node, "image", &life->image_span);
	life->initrd = text_of(system, node, "initrd", &life->initrd_span);
	life->entry = number_of(system, node, "entry", 0);
	life->entry_span = span_of(system, node, "entry");
	life->autostart = number_of(system, node, "autostart", 1) != 0;
	life->restart = (enum lop_restart)choice_of(system, domain, "restart", restarts, 3,
						    LOP_RESTART_NEVER);
	life->restart_limit = (uint32_t)number_of(system, node, "restart-limit", 0);
	life->restart_backoff = (uint32_t)number_of(system, node, "restart-backoff", 0);
	life->watchdog = (uint32_t)number_of(system, node, "watchdog", 0);
	life->console = (enum lop_console)choice_of(system, domain, "console", consoles, 3,
						    LOP_CONSOLE_VIRTUAL);
	life->trace_size = number_of(system, node, "trace", 0);
	life->slot_size = number_of(system, node, "image-slot", 0);
	life->uart_irq = UINT32_MAX;
	read_automatic(system, domain);
	read_load(system, domain, life);
	read_peers(system, domain, "start-after", &life->after, &life->n_after);
	read_peers(system, domain, "manages", &life->manages, &life->n_manages);
}

/* --- the manager --- */

bool lop_node_is_manager(const struct lop_tree *tree, const struct lop_node *node)
{
	return lop_node_compatible(tree, node, "pm,manager-v1");
}

static const struct lop_node *find_manager(const struct lop_tree *tree)
{
	const struct lop_node *top = lop_node_child(tree, tree->root, "domains");

	for (const struct lop_node *n = top ? top->children : NULL; n; n = n->next)
		if (lop_node_is_manager(tree, n))
			return n;
	return NULL;
}

static const struct lop_node *target_of(struct lop_system *system, const struct lop_node *node,
					const char *name, struct lop_span *span)
{
	const struct lop_prop *prop = lop_prop_find(system->tree, node, name);

	if (!prop)
		return NULL;
	*span = lop_prop_value_span(prop);
	return lop_cell_target(system, prop, 0);
}

enum lop_uart lop_uart_kind(const struct lop_tree *tree, const struct lop_node *uart)
{
	static const struct {
		const char *compatible;
		enum lop_uart kind;
	} rows[] = {
		{ "arm,pl011", LOP_UART_PL011 },
		{ "ns16550a", LOP_UART_16550 },
		{ "snps,dw-apb-uart", LOP_UART_16550 },
		{ "arm,cmsdk-uart", LOP_UART_CMSDK },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (lop_node_compatible(tree, uart, rows[i].compatible))
			return rows[i].kind;
	return LOP_UART_NONE;
}

static void find_console(struct lop_system *system, struct lop_manager *manager)
{
	const struct lop_node *uart =
		target_of(system, manager->node, "console", &manager->uart_span);
	struct lop_diag *d;

	if (!uart)
		return;
	manager->uart_kind = lop_uart_kind(system->tree, uart);
	if (manager->uart_kind != LOP_UART_NONE) {
		manager->uart = uart;
		return;
	}
	d = lop_report(system->diags, LOP_UNSUPPORTED, manager->uart_span,
		       "`%s` cannot be the manager's console", uart->name);
	lop_diag_label(d, manager->uart_span, "no UART that the manager drives");
	lop_diag_label(d, uart->span, "its `compatible` decides");
	lop_diag_help(d,
		      "take one that is compatible with arm,pl011, ns16550a, snps,dw-apb-uart or "
		      "arm,cmsdk-uart");
}

static void build_manager(struct lop_system *system, const struct lop_node *node)
{
	struct lop_manager *manager = lop_arena_zalloc(system->arena, sizeof(*manager));
	const struct lop_prop *memory = lop_prop_find(system->tree, node, "memory");

	system->manager = manager;
	manager->node = node;
	manager->span = manager->memory_span = node->span;
	manager->memory_size = number_of(system, node, "memory-size", 0);
	manager->cpu = number_of(system, node, "cpu", UINT64_MAX);
	find_console(system, manager);
	if (!memory)
		return;
	manager->memory_span = lop_prop_value_span(memory);
	if (memory->value.len == 16)
		manager->memory = (struct lop_range){ lop_value_number(&memory->value, 0, 2),
						      lop_value_number(&memory->value, 2, 2) };
	else
		lop_diag_help(lop_report(system->diags, LOP_BAD_CELLS, manager->memory_span,
					 "`memory` of the manager has %u bytes", memory->value.len),
			      "two cells of address and two of size");
}

void lop_build_lives(struct lop_system *system)
{
	const struct lop_node *manager = find_manager(system->tree);

	if (manager)
		build_manager(system, manager);
	for (size_t i = 0; i < system->n_domains; i++)
		build_life(system, system->domains[i]);
}
