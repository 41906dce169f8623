/* SPDX-License-Identifier: BSD-3-Clause */
/* Links as wires between the life lines of the domains that have any. */
#include <inttypes.h>

#include "lopper-c/report/html.h"
#include "lopper-c/report/steps.h"

#define COLUMN 300u
#define BOX    160u
#define TOP    46u
#define STEP   66u

static unsigned middle(size_t column)
{
	return (unsigned)column * COLUMN + BOX / 2 + 4;
}

static void put_text(struct lop_buf *out, unsigned x, unsigned y, const char *class,
		     const char *text, size_t max)
{
	lop_buf_printf(out, "<text x=\"%u\" y=\"%u\" class=\"%s\">", x, y, class);
	lop_html_short(out, text, max);
	lop_buf_puts(out, "</text>\n");
}

static void put_domain(const struct lop_report *report, size_t domain, size_t column,
		       unsigned bottom, struct lop_buf *out)
{
	const struct lop_domain *d = report->system->domains[domain];
	unsigned x = middle(column);

	lop_buf_printf(out,
		       "<path class=\"life\" d=\"M%u %uV%u\"/>\n<g class=\"c%zu\"><rect x=\"%u\" "
		       "y=\"2\" width=\"%u\" height=\"40\" rx=\"6\"/>",
		       x, TOP - 4, bottom, domain % 8, x - BOX / 2, BOX);
	put_text(out, x, d->os_type ? 19 : 26, "t m", d->name, 21);
	if (d->os_type)
		put_text(out, x, 34, "q m", d->os_type, 22);
	lop_buf_puts(out, "</g>\n");
}

static const char *numbers(const struct lop_report *report, const struct lop_link *link)
{
	if (link->kind != LOP_LINK_RPMSG)
		return "shared memory";
	return lop_arena_printf(report->arena,
				"%" PRIu32 " \xc3\x97 %" PRIu32 " B to host, %" PRIu32
				" \xc3\x97 %" PRIu32 " B to remote",
				link->buffers[LOP_TO_HOST], link->buffer_size[LOP_TO_HOST],
				link->buffers[LOP_TO_REMOTE], link->buffer_size[LOP_TO_REMOTE]);
}

static void put_link(const struct lop_report *report, const struct lop_link *link, size_t host,
		     size_t remote, unsigned y, struct lop_buf *out)
{
	unsigned a = middle(host), b = middle(remote);
	unsigned left = a < b ? a : b, right = a < b ? b : a;
	unsigned text = left + (right - left) / 2;

	lop_buf_printf(out,
		       "<g><path class=\"wire\" d=\"M%u %uH%u\"/><path class=\"tip\" d=\"M%u "
		       "%ul9 -5v10zM%u %ul-9 -5v10z\"/>\n",
		       left + 3, y, right - 3, left + 1, y, right - 1, y);
	put_text(out, a < b ? a + 12 : a - 12, y - 7, a < b ? "q halo" : "q e halo", "host", 8);
	put_text(out, text, y - 7, "t m halo", link->name, 28);
	put_text(out, text, y + 16, "q m halo", numbers(report, link), 60);
	if (link->window.size)
		put_text(out, text, y + 30, "a m halo",
			 lop_arena_printf(report->arena, "0x%" PRIx64 " %s", link->window.base,
					  lop_report_size(report, link->window.size)),
			 40);
	lop_buf_puts(out, "</g>\n");
}

static size_t index_of(const struct lop_report *report, const struct lop_domain *domain)
{
	return report->domain_index[domain->node->index];
}

void lop_picture_links(const struct lop_report *report, struct lop_buf *out)
{
	const struct lop_system *system = report->system;
	size_t *column = lop_arena_zalloc(report->arena, (system->n_domains + 1) * sizeof(*column));
	size_t n = 0, drawn = 0;
	unsigned bottom, width;

	for (size_t i = 0; i < system->n_links; i++)
		for (unsigned end = 0; end < 2; end++)
			if (system->links[i]->end[0] && system->links[i]->end[1])
				column[index_of(report, system->links[i]->end[end])] = 1;
	for (size_t i = 0; i < system->n_domains; i++)
		column[i] = column[i] ? ++n : 0;
	width = n ? (unsigned)(n - 1) * COLUMN + BOX + 8 : 8;
	bottom = TOP + (unsigned)system->n_links * STEP + 8;
	lop_buf_printf(out,
		       "<svg viewBox=\"0 0 %u %u\" width=\"%u\" height=\"%u\" role=\"img\">"
		       "<title>Links between domains</title>\n",
		       width, bottom, width, bottom);
	for (size_t i = 0; i < system->n_domains; i++)
		if (column[i])
			put_domain(report, i, column[i] - 1, bottom, out);
	for (size_t i = 0; i < system->n_links; i++) {
		const struct lop_link *link = system->links[i];

		if (!link->end[0] || !link->end[1] || link->end[0] == link->end[1])
			continue;
		put_link(report, link, column[index_of(report, link->end[LOP_HOST])] - 1,
			 column[index_of(report, link->end[LOP_REMOTE])] - 1,
			 TOP + 26 + (unsigned)drawn++ * STEP, out);
	}
	lop_buf_puts(out, "</svg>");
}
