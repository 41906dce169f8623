/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Blobs out: version 17, laid out byte for byte as dtc lays them out (header, memory reservations,
 * structure, strings). Owns the layout and the string table; the tree is final when it comes here.
 *
 *	 0  header, 10 words
 *	40  reservations (u64 base, u64 size)..., 0, 0
 *	    structure: BEGIN_NODE name | PROP len nameoff value | END_NODE | END, padded to words
 *	    strings, unpadded
 */
#include "lopper-c/dts/write.h"

#include <stdlib.h>
#include <string.h>

#define DTB_MAGIC	    0xd00dfeedU
#define DTB_VERSION	    17
#define DTB_LAST_COMPATIBLE 16
#define DTB_HEADER	    40

enum token { TOKEN_BEGIN_NODE = 1, TOKEN_END_NODE = 2, TOKEN_PROP = 3, TOKEN_END = 9 };

/*
 * The string table finds the first place where a name stands, be it as the tail of a longer one.
 * Every tail of every string is therefore in a hash table; hashing from the end backwards makes the
 * hash of a tail a step on the way to that of the whole.
 */
struct tail {
	uint32_t hash;
	uint32_t offset; /* in strings, + 1; 0: empty slot */
};

struct writer {
	struct lop_buf body;
	struct lop_buf strings;
	struct tail *slots;
	size_t n_slots; /* power of two */
	size_t n_tails;
};

static uint32_t hash_step(uint32_t hash, char c)
{
	hash = (hash ^ (unsigned char)c) * 0x01000193U;
	return hash ^ hash >> 15;
}

static void place(struct tail *slots, size_t n_slots, struct tail tail)
{
	size_t i = tail.hash & (n_slots - 1);

	while (slots[i].offset)
		i = (i + 1) & (n_slots - 1);
	slots[i] = tail;
}

static void grow_slots(struct writer *w)
{
	size_t n = w->n_slots ? w->n_slots * 2 : 4096;
	struct tail *slots = lop_xmalloc(n * sizeof(*slots));

	memset(slots, 0, n * sizeof(*slots));
	for (size_t i = 0; i < w->n_slots; i++)
		if (w->slots[i].offset)
			place(slots, n, w->slots[i]);
	free(w->slots);
	w->slots = slots;
	w->n_slots = n;
}

/* An address, so that a source cannot be written to collide. */
static uint32_t hash_start(void)
{
	static const char seed;
	uint64_t address = (uint64_t)(uintptr_t)&seed * UINT64_C(0x9e3779b97f4a7c15);

	return (uint32_t)(address >> 32);
}

/* Where the table has s; 0 if it has not, else the offset + 1. */
static uint32_t find_tail(const struct writer *w, const char *s, uint32_t hash)
{
	if (!w->n_slots)
		return 0;
	for (size_t i = hash & (w->n_slots - 1); w->slots[i].offset; i = (i + 1) & (w->n_slots - 1))
		if (w->slots[i].hash == hash &&
		    strcmp(w->strings.data + w->slots[i].offset - 1, s) == 0)
			return w->slots[i].offset;
	return 0;
}

/* The longest tail first: where one is known already, so are all shorter ones, at lower places. */
static void add_tails(struct writer *w, uint32_t base, const uint32_t *hashes, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		uint32_t offset = base + (uint32_t)i;

		if (find_tail(w, w->strings.data + offset, hashes[i]))
			break;
		if (w->n_tails >= w->n_slots / 2)
			grow_slots(w);
		place(w->slots, w->n_slots,
		      (struct tail){ .hash = hashes[i], .offset = offset + 1 });
		w->n_tails++;
	}
}

static uint32_t append_string(struct writer *w, const char *s, size_t len)
{
	uint32_t base = (uint32_t)w->strings.len;
	uint32_t *hashes = lop_xmalloc((len + 1) * sizeof(*hashes));
	uint32_t hash = hash_start();

	for (size_t i = len; i-- > 0;)
		hashes[i] = hash = hash_step(hash, s[i]);
	lop_buf_add(&w->strings, s, len + 1);
	add_tails(w, base, hashes, len);
	free(hashes);
	return base;
}

static uint32_t name_offset(struct writer *w, const char *s)
{
	size_t len = strlen(s);
	uint32_t hash = hash_start(), found;

	for (size_t i = len; i-- > 0;)
		hash = hash_step(hash, s[i]);
	found = find_tail(w, s, hash);
	return found ? found - 1 : append_string(w, s, len);
}

