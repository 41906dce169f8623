/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A first domain file, to be changed by people: whatever is chosen here has to be right, but need
 * not be clever. Knows the keys of domain files as text, and what the system has to put behind
 * them.
 */
#include "lopper-c/emit/starter.h"

#include <string.h>

#include "lopper-c/place/free.h"
#include "lopper-c/place/sight.h"
#include "lopper-c/tree/bus.h"

#define MIB (UINT64_C(1) << 20)
/* What a program without an operating system gets at most, and what is worth a domain at least. */
#define SMALL	(16 * MIB)
#define LEAST	(UINT64_C(64) << 10)
#define ALIGN	(2 * MIB) /* whole blocks of the page tables that isolate domains */
#define MANAGER (16 * MIB)
#define TOP_A32 UINT64_C(0xffffffff)

struct starter {
	const struct lop_system *system;
	struct lop_arena *arena;
	struct lop_free free;
	struct lop_buf *out;
	uint64_t share; /* of the largest hole, for each domain */
	uint64_t id;	/* of the next domain */
	const char **names;
	size_t n_names;
	bool supervisable;   /* all that have CPUs, so far */
	const char *console; /* the first UART listed that a manager drives; NULL: none */
};

/* --- names --- */

/* As a domain file names a node: a path fits only one. */
static const char *name_of(const struct starter *s, const struct lop_node *node)
{
	const char *label = lop_node_label(node);
	struct lop_buf path = { 0 };
	const char *text;

	if (label)
		return label;
	lop_node_path(node, &path);
	text = lop_arena_strdup(s->arena, lop_buf_cstr(&path));
	lop_buf_free(&path);
	return text;
}

static bool is_taken(const struct starter *s, const char *name)
{
	if (!strcmp(name, "manager") || lop_system_domain(s->system, name))
		return true;
	for (size_t i = 0; i < s->n_names; i++)
		if (!strcmp(s->names[i], name))
			return true;
	return false;
}

/* "cpus_r5_0" and "cpus-r5@0": the cluster's name without what every cluster's name has. */
static const char *domain_name(struct starter *s, const struct lop_cluster *cluster)
{
	size_t len = strcspn(cluster->name, "@");
	const char *plain = lop_arena_strndup(s->arena, cluster->name, len);
	const char *name;

	if (!strncmp(plain, "cpus", 4) && strchr("_-", plain[4]) && plain[4] && plain[5])
		plain += 5;
	name = plain;
	for (unsigned i = 2; is_taken(s, name); i++)
		name = lop_arena_printf(s->arena, "%s_%u", plain, i);
	*LOP_APPEND(s->arena, s->names, s->n_names) = name;
	return name;
}

/* --- what is left --- */

/* The bits of the cluster's mask whose CPUs no domain has. */
static uint64_t free_mask(const struct lop_system *system, const struct lop_cluster *cluster)
{
	uint64_t mask = 0;

	for (unsigned bit = 0; bit < 32; bit++) {
		size_t cpu = lop_cluster_cpu_of_bit(cluster, bit);
		bool taken = !(cluster->mask >> bit & 1) || cpu >= cluster->n_cpus;

		for (size_t i = 0; i < system->n_domains && !taken; i++)
			taken = lop_domain_has_cpu(system->domains[i], &cluster->cpus[cpu]);
		mask |= taken ? 0 : UINT64_C(1) << bit;
	}
	return mask;
}

static bool runs_linux(const struct lop_cluster *cluster)
{
	return cluster->family == LOP_CPU_ARM_A64 || cluster->family == LOP_CPU_ARM_A32 ||
	       cluster->family == LOP_CPU_RISCV ||
	       (cluster->family == LOP_CPU_OTHER && cluster->is_default);
}

static bool is_seen(const void *context, struct lop_range range, uint64_t *next)
{
	return lop_sight_shows(context, range, next);
}

/* The largest power of two up to the share that has a place. */
static bool find_memory(struct starter *s, const struct lop_cluster *cluster, struct lop_range *out)
{
	const struct lop_sight sight = { s->system, cluster, NULL,
					 runs_linux(cluster) ? UINT64_MAX : TOP_A32 };
	struct lop_want want = { .granule = lop_granule_of(cluster),
				 .last = UINT64_MAX,
				 .fits = is_seen,
				 .context = &sight };
	uint64_t most = runs_linux(cluster) || s->share < SMALL ? s->share : SMALL;

	for (want.size = LEAST; want.size <= most / 2;)
		want.size *= 2;
	for (; want.size >= LEAST; want.size /= 2) {
		if (want.granule.align < ALIGN && want.size >= ALIGN)
			want.granule.align = ALIGN;
		if (want.size < ALIGN)
			want.granule = lop_granule_of(cluster);
		if (lop_free_find(&s->free, &want, out))
			return true;
	}
	return false;
}

/* --- a domain --- */

