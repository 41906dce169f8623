/* SPDX-License-Identifier: BSD-3-Clause */
/* What is written for a domain, and the merged tree. */
#include "ipc/abi/resource_table.h"
#include "lopper-c/base/str.h"
#include "lopper-c/dts/write.h"
#include "lopper-c/emit/amd.h"
#include "lopper-c/emit/emit.h"
#include "lopper-c/emit/rsc.h"
#include "lopper-c/tree/clone.h"
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

/* --- resource tables --- */

static size_t hosts_of(const struct lop_system *system, const struct lop_domain *remote)
{
	size_t n = 0;

	for (size_t i = 0; i < system->n_pairs; i++)
		n += system->pairs[i]->end[LOP_REMOTE] == remote;
	return n;
}

/* The file that the rest of the world calls by its usual name. */
static void emit_usual(const struct lop_system *system, const struct lop_emit_options *options,
		       const char *folder, const char *peer, const struct lop_buf *table,
		       struct lop_outputs *outs)
{
	static const char *const ends[] = { "c", "h" };

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		const char *name = lop_arena_printf(system->arena, "resource_table.%s", ends[i]);

		lop_buf_printf(&add(system, options, outs, folder, name)->data,
			       "/* The resource table of the only host, %s; made by sdtgen. Do not "
			       "edit. */\n#include \"rsc-%s.%s\"\n",
			       peer, peer, ends[i]);
	}
	lop_buf_add(&add(system, options, outs, folder, "resource_table.bin")->data, table->data,
		    table->len);
}

static void emit_pair(const struct lop_system *system, const struct lop_pair *pair,
		      enum lop_end end, const struct lop_emit_options *options,
		      struct lop_outputs *outs)
{
	const char *folder = pair->end[end]->name, *peer = pair->end[!end]->name;
	const bool only = end == LOP_REMOTE && hosts_of(system, pair->end[end]) == 1;
	const char *base = lop_arena_printf(system->arena, "rsc-%s", peer);
	struct lop_buf table = { 0 };
	struct lop_rsc_source source = {
		.peer = peer,
		.host = pair->end[LOP_HOST]->name,
		.remote = pair->end[LOP_REMOTE]->name,
		.section = only ? IPC_RSC_SECTION
				: lop_arena_printf(system->arena, IPC_RSC_SECTION ".%s", peer),
	};

	lop_rsc_table(system, pair, &table);
	source.table = (const unsigned char *)table.data;
	source.size = table.len;
	lop_rsc_header(&source, &add(system, options, outs, folder,
				     lop_arena_printf(system->arena, "%s.h", base))
					 ->data);
	lop_buf_add(
		&add(system, options, outs, folder, lop_arena_printf(system->arena, "%s.bin", base))
			 ->data,
		table.data, table.len);
	if (end == LOP_REMOTE)
		lop_rsc_body(&source, &add(system, options, outs, folder,
					   lop_arena_printf(system->arena, "%s.c", base))
					       ->data);
	if (only)
		emit_usual(system, options, folder, peer, &table, outs);
	lop_buf_free(&table);
}

static void emit_pairs(const struct lop_system *system, const struct lop_domain *domain,
		       const struct lop_emit_options *options, struct lop_outputs *outs)
{
	for (size_t i = 0; i < system->n_pairs; i++)
		for (unsigned end = 0; end < 2; end++)
			if (system->pairs[i]->end[end] == domain)
				emit_pair(system, system->pairs[i], (enum lop_end)end, options,
					  outs);
}

/* --- linker script --- */

static void emit_linker(const struct lop_system *system, const struct lop_view *view,
			const struct lop_emit_options *options, struct lop_outputs *outs,
			size_t blob_size)
{
	const char *folder = view->domain->name;
	const struct lop_layout *layout;

	if (lop_domain_runs_linux(view->domain))
		return;
	layout = lop_layout_build(system, view, blob_size);
	if (!layout)
		return;
	lop_emit_linker(system, view, layout,
			&add(system, options, outs, folder, layout->file)->data);
	if (layout->profile)
		lop_emit_layout(system, view, layout,
				&add(system, options, outs, folder,
				     lop_arena_printf(system->arena, "%s.layout.txt", layout->file))
					 ->data);
}

/* --- AMD --- */

static void emit_amd(const struct lop_system *system, const struct lop_view *view,
		     const struct lop_emit_options *options, struct lop_outputs *outs)
{
	static const struct {
		const char *name;
		bool (*emit)(const struct lop_system *, const struct lop_view *, struct lop_buf *);
	} files[] = {
		{ "amd_platform_info.h", lop_emit_amd_header },
		{ "libmetal.cmake", lop_emit_amd_cmake },
	};

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		struct lop_buf text = { 0 };

		if (files[i].emit(system, view, &text))
			lop_buf_add(&add(system, options, outs, view->domain->name, files[i].name)
					     ->data,
				    text.data, text.len);
		lop_buf_free(&text);
	}
}

size_t lop_emit_domain(const struct lop_system *system, const struct lop_view *view,
		       const struct lop_emit_options *options, struct lop_outputs *outs)
{
	const char *name = view->domain->name;
	struct lop_output *blob;
	const char *header = lop_arena_printf(
		system->arena, "The device tree of domain %s, made by sdtgen. Do not edit.", name);

	emit_dts(view->tree, system, options, header,
		 add(system, options, outs, name, "domain.dts"));
	if (!options->trees) {
		lop_emit_platform(system, view,
				  &add(system, options, outs, name, "platform.h")->data);
		emit_pairs(system, view->domain, options, outs);
		emit_amd(system, view, options, outs);
	}
	if (options->symbols)
		lop_tree_add_symbols(view->tree);
	blob = add(system, options, outs, name, "domain.dtb");
	if (!lop_dtb_write(view->tree, &blob->data))
		lop_dtb_report_size(system->diags, view->tree);
	if (!options->trees)
		emit_linker(system, view, options, outs, blob->data.len);
	return blob->data.len;
}

void lop_emit_table(struct lop_partition *partition, const struct lop_emit_options *options,
		    struct lop_outputs *outs)
{
	const char *path = lop_arena_printf(outs->arena, "%s/partitions.bin", options->dir);

	lop_partition_finish(partition, &lop_outputs_add(outs, path)->data);
}

void lop_emit_system(const struct lop_system *system, const struct lop_emit_options *options,
		     struct lop_outputs *outs)
{
	const char *header =
		"The system device tree with its domains, made by sdtgen. Do not edit.";

	if (lop_tree_is_conditional(system->tree))
		header =
			"The system device tree with its domains, made by sdtgen. Do not edit.\n"
			"\n"
			"A DTS cannot say conditions (`name!condition` in a domain file): values that\n"
			"have one are not in this file, nodes that have one are in it without. Split\n"
			"the domain files, not this.";
	emit_dts(system->tree, system, options, header,
		 add(system, options, outs, "", "system.dts"));
}
