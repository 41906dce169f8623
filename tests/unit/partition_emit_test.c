/* SPDX-License-Identifier: BSD-3-Clause */
/* The manager's table of a system: the shared reader takes it, and it says what the model says. */
#include "lopper-c/emit/partition.h"

#include "lopper-c/place/place.h"
#include "runtime/abi/partition.h"
#include "tests/unit/tree_text.h"

static const char board[] =
	"model = \"four cores\"; #address-cells = <2>; #size-cells = <2>; interrupt-parent = <&gic>;"
	"a: cpus { compatible = \"cpus,cluster\"; #address-cells = <1>; #size-cells = <0>;"
	"cpu@0 { compatible = \"arm,cortex-a57\"; device_type = \"cpu\"; reg = <0>; };"
	"cpu@1 { compatible = \"arm,cortex-a57\"; device_type = \"cpu\"; reg = <1>; };"
	"cpu@100 { compatible = \"arm,cortex-a57\"; device_type = \"cpu\"; reg = <0x100>; }; };"
	"memory@40000000 { device_type = \"memory\"; reg = <0 0x40000000 0 0x20000000>; };"
	"gic: gic@8000000 { compatible = \"arm,gic-v3\"; #interrupt-cells = <3>; #address-cells = <0>;"
	"interrupt-controller; interrupts = <1 9 4>;"
	"reg = <0 0x8000000 0 0x10000>, <0 0x80a0000 0 0x60000>; };"
	"timer { compatible = \"arm,armv8-timer\"; interrupts = <1 13 4>, <1 14 4>, <1 11 4>, <1 10 4>; };"
	"uart: serial@9000000 { compatible = \"arm,pl011\", \"arm,primecell\";"
	"reg = <0 0x9000000 0 0x1000>; interrupts = <0 1 4>; clock-frequency = <24000000>; };"
	"rtc: rtc@9010000 { compatible = \"arm,pl031\"; reg = <0 0x9010000 0 0x200>;"
	"interrupts = <0 2 1>; };"
	"one: dev@9020000 { compatible = \"x\"; reg = <0 0x9020000 0 0x200>; };"
	"two: dev@9020200 { compatible = \"x\"; reg = <0 0x9020200 0 0x200>; };";

static const char domains[] =
	"domains { #address-cells = <2>; #size-cells = <2>;"
	"manager { compatible = \"pm,manager-v1\"; console = <&uart>; };"
	"l: linux { compatible = \"openamp,domain-v1\"; id = <1>; os,type = \"linux\"; cpus = <&a 1 1>;"
	"memory = <0 0x44000000 0 0x8000000>; access = <&rtc %s>; image = \"%s\"; initrd = \"i.gz\";"
	"manages = <&r>; };"
	"r: rtos { compatible = \"openamp,domain-v1\"; id = <2>; os,type = \"freertos\"; cpus = <&a 2 1>;"
	"memory = <0 0x50000000 0 0x1000000>; access = <%s>; restart = \"on-fault\"; restart-limit = <3>;"
	"restart-backoff = <100>; watchdog = <2000>; trace = <0 0x4000>; image-slot = <0 0x100000>;"
	"start-after = <&l>; image = \"r.elf\"; autostart = <0>; }; };"
	"links { compatible = \"pm,links-v1\";"
	"data { host = <&l>; remote = <&r>; buffers = <8 4>; buffer-size = <1024 512>; };"
	"more { host = <&l>; remote = <&r>; memory-type = \"write-back\"; }; };";

struct built {
	struct lop_system *system;
	const struct pm_table *table;
	unsigned char bytes[65536] __attribute__((aligned(8)));
	size_t size;
};

static struct built built;
static const char *image = "Image";

