/* SPDX-License-Identifier: BSD-3-Clause */
/* Rules about the names in a linker policy: what goes into a script goes in as it is. */
#include <string.h>

#include "lopper-c/base/str.h"
#include "lopper-c/check/rules.h"
#include "lopper-c/tree/bus.h"

static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_";

/* A letter, then letters, digits and what more has. */
static bool is_word(const char *s, const char *more)
{
	if (!*s || !strchr(letters, *s) || strlen(s) > 128)
		return false;
	for (; *s; s++)
		if (!strchr(letters, *s) && !(*s >= '0' && *s <= '9') && !strchr(more, *s))
			return false;
	return true;
}

static void report(struct lop_diags *diags, struct lop_span span, const struct lop_domain *domain,
		   const char *what, const char *name, const char *help)
{
	lop_diag_help(lop_report(diags, LOP_LINKER_NAME, span, "%s of domain `%s` cannot be `%s`",
				 what, domain->name, name),
		      "%s", help);
}

/* --- the script's own name --- */

/* Every part a name of its own, none that leads out of the folder, nothing a manifest trips over.
 */
static bool stays_inside(const char *file)
{
	size_t len;

	for (const char *c = file; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			return false;
	for (; *file; file += len + (file[len] == '/' && file[len + 1])) {
		len = strcspn(file, "/");
		if (!len || *file == '.' || (file[len] == '/' && !file[len + 1]))
			return false;
	}
	return true;
}

/* What else is written there. */
static bool is_taken(const char *file)
{
	static const char *const names[] = { "domain.*",      "platform.h",
					     "rsc-*",	      "resource_table.*",
					     "*.layout.txt",  "amd_platform_info.h",
					     "libmetal.cmake" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (lop_glob_match(names[i], file))
			return true;
	return false;
}

static void check_file(struct lop_diags *diags, const struct lop_domain *domain)
{
	const struct lop_linker *l = domain->linker;
	const char *what = "`linker_file_output_name`";

	if (!l->file)
		return;
	if (!*l->file || !stays_inside(l->file))
		report(diags, l->file_span, domain, what, l->file,
		       "write the name of a file, as in `linker.ld`: it is made in the folder of "
		       "the domain, without `..`, a `/` or a `.` in front");
	else if (is_taken(l->file))
		report(diags, l->file_span, domain, what, l->file,
		       "another file of the domain has this name; write `linker.ld`");
}

void lop_rule_linker_names(const struct lop_system *system, struct lop_diags *diags)
{
	for (size_t i = 0; i < system->n_domains; i++) {
		const struct lop_domain *domain = system->domains[i];
		const struct lop_linker *l = domain->linker;

		if (!l)
			continue;
		check_file(diags, domain);
		if (l->entry && !is_word(l->entry, ".$"))
			report(diags, l->entry_span, domain, "`entry`", l->entry,
			       "write a symbol of the program, as in `_start`");
		if (l->user_content && (!*l->user_content || strpbrk(l->user_content, "\"\n\r\t*")))
			report(diags, l->user_span, domain, "`user_content`", l->user_content,
			       "write the name of a file; the linker looks for it where it runs, "
			       "and where -L says");
	}
}

/* --- custom sections --- */

/* Sections that the script puts somewhere itself. */
static bool takes_ours(const char *pattern)
{
	static const char *const ours[] = { ".text",
					    ".rodata",
					    ".data",
					    ".bss",
					    ".noinit",
					    ".vectors",
					    ".vector_table",
					    ".exc_vector_table",
					    ".irq_vector_table",
					    ".resource_table",
					    ".user_stacks",
					    ".priv_stacks",
					    ".k_heap",
					    ".trace",
					    ".init",
					    ".fini",
					    ".ARM." };

	for (size_t i = 0; i < sizeof(ours) / sizeof(ours[0]); i++)
		if (lop_str_starts(pattern, ours[i]))
			return true;
	return strspn(pattern, ".*?") == strlen(pattern);
}

static bool is_pattern(const char *pattern)
{
	return pattern[0] == '.' && pattern[1] && strlen(pattern) <= 128 &&
	       strspn(pattern + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
				   "_.$*?-") == strlen(pattern + 1);
}

static void check_patterns(struct lop_diags *diags, const struct lop_domain *domain,
			   const struct lop_custom_section *c)
{
	struct lop_diag *d;

	if (!c->n_inputs && !lop_sources_is_yaml(diags->sources, c->span)) {
		d = lop_report(diags, LOP_MISSING_VALUE, c->span,
			       "section `%s` of domain `%s` has no `input_sections`", c->name,
			       domain->name);
		lop_diag_help(d,
			      "write the sections of the program that go into it, as in "
			      "`input_sections: [ .%s, .%s.* ]`",
			      c->name, c->name);
	}
	for (size_t i = 0; i < c->n_inputs; i++) {
		if (!is_pattern(c->inputs[i]))
			report(diags, c->inputs_span, domain, "an input section", c->inputs[i],
			       "write a `.`, then letters, digits and `_.$-`, or `*` and `?` for "
			       "any");
		else if (takes_ours(c->inputs[i]))
			report(diags, c->inputs_span, domain, "an input section", c->inputs[i],
			       "that takes sections which have a place already; call yours "
			       "otherwise");
	}
}

static void check_custom(struct lop_diags *diags, const struct lop_domain *domain,
			 const struct lop_custom_section *c)
{
	struct lop_diag *d;

	if (!is_word(c->name, ".-"))
		report(diags, c->span, domain, "a section", c->name,
		       "write letters, digits and `_`, a letter first");
	for (unsigned s = 0; s < LOP_SECTIONS; s++)
		if (!strcmp(c->name, lop_section_names[s]))
			report(diags, c->span, domain, "a section", c->name,
			       "this one belongs into `sections`; call yours otherwise");
	check_patterns(diags, domain, c);
	if (!c->place.region && !lop_sources_is_yaml(diags->sources, c->span)) {
		d = lop_report(diags, LOP_MISSING_VALUE, c->span,
			       "section `%s` of domain `%s` has no `region`", c->name,
			       domain->name);
		lop_diag_help(d, "write linker-custom-section-%s-region = <&memory>;", c->name);
	}
	if (!c->align_span.text || (c->align && !(c->align & (c->align - 1))))
		return;
	d = lop_report(diags, LOP_LINKER_OFFSET, c->align_span,
		       "the alignment of section `%s` of domain `%s` is no power of two: %llu",
		       c->name, domain->name, (unsigned long long)c->align);
	lop_diag_help(d, "write a power of two, as in `alignment: 64`");
}

void lop_rule_linker_custom(const struct lop_system *system, struct lop_diags *diags)
{
	for (size_t i = 0; i < system->n_domains; i++) {
		const struct lop_linker *l = system->domains[i]->linker;

		for (size_t k = 0; l && k < l->n_custom; k++)
			check_custom(diags, system->domains[i], &l->custom[k]);
	}
}