static void put_mode(const struct lop_cluster *cluster, struct lop_buf *out)
{
	if (cluster->family != LOP_CPU_ARM_A64 && cluster->family != LOP_CPU_ARM_R52)
		return;
	lop_buf_puts(out, "        mode:\n");
	if (cluster->family == LOP_CPU_ARM_A64)
		lop_buf_puts(out, "          secure: false\n");
	lop_buf_puts(out, "          el: 1           # highest execution level it may use\n");
}

/* On-chip memory that these CPUs see, where there is no other. */
static void put_sram(const struct starter *s, const struct lop_cluster *cluster)
{
	const struct lop_system *system = s->system;
	size_t n = 0;

	for (size_t i = 0; i < system->n_physical; i++) {
		const struct lop_physical *p = &system->physical[i];
		struct lop_range view;

		if (!p->sram || !lop_cluster_sees_memory(system, cluster, p->range, true, &view) ||
		    view.size != p->range.size)
			continue;
		lop_buf_printf(s->out, "%s    #  - dev: %s\n",
			       n++ ? ""
				   : "    # On-chip memory; each goes to one domain:\n    #sram:\n",
			       name_of(s, p->node));
	}
}

static void put_memory(struct starter *s, const struct lop_cluster *cluster)
{
	char size[LOP_RANGE_TEXT];
	struct lop_range range;

	if (find_memory(s, cluster, &range))
		lop_buf_printf(s->out,
			       "    memory:\n"
			       "      - start: 0x%llx   # or `auto`: a place will be found\n"
			       "        size: 0x%llx   # %s\n",
			       (unsigned long long)range.base, (unsigned long long)range.size,
			       lop_size_text(range.size, size));
	else
		lop_buf_puts(s->out, "    # No memory that these CPUs see is free.\n"
				     "    #memory:\n"
				     "    #  - size: 16M\n");
	put_sram(s, cluster);
}

static bool is_device(const struct lop_system *system, const struct lop_node *node)
{
	const struct lop_tree *tree = system->tree;

	return node->parent && lop_prop_find(tree, node, "compatible") &&
	       lop_reg_count(tree, node) && lop_node_enabled(tree, node) &&
	       !lop_prop_find(tree, node, "interrupt-controller") &&
	       !lop_prop_find(tree, node, "msi-controller") &&
	       !lop_system_is_memory(system, node) &&
	       !lop_node_compatible(tree, node, "simple-bus") &&
	       !lop_node_is_indirect_bus(tree, node) && !lop_node_is_cpu_part(tree, node);
}

/* Not below this node: what is there has an owner of another kind. */
static bool is_closed(const struct lop_system *system, const struct lop_node *node)
{
	return lop_node_is_cluster(system->tree, node) ||
	       (node->parent == system->tree->root &&
		(!strcmp(node->name, "domains") || !strcmp(node->name, "reserved-memory")));
}

static const struct lop_node *skip(const struct lop_node *node, const struct lop_node *root)
{
	while (node && node != root && !node->next)
		node = node->parent;
	return node && node != root ? node->next : NULL;
}

static bool is_given(const struct lop_system *system, const struct lop_node *node)
{
	for (size_t i = 0; i < system->n_domains; i++) {
		const struct lop_domain *domain = system->domains[i];

		for (size_t k = 0; k < domain->n_access; k++)
			if (domain->access[k].node == node)
				return true;
	}
	return false;
}

static void put_device(struct starter *s, const struct lop_cluster *cluster,
		       const struct lop_node *node, size_t *n)
{
	struct lop_where where = lop_reg_to_root(s->system->tree, node, 0);
	const char *name = name_of(s, node);
	struct lop_range view;

	if (!where.mapped || !lop_cluster_sees(s->system, cluster, node, where.range, &view))
		return;
	if (!(*n)++)
		lop_buf_puts(s->out,
			     "    # Devices that these CPUs reach; each goes to one domain. "
			     "Take the # off what it uses.\n"
			     "    #access:\n");
	lop_buf_printf(s->out, "    #  - dev: %-24s # %s, 0x%llx\n", name, node->name,
		       (unsigned long long)view.base);
	if (!s->console && lop_uart_kind(s->system->tree, node) != LOP_UART_NONE &&
	    !is_given(s->system, node))
		s->console = name;
}

static void put_devices(struct starter *s, const struct lop_cluster *cluster)
{
	const struct lop_node *root = s->system->tree->root;
	const struct lop_node *node = root;
	size_t n = 0;

	while (node) {
		if (node != root && is_closed(s->system, node)) {
			node = skip(node, root);
			continue;
		}
		if (is_device(s->system, node))
			put_device(s, cluster, node, &n);
		node = lop_node_next(node, root);
	}
}

