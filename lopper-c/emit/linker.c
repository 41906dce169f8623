/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The linker script of a domain, for GNU ld and lld: its memories, the sections of bare-metal
 * programs and of an RTOS, one segment per memory and rights, and the addresses of its links as
 * symbols. Prints a layout; where things go is decided in view/layout.c.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "ipc/abi/resource_table.h"
#include "lopper-c/emit/emit.h"
#include "lopper-c/emit/names.h"
#include "lopper-c/view/layout.h"

#define HEAP_SIZE  0x1000 /* bytes, where a program does not say */
#define STACK_SIZE 0x2000

struct script {
	const struct lop_system *system;
	const struct lop_domain *domain;
	const struct lop_layout *layout;
	enum lop_cpu_family family;
	struct lop_buf *out;
};

/* Text that wants no arguments. */
static void put(const struct script *s, const char *text)
{
	lop_buf_puts(s->out, text);
}

static void put_number(const struct script *s, const char *symbol, uint64_t value)
{
	lop_buf_printf(s->out, "%s = 0x%" PRIx64 ";\n", symbol, value);
}

/* --- MEMORY, PHDRS --- */

static const char *kind_text(enum lop_region_kind kind)
{
	static const char *const texts[] = {
		[LOP_REGION_MEMORY] = "",
		[LOP_REGION_RESERVED] = ", reserved-memory",
		[LOP_REGION_TRACE] = ", trace buffer",
		[LOP_REGION_BLOB] = ", the domain's device tree",
		[LOP_REGION_LINK] = ", shared with the other end of a link",
	};

	return texts[kind];
}

/* Attributes tell where sections go that the script does not name: only into plain memory. */
static void put_region(const struct script *s, const struct lop_region *r)
{
	char size[LOP_RANGE_TEXT];

	lop_buf_printf(s->out, "\t%s", r->name);
	if (r->kind == LOP_REGION_MEMORY && r->rights)
		lop_buf_printf(s->out, " (%s%s%s)", r->rights & LOP_MAY_READ ? "r" : "",
			       r->rights & LOP_MAY_WRITE ? "w" : "",
			       r->rights & LOP_MAY_EXEC ? "x" : "");
	lop_buf_printf(s->out, " : ORIGIN = 0x%" PRIx64 ", LENGTH = 0x%" PRIx64 " /* %s%s */\n",
		       r->range.base, r->range.size, lop_size_text(r->range.size, size),
		       kind_text(r->kind));
}

/* The bits of p_flags: PF_X 1, PF_W 2, PF_R 4. */
static unsigned elf_flags(unsigned rights)
{
	return (rights & LOP_MAY_EXEC ? 1u : 0) | (rights & LOP_MAY_WRITE ? 2u : 0) |
	       (rights & LOP_MAY_READ ? 4u : 0);
}

static void put_head(const struct script *s)
{
	lop_buf_printf(s->out, "ENTRY(%s)\n\nMEMORY\n{\n", s->layout->entry);
	for (size_t i = 0; i < s->layout->n_regions; i++)
		put_region(s, s->layout->regions[i]);
	put(s, "}\n\n/* Never writable and executable at once. */\nPHDRS\n{\n");
	for (size_t i = 0; i < s->layout->n_segments; i++)
		lop_buf_printf(s->out, "\t%s PT_LOAD FLAGS(%u);\n", s->layout->segments[i]->name,
			       elf_flags(s->layout->segments[i]->rights));
	put(s, "}\n\n");
	lop_buf_printf(
		s->out,
		"/* Others by --defsym before this script, or by symbols of the program. */\n"
		"PROVIDE(__heap_size = 0x%x);\nPROVIDE(__stack_size = 0x%x);\n\n",
		HEAP_SIZE, STACK_SIZE);
}

/* --- SECTIONS --- */

struct output {
	const char *name;
	bool noload;
	uint64_t align;	  /* 0: none of its own */
	const char *body; /* lines between { and } */
};