static void build(struct fixture *f, const char *linux_access, const char *rtos_access)
{
	const char *text = lop_arena_printf(&f->arena, "%s%s", board, domains);
	struct lop_tree *tree =
		parse_root(f, lop_arena_printf(&f->arena, text, linux_access, image, rtos_access));
	struct lop_partition *p;
	struct lop_buf out = { 0 };

	lop_tree_resolve(tree, &f->diags, NULL);
	lop_tree_number(tree);
	built.system = lop_system_build(tree, &f->diags);
	lop_place(built.system);
	p = lop_partition_begin(built.system);
	for (size_t i = 0; i < built.system->n_domains; i++) {
		struct lop_view *view =
			lop_view_build(built.system, built.system->domains[i], &f->diags);

		lop_partition_add(p, view, 5000);
		lop_view_drop_tree(view);
	}
	lop_partition_finish(p, &out);
	lop_partition_free(p);
	assert_true(out.len <= sizeof(built.bytes));
	memcpy(built.bytes, out.data, out.len);
	built.size = out.len;
	built.table = (const struct pm_table *)(const void *)built.bytes;
	lop_buf_free(&out);
}

static const struct pm_region *region_of(uint32_t domain, uint32_t kind, unsigned skip)
{
	for (uint32_t i = 0; i < built.table->regions.count; i++) {
		const struct pm_region *r = pm_table_region(built.table, i);

		if (r->domain == domain && r->kind == kind && !skip--)
			return r;
	}
	fail_msg("domain %u has no region of kind %u", domain, kind);
	return NULL;
}

static bool has_irq(uint32_t domain, uint32_t intid, uint32_t flags)
{
	for (uint32_t i = 0; i < built.table->irqs.count; i++) {
		const struct pm_irq *irq = pm_table_irq(built.table, i);

		if (irq->domain == domain && irq->intid == intid)
			return irq->flags == flags;
	}
	return false;
}

/* What no rule found, since none was asked here. */
static void a_table_that_is_refused_is_said(void **state)
{
	struct fixture *f = *state;

	image = "two\\nlines";
	build(f, "", "");
	image = "Image";
	assert_int_equal(f->diags.errors, 1);
	assert_int_equal(f->diags.last->code, LOP_TABLE_FORMAT);
}

static void the_reader_takes_it(void **state)
{
	struct pm_table_place where = { 0 };

	build(*state, "", "");
	if (pm_table_check(built.bytes, built.size, &where) != 0)
		fail_msg("%s %u, %s", where.record, where.index, where.field);
	assert_string_equal(pm_table_text(built.table, built.table->name), "four cores");
	assert_int_equal(built.table->size, built.size);
}

static void lives_are_those_of_the_model(void **state)
{
	const struct pm_domain *l, *r;

	build(*state, "", "");
	l = pm_table_domain(built.table, 0);
	r = pm_table_domain(built.table, 1);
	assert_string_equal(pm_table_text(built.table, l->name), "l");
	assert_int_equal(l->os, PM_OS_LINUX);
	assert_int_equal(l->flags, PM_DOMAIN_AUTOSTART);
	assert_int_equal(l->n_rights, 1);
	assert_int_equal(pm_table_right(built.table, l->right)->target, 1);
	assert_int_equal(r->os, PM_OS_RTOS);
	assert_int_equal(r->flags, 0);
	assert_int_equal(r->restart, PM_RESTART_ON_FAULT);
	assert_int_equal(r->restart_limit, 3);
	assert_int_equal(r->restart_backoff, 100);
	assert_int_equal(r->watchdog, 2000);
	assert_int_equal(r->start, 1);
	assert_int_equal(pm_table_region(built.table, r->trace)->phys, 0x50ffc000);
	assert_int_equal(pm_table_region(built.table, r->slot)->size, 0x100000);
	assert_int_equal(pm_table_region(built.table, r->slot)->domain, PM_NONE);
	assert_string_equal(pm_table_text(built.table, pm_table_image(built.table, r->image)->name),
			    "r.elf");
	assert_int_equal(l->n_images, 3); /* Image, initrd, device tree */
	assert_int_equal(l->dtb, 0x4bff0000);
}

static void cpus_are_given_and_left(void **state)
{
	build(*state, "", "");
	assert_int_equal(built.table->cpus.count, 3);
	assert_int_equal(pm_table_cpu(built.table, 1)->hwid, 1);
	assert_int_equal(pm_table_cpu(built.table, 1)->domain, 1);
	assert_int_equal(pm_table_cpu(built.table, 2)->hwid, 0x100);
	assert_int_equal(pm_table_cpu(built.table, 2)->domain, PM_NONE);
	assert_int_equal(built.table->cpu, 2); /* the shell runs where nobody else does */
}

