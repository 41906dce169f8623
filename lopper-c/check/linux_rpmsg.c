/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What Linux's rpmsg (drivers/rpmsg/virtio_rpmsg_bus.c) takes of a link: it is the host, has two
 * rings of one size, and buffers of 512 bytes, as many as descriptors, for both directions the
 * same.
 */
#include "lopper-c/check/rules.h"

static const struct lop_prop *prop_of(const struct lop_system *system, const struct lop_link *link,
				      const char *name)
{
	return lop_prop_find(system->tree, link->node, name);
}

static void check_remote(const struct lop_system *system, struct lop_diags *diags,
			 const struct lop_link *link)
{
	const struct lop_domain *host = link->end[LOP_HOST], *remote = link->end[LOP_REMOTE];
	struct lop_span span = lop_prop_value_span(prop_of(system, link, "remote"));
	struct lop_diag *d =
		lop_report(diags, LOP_LINUX_RPMSG, span, "link `%s` has Linux as its remote: `%s`",
			   link->name, remote->name);

	lop_diag_label(d, span, "Linux's rpmsg is a virtio driver, the host, and nothing else");
	if (lop_domain_runs_linux(host))
		lop_diag_help(d, "`%s` runs Linux as well: one of them has to run something else",
			      host->name);
	else
		lop_diag_help(d, "swap the ends: `{ host: %s, remote: %s }`", remote->name,
			      host->name);
}

static void check_rings(const struct lop_system *system, struct lop_diags *diags,
			const struct lop_link *link)
{
	const struct lop_prop *prop = prop_of(system, link, "ring-size");
	struct lop_span span = prop ? lop_prop_value_span(prop) : link->span;
	uint32_t more = link->ring_num[link->ring_num[1] > link->ring_num[0]];
	struct lop_diag *d;

	if (link->ring_num[0] == link->ring_num[1])
		return;
	d = lop_report(diags, LOP_LINUX_RPMSG, span,
		       "Linux has no rings of %u and %u descriptors: link `%s`", link->ring_num[0],
		       link->ring_num[1], link->name);
	lop_diag_label(d, span, "both are of one size");
	lop_diag_help(d, "write `ring-size: %u`, or leave it out", more);
}

static void check_sizes(const struct lop_system *system, struct lop_diags *diags,
			const struct lop_link *link)
{
	const struct lop_prop *prop = prop_of(system, link, "buffer-size");
	unsigned i = link->buffer_size[0] == LOP_LINK_BUFFER_SIZE;
	struct lop_diag *d;

	if (!prop || link->buffer_size[i] == LOP_LINK_BUFFER_SIZE)
		return;
	d = lop_report(diags, LOP_LINUX_RPMSG, lop_prop_value_span(prop),
		       "Linux has no buffers of %u bytes: link `%s`", link->buffer_size[i],
		       link->name);
	lop_diag_label(d, lop_prop_value_span(prop), "it takes %u bytes", LOP_LINK_BUFFER_SIZE);
	lop_diag_help(d, "leave `buffer-size` out, or make the other end the host");
}

/* More than written up to a power of two is no mistake; see model/link.c. */
static void check_buffers(const struct lop_system *system, struct lop_diags *diags,
			  const struct lop_link *link)
{
	const struct lop_prop *prop = prop_of(system, link, "buffers");
	struct lop_diag *d;

	if (!prop || prop->value.len != 8)
		return;
	for (unsigned i = 0; i < 2; i++) {
		uint32_t written = lop_value_cell(&prop->value, i), has = link->buffers[i];

		if (written == UINT32_MAX || !written || written > 32768 ||
		    lop_power_of_two_above(written) == has)
			continue;
		d = lop_report(
			diags, LOP_LINUX_RPMSG, lop_prop_value_span(prop),
			"Linux has %u buffers in each direction, not %u to the %s: link `%s`", has,
			written, i == LOP_TO_HOST ? "host" : "remote", link->name);
		lop_diag_label(d, lop_prop_value_span(prop),
			       "as many as a ring has descriptors, and at most %u",
			       LOP_LINUX_BUFFERS);
		lop_diag_help(d, "write `buffers: %u`, the same for both", has);
		return;
	}
}

void lop_rule_linux_rpmsg(const struct lop_system *system, struct lop_diags *diags)
{
	for (size_t i = 0; i < system->n_links; i++) {
		const struct lop_link *link = system->links[i];

		if (!link->node)
			continue;
		if (lop_domain_runs_linux(link->end[LOP_REMOTE])) {
			check_remote(system, diags, link);
		} else if (lop_domain_runs_linux(link->end[LOP_HOST])) {
			check_rings(system, diags, link);
			check_sizes(system, diags, link);
			if (link->ring_num[0] == link->ring_num[1])
				check_buffers(system, diags, link);
		}
	}
}