/* name ADDRESS (NOLOAD) : ALIGN(n) { body } > REGION :segment */
static void put_output(const struct script *s, const struct lop_placed *p, bool first,
		       const struct output *o)
{
	uint64_t align = o->align;

	if (first && p->opens && s->layout->granule > align)
		align = s->layout->granule;
	lop_buf_printf(s->out, "\t%s", o->name);
	if (first && p->has_offset)
		lop_buf_printf(s->out, " ORIGIN(%s) + 0x%" PRIx64, p->region->name, p->offset);
	lop_buf_printf(s->out, "%s :", o->noload ? " (NOLOAD)" : "");
	if (align > 1 && !(first && p->has_offset))
		lop_buf_printf(s->out, " ALIGN(0x%" PRIx64 ")", align);
	lop_buf_printf(s->out, " {\n%s\t} > %s", o->body, p->region->name);
	if (s->layout->moves)
		lop_buf_printf(s->out, " AT > %s", p->load->name);
	lop_buf_printf(s->out, " :%s\n", p->segment ? p->segment->name : "NONE");
}

static bool is_arm32(enum lop_cpu_family family)
{
	return family == LOP_CPU_ARM_A32 || family == LOP_CPU_ARM_R5 || family == LOP_CPU_ARM_R52 ||
	       family == LOP_CPU_ARM_M;
}

static void put_vectors(const struct script *s, const struct lop_placed *p)
{
	static const struct output vectors = {
		".vectors", false, 0,
		"\t\t__vectors_start = .;\n"
		"\t\tKEEP(*(.vectors .vectors.*))\n"
		"\t\tKEEP(*(.vector_table .vector_table.* .isr_vector .isr_vector.*))\n"
		"\t\tKEEP(*(.exc_vector_table .exc_vector_table.* .irq_vector_table*))\n"
		"\t\tKEEP(*(.text.boot .text.init))\n"
		"\t\tKEEP(*(SORT_NONE(.init)))\n"
		"\t\t__vectors_end = .;\n"
	};

	put_output(s, p, true, &vectors);
}

static void put_text(const struct script *s, const struct lop_placed *p)
{
	static const struct output text = {
		".text", false, 8,
		"\t\t__text_start = .;\n"
		"\t\t*(.text .text.* .gnu.linkonce.t.*)\n"
		"\t\t*(.glue_7 .glue_7t .vfp11_veneer .v4_bx .plt .iplt)\n"
		"\t\tKEEP(*(SORT_NONE(.fini)))\n"
		"\t\t__text_end = .;\n"
	};

	put_output(s, p, true, &text);
}

/* Of addresses that a program fills in when it starts: of ifuncs, or all where it moves itself. */
static void put_relocations(const struct script *s, const struct lop_placed *p)
{
	static const struct output rela = { ".rela.dyn", false, 8,
					    "\t\t__rela_start = .;\n"
					    "\t\tPROVIDE_HIDDEN(__rela_iplt_start = .);\n"
					    "\t\t*(.rela.iplt)\n"
					    "\t\tPROVIDE_HIDDEN(__rela_iplt_end = .);\n"
					    "\t\t*(.rela.*)\n"
					    "\t\t__rela_end = .;\n" };
	static const struct output rel = { ".rel.dyn", false, 8,
					   "\t\t__rel_start = .;\n"
					   "\t\tPROVIDE_HIDDEN(__rel_iplt_start = .);\n"
					   "\t\t*(.rel.iplt)\n"
					   "\t\tPROVIDE_HIDDEN(__rel_iplt_end = .);\n"
					   "\t\t*(.rel.*)\n"
					   "\t\t__rel_end = .;\n" };

	static const struct output symbols[] = {
		{ ".dynsym", false, 0, "\t\t*(.dynsym)\n" },
		{ ".dynstr", false, 0, "\t\t*(.dynstr)\n" },
		{ ".hash", false, 0, "\t\t*(.hash)\n" },
		{ ".gnu.hash", false, 0, "\t\t*(.gnu.hash)\n" },
		{ ".gnu.version", false, 0, "\t\t*(.gnu.version)\n" },
		{ ".gnu.version_d", false, 0, "\t\t*(.gnu.version_d)\n" },
		{ ".gnu.version_r", false, 0, "\t\t*(.gnu.version_r)\n" },
	};

	put_output(s, p, false, is_arm32(s->family) ? &rel : &rela);
	for (size_t i = 0; i < sizeof(symbols) / sizeof(symbols[0]); i++)
		put_output(s, p, false, &symbols[i]);
}

