/* SPDX-License-Identifier: BSD-3-Clause */
/* sdtgen pack: a manager, a generated system and its programs to one boot image; or what is in one.
 */
#include "lopper-c/pack/pack.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lopper-c/cmd/command.h"
#include "lopper-c/cmd/depfile.h"
#include "lopper-c/cmd/inputs.h"
#include "lopper-c/cmd/show.h"
#include "lopper-c/emit/inspect.h"

static int check_pack_usage(struct lop_run *run, const char *output)
{
	const struct lop_words *words = &run->options.inputs;
	struct stat st;
	int code;

	if (words->count < 2)
		return lop_run_usage(run, "give a manager and the folder of a generated system: "
					  "sdtgen pack manager.elf generated -o boot.img");
	if (words->count > 2)
		return lop_run_usage(
			run, "'%s' is one too many; folders with programs follow '--images'",
			words->items[2]);
	if (stat(words->items[1], &st) || !S_ISDIR(st.st_mode))
		return lop_run_usage(run,
				     "'%s' is no folder; the second word is the one that sdtgen "
				     "gen wrote",
				     words->items[1]);
	if (!run->options.output && !run->options.dry_run && isatty(STDOUT_FILENO))
		return lop_run_usage(run, "a boot image is nothing for a terminal; name a file "
					  "with '-o FILE'");
	code = lop_inputs_check_output(run, output, false);
	return code ? code : lop_inputs_check_depend(run, output);
}

static int check_list_usage(struct lop_run *run)
{
	const struct lop_options *o = &run->options;

	if (o->output || o->images.count || o->depend || o->dry_run)
		return lop_run_usage(run, "'--list' reads one boot image and writes none");
	return lop_show_check_usage(run, "--list boot.img");
}

/* --- files --- */

static struct lop_pack_file read_file(struct lop_run *run, const char *path)
{
	struct lop_pack_file file = { .path = strcmp(path, "-") ? path : "<stdin>" };
	struct lop_buf buf = { 0 };
	int err = lop_file_read(path, &buf);

	if (err) {
		lop_report_read(&run->diags, path, err);
	} else {
		file.span.text = lop_sources_add(&run->sources, path, NULL, 0, NULL);
		file.data = lop_arena_dup(&run->arena, buf.data, buf.len);
		file.size = buf.len;
	}
	lop_buf_free(&buf);
	return file;
}

static const char *join(struct lop_run *run, const char *folder, const char *name)
{
	const size_t len = strlen(folder);

	if (*name == '/' || !strcmp(folder, "."))
		return name;
	return lop_arena_printf(&run->arena, "%s%s%s", folder,
				len && folder[len - 1] == '/' ? "" : "/", name);
}

/* Device trees stand beside the table, programs where --images says, or there too. */
static const char *find_image(struct lop_run *run, const char *dir, const struct lop_words *folders,
			      const struct pm_image *image, const char *name)
{
	struct stat st;

	if (image->kind == PM_IMAGE_DTB || !folders->count)
		return stat(join(run, dir, name), &st) ? NULL : join(run, dir, name);
	for (size_t i = 0; i < folders->count; i++)
		if (!stat(join(run, folders->items[i], name), &st))
			return join(run, folders->items[i], name);
	return NULL;
}

static void report_missing(struct lop_run *run, const struct lop_pack *pack, const char *dir,
			   const struct pm_image *image)
{
	const struct lop_words *folders = &run->options.images;
	const bool generated = image->kind == PM_IMAGE_DTB;
	static const struct {
		const char *what, *key; /* of the domain file, which the table does not name */
	} kinds[] = { [PM_IMAGE_PROGRAM] = { "program", "image" },
		      [PM_IMAGE_INITRD] = { "initrd", "initrd" },
		      [PM_IMAGE_DTB] = { "device tree", NULL },
		      [PM_IMAGE_RAW] = { "file to load", "load" } };
	const char *name = pm_table_text(pack->table, image->name);
	const char *domain =
		pm_table_text(pack->table, pm_table_domain(pack->table, image->domain)->name);
	struct lop_diag *d = lop_report(&run->diags, LOP_IMAGE_MISSING, pack->table_file.span,
					"there is no `%s`, which domain `%s` has as its %s", name,
					domain, kinds[image->kind].what);

	for (size_t i = 0; i < folders->count && !generated; i++)
		lop_diag_help(d, "it is not in `%s`", folders->items[i]);
	if (generated)
		lop_diag_help(d, "generate the system again: it belongs into `%s`", dir);
	else
		lop_diag_help(d,
			      "build it, and name its folder with `--images DIR`; or change "
			      "`%s` of `%s` in the domain file",
			      kinds[image->kind].key, domain);
}

static void read_images(struct lop_run *run, struct lop_pack *pack, const char *dir)
{
	for (uint32_t i = 0; i < pack->table->images.count; i++) {
		const struct pm_image *image = pm_table_image(pack->table, i);
		const char *path = find_image(run, dir, &run->options.images, image,
					      pm_table_text(pack->table, image->name));

		if (path)
			pack->images[i] = read_file(run, path);
		else
			report_missing(run, pack, dir, image);
	}
}

/* --- the two uses --- */

static void show(struct lop_run *run, const struct lop_boot *boot)
{
	if (run->options.format == LOP_FORMAT_JSON)
		lop_emit_boot_json(boot, &run->out);
	else
		lop_emit_boot_text(boot, &run->out);
}

static int list(struct lop_run *run)
{
	int code = check_list_usage(run);
	struct lop_pack_file file;
	struct lop_boot boot;

	if (code)
		return code;
	file = read_file(run, run->options.inputs.items[0]);
	lop_timing_mark(&run->timing, "read");
	if (file.data && lop_pack_open(&boot, &run->diags, &file) && !run->options.quiet)
		show(run, &boot);
	return LOP_EXIT_OK;
}

static bool read_all(struct lop_run *run, struct lop_pack *pack)
{
	const char *dir = run->options.inputs.items[1];
	struct lop_pack_file table;

	pack->manager = read_file(run, run->options.inputs.items[0]);
	table = read_file(run, join(run, dir, "partitions.bin"));
	if (!table.data || !lop_pack_table(pack, &table))
		return false;
	read_images(run, pack, dir);
	lop_timing_mark(&run->timing, "read");
	return true;
}

int lop_cmd_pack(struct lop_run *run)
{
	const char *output = run->options.output ? run->options.output : "-";
	struct lop_pack pack = { .arena = &run->arena, .diags = &run->diags };
	struct lop_outputs outs = { .arena = &run->arena };
	struct lop_output *image;
	int code;

	if (run->options.list)
		return list(run);
	code = check_pack_usage(run, output);
	if (code)
		return code;
	image = lop_outputs_add(&outs, output);
	image->named = true;
	if (read_all(run, &pack))
		lop_pack_join(&pack, &image->data);
	lop_timing_mark(&run->timing, "pack");
	lop_depfile_add(&run->options, &run->sources, lop_depfile_default(&run->arena, output),
			&outs);
	return lop_run_commit(run, &outs, false);
}
