/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * AMD's Cortex-R: which CPU a remote runs on, and its banks of tightly coupled memory (TCM), with
 * their addresses for the system and for the CPU, as the tree has them. Banks are told apart by
 * name: atcm, btcm and, on the R52, ctcm.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "lopper-c/base/str.h"
#include "lopper-c/model/build.h"
#include "lopper-c/model/rproc_build.h"
#include "lopper-c/tree/bus.h"

#define GLOBAL "_global" /* ends the name of a bank at the address that the system sees */

unsigned lop_rproc_core(const struct lop_rproc *rproc)
{
	return rproc->cpu->reg & 1;
}

static uint64_t pair_of(const struct lop_rproc *rproc)
{
	return rproc->cpu->reg / 2;
}

/* --- names --- */

/* The letter in front of "tcm" in a name; 0: it is called none of the three. */
static char letter_of(const char *name)
{
	const char *at = strstr(name, "tcm");

	if (!at || at == name)
		return 0;
	return at[-1] >= 'a' && at[-1] <= 'c' ? at[-1] : '\0';
}

static char letter_of_node(const struct lop_node *node)
{
	const char *label = lop_node_label(node);
	char letter = letter_of(node->name);

	return letter || !label ? letter : letter_of(label);
}

static void learn_banks(struct lop_system *system, struct lop_rproc_nodes *nodes)
{
	if (nodes->banks_known)
		return;
	nodes->banks_known = true;
	for (size_t i = 0; i < system->n_physical; i++) {
		const struct lop_node *node = system->physical[i].node;
		const char *base = lop_arena_printf(system->arena, "%.*s",
						    (int)lop_node_base_len(node), node->name);

		if (system->physical[i].sram && letter_of_node(node) &&
		    !lop_map_get(&nodes->banks, NULL, base))
			lop_map_put(&nodes->banks, NULL, base, (void *)node);
	}
}

/* The same bank under its other name: "x" and "x_global". NULL: it has one name only. */
static const struct lop_node *other_name(struct lop_system *system, struct lop_rproc_nodes *nodes,
					 const struct lop_node *node, bool global)
{
	size_t len = lop_node_base_len(node);
	const char *base = lop_arena_printf(system->arena, "%.*s", (int)len, node->name);

	learn_banks(system, nodes);
	if (lop_str_ends(base, GLOBAL) == global)
		return NULL;
	base = global ? lop_arena_printf(system->arena, "%s" GLOBAL, base)
		      : lop_arena_printf(system->arena, "%.*s", (int)(len - strlen(GLOBAL)), base);
	return lop_map_get(&nodes->banks, NULL, base);
}

/* --- addresses --- */

/* By an entry of the CPU's address-map for this very node. */
static bool named_window(const struct lop_cluster *cluster, const struct lop_node *node,
			 struct lop_range root, uint64_t *local)
{
	for (size_t i = 0; i < cluster->n_windows; i++) {
		const struct lop_window *w = &cluster->windows[i];
		const struct lop_range window = { w->root, w->size };

		if (w->ref != node || !lop_range_contains_addr(window, root.base))
			continue;
		*local = w->view + (root.base - w->root);
		return true;
	}
	return false;
}

/* The CPU's own view of a bank: of the node, else of the bank's other name. */
static bool find_local(struct lop_system *system, struct lop_rproc_nodes *nodes,
		       const struct lop_cluster *cluster, const struct lop_bank *bank,
		       uint64_t *local)
{
	const struct lop_node *twin = other_name(system, nodes, bank->node, false);
	bool named = named_window(cluster, bank->node, bank->root, local);

	if (named && *local != bank->root.base && *local <= UINT32_MAX)
		return true;
	if (twin &&
	    named_window(cluster, twin, lop_reg_to_root(system->tree, twin, 0).range, local))
		return true;
	return named_window(cluster, bank->node, bank->root, local) && *local <= UINT32_MAX;
}

/* --- lacks --- */