static void put_rodata(const struct script *s, const struct lop_placed *p)
{
	static const struct output outputs[] = {
		{ ".rodata", false, 8,
		  "\t\t__rodata_start = .;\n"
		  "\t\t*(.rodata .rodata.* .gnu.linkonce.r.*)\n"
		  "\t\t*(.srodata .srodata.*)\n"
		  "\t\tKEEP(*(.eh_frame .eh_frame_hdr .gcc_except_table .gcc_except_table.*))\n"
		  "\t\t*(.note .note.*)\n" },
		{ ".init_array", false, 8,
		  "\t\t__preinit_array_start = .;\n"
		  "\t\tKEEP(*(.preinit_array .preinit_array.*))\n"
		  "\t\t__preinit_array_end = .;\n"
		  "\t\t__init_array_start = .;\n"
		  "\t\tKEEP(*(SORT_BY_INIT_PRIORITY(.init_array.*)))\n"
		  "\t\tKEEP(*(.init_array .ctors))\n"
		  "\t\t__init_array_end = .;\n"
		  "\t\t__fini_array_start = .;\n"
		  "\t\tKEEP(*(SORT_BY_INIT_PRIORITY(.fini_array.*)))\n"
		  "\t\tKEEP(*(.fini_array .dtors))\n"
		  "\t\t__fini_array_end = .;\n"
		  "\t\t__rodata_end = .;\n" },
	};
	static const struct output unwind[] = {
		{ ".ARM.extab", false, 0, "\t\t*(.ARM.extab .ARM.extab.*)\n" },
		{ ".ARM.exidx", false, 0,
		  "\t\t__exidx_start = .;\n"
		  "\t\t*(.ARM.exidx .ARM.exidx.*)\n"
		  "\t\t__exidx_end = .;\n" },
	};

	put_output(s, p, true, &outputs[0]);
	for (size_t i = 0; is_arm32(s->family) && i < sizeof(unwind) / sizeof(unwind[0]); i++)
		put_output(s, p, false, &unwind[i]);
	put_output(s, p, false, &outputs[1]);
	put_relocations(s, p);
}

static void put_data(const struct script *s, const struct lop_placed *p)
{
	static const char pointer[] = "\t\tPROVIDE(__global_pointer$ = . + 0x800);\n";
	static const struct output dynamic = { ".dynamic", false, 0, "\t\t*(.dynamic)\n" };
	struct output data = { ".data", false, 8, NULL };
	struct lop_buf body = { 0 };

	lop_buf_printf(&body,
		       "\t\t__data_start = .;\n"
		       "\t\t*(.data .data.* .gnu.linkonce.d.* .kernel.*)\n"
		       "\t\t*(.got .got.plt .igot .igot.plt)\n"
		       "\t\t. = ALIGN(8);\n%s"
		       "\t\t*(.sdata .sdata.* .gnu.linkonce.s.*)\n"
		       "\t\t. = ALIGN(8);\n"
		       "\t\t__data_end = .;\n",
		       s->family == LOP_CPU_RISCV ? pointer : "");
	data.body = lop_buf_cstr(&body);
	put_output(s, p, true, &data);
	put_output(s, p, false, &dynamic);
	put(s, "\t__data_load_start = LOADADDR(.data);\n");
	lop_buf_free(&body);
}

static void put_bss(const struct script *s, const struct lop_placed *p)
{
	static const struct output bss = {
		".bss", true, 8,
		"\t\t__bss_start = .;\n"
		"\t\t*(.sbss .sbss.* .bss .bss.* .dynbss COMMON .kernel_bss.*)\n"
		"\t\t. = ALIGN(8);\n"
		"\t\t__bss_end = .;\n"
	};

	put_output(s, p, true, &bss);
}

static void put_heap(const struct script *s, const struct lop_placed *p)
{
	static const struct output heap = { ".heap", true, 16,
					    "\t\t__heap_start = .;\n"
					    "\t\tPROVIDE(end = .);\n"
					    "\t\tPROVIDE(_end = .);\n"
					    "\t\t. += __heap_size;\n"
					    "\t\t. = ALIGN(16);\n"
					    "\t\t__heap_end = .;\n" };

	put_output(s, p, true, &heap);
}

static void put_stack(const struct script *s, const struct lop_placed *p)
{
	static const struct output stack = { ".stack", true, 16,
					     "\t\t__stack_start = .;\n"
					     "\t\t. += __stack_size;\n"
					     "\t\t. = ALIGN(16);\n"
					     "\t\t__stack_end = .;\n"
					     "\t\t__stack_top = .;\n" };

	put_output(s, p, true, &stack);
}