static void devices_are_pages_of_their_domain(void **state)
{
	const struct pm_region *r;

	build(*state, "", "&one &two");
	assert_int_equal(pm_table_check(built.bytes, built.size, NULL), 0);
	r = region_of(0, PM_REGION_DEVICE, 0);
	assert_int_equal(r->phys, 0x9010000);
	assert_int_equal(r->size, 0x1000);
	assert_int_equal(r->type, PM_TYPE_DEVICE);
	assert_false(r->flags & PM_REGION_EXECUTE);
	r = region_of(1, PM_REGION_DEVICE, 0); /* two devices, one page */
	assert_int_equal(r->phys, 0x9020000);
	assert_int_equal(r->size, 0x1000);
	assert_true(has_irq(0, 34, PM_IRQ_EDGE));
	assert_true(has_irq(1, 27, PM_IRQ_PRIVATE));
	assert_false(has_irq(1, 26, PM_IRQ_PRIVATE)); /* EL2's timer */
	assert_false(has_irq(0, 33, 0));	      /* the manager's UART */
}

static void a_page_cannot_be_divided(void **state)
{
	struct fixture *f = *state;

	build(f, "&one", "&two");
	assert_true(lop_diags_have(&f->diags, LOP_ISOLATION));
	assert_int_equal(f->diags.errors, 1);
	assert_int_equal(pm_table_check(built.bytes, built.size, NULL), PM_TABLE_OVERLAP);
}

static void links_are_the_same_at_both_ends(void **state)
{
	build(*state, "", "");
	assert_int_equal(built.table->links.count, 2);
	for (uint32_t i = 0; i < 2; i++) {
		const struct pm_link *l = pm_table_link(built.table, i);
		const struct lop_link *link = built.system->links[i];
		const struct pm_region *host = pm_table_region(built.table, l->host_window);
		const struct pm_region *remote = pm_table_region(built.table, l->remote_window);

		assert_int_equal(host->phys, link->window.base);
		assert_int_equal(remote->phys, link->window.base);
		assert_int_equal(host->size, link->window.size);
		for (unsigned r = 0; r < 2; r++) {
			assert_int_equal(link->window.base + l->ring[r], link->ring[r].base);
			assert_int_equal(l->ring_num[r], link->ring_num[r]);
			assert_int_equal(l->buffer_size[r], link->buffer_size[r]);
		}
		assert_int_equal(pm_table_irq(built.table, l->host_irq)->intid,
				 link->irq[LOP_HOST]);
		assert_int_equal(pm_table_region(built.table, l->remote_doorbell)->guest,
				 link->doorbell[LOP_REMOTE]);
		assert_int_equal(l->vdev, i);
		assert_int_equal(host->type, i ? PM_TYPE_WRITE_BACK : PM_TYPE_NON_CACHEABLE);
	}
	assert_int_equal(pm_table_link(built.table, 0)->table, 0);
	assert_int_equal(pm_table_link(built.table, 1)->table, PM_NONE);
}

static void the_manager_has_its_own(void **state)
{
	const struct pm_table *t;

	build(*state, "", "");
	t = built.table;
	assert_int_equal(pm_table_region(t, t->memory)->phys, built.system->manager->memory.base);
	assert_int_equal(pm_table_region(t, t->uart)->phys, 0x9000000);
	assert_int_equal(t->uart_kind, PM_UART_PL011);
	assert_int_equal(t->uart_irq, 33);
	assert_int_equal(t->uart_clock, 24000000);
	assert_int_equal(pm_table_region(t, t->intc)->phys, 0x8000000);
	assert_int_equal(pm_table_region(t, t->redist)->phys, 0x80a0000);
	assert_int_equal(t->redist_stride, 0x20000);
	assert_int_equal(t->ram, 0x40000000);
	assert_int_equal(t->maintenance_irq, 25);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_reader_takes_it),	TEST(lives_are_those_of_the_model),
		TEST(cpus_are_given_and_left),	TEST(devices_are_pages_of_their_domain),
		TEST(a_page_cannot_be_divided), TEST(links_are_the_same_at_both_ends),
		TEST(the_manager_has_its_own),	TEST(a_table_that_is_refused_is_said),
	};

	return cmocka_run_group_tests_name("partition_emit", tests, NULL, NULL);
}