static void add_padded(struct lop_buf *out, const void *data, size_t len)
{
	if (len)
		lop_buf_add(out, data, len);
	lop_buf_fill(out, '\0', -len & 3);
}

static void open_node(struct writer *w, const struct lop_node *node)
{
	lop_buf_be32(&w->body, TOKEN_BEGIN_NODE);
	add_padded(&w->body, node->name, strlen(node->name) + 1);
	for (const struct lop_prop *p = node->props; p; p = p->next) {
		lop_buf_be32(&w->body, TOKEN_PROP);
		lop_buf_be32(&w->body, p->value.len);
		lop_buf_be32(&w->body, name_offset(w, p->name));
		add_padded(&w->body, p->value.data, p->value.len);
	}
}

static void write_nodes(struct writer *w, const struct lop_node *root)
{
	const struct lop_node *node = root;

	for (;;) {
		open_node(w, node);
		if (node->children) {
			node = node->children;
			continue;
		}
		lop_buf_be32(&w->body, TOKEN_END_NODE);
		while (node != root && !node->next) {
			node = node->parent;
			lop_buf_be32(&w->body, TOKEN_END_NODE);
		}
		if (node == root)
			break;
		node = node->next;
	}
	lop_buf_be32(&w->body, TOKEN_END);
}

static void write_header(const struct lop_tree *tree, const struct writer *w, size_t n_reserved,
			 struct lop_buf *out)
{
	size_t body = DTB_HEADER + (n_reserved + 1) * 16;
	size_t strings = body + w->body.len;

	lop_buf_be32(out, DTB_MAGIC);
	lop_buf_be32(out, (uint32_t)(strings + w->strings.len));
	lop_buf_be32(out, (uint32_t)body);
	lop_buf_be32(out, (uint32_t)strings);
	lop_buf_be32(out, DTB_HEADER);
	lop_buf_be32(out, DTB_VERSION);
	lop_buf_be32(out, DTB_LAST_COMPATIBLE);
	lop_buf_be32(out, tree->boot_cpu);
	lop_buf_be32(out, (uint32_t)w->strings.len);
	lop_buf_be32(out, (uint32_t)w->body.len);
}

static void write_reservations(const struct lop_tree *tree, struct lop_buf *out)
{
	for (const struct lop_memreserve *r = tree->memreserves; r; r = r->next) {
		lop_buf_be64(out, r->range.base);
		lop_buf_be64(out, r->range.size);
	}
	lop_buf_fill(out, '\0', 16);
}

static void put_blob(const struct lop_tree *tree, const struct writer *w, struct lop_buf *out)
{
	size_t n_reserved = 0;

	for (const struct lop_memreserve *r = tree->memreserves; r; r = r->next)
		n_reserved++;
	write_header(tree, w, n_reserved, out);
	write_reservations(tree, out);
	lop_buf_add(out, w->body.data, w->body.len);
	if (w->strings.len)
		lop_buf_add(out, w->strings.data, w->strings.len);
}

static uint64_t padded(uint64_t len)
{
	return (len + 3) & ~UINT64_C(3);
}

/* Bytes of the blob without its strings, counted before any of them is copied. */
static uint64_t size_of(const struct lop_tree *tree)
{
	uint64_t size = DTB_HEADER + 16 + 4;

	for (const struct lop_memreserve *r = tree->memreserves; r; r = r->next)
		size += 16;
	for (const struct lop_node *n = tree->root; n; n = lop_node_next(n, tree->root)) {
		size += 8 + padded(strlen(n->name) + 1);
		for (const struct lop_prop *p = n->props; p; p = p->next)
			size += 12 + padded(p->value.len);
	}
	return size;
}

void lop_dtb_report_size(struct lop_diags *diags, const struct lop_tree *tree)
{
	struct lop_diag *d =
		lop_report(diags, LOP_LIMIT, tree->root->span,
			   "the blob would be larger than %u MiB", (unsigned)(LOP_DTB_MAX >> 20));

	lop_diag_label(d, tree->root->span, "all of this tree together");
	lop_diag_help(d, "keep data of this size outside of the device tree");
}

bool lop_dtb_write(const struct lop_tree *tree, struct lop_buf *out)
{
	struct writer w = { 0 };
	bool fits;

	if (size_of(tree) > LOP_DTB_MAX)
		return false;
	write_nodes(&w, tree->root);
	fits = size_of(tree) + w.strings.len <= LOP_DTB_MAX;
	if (fits)
		put_blob(tree, &w, out);
	lop_buf_free(&w.body);
	lop_buf_free(&w.strings);
	free(w.slots);
	return fits;
}