static void put_noinit(const struct script *s, const struct lop_placed *p)
{
	static const struct output noinit = { ".noinit", true, 8,
					      "\t\t__noinit_start = .;\n"
					      "\t\t*(.noinit .noinit.* .kernel_noinit.*)\n"
					      "\t\t__noinit_end = .;\n" };

	put_output(s, p, true, &noinit);
}

/* --- resource tables --- */

/* A domain's name in a section's: what linkers read otherwise becomes c. */
static void put_peer(struct lop_buf *out, const char *name, char c)
{
	for (; *name; name++)
		lop_buf_putc(out, strchr(",+", *name) ? c : *name);
}

/* A remote of several hosts has one table, and one section, for each. */
static void put_table_of(const struct script *s, const struct lop_placed *p,
			 const struct lop_pair *pair, bool first)
{
	const char *peer = pair->end[LOP_HOST]->name;
	struct lop_buf name = { 0 }, body = { 0 };
	struct output table = { .align = 8 };
	char symbol[LOP_MACRO_MAX];

	lop_c_name("__resource_table", peer, symbol);
	lop_buf_puts(&name, IPC_RSC_SECTION ".");
	put_peer(&name, peer, '_');
	lop_buf_printf(&body, "\t\t%s_start = .;\n\t\tKEEP(*(%s.", symbol, IPC_RSC_SECTION);
	put_peer(&body, peer, '?');
	lop_buf_printf(&body, "))\n\t\t%s_end = .;\n", symbol);
	table.name = lop_buf_cstr(&name);
	table.body = lop_buf_cstr(&body);
	put_output(s, p, first, &table);
	lop_buf_free(&name);
	lop_buf_free(&body);
}

static void put_tables(const struct script *s, const struct lop_placed *p)
{
	static const struct output table = { IPC_RSC_SECTION, false, 8,
					     "\t\t__resource_table_start = .;\n"
					     "\t\tKEEP(*(" IPC_RSC_SECTION "))\n"
					     "\t\t__resource_table_end = .;\n" };
	size_t hosts = 0, n = 0;

	for (size_t i = 0; i < s->system->n_pairs; i++)
		hosts += s->system->pairs[i]->end[LOP_REMOTE] == s->domain;
	if (hosts < 2) {
		put_output(s, p, true, &table);
		return;
	}
	for (size_t i = 0; i < s->system->n_pairs; i++)
		if (s->system->pairs[i]->end[LOP_REMOTE] == s->domain)
			put_table_of(s, p, s->system->pairs[i], n++ == 0);
}

/* --- sections of the user's own --- */

static void put_custom(const struct script *s, const struct lop_placed *p)
{
	const struct lop_custom_section *c = p->custom;
	struct output output = { .noload = c->noload, .align = c->align };
	struct lop_buf name = { 0 }, body = { 0 };
	char symbol[LOP_MACRO_MAX];

	lop_c_name("_", c->name, symbol);
	lop_buf_printf(&name, ".%s", c->name);
	lop_buf_printf(&body, "\t\t%s_start = .;\n", symbol);
	for (size_t i = 0; i < c->n_inputs; i++)
		lop_buf_printf(&body, c->keep ? "\t\tKEEP(*(%s))\n" : "\t\t*(%s)\n", c->inputs[i]);
	lop_buf_printf(&body, "\t\t%s_end = .;\n", symbol);
	output.name = lop_buf_cstr(&name);
	output.body = lop_buf_cstr(&body);
	put_output(s, p, true, &output);
	lop_buf_free(&name);
	lop_buf_free(&body);
}

static void put_trace(const struct script *s)
{
	const struct lop_region *trace = s->layout->trace;

	if (trace)
		lop_buf_printf(s->out,
			       "\t.trace (NOLOAD) : {\n\t\t*(.trace .trace.*)\n\t} > %s :NONE\n",
			       trace->name);
}

/* What no program needs in memory. First: patterns of others would take some of it. */
static void put_discarded(const struct script *s)
{
	put(s, "\t/DISCARD/ : {\n"
	       "\t\t*(.note.GNU-stack .note.gnu.property .gnu_debuglink .gnu.lto_* .interp)\n"
	       "\t}\n");
}