static void lack_power(struct lop_system *system, struct lop_rproc *rproc,
		       const struct lop_node *node)
{
	const struct lop_lack lack = {
		.span = node->span,
		.text = lop_arena_printf(system->arena,
					 "`%s` has no `power-domains`: Linux cannot start `%s`",
					 node->name, rproc->remote->name),
		.label = lop_arena_printf(system->arena, "\"%s\" asks for it",
					  rproc->flavour->compatible),
		.help = "add `power-domains` with the id of the platform's firmware",
	};

	lop_rproc_lack(system, rproc, &lack);
	rproc->incomplete = true;
}

static void lack_bank(struct lop_system *system, struct lop_rproc *rproc,
		      const struct lop_node *node, const char *text, const char *help)
{
	const struct lop_lack lack = { .span = node->span, .text = text, .help = help };

	lop_rproc_lack(system, rproc, &lack);
	rproc->incomplete = true;
}

/* Said once for all banks of a CPU. */
static void lack_view(struct lop_system *system, struct lop_rproc *rproc,
		      const struct lop_cluster *cluster, const struct lop_bank *bank)
{
	const char *label = lop_node_label(bank->node);
	const struct lop_lack lack = {
		.span = bank->node->span,
		.text = lop_arena_printf(
			system->arena,
			"nothing says at which address `%s` sees `%s`: the system's "
			"is taken",
			cluster->name, bank->node->name),
		.label = "linker scripts have the same address",
		.help = lop_arena_printf(
			system->arena,
			"add `<ADDRESS &%s 0x%llx 0x%llx>` to the address-map of `%s`, and so for "
			"its other banks",
			label ? label : "LABEL", (unsigned long long)bank->root.base,
			(unsigned long long)bank->root.size, cluster->name),
	};

	lop_rproc_lack(system, rproc, &lack);
}

static void lack_banks(struct lop_system *system, struct lop_rproc *rproc)
{
	const struct lop_lack lack = {
		.span = rproc->span,
		.text = lop_arena_printf(system->arena,
					 "`%s` cannot start `%s`: no bank of TCM is named for it",
					 rproc->host->name, rproc->remote->name),
		.help = lop_arena_printf(system->arena,
					 "list the banks of its CPU: `sram: [ { dev: LABEL } ]` "
					 "in `%s`, or `elfload` of the relation",
					 rproc->remote->name),
	};

	lop_rproc_lack(system, rproc, &lack);
	rproc->incomplete = true;
}

/* --- banks --- */

static bool has_bank(const struct lop_rproc *rproc, const struct lop_node *node)
{
	for (size_t i = 0; i < rproc->n_banks; i++)
		if (rproc->banks[i].node == node)
			return true;
	return false;
}

static void place_bank(struct lop_system *system, struct lop_rproc *rproc,
		       struct lop_rproc_nodes *nodes, struct lop_bank *bank)
{
	const struct lop_cluster *host = lop_domain_cluster(rproc->host);
	const struct lop_cluster *remote = lop_domain_cluster(rproc->remote);
	struct lop_range view = bank->root;

	if (host && !lop_cluster_sees(system, host, bank->node, bank->root, &view))
		lack_bank(system, rproc, bank->node,
			  lop_arena_printf(system->arena,
					   "`%s` does not see `%s`, which the program of `%s` is "
					   "loaded to",
					   host->name, bank->node->name, rproc->remote->name),
			  lop_arena_printf(system->arena,
					   "add an entry for it to the address-map of `%s`",
					   host->name));
	bank->host = view.base;
	if (find_local(system, nodes, remote, bank, &bank->local))
		return;
	bank->local = bank->root.base; /* as in linker scripts */
	if (!rproc->unseen)
		lack_view(system, rproc, remote, bank);
	rproc->unseen = true;
}

