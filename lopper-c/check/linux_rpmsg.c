/* SPDX-License-Identifier: BSD-3-Clause */
/* What Linux's rpmsg (drivers/rpmsg/virtio_rpmsg_bus.c) takes of a link: it is the host. */
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

void lop_rule_linux_rpmsg(const struct lop_system *system, struct lop_diags *diags)
{
	for (size_t i = 0; i < system->n_links; i++) {
		const struct lop_link *link = system->links[i];

		if (link->node && lop_domain_runs_linux(link->end[LOP_REMOTE]))
			check_remote(system, diags, link);
	}
}