/* What stays in the file and is not loaded, by the names that linkers and debuggers know. */
static void put_unloaded(const struct script *s)
{
	static const char *const names[] = {
		".comment",	      ".debug_abbrev",	 ".debug_addr",	     ".debug_aranges",
		".debug_cu_index",    ".debug_frame",	 ".debug_funcnames", ".debug_info",
		".debug_line",	      ".debug_line_str", ".debug_loc",	     ".debug_loclists",
		".debug_macinfo",     ".debug_macro",	 ".debug_names",     ".debug_pubnames",
		".debug_pubtypes",    ".debug_ranges",	 ".debug_rnglists",  ".debug_str",
		".debug_str_offsets", ".debug_types",	 ".debug_varnames",  ".stab",
		".stabstr",	      ".symtab",	 ".symtab_shndx",    ".strtab",
		".shstrtab",
	};

	put(s, "\t/* Not loaded. */\n");
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		lop_buf_printf(s->out, "\t%s 0 : { *(%s) }\n", names[i], names[i]);
	if (is_arm32(s->family))
		put(s, "\t.ARM.attributes 0 : { KEEP(*(.ARM.attributes)) }\n");
	else if (s->family == LOP_CPU_RISCV)
		put(s, "\t.riscv.attributes 0 : { KEEP(*(.riscv.attributes)) }\n");
}

static void put_sections(const struct script *s)
{
	static void (*const rows[LOP_SECTIONS])(const struct script *,
						const struct lop_placed *) = {
		[LOP_VECTOR_TABLE] = put_vectors,
		[LOP_TEXT] = put_text,
		[LOP_RODATA] = put_rodata,
		[LOP_DATA] = put_data,
		[LOP_RESOURCE_TABLE] = put_tables,
		[LOP_BSS] = put_bss,
		[LOP_HEAP] = put_heap,
		[LOP_STACK] = put_stack,
		[LOP_NOINIT] = put_noinit,
	};

	put(s, "SECTIONS\n{\n");
	put_discarded(s);
	for (size_t i = 0; i < s->layout->n_sections; i++) {
		const struct lop_placed *p = &s->layout->sections[i];

		if (p->custom)
			put_custom(s, p);
		else
			rows[p->section](s, p);
	}
	put_trace(s);
	put_unloaded(s);
	put(s, "}\n");
}

/* --- symbols --- */

static void put_part(const struct script *s, const struct lop_link *link, enum lop_end end,
		     const char *part, struct lop_range range)
{
	char name[LOP_MACRO_MAX], symbol[LOP_MACRO_MAX + 32];
	uint64_t address;

	if (!lop_link_address(s->system, link, end, range, &address))
		return;
	lop_c_name("__link", link->name, name);
	snprintf(symbol, sizeof(symbol), "%s%s_start", name, part);
	put_number(s, symbol, address);
	snprintf(symbol, sizeof(symbol), "%s%s_size", name, part);
	put_number(s, symbol, range.size);
}

static void put_link(const struct script *s, const struct lop_link *link, enum lop_end end)
{
	lop_buf_printf(s->out, "\n/* %s: %s of %s */\n", link->name, end ? "remote" : "host",
		       link->end[!end]->name);
	put_part(s, link, end, "", link->window);
	put_part(s, link, end, "_table", link->table);
	put_part(s, link, end, "_vring0", link->ring[0]);
	put_part(s, link, end, "_vring1", link->ring[1]);
	put_part(s, link, end, "_pool", link->pool);
}

static void put_symbols(const struct script *s)
{
	if (s->layout->trace) {
		put(s, "\n/* trace buffer */\n");
		put_number(s, "__trace_start", s->layout->trace->range.base);
		put_number(s, "__trace_size", s->layout->trace->range.size);
	}
	for (size_t i = 0; i < s->system->n_links; i++)
		for (unsigned end = 0; end < 2; end++)
			if (s->system->links[i]->end[end] == s->domain)
				put_link(s, s->system->links[i], (enum lop_end)end);
}

void lop_emit_linker(const struct lop_system *system, const struct lop_view *view,
		     const struct lop_layout *layout, struct lop_buf *out)
{
	const struct lop_cluster *cluster = lop_domain_cluster(view->domain);
	const struct script s = { system, view->domain, layout,
				  cluster ? cluster->family : LOP_CPU_OTHER, out };

	lop_buf_printf(out,
		       "/*\n * Where programs of domain %s go, made by sdtgen. Do not edit.\n"
		       " * Addresses are those of the domain's CPUs. For GNU ld and lld.\n */\n",
		       view->domain->name);
	put_head(&s);
	put_sections(&s);
	put_symbols(&s);
	if (layout->policy && layout->policy->user_content)
		lop_buf_printf(out, "\nINCLUDE \"%s\"\n", layout->policy->user_content);
}
