/* SPDX-License-Identifier: BSD-3-Clause */
/* amd_platform_info.h and libmetal.cmake, printed from lists of values; see amd.h. */
#include "lopper-c/emit/amd.h"

#include <inttypes.h>
#include <string.h>

#include "lopper-c/base/str.h"

/* Is the machine one of AMD's? */
static bool is_amd(const struct lop_system *system)
{
	const struct lop_prop *prop = lop_prop_find(system->tree, system->tree->root, "compatible");
	const char *s;

	for (uint32_t at = 0; prop && (s = lop_value_next_str(&prop->value, &at));)
		if (strstr(s, "xlnx") || strstr(s, "amd"))
			return true;
	return false;
}

/*
 * The link of a kind whose end the domain is, of several the first; NULL: none. only_remote: host
 * ends do not count. *others: how many more there are.
 */
static const struct lop_link *link_of(const struct lop_system *system,
				      const struct lop_domain *domain, enum lop_link_kind kind,
				      bool only_remote, size_t *others)
{
	const struct lop_link *first = NULL;

	*others = 0;
	for (size_t i = 0; i < system->n_links; i++) {
		const struct lop_link *link = system->links[i];

		if (link->kind != kind || (link->end[LOP_REMOTE] != domain &&
					   (only_remote || link->end[LOP_HOST] != domain)))
			continue;
		if (first)
			++*others;
		else
			first = link;
	}
	return first;
}

/* --- printing --- */

/* How a language writes things. */
struct language {
	const char *open, *between, *close; /* of a definition: in front, behind the name, behind */
	const char *note, *end_note;	    /* around a comment */
};

static const struct language c = { "#define ", " ", "", "/* ", " */" };
static const struct language cmake = { "set(", " ", ")", "# ", "" };

static void put_value(const struct lop_amd_values *values, const struct lop_amd_value *v,
		      const struct language *l, struct lop_buf *out)
{
	struct lop_place place = lop_sources_resolve(values->system->diags->sources, v->span);

	if (v->form == LOP_AMD_MISSING) {
		lop_buf_printf(out, "%sno %s: %s%s\n", l->note, v->name, v->text, l->end_note);
		return;
	}
	lop_buf_printf(out, "%s%s%s", l->open, v->name, l->between);
	if (v->form == LOP_AMD_TEXT)
		lop_buf_printf(out, "\"%s\"", v->text);
	else if (v->form == LOP_AMD_COUNT)
		lop_buf_printf(out, "%" PRIu64, v->number);
	else
		lop_buf_printf(out, "0x%" PRIx64, v->number);
	lop_buf_puts(out, l->close);
	if (place.file && place.line)
		lop_buf_printf(out, " %s%s:%u%s", l->note, place.file, place.line, l->end_note);
	lop_buf_putc(out, '\n');
}

static void put_head(const struct lop_amd_values *values, size_t others, const struct language *l,
		     struct lop_buf *out)
{
	const struct lop_link *link = values->link;

	lop_buf_printf(out,
		       "%sThe link %s of host %s and remote %s as %s sees it, made by sdtgen.%s\n",
		       l->note, link->name, link->end[LOP_HOST]->name, link->end[LOP_REMOTE]->name,
		       values->view->domain->name, l->end_note);
	lop_buf_printf(out, "%sDo not edit. Behind a value stands the line that it comes from.%s\n",
		       l->note, l->end_note);
	if (others)
		lop_buf_printf(out, "%sThe domain has %zu more such link%s, see platform.h.%s\n",
			       l->note, others, others == 1 ? "" : "s", l->end_note);
	lop_buf_putc(out, '\n');
}

static void put_values(const struct lop_amd_values *values, const struct language *l,
		       struct lop_buf *out)
{
	for (size_t i = 0; i < values->n; i++)
		put_value(values, &values->list[i], l, out);
}

static bool runs(const struct lop_domain *domain, const char *os)
{
	return domain->os_type && lop_str_starts(domain->os_type, os);
}

bool lop_emit_amd_header(const struct lop_system *system, const struct lop_view *view,
			 struct lop_buf *out)
{
	const struct lop_domain *domain = view->domain;
	size_t others;
	struct lop_amd_values values = { .system = system, .view = view, .end = LOP_REMOTE };

	if (!is_amd(system) || lop_domain_runs_linux(domain) || runs(domain, "zephyr"))
		return false;
	values.link = link_of(system, domain, LOP_LINK_RPMSG, true, &others);
	if (!values.link)
		return false;
	lop_amd_rpmsg(&values);
	put_head(&values, others, &c, out);
	lop_buf_puts(out, "#ifndef AMD_PLATFORM_INFO_H\n#define AMD_PLATFORM_INFO_H\n\n");
	put_values(&values, &c, out);
	lop_buf_puts(out, "\n#endif\n");
	return true;
}

bool lop_emit_amd_cmake(const struct lop_system *system, const struct lop_view *view,
			struct lop_buf *out)
{
	size_t others;
	struct lop_amd_values values = { .system = system, .view = view };

	if (!is_amd(system))
		return false;
	values.link = link_of(system, view->domain, LOP_LINK_LIBMETAL, false, &others);
	if (!values.link)
		return false;
	values.end = values.link->end[LOP_HOST] == view->domain ? LOP_HOST : LOP_REMOTE;
	lop_amd_libmetal(&values);
	put_head(&values, others, &cmake, out);
	put_values(&values, &cmake, out);
	return true;
}
