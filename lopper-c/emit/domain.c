/* SPDX-License-Identifier: BSD-3-Clause */
/* The device trees that are written: per domain, and the merged one. */
#include "lopper-c/dts/write.h"
#include "lopper-c/emit/emit.h"
#include "lopper-c/tree/resolve.h"

static struct lop_output *add(const struct lop_system *system,
			      const struct lop_emit_options *options, struct lop_outputs *outs,
			      const char *folder, const char *name)
{
	return lop_outputs_add(outs, lop_arena_printf(system->arena, "%s/%s%s%s", options->dir,
						      folder, *folder ? "/" : "", name));
}

static void emit_dts(const struct lop_tree *tree, const struct lop_system *system,
		     const struct lop_emit_options *options, const char *header,
		     struct lop_output *out)
{
	const struct lop_dts_style style = {
		.sources = system->diags->sources,
		.provenance = options->provenance,
		.header = header,
	};

	lop_dts_write(tree, &style, &out->data);
}

void lop_emit_domain(const struct lop_system *system, const struct lop_view *view,
		     const struct lop_emit_options *options, struct lop_outputs *outs)
{
	const char *name = view->domain->name;
	const char *header = lop_arena_printf(
		system->arena, "The device tree of domain %s, made by sdtgen. Do not edit.", name);

	emit_dts(view->tree, system, options, header,
		 add(system, options, outs, name, "domain.dts"));
	if (options->symbols)
		lop_tree_add_symbols(view->tree);
	lop_dtb_write(view->tree, &add(system, options, outs, name, "domain.dtb")->data);
}

void lop_emit_system(const struct lop_system *system, const struct lop_emit_options *options,
		     struct lop_outputs *outs)
{
	emit_dts(system->tree, system, options,
		 "The system device tree with its domains, made by sdtgen. Do not edit.",
		 add(system, options, outs, "", "system.dts"));
}
