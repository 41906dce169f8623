/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Rules about the names that go into tables and headers, and about the manager's own memory and
 * CPU. Whether a domain's files fit into its memory is load.c's.
 */
#include <inttypes.h>
#include <string.h>

#include "lopper-c/check/rules.h"

#define NAME_MAX_BYTES 1023u /* of a text of the manager's table, runtime/abi/partition.h */

/* --- names --- */

/* A property of names, and what none of them may have. */
struct naming {
	const char *prop, *key; /* as the model and as domains.yaml call it */
	const char *what;	/* of one name */
	const char *never;	/* characters, beside control characters */
	bool single;		/* it takes one name */
};

static const struct naming file_names[] = {
	{ "image", "image", "the name of a file", "", true },
	{ "initrd", "initrd", "the name of a file", "", true },
	{ "load-files", "load", "the name of a file", "", false },
};

static const struct naming channel_names = { "channels", "channels", "the name of a channel",
					     "\"\\", false };

/* What is wrong with a name; NULL: nothing. */
static const char *fault_of(const struct naming *naming, const char *name)
{
	size_t len = strlen(name);

	if (!len)
		return "it is empty";
	if (len > NAME_MAX_BYTES)
		return "it is longer than 1023 bytes";
	for (size_t i = 0; i < len; i++) {
		unsigned char ch = (unsigned char)name[i];

		if (ch < 0x20 || ch == 0x7f)
			return "it has a control character";
		if (strchr(naming->never, name[i]))
			return "it has a quote or a backslash";
	}
	return NULL;
}

static void check_names(const struct lop_system *system, struct lop_diags *diags,
			const struct lop_node *node, const char *owner, const struct naming *naming)
{
	const struct lop_prop *prop = lop_prop_find(system->tree, node, naming->prop);
	const char *name;
	struct lop_diag *d;

	for (size_t i = 0; prop && (name = lop_value_str(&prop->value, i)); i++) {
		const char *fault = fault_of(naming, name);

		if (fault) {
			d = lop_report(diags, LOP_BAD_NAME, lop_prop_value_span(prop),
				       "`%s` of `%s` has no usable name: %s", naming->key, owner,
				       fault);
			lop_diag_help(d, "write %s, in printable characters", naming->what);
		} else if (i && naming->single) {
			d = lop_report(diags, LOP_BAD_NAME, lop_prop_value_span(prop),
				       "`%s` of `%s` is one file, and this is another: `%s`",
				       naming->key, owner, name);
			lop_diag_help(
				d, "put further files into `load`, each with its address: `load: "
				   "[ { file: NAME, address: 0x48000000 } ]`");
		}
	}
}

/* Without a manager nobody reads names of files; channels go into headers anyway. */
void lop_rule_names(const struct lop_system *system, struct lop_diags *diags)
{
	for (size_t i = 0; i < system->n_domains && system->manager; i++)
		for (size_t k = 0; k < sizeof(file_names) / sizeof(file_names[0]); k++)
			check_names(system, diags, system->domains[i]->node,
				    system->domains[i]->name, &file_names[k]);
	for (size_t i = 0; i < system->n_links; i++)
		if (system->links[i]->node)
			check_names(system, diags, system->links[i]->node, system->links[i]->name,
				    &channel_names);
}

/* --- the manager --- */

/* Memory of the machine from the start of the range on, without a gap. */
static bool is_memory(const struct lop_system *system, struct lop_range range, uint64_t *gap)
{
	uint64_t last = lop_range_last(range);

	*gap = range.base;
	for (size_t i = 0; i <= system->n_physical; i++) {
		const struct lop_physical *p = lop_system_home(system, NULL, *gap, false);

		if (!p)
			return false;
		if (lop_range_last(p->range) >= last)
			return true;
		*gap = lop_range_last(p->range) + 1;
	}
	return false;
}

void lop_rule_manager_memory(const struct lop_system *system, struct lop_diags *diags)
{
	const struct lop_manager *manager = system->manager;
	char text[LOP_RANGE_TEXT];
	struct lop_diag *d;
	uint64_t gap;

	if (!manager || !manager->memory.size)
		return;
	lop_range_text(manager->memory, text);
	if (!is_memory(system, manager->memory, &gap)) {
		d = lop_report(diags, LOP_MEM_OUTSIDE, manager->memory_span,
			       "memory of the manager is no memory of the machine: %s", text);
		lop_diag_label(d, manager->memory_span, "nothing at 0x%" PRIx64, gap);
		lop_diag_help(d, "leave `start` out, and it is placed");
	}
	if (!((manager->memory.base | manager->memory.size) % LOP_LINK_PAGE))
		return;
	d = lop_report(diags, LOP_ISOLATION, manager->memory_span,
		       "memory of the manager is not whole pages: %s", text);
	lop_diag_help(d, "write a start and a size that are multiples of 4 KiB");
}

static void list_cpus(const struct lop_system *system, struct lop_diag *d)
{
	struct lop_buf text = { 0 };

	for (const struct lop_cpu *cpu = NULL; (cpu = lop_system_next_a64(system, cpu));)
		lop_buf_printf(&text, "%s0x%" PRIx64, text.len ? ", " : "", cpu->reg);
	lop_diag_help(d, "leave it out, or write the reg of a 64-bit Arm CPU: %s",
		      text.len ? lop_buf_cstr(&text) : "there is none");
	lop_buf_free(&text);
}

void lop_rule_manager_cpu(const struct lop_system *system, struct lop_diags *diags)
{
	const struct lop_manager *manager = system->manager;
	const struct lop_prop *prop =
		manager ? lop_prop_find(system->tree, manager->node, "cpu") : NULL;

	if (!prop)
		return;
	for (const struct lop_cpu *cpu = NULL; (cpu = lop_system_next_a64(system, cpu));)
		if (cpu->reg == manager->cpu)
			return;
	list_cpus(system, lop_report(diags, LOP_CPU_MASK, lop_prop_value_span(prop),
				     "`cpu` of the manager is no CPU of the machine: %" PRIu64,
				     manager->cpu));
}
