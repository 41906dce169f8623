/* SPDX-License-Identifier: BSD-3-Clause */
/* What the renderers share. lop_json_string serves whoever writes JSON. */
#ifndef LOP_DIAG_RENDER_H
#define LOP_DIAG_RENDER_H

#include <stdbool.h>
#include <stddef.h>

#include "lopper-c/diag/diag.h"

#define LOP_REPLACEMENT "\xef\xbf\xbd" /* U+FFFD, for what is no text */

/* A quoted JSON string; what is no UTF-8 becomes U+FFFD. */
void lop_json_string(struct lop_buf *out, const char *s);

/* Text for a terminal: control characters and what is no UTF-8 become U+FFFD. */
void lop_text_clean(struct lop_buf *out, const char *s, size_t len);

const char *lop_severity_name(enum lop_severity severity);

void lop_render_text(const struct lop_diags *diags, bool color, struct lop_buf *out);
void lop_render_json(const struct lop_diags *diags, struct lop_buf *out);
void lop_render_sarif(const struct lop_diags *diags, struct lop_buf *out);

#endif
