/* SPDX-License-Identifier: BSD-3-Clause */
/* Names that are apart in the files and one in C, where letters and digits are all there is. */
#include "lopper-c/base/map.h"
#include "lopper-c/base/str.h"
#include "lopper-c/check/rules.h"

#define C_NAME_MAX 88 /* what is left of a macro behind its prefix, see emit/names.h */

/* As macros have it: in capitals, anything else an underscore. */
static const char *in_c(const struct lop_system *system, const char *name)
{
	char text[C_NAME_MAX];

	lop_str_ident(lop_arena_printf(system->arena, "_%s", name), text, sizeof(text));
	for (char *c = text; *c; c++)
		if (*c >= 'a' && *c <= 'z')
			*c = (char)(*c - 'a' + 'A');
	return lop_arena_strdup(system->arena, text);
}

struct named {
	const char *what; /* "link", "domain" */
	const char *name;
	struct lop_span span;
};

static void report(struct lop_diags *diags, const struct named *first, const struct named *again,
		   const char *c_name, const struct lop_domain *reader)
{
	struct lop_diag *d = lop_report(diags, LOP_C_NAME, again->span,
					"%ss `%s` and `%s` have one name in the programs of `%s`",
					again->what, first->name, again->name, reader->name);

	lop_diag_label(d, again->span, "macros and symbols with `%s`", c_name + 1);
	lop_diag_label(d, first->span, "the same");
	lop_diag_help(d, "give one of them another name: `-`, `_` and capitals do not tell names "
			 "apart in C");
}

/* True where the reader knows another one by that name. */
static bool is_taken(const struct lop_system *system, struct lop_diags *diags,
		     struct lop_map *names, const struct lop_domain *reader, struct named *one)
{
	const char *c_name = in_c(system, one->name);
	const struct named *first = lop_map_get(names, reader, c_name);

	if (!first) {
		lop_map_put(names, reader, c_name, one);
		return false;
	}
	if (first->name == one->name)
		return false;
	report(diags, first, one, c_name, reader);
	return true;
}

static struct named *named(const struct lop_system *system, const char *what, const char *name,
			   struct lop_span span)
{
	struct named *one = lop_arena_alloc(system->arena, sizeof(*one));

	*one = (struct named){ what, name, span };
	return one;
}

static void check_links(const struct lop_system *system, struct lop_diags *diags,
			struct lop_map *names)
{
	for (size_t i = 0; i < system->n_links; i++) {
		const struct lop_link *link = system->links[i];
		struct named *one = named(system, "link", link->name, link->span);

		for (unsigned end = 0; link->node && end < 2; end++)
			if (is_taken(system, diags, names, link->end[end], one))
				break;
	}
}

/* Tables are called after the other end. */
static void check_peers(const struct lop_system *system, struct lop_diags *diags,
			struct lop_map *names)
{
	for (size_t i = 0; i < system->n_pairs; i++)
		for (unsigned end = 0; end < 2; end++) {
			const struct lop_domain *peer = system->pairs[i]->end[!end];

			is_taken(system, diags, names, system->pairs[i]->end[end],
				 named(system, "domain", peer->name, peer->span));
		}
}

void lop_rule_c_names(const struct lop_system *system, struct lop_diags *diags)
{
	struct lop_map links = { 0 }, peers = { 0 };

	check_links(system, diags, &links);
	check_peers(system, diags, &peers);
	lop_map_free(&links);
	lop_map_free(&peers);
}