/* What is named may be the bank as the CPU sees it: Linux wants the other one. */
static void add_bank(struct lop_system *system, struct lop_rproc *rproc,
		     struct lop_rproc_nodes *nodes, const struct lop_node *node)
{
	const struct lop_node *global = other_name(system, nodes, node, true);
	struct lop_bank *bank;
	struct lop_where where;

	node = global ? global : node;
	where = lop_reg_to_root(system->tree, node, 0);
	if (!letter_of_node(node) || !where.mapped || !where.range.size || has_bank(rproc, node) ||
	    rproc->n_banks == LOP_RPROC_BANKS)
		return;
	bank = &rproc->banks[rproc->n_banks++];
	*bank = (struct lop_bank){ .node = node,
				   .letter = letter_of_node(node),
				   .root = where.range };
	place_bank(system, rproc, nodes, bank);
	if (!lop_prop_find(system->tree, node, "power-domains"))
		lack_power(system, rproc, node);
}

static void add_elfload(struct lop_system *system, struct lop_rproc *rproc,
			struct lop_rproc_nodes *nodes)
{
	for (size_t i = 0; i < rproc->host->n_relations; i++) {
		const struct lop_relation *r = &rproc->host->relations[i];

		for (size_t k = 0; r->peer == rproc->remote && r->peer_is_remote &&
				   r->kind == LOP_REL_REMOTEPROC && k < r->n_elfload;
		     k++)
			if (lop_system_is_memory(system, r->elfload[k].node))
				add_bank(system, rproc, nodes, r->elfload[k].node);
	}
}

/* Of the remote's own lists. */
static void add_own(struct lop_system *system, struct lop_rproc *rproc,
		    struct lop_rproc_nodes *nodes)
{
	const struct lop_domain *remote = rproc->remote;

	for (size_t i = 0; i < remote->n_sram; i++) {
		const struct lop_physical *home = lop_system_home(
			system, lop_domain_cluster(remote), remote->sram[i].range.base, true);

		if (remote->sram[i].node)
			add_bank(system, rproc, nodes, remote->sram[i].node);
		else if (home)
			add_bank(system, rproc, nodes, home->node);
	}
	for (size_t i = 0; i < remote->n_access; i++)
		if (lop_system_is_memory(system, remote->access[i].node))
			add_bank(system, rproc, nodes, remote->access[i].node);
}

/* --- their order: atcm0, btcm0, ctcm0, atcm1, ... --- */

static int by_address(const void *a, const void *b)
{
	const struct lop_bank *x = a, *y = b;

	if (x->root.base != y->root.base)
		return x->root.base < y->root.base ? -1 : 1;
	return x->letter - y->letter;
}

static int by_name(const void *a, const void *b)
{
	const struct lop_bank *x = a, *y = b;

	if (x->ordinal != y->ordinal)
		return x->ordinal < y->ordinal ? -1 : 1;
	return x->letter - y->letter;
}

static void sort_banks(struct lop_rproc *rproc)
{
	unsigned count[3] = { 0 };

	qsort(rproc->banks, rproc->n_banks, sizeof(rproc->banks[0]), by_address);
	for (size_t i = 0; i < rproc->n_banks; i++)
		rproc->banks[i].ordinal = count[rproc->banks[i].letter - 'a']++;
	qsort(rproc->banks, rproc->n_banks, sizeof(rproc->banks[0]), by_name);
}

/* --- the CPU --- */

static const struct lop_cpu *first_cpu(const struct lop_domain *domain)
{
	for (size_t i = 0; i < domain->n_cpus; i++) {
		const struct lop_cluster *cluster = domain->cpus[i].cluster;

		for (size_t k = 0; k < cluster->n_cpus; k++)
			if (domain->cpus[i].set >> k & 1)
				return &cluster->cpus[k];
	}
	return NULL;
}

/* --- pairs --- */

