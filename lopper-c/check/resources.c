/* SPDX-License-Identifier: BSD-3-Clause */
/* Rules about what links put into resource tables: memory, registers, entries of vendors. */
#include <stdlib.h>
#include <string.h>

#include "ipc/abi/resource_table.h"
#include "lopper-c/check/owner.h"
#include "lopper-c/check/rules.h"
#include "lopper-c/model/resources.h"
#include "lopper-c/tree/bus.h"

static struct lop_diag *report(struct lop_diags *diags, const struct lop_resource *one,
			       const char *text, const char *name)
{
	return lop_report(diags, LOP_LINK_RESOURCE, one->span, text,
			  one->registers ? "device" : "carveout", one->node->name, name);
}

/* --- what it is, and whose --- */

static bool in_uses(const struct lop_memory_use *uses, size_t n, struct lop_range range)
{
	for (size_t i = 0; i < n; i++)
		if (lop_range_contains(uses[i].range, range))
			return true;
	return false;
}

static bool has_memory(const struct lop_domain *domain, const struct lop_resource *one)
{
	return lop_uses_have(domain->regions, domain->n_regions, one->node) ||
	       in_uses(domain->memory, domain->n_memory, one->range) ||
	       in_uses(domain->sram, domain->n_sram, one->range);
}

static void check_region(struct lop_diags *diags, const struct lop_pair *pair,
			 const struct lop_resource *one)
{
	const struct lop_domain *remote = pair->end[LOP_REMOTE];
	struct lop_diag *d;

	if (!one->range.size) {
		d = report(diags, one, "%s `%s` of `%s` is no memory with an address",
			   remote->name);
		lop_diag_label(d, one->node->span, "the node");
		lop_diag_help(d, "name a child of /reserved-memory that has a `reg`");
	} else if (!has_memory(remote, one)) {
		d = report(diags, one, "%s `%s` is not in the memory of its remote, `%s`",
			   remote->name);
		lop_diag_label(d, remote->span, "neither in its memory nor in its reserved-memory");
		lop_diag_help(d, "add it to `reserved-memory` of `%s`", remote->name);
	}
}

static void check_device(const struct lop_given *given, struct lop_diags *diags,
			 const struct lop_pair *pair, const struct lop_resource *one)
{
	const struct lop_domain *remote = pair->end[LOP_REMOTE];
	const struct lop_given *owner = &given[one->node->index];
	struct lop_diag *d;

	if (!one->range.size) {
		d = report(diags, one, "%s `%s` of `%s` has no registers", remote->name);
		lop_diag_label(d, one->node->span, "the node");
		lop_diag_help(d, "name a device with a `reg`");
		return;
	}
	if (owner->domain && lop_domain_related(owner->domain, remote))
		return;
	d = report(diags, one, "%s `%s` is not a device of its remote, `%s`", remote->name);
	if (owner->domain)
		lop_given_label(d, owner);
	lop_diag_help(d, "add it to `access` of `%s`", remote->name);
}

/* --- where it is --- */

static void check_end(const struct lop_system *system, struct lop_diags *diags,
		      const struct lop_pair *pair, const struct lop_resource *one, enum lop_end end)
{
	const struct lop_domain *domain = pair->end[end];
	char text[LOP_RANGE_TEXT];
	struct lop_range place;
	struct lop_diag *d;

	if (!lop_resource_place(system, one, domain, &place)) {
		d = report(diags, one, "%s `%s` is out of sight of `%s`", domain->name);
		lop_diag_label(d, one->span, "%s", lop_range_text(one->range, text));
		lop_diag_label(d, domain->span, "its cluster's address-map does not show it");
		lop_diag_help(d, "name something that both ends of the link see");
		return;
	}
	if (end == LOP_HOST || lop_resource_fits(place))
		return; /* of a host beyond it the table says ANY */
	d = report(diags, one, "%s `%s` is above 4 GiB for `%s`", domain->name);
	lop_diag_label(d, one->span, "%s", lop_range_text(place, text));
	lop_diag_help(d, "a resource table has 32 bits for an address");
}

static void check_place(const struct lop_system *system, struct lop_diags *diags,
			const struct lop_pair *pair, const struct lop_resource *one)
{
	if (one->range.size) /* else said already */
		for (unsigned end = 0; end < 2; end++)
			check_end(system, diags, pair, one, (enum lop_end)end);
}

/* --- how it is called --- */

