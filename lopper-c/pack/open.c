/* SPDX-License-Identifier: BSD-3-Clause */
/* A boot image that exists: header, directory, table and every image, as a manager would take it.
 */
#include <stdint.h>

#include "ipc/abi/le.h"
#include "lopper-c/pack/steps.h"

/* The directory begins a page; the manager before it can be anything. */
static const char *find_directory(const struct lop_pack_file *file)
{
	const char *bytes = file->data;

	for (size_t at = 0; at + sizeof(struct pm_directory) <= file->size;
	     at += PM_DIRECTORY_ALIGN)
		if (ipc_le32(bytes + at) == PM_DIRECTORY_MAGIC)
			return bytes + at;
	return NULL;
}

static bool report_boot(const struct lop_boot *boot, struct lop_diags *diags,
			const struct lop_pack_file *file, const char *why)
{
	lop_diag_help(lop_report(diags, LOP_BOOT_FORMAT, file->span,
				 "`%s` is not a sound boot image: %s", boot->path, why),
		      "give the file that `sdtgen pack` wrote; if it was copied, copy it again, as "
		      "binary data");
	return false;
}

static bool report_place(const struct lop_boot *boot, struct lop_diags *diags,
			 const struct lop_pack_file *file, const char *why,
			 const struct pm_table_place *where)
{
	return report_boot(boot, diags, file,
			   lop_arena_printf(diags->arena, "%s (%s)", why,
					    lop_table_place(diags->arena, where)));
}

static bool check_images(const struct lop_boot *boot, struct lop_diags *diags,
			 const struct lop_pack_file *file)
{
	for (uint32_t i = 0; i < boot->directory->count; i++) {
		struct pm_table_place where;
		int image_error, error;

		error = pm_directory_check_image(boot->directory, i, NULL, &image_error, &where);
		if (error)
			return report_place(boot, diags, file,
					    error == PM_DIRECTORY_BAD_IMAGE
						    ? pm_image_strerror(image_error)
						    : pm_directory_strerror(error),
					    &where);
	}
	return true;
}

/* Boot loaders read the header, the manager what is behind it: they agree. */
static bool check_header(const struct lop_boot *boot, struct lop_diags *diags,
			 const struct lop_pack_file *file)
{
	const struct pm_table *table = pm_directory_table(boot->directory);
	const struct pm_region *memory = pm_table_region(table, table->memory);
	const uint32_t magic = ipc_le32((const char *)file->data + PM_LINUX_MAGIC);

	if (magic != (table->isa == PM_ISA_ARM64 ? PM_LINUX_ARM64 : PM_LINUX_RISCV))
		return report_boot(boot, diags, file, "it does not begin with an Image header");
	if (boot->load < memory->phys || boot->text_offset != boot->load - lop_pack_origin(table) ||
	    boot->image_size != memory->size - (boot->load - memory->phys))
		return report_boot(boot, diags, file,
				   "its Image header says something else than its directory");
	return true;
}

bool lop_pack_open(struct lop_boot *boot, struct lop_diags *diags, const struct lop_pack_file *file)
{
	const char *bytes = file->data;
	const char *directory = find_directory(file);
	struct pm_table_place where;
	size_t before;
	int error;

	*boot = (struct lop_boot){ .path = file->path, .size = file->size };
	if (!directory)
		return report_boot(boot, diags, file, "there is no image directory in it");
	before = (size_t)(directory - bytes);
	if (!before)
		return report_boot(boot, diags, file, "there is no manager before its directory");
	error = pm_directory_check(directory, file->size - before, &where);
	if (error)
		return report_place(boot, diags, file, pm_directory_strerror(error), &where);
	boot->directory = (const void *)directory;
	boot->load = boot->directory->load - before;
	boot->text_offset = ipc_le64(bytes + PM_LINUX_TEXT_OFFSET);
	boot->image_size = ipc_le64(bytes + PM_LINUX_SIZE);
	return check_header(boot, diags, file) && check_images(boot, diags, file);
}