static void lack_mate(struct lop_system *system, struct lop_rproc *rproc)
{
	const struct lop_lack lack = {
		.span = rproc->remote->span,
		.text = lop_arena_printf(
			system->arena,
			"`%s` runs on one CPU of a pair in split mode, and nothing that `%s` "
			"starts runs on the other: Linux's driver wants both",
			rproc->remote->name, rproc->host->name),
		.help = "add a domain on the other CPU and `remoteproc` to it, or run in lockstep: "
			"`mode: { lockstep: true }`",
	};

	lop_rproc_lack(system, rproc, &lack);
}

static void find_mate(struct lop_map *map, struct lop_system *system, struct lop_rproc *rproc)
{
	const char *key =
		lop_arena_printf(system->arena, "%llu", (unsigned long long)pair_of(rproc));
	struct lop_rproc *mate = lop_map_get(map, rproc->host, key);

	if (!mate) {
		lop_map_put(map, rproc->host, key, rproc);
	} else if (!mate->mate && lop_rproc_core(mate) != lop_rproc_core(rproc)) {
		mate->mate = rproc;
		rproc->mate = mate;
	}
}

void lop_pair_rprocs(struct lop_system *system)
{
	struct lop_map map = { 0 };

	for (size_t i = 0; i < system->n_rprocs; i++)
		if (system->rprocs[i]->cpu)
			find_mate(&map, system, system->rprocs[i]);
	for (size_t i = 0; i < system->n_rprocs; i++) {
		struct lop_rproc *rproc = system->rprocs[i];

		if (rproc->cpu && !rproc->mate && !rproc->lockstep && !rproc->incomplete)
			lack_mate(system, rproc);
	}
	lop_map_free(&map);
}

/* --- mailboxes: what rings is the channel to the CPU --- */

static void lack_mbox(struct lop_system *system, struct lop_rproc *rproc,
		      const struct lop_link *link)
{
	const struct lop_node *mbox = link->mbox[LOP_HOST];
	const struct lop_lack lack = {
		.span = link->span,
		.text = mbox ? lop_arena_printf(system->arena,
						"link `%s` rings `%s` through `%s`, which has no "
						"`#mbox-cells = <1>`",
						link->name, rproc->remote->name, mbox->name)
			     : lop_arena_printf(system->arena,
						"link `%s` has no `mbox`: `%s` cannot ring `%s`",
						link->name, rproc->host->name, rproc->remote->name),
		.help = "name the mailbox of the host's that leads to the remote's CPU, a node with "
			"`#mbox-cells = <1>`",
	};

	lop_rproc_lack(system, rproc, &lack);
}

const struct lop_node *lop_rproc_mbox(const struct lop_system *system,
				      const struct lop_rproc *rproc)
{
	const struct lop_node *mbox = rproc->n_links ? rproc->links[0]->mbox[LOP_HOST] : NULL;

	return mbox && lop_node_cell(system->tree, mbox, "#mbox-cells", 0) == 1 ? mbox : NULL;
}

static void check_mbox(struct lop_system *system, struct lop_rproc *rproc)
{
	const struct lop_node *mbox = lop_rproc_mbox(system, rproc);

	if (!rproc->n_links)
		return;
	if (!mbox)
		lack_mbox(system, rproc, rproc->links[0]);
	else if (rproc->links[0]->node)
		lop_rproc_give(system, rproc, mbox);
}

void lop_build_rproc_amd(struct lop_system *system, struct lop_rproc *rproc,
			 struct lop_rproc_nodes *nodes)
{
	rproc->cpu = first_cpu(rproc->remote);
	if (!rproc->cpu) { /* reported as cpus-missing */
		rproc->incomplete = true;
		return;
	}
	rproc->lockstep = rproc->remote->cpus[0].lockstep;
	add_elfload(system, rproc, nodes);
	if (!rproc->n_banks)
		add_own(system, rproc, nodes);
	if (!rproc->n_banks)
		lack_banks(system, rproc);
	if (!lop_prop_find(system->tree, rproc->cpu->node, "power-domains"))
		lack_power(system, rproc, rproc->cpu->node);
	sort_banks(rproc);
	check_mbox(system, rproc);
}
