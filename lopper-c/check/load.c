/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a manager loads, and where it starts a domain: in the domain's memory, by the addresses that
 * the domain has. A manager refuses a table that says otherwise.
 */
#include <inttypes.h>

#include "lopper-c/check/rules.h"

#define PIECES_MAX 64 /* windows that a range is seen through, one after the other */

static bool is_in(const struct lop_system *system, const struct lop_domain *domain,
		  struct lop_range left, bool sram, uint64_t address)
{
	struct lop_range view;

	for (unsigned i = 0; i < PIECES_MAX && left.size; i++) {
		if (lop_domain_sees_memory(system, domain, left, sram, &view) &&
		    lop_range_contains_addr(view, address))
			return true;
		left.base += view.size;
		left.size -= view.size;
	}
	return false;
}

static bool is_in_memory(const struct lop_system *system, const struct lop_domain *domain,
			 uint64_t address)
{
	for (size_t i = 0; i < domain->n_memory; i++)
		if (is_in(system, domain, domain->memory[i].range, false, address))
			return true;
	for (size_t i = 0; i < domain->n_sram; i++)
		if (is_in(system, domain, domain->sram[i].range, true, address))
			return true;
	return false;
}

/* An address of the machine is an easy mistake where memory is moved. */
static void help_where(const struct lop_system *system, struct lop_diag *d,
		       const struct lop_domain *domain, uint64_t address)
{
	const struct lop_memory_use *use = lop_domain_moved(domain, address);
	char text[LOP_RANGE_TEXT];
	struct lop_range view;

	if (use) {
		lop_diag_label(d, use->guest_span, "`%s` sees this memory here", domain->name);
		lop_diag_help(d, "that is where the machine has it: `%s` sees it at 0x%" PRIx64,
			      domain->name, use->guest + (address - use->range.base));
		return;
	}
	if (domain->n_memory &&
	    lop_domain_sees_memory(system, domain, domain->memory[0].range, false, &view))
		lop_diag_help(d, "`%s` has memory at %s", domain->name, lop_range_text(view, text));
	else
		lop_diag_help(d, "give `%s` memory there", domain->name);
}

static void report_trace(struct lop_diags *diags, const struct lop_domain *domain,
			 struct lop_range trace, uint64_t address, const char *what,
			 struct lop_span span)
{
	char text[LOP_RANGE_TEXT];
	struct lop_diag *d = lop_report(diags, LOP_LOAD_OUTSIDE, span,
					"%s of `%s` is in its trace buffer: 0x%" PRIx64, what,
					domain->name, address);

	lop_diag_help(d, "the trace buffer is the end of its memory, %s: take an address below",
		      lop_range_text(trace, text));
}

/* Instructions of a 64-bit Arm CPU are words. */
static void check_entry(struct lop_diags *diags, const struct lop_domain *domain)
{
	const struct lop_cluster *cluster = lop_domain_cluster(domain);
	uint64_t entry = domain->life->entry;

	if (!cluster || cluster->family != LOP_CPU_ARM_A64 || !(entry % 4))
		return;
	lop_diag_help(lop_report(diags, LOP_IMAGE_ENTRY, domain->life->entry_span,
				 "no instruction of `%s` can begin at its entry: 0x%" PRIx64,
				 domain->name, entry),
		      "write a multiple of 4");
}

static void check_address(const struct lop_system *system, struct lop_diags *diags,
			  const struct lop_domain *domain, uint64_t address, const char *what,
			  struct lop_span span)
{
	struct lop_range trace = domain->life->trace, view;
	struct lop_diag *d;

	if (address && trace.size && lop_domain_sees_memory(system, domain, trace, false, &view) &&
	    lop_range_contains_addr(view, address)) {
		report_trace(diags, domain, view, address, what, span);
		return;
	}
	if (!address || is_in_memory(system, domain, address))
		return; /* 0: the program says it */
	d = lop_report(diags, LOP_LOAD_OUTSIDE, span, "%s of `%s` is not in its memory: 0x%" PRIx64,
		       what, domain->name, address);
	help_where(system, d, domain, address);
}

void lop_rule_load_address(const struct lop_system *system, struct lop_diags *diags)
{
	for (size_t i = 0; i < system->n_domains && system->manager; i++) {
		const struct lop_domain *domain = system->domains[i];
		const struct lop_life *life = domain->life;

		for (size_t k = 0; k < life->n_load; k++)
			check_address(system, diags, domain, life->load[k].address,
				      lop_arena_printf(system->arena, "`%s`", life->load[k].file),
				      life->load[k].span);
		check_address(system, diags, domain, life->entry, "the entry", life->entry_span);
		check_entry(diags, domain);
	}
}