static void check_name(struct lop_diags *diags, const struct lop_resource *list, size_t n)
{
	const struct lop_resource *one = &list[n];
	struct lop_diag *d;

	if (strlen(one->name) >= IPC_RSC_NAME_SIZE) {
		d = report(diags, one, "%s `%s` has too long a name: `%s`", one->name);
		lop_diag_help(d, "a resource table has room for 31 bytes");
	}
	for (size_t i = 0; i < n; i++) {
		if (strcmp(list[i].name, one->name) != 0)
			continue;
		d = report(diags, one, "%s `%s` is the second one with the name `%s`", one->name);
		lop_diag_label(d, list[i].span, "the first one");
		lop_diag_help(d, "hosts tell entries of a resource table apart by name: take one "
				 "out, or rename its node");
		return;
	}
}

static void check_all(const struct lop_system *system, struct lop_diags *diags,
		      const struct lop_given *given, const struct lop_pair *pair)
{
	const struct lop_resources *r = pair->resources;

	for (size_t i = 0; i < r->n_carveouts; i++) {
		if (r->carveouts[i].derived)
			continue; /* those that cannot be were left out */
		check_region(diags, pair, &r->carveouts[i]);
		check_place(system, diags, pair, &r->carveouts[i]);
		check_name(diags, r->carveouts, i);
	}
	for (size_t i = 0; i < r->n_devmem; i++) {
		check_device(given, diags, pair, &r->devmem[i]);
		check_place(system, diags, pair, &r->devmem[i]);
		check_name(diags, r->devmem, i);
	}
}

void lop_rule_resources(const struct lop_system *system, struct lop_diags *diags)
{
	struct lop_given *given = lop_given_all(system);

	for (size_t i = 0; i < system->n_pairs; i++)
		check_all(system, diags, given, system->pairs[i]);
	free(given);
}

/* --- the table --- */

static void check_vendor(struct lop_diags *diags, const struct lop_vendor *vendor)
{
	struct lop_diag *d;

	if (vendor->id >= IPC_RSC_VENDOR_FIRST && vendor->id <= IPC_RSC_VENDOR_LAST)
		return;
	d = lop_report(diags, LOP_LINK_RESOURCE, vendor->span,
		       "the type of a vendor's entry cannot be %u", vendor->id);
	lop_diag_help(d, "vendors have %d to %d", IPC_RSC_VENDOR_FIRST, IPC_RSC_VENDOR_LAST);
}

static void check_size(struct lop_diags *diags, const struct lop_pair *pair)
{
	const uint64_t size = lop_pair_table_size(pair);
	const struct lop_link *link = pair->links[0];
	char has[LOP_RANGE_TEXT], room[LOP_RANGE_TEXT];
	struct lop_diag *d;

	if (size <= LOP_LINK_PAGE)
		return;
	d = lop_report(diags, LOP_LINK_RESOURCE, link->span,
		       "the resource table of host `%s` and remote `%s` is too large: %s",
		       pair->end[LOP_HOST]->name, pair->end[LOP_REMOTE]->name,
		       lop_size_text(size, has));
	lop_diag_label(d, link->span, "its window has %s for it",
		       lop_size_text(LOP_LINK_PAGE, room));
	lop_diag_help(d, "take entries out of `carveouts`, `devmem` or `vendor` of their links");
}

/* Where the policy of the remote puts the table. */
static void check_section(const struct lop_system *system, struct lop_diags *diags,
			  const struct lop_pair *pair)
{
	const struct lop_linker *linker = pair->end[LOP_REMOTE]->linker;
	const struct lop_section_place *place =
		linker ? &linker->sections[LOP_RESOURCE_TABLE] : NULL;
	const uint64_t size = lop_pair_table_size(pair);
	char has[LOP_RANGE_TEXT], room[LOP_RANGE_TEXT];
	struct lop_where where;
	struct lop_diag *d;

	if (!place || !place->region || !lop_reg_count(system->tree, place->region))
		return;
	where = lop_reg_to_root(system->tree, place->region, 0);
	if (!where.mapped || place->offset > where.range.size ||
	    where.range.size - place->offset >= size)
		return;
	d = lop_report(diags, LOP_LINK_RESOURCE, place->span,
		       "the resource table of host `%s` does not fit: %s in `%s`",
		       pair->end[LOP_HOST]->name, lop_size_text(size, has), place->region->name);
	lop_diag_label(d, place->span, "room for %s behind the offset",
		       lop_size_text(where.range.size - place->offset, room));
	lop_diag_help(d, "put `resource_table` into a larger memory, or take entries out of "
			 "`carveouts`, `devmem`, `vendor` or `elfload`");
}

void lop_rule_tables(const struct lop_system *system, struct lop_diags *diags)
{
	for (size_t i = 0; i < system->n_pairs; i++) {
		const struct lop_resources *r = system->pairs[i]->resources;

		for (size_t k = 0; k < r->n_vendors; k++)
			check_vendor(diags, &r->vendors[k]);
		check_size(diags, system->pairs[i]);
		check_section(system, diags, system->pairs[i]);
	}
}