static void put_domain(struct starter *s, const struct lop_cluster *cluster, uint64_t mask)
{
	unsigned cpus = lop_cpu_set_size(mask);

	lop_buf_printf(s->out, "\n  %s:\n", domain_name(s, cluster));
	lop_buf_puts(s->out, "    compatible: openamp,domain-v1\n");
	lop_buf_printf(s->out, "    id: %llu\n", (unsigned long long)s->id++);
	lop_buf_printf(s->out, "    os,type: %s\n", runs_linux(cluster) ? "linux" : "baremetal");
	lop_buf_printf(s->out, "    cpus:\n      - cluster: %s\n", name_of(s, cluster->node));
	lop_buf_printf(s->out, "        cpumask: 0x%llx    # %u CPU%s\n", (unsigned long long)mask,
		       cpus, cpus == 1 ? "" : "s");
	put_mode(cluster, s->out);
	put_memory(s, cluster);
	put_devices(s, cluster);
}

static void put_domains(struct starter *s)
{
	for (size_t i = 0; i < s->system->n_clusters; i++) {
		uint64_t mask = free_mask(s->system, &s->system->clusters[i]);

		if (!mask)
			continue;
		if (!s->n_names)
			lop_buf_puts(s->out, "\ndomains:");
		put_domain(s, &s->system->clusters[i], mask);
		s->supervisable &= lop_cluster_supervisable(s->system, &s->system->clusters[i]);
	}
	if (!s->n_names)
		lop_buf_puts(s->out, "\n# All CPUs of the tree belong to domains already.\n"
				     "definitions: {}\n");
}

/* --- around the domains --- */

static void put_head(const struct starter *s, const char *file)
{
	lop_buf_printf(
		s->out,
		"# yaml-language-server: $schema=domains.schema.json\n"
		"#\n"
		"# Who gets what of %s. The first line tells editors where the keys are\n"
		"# described; make that file with\n"
		"#   sdtgen schema -o domains.schema.json\n"
		"# See domains.yaml(5) for all keys, and check this file with\n"
		"#   sdtgen check %s domains.yaml\n"
		"#\n"
		"# One domain for each cluster of CPUs. To split a cluster, copy its domain and\n"
		"# divide cpumask, memory and devices: what two domains have is an error.\n",
		file, file);
}

/* As lines that work once the # is gone, where there are two domains; else as an example. */
static void put_link(const struct starter *s)
{
	lop_buf_puts(s->out, "\n# Two domains talk through a link: rpmsg in memory that both see. "
			     "Numbers that\n# are left out have usual values.\n");
	if (s->n_names > 1)
		lop_buf_printf(s->out,
			       "#links:\n"
			       "#  data:\n"
			       "#    host: %s\n"
			       "#    remote: %s\n"
			       "#    buffers: 64\n"
			       "#    buffer-size: 512\n"
			       "#    window: auto\n",
			       s->names[0], s->names[1]);
	else
		lop_buf_printf(s->out,
			       "# With a second domain, OTHER:\n"
			       "#   links:\n"
			       "#     data: { host: %s, remote: OTHER, buffers: 64 }\n",
			       s->n_names ? s->names[0] : "ONE");
}

static bool can_have_manager(struct starter *s)
{
	struct lop_want want = { .size = MANAGER,
				 .granule = { .align = ALIGN },
				 .last = UINT64_MAX };
	struct lop_range range;

	for (size_t i = 0; i < s->system->n_domains; i++) {
		const struct lop_cluster *cluster = lop_domain_cluster(s->system->domains[i]);

		if (cluster && !lop_cluster_supervisable(s->system, cluster))
			return false;
	}
	return s->supervisable && lop_free_find(&s->free, &want, &range);
}

static void put_manager(struct starter *s)
{
	if (!can_have_manager(s)) {
		lop_buf_puts(s->out,
			     "\n# A partition manager (`manager:`) needs 64-bit Arm clusters "
			     "with a GICv3 and\n# 16 MiB of free memory; not all of that is "
			     "here.\n");
		return;
	}
	lop_buf_puts(s->out, "\n# A partition manager keeps the domains apart and starts them.\n"
			     "#manager:\n"
			     "#  memory: { size: 16M }\n");
	if (s->console)
		lop_buf_printf(s->out, "#  console: %s\n", s->console);
}

static const char *printable(struct lop_arena *arena, const char *text)
{
	char *copy = lop_arena_strdup(arena, text);

	for (char *c = copy; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 127)
			*c = '?';
	return copy;
}

void lop_emit_starter(const struct lop_system *system, const char *file, struct lop_buf *out)
{
	struct starter s = {
		.system = system,
		.arena = system->arena,
		.free = lop_free_build(system),
		.supervisable = true,
		.out = out,
	};

	/* One share stays free: for windows, a manager, further domains. */
	s.share = lop_free_largest(&s.free).size / (system->n_clusters + 1);
	for (size_t i = 0; i < system->n_domains; i++)
		if (system->domains[i]->has_id && system->domains[i]->id >= s.id)
			s.id = system->domains[i]->id;
	s.id++;
	put_head(&s, printable(s.arena, file));
	put_domains(&s);
	put_link(&s);
	put_manager(&s);
}
