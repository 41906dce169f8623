/* SPDX-License-Identifier: BSD-3-Clause */
/* What the three renderings share: which one is asked for, clean text, words for severities. */
#include "lopper-c/diag/render.h"

#include "lopper-c/base/str.h"

void lop_text_clean(struct lop_buf *out, const char *s, size_t len)
{
	size_t n;

	for (; len; s += n, len -= n) {
		bool control = (unsigned char)*s < 0x20 || *s == 0x7f;

		n = lop_utf8_length(s, len);
		/* U+0080..U+009F: control characters too */
		if (n == 2 && (unsigned char)s[0] == 0xc2 && (unsigned char)s[1] < 0xa0)
			control = true;
		if (n && !control) {
			lop_buf_add(out, s, n);
			continue;
		}
		lop_buf_puts(out, LOP_REPLACEMENT);
		n = n ? n : 1;
	}
}

const char *lop_severity_name(enum lop_severity severity)
{
	static const char *const names[] = { "warning", "error" };

	return names[severity];
}

void lop_diags_render(const struct lop_diags *diags, enum lop_format format, bool color,
		      struct lop_buf *out)
{
	if (format == LOP_FORMAT_JSON)
		lop_render_json(diags, out);
	else if (format == LOP_FORMAT_SARIF)
		lop_render_sarif(diags, out);
	else
		lop_render_text(diags, color, out);
}
