/* SPDX-License-Identifier: BSD-3-Clause */
/* Keys of a domain that are read, sound, and still change nothing in this system: each is said. */
#include <string.h>

#include "lopper-c/base/str.h"
#include "lopper-c/check/rules.h"

static const struct lop_prop *prop_of(const struct lop_system *system,
				      const struct lop_domain *domain, const char *name)
{
	return lop_prop_find(system->tree, domain->node, name);
}

/* --- without a manager --- */

/* The trace buffer is not among them: links and linker scripts have it. */
static const struct {
	const char *prop, *key;
} managed[] = {
	{ "image", "image" },
	{ "initrd", "initrd" },
	{ "load-files", "load" },
	{ "entry", "entry" },
	{ "autostart", "autostart" },
	{ "start-after", "start-after" },
	{ "restart", "restart" },
	{ "restart-limit", "restart" },
	{ "restart-backoff", "restart" },
	{ "watchdog", "watchdog" },
	{ "console", "console" },
	{ "image-slot", "image-slot" },
	{ "manages", "manages" },
};

/* The first of them; their names go to text, each once. */
static const struct lop_prop *list_managed(const struct lop_system *system,
					   const struct lop_domain *domain, struct lop_buf *text)
{
	const struct lop_prop *first = NULL;
	const char *last = "";

	for (size_t i = 0; i < sizeof(managed) / sizeof(managed[0]); i++) {
		const struct lop_prop *prop = prop_of(system, domain, managed[i].prop);

		if (!prop || !strcmp(last, managed[i].key))
			continue;
		last = managed[i].key;
		first = first ? first : prop;
		lop_buf_printf(text, "%s`%s`", text->len ? ", " : "", last);
	}
	return first;
}

void lop_rule_needs_manager(const struct lop_system *system, struct lop_diags *diags)
{
	for (size_t i = 0; i < system->n_domains && !system->manager; i++) {
		const struct lop_domain *domain = system->domains[i];
		struct lop_buf text = { 0 };
		const struct lop_prop *first = list_managed(system, domain, &text);

		if (first)
			lop_diag_help(
				lop_report(diags, LOP_MANAGER_MISSING, lop_prop_value_span(first),
					   "domain `%s` has keys that only a manager heeds: %s",
					   domain->name, lop_buf_cstr(&text)),
				"the system has no manager: write `manager: {}` beside `domains`, "
				"or leave this out");
		lop_buf_free(&text);
	}
}

/* --- with a manager --- */

static struct lop_diag *idle(struct lop_diags *diags, struct lop_span span,
			     const struct lop_domain *domain, const char *what, const char *why)
{
	return lop_report(diags, LOP_IDLE_KEY, span, "%s of domain `%s` has no effect: %s", what,
			  domain->name, why);
}

static void check_restart(const struct lop_system *system, struct lop_diags *diags,
			  const struct lop_domain *domain)
{
	const struct lop_prop *limit = prop_of(system, domain, "restart-limit");
	const struct lop_prop *backoff = prop_of(system, domain, "restart-backoff");

	if ((!limit && !backoff) || domain->life->restart != LOP_RESTART_NEVER)
		return;
	lop_diag_help(idle(diags, lop_prop_value_span(limit ? limit : backoff), domain,
			   limit ? "`limit` in `restart`" : "`backoff` in `restart`",
			   "it never starts again by itself"),
		      "write `policy: on-fault` or `policy: always` beside it");
}

static void check_watchdog(const struct lop_system *system, struct lop_diags *diags,
			   const struct lop_domain *domain)
{
	const struct lop_prop *prop = prop_of(system, domain, "watchdog");

	if (prop && !domain->life->watchdog)
		lop_diag_help(idle(diags, lop_prop_value_span(prop), domain, "`watchdog`",
				   "no time is no watchdog"),
			      "leave it out, or write a time: `watchdog: 500ms`");
}

static void check_after(const struct lop_system *system, struct lop_diags *diags,
			const struct lop_domain *domain)
{
	const struct lop_life *life = domain->life;

	for (size_t i = 0; i < life->n_after && life->autostart; i++) {
		const struct lop_domain *before = life->after[i].domain;
		const struct lop_prop *prop = prop_of(system, before, "autostart");
		struct lop_diag *d;

		if (before->life->autostart || !prop)
			continue;
		d = idle(diags, life->after[i].span, domain, "`start-after`",
			 lop_arena_printf(system->arena, "`%s` does not start by itself",
					  before->name));
		lop_diag_label(d, life->after[i].span, "`%s` starts with the system", domain->name);
		lop_diag_label(d, lop_prop_value_span(prop), "`%s` does not", before->name);
		lop_diag_help(d, "leave out `autostart: false` of `%s`, or give it to `%s`, too",
			      before->name, domain->name);
	}
}

static void check_mode(const struct lop_system *system, struct lop_diags *diags,
		       const struct lop_domain *domain)
{
	(void)system;
	for (size_t i = 0; i < domain->n_cpus; i++) {
		const struct lop_cpu_use *use = &domain->cpus[i];

		if (use->cluster->family == LOP_CPU_ARM_A64 && (use->secure || use->el > 1))
			lop_diag_help(idle(diags, use->mode_span.text ? use->mode_span : use->span,
					   domain, "`mode`",
					   "a manager runs domains at EL1, not secure"),
				      "write `mode: { el: 1 }`");
	}
}

static bool is_uart(const struct lop_tree *tree, const struct lop_node *node)
{
	return lop_uart_kind(tree, node) != LOP_UART_NONE || lop_str_starts(node->name, "serial") ||
	       lop_str_starts(node->name, "uart");
}

static bool has_uart(const struct lop_system *system, const struct lop_domain *domain)
{
	for (size_t i = 0; i < domain->n_access; i++) {
		const struct lop_node *top = domain->access[i].node;

		for (const struct lop_node *n = top; n; n = lop_node_next(n, top))
			if (is_uart(system->tree, n))
				return true;
	}
	return domain->access_all || domain->is_default;
}

static void check_console(const struct lop_system *system, struct lop_diags *diags,
			  const struct lop_domain *domain)
{
	if (domain->life->console != LOP_CONSOLE_PASSTHROUGH || has_uart(system, domain))
		return;
	lop_diag_help(idle(diags, lop_prop_value_span(prop_of(system, domain, "console")), domain,
			   "`console: passthrough`", "the domain has no UART"),
		      "add a UART to its `access`, or write `console: virtual` or `none`");
}

void lop_rule_manager_heeds(const struct lop_system *system, struct lop_diags *diags)
{
	static void (*const checks[])(const struct lop_system *, struct lop_diags *,
				      const struct lop_domain *) = {
		check_restart, check_watchdog, check_after, check_mode, check_console,
	};

	for (size_t i = 0; i < system->n_domains && system->manager; i++)
		for (size_t k = 0; k < sizeof(checks) / sizeof(checks[0]); k++)
			checks[k](system, diags, system->domains[i]);
}
