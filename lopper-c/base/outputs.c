/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The other half of file.h: a set of outputs that is committed as a whole.
 *
 * A commit is a list of steps: replace a file by a temporary one that is already complete, or move
 * a stale file away. Everything that can fail for want of room or rights happens before the first
 * step; a step that fails all the same is undone together with those before it, from hard links to
 * the old files. Owns temporary files, backups and the folders it made; which old files are stale
 * is the manifest's knowledge.
 */
#include "lopper-c/base/file.h"

#include "lopper-c/base/manifest.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* One file of the commit. */
struct step {
	struct lop_output *output; /* NULL: a stale file that goes */
	const char *path;
	const char *tmp;    /* complete new content, NULL: none */
	const char *backup; /* another name of the old file, NULL: there was none */
	bool stream;	    /* standard output, a pipe, device or link: written into, at the end */
	bool done;	    /* path is the new file */
};

struct folder {
	const char *path;
	struct folder *older;
};

struct commit {
	struct lop_arena *arena;
	const char *dir; /* NULL: none */
	struct step *steps;
	size_t n_steps;
	struct folder *made; /* newest first */
	const char *failed;  /* the path at hand, */
	const char *why;     /* and what is wrong with it where errno has no good words */
};

struct lop_output *lop_outputs_add(struct lop_outputs *outs, const char *path)
{
	struct lop_output *output = lop_arena_zalloc(outs->arena, sizeof(*output));

	output->path = lop_arena_strdup(outs->arena, path);
	if (outs->last)
		outs->last->next = output;
	else
		outs->first = output;
	outs->last = output;
	return output;
}

void lop_outputs_free(struct lop_outputs *outs)
{
	for (struct lop_output *o = outs->first; o; o = o->next)
		lop_buf_free(&o->data);
	outs->first = outs->last = NULL;
}

static const char *sibling(struct commit *c, const char *path, const char *kind, size_t number)
{
	const char *slash = strrchr(path, '/');
	int dir_len = slash ? (int)(slash - path) + 1 : 0;

	return lop_arena_printf(c->arena, "%.*s.sdtgen-%ld-%zu.%s", dir_len, path, (long)getpid(),
				number, kind);
}

/* mkdir -p for the folder a file stands in; what was missing is remembered. */
static int make_folders(struct commit *c, const char *file)
{
	char *path = lop_arena_strdup(c->arena, file);

	for (char *p = strchr(path + 1, '/'); *path && p; p = strchr(p + 1, '/')) {
		*p = '\0';
		if (mkdir(path, 0777) == 0) {
			struct folder *made = lop_arena_alloc(c->arena, sizeof(*made));

			made->path = lop_arena_strdup(c->arena, path);
			made->older = c->made;
			c->made = made;
		} else if (errno != EEXIST) {
			return -errno;
		}
		*p = '/';
	}
	return 0;
}

static bool same_content(const struct lop_output *output, const struct stat *st)
{
	struct lop_buf old = { 0 };
	bool same;

	if (!S_ISREG(st->st_mode) || (uintmax_t)st->st_size != output->data.len)
		return false;
	same = lop_file_read(output->path, &old) == 0 && old.len == output->data.len &&
	       (old.len == 0 || memcmp(old.data, output->data.data, old.len) == 0);
	lop_buf_free(&old);
	return same;
}

static int refuse(struct commit *c, int err, const char *why)
{
	c->why = why;
	return err;
}

static bool is_below(const char *path, const char *dir)
{
	size_t n = dir ? strlen(dir) : 0;

	return n && strncmp(path, dir, n) == 0 && path[n] == '/';
}

/* One name below dir, which may be missing: nothing is followed out of there. */
static int check_name(struct commit *c, const char *path, bool folder)
{
	struct stat st;

	if (lstat(path, &st) < 0)
		return errno == ENOENT ? 0 : -errno;
	if (S_ISLNK(st.st_mode))
		return refuse(c, -ELOOP, "a symbolic link is in the way");
	return folder && !S_ISDIR(st.st_mode) ? -ENOTDIR : 0;
}

/* Every name on the way from dir to the file, the file's own included. */
static int check_way(struct commit *c, const char *file)
{
	char *path = lop_arena_strdup(c->arena, file);
	char *p = path + strlen(c->dir);
	int err = 0;

	while (err == 0 && (p = strchr(p + strspn(p, "/"), '/'))) {
		*p = '\0';
		c->failed = lop_arena_strdup(c->arena, path);
		err = check_name(c, path, true);
		*p = '/';
	}
	if (err)
		return err;
	c->failed = file;
	return check_name(c, file, false);
}

/* What stands at the destination decides what has to be done. */
static int look_at(struct commit *c, struct step *step)
{
	struct lop_output *output = step->output;
	struct stat st;
	int err = 0;

	output->changed = true;
	if (strcmp(output->path, "-") == 0) {
		step->stream = true;
		return 0;
	}
	if (!output->named && is_below(output->path, c->dir))
		err = check_way(c, output->path);
	if (err)
		return err;
	if (stat(output->path, &st) == 0) {
		if (S_ISDIR(st.st_mode))
			return -EISDIR;
		step->stream = !S_ISREG(st.st_mode);
	} else if (errno != ENOENT) {
		return -errno;
	}
	if (step->stream && !output->named)
		return refuse(c, -EEXIST, "a pipe or device is in the way");
	if (lstat(output->path, &st) < 0)
		return 0;
	if (S_ISLNK(st.st_mode) && output->named)
		step->stream = true; /* a rename would replace the link: /dev/stdout is one */
	else
		output->changed = !same_content(output, &st);
	return 0;
}

static int write_temporary(struct commit *c, struct step *step, size_t number)
{
	const struct lop_buf *data = &step->output->data;
	const char *tmp = sibling(c, step->path, "tmp", number);
	struct stat st;
	int fd, err;

	err = make_folders(c, step->path);
	if (err)
		return err;
	unlink(tmp); /* left by a killed process that had our number */
	fd = open(tmp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd < 0)
		return -errno;
	step->tmp = tmp;
	if (lstat(step->path, &st) == 0 && S_ISREG(st.st_mode))
		(void)!fchmod(fd, st.st_mode & 0777);
	err = lop_file_write(fd, data->data, data->len);
	if (close(fd) < 0 && err == 0)
		err = -errno;
	return err;
}

/* Gives the old file a second name, by moving it where hard links are not to be had. */
static int take_backup(struct commit *c, struct step *step, size_t number)
{
	const char *backup = sibling(c, step->path, "old", number);
	struct stat st;

	if (lstat(step->path, &st) < 0)
		return errno == ENOENT ? 0 : -errno;
	if (S_ISDIR(st.st_mode))
		return -EISDIR;
	unlink(backup);
	if ((!step->tmp || link(step->path, backup) < 0) && rename(step->path, backup) < 0)
		return -errno;
	step->backup = backup;
	return 0;
}

static int perform(struct commit *c, struct step *step, size_t number)
{
	int err;

	if (step->stream || (step->output && !step->tmp))
		return 0;
	err = take_backup(c, step, number);
	if (err)
		return err;
	if (step->tmp && rename(step->tmp, step->path) < 0)
		return -errno;
	step->done = true;
	return 0;
}

static int write_stream(const struct step *step)
{
	const struct lop_buf *data = &step->output->data;
	int fd, err;

	if (strcmp(step->path, "-") == 0)
		return lop_file_write(STDOUT_FILENO, data->data, data->len);
	fd = open(step->path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY, 0666);
	if (fd < 0)
		return -errno;
	err = lop_file_write(fd, data->data, data->len);
	if (close(fd) < 0 && err == 0)
		err = -errno;
	return err;
}

/* Back to how it was, newest step first. */
static void undo(struct commit *c)
{
	for (size_t i = c->n_steps; i-- > 0;) {
		struct step *step = &c->steps[i];

		if (step->backup)
			(void)rename(step->backup, step->path);
		else if (step->done && step->tmp)
			(void)unlink(step->path);
		/* rename() between two names of one file does nothing and leaves both */
		if (step->backup)
			(void)unlink(step->backup);
		if (step->tmp && !step->done)
			(void)unlink(step->tmp);
	}
	for (struct folder *f = c->made; f; f = f->older)
		(void)rmdir(f->path);
}

/* The folders of a removed file go too, where it was the last one in them. */
static void drop_empty_folders(struct commit *c, const char *file)
{
	size_t stop = strlen(c->dir);
	char *path = lop_arena_strdup(c->arena, file);
	char *slash;

	while ((slash = strrchr(path, '/')) && (size_t)(slash - path) > stop) {
		*slash = '\0';
		if (rmdir(path) < 0)
			return;
	}
}

static void finish(struct commit *c)
{
	for (size_t i = 0; i < c->n_steps; i++)
		if (c->steps[i].backup)
			(void)unlink(c->steps[i].backup);
	for (size_t i = 0; i < c->n_steps; i++)
		if (!c->steps[i].output)
			drop_empty_folders(c, c->steps[i].path);
}

/* The user's own name for the folder: a link that leads to one is as good. */
static int check_dir(struct commit *c)
{
	struct stat st;

	if (stat(c->dir, &st) == 0)
		return S_ISDIR(st.st_mode) ? 0 : -ENOTDIR;
	if (errno != ENOENT)
		return -errno;
	if (lstat(c->dir, &st) == 0)
		return refuse(c, -ENOENT, "a symbolic link that leads nowhere");
	return 0;
}

/* dir without slashes at its end, as names below it begin. */
static const char *trim_slashes(struct lop_arena *arena, const char *dir)
{
	size_t n = strlen(dir);

	while (n > 1 && dir[n - 1] == '/')
		n--;
	return lop_arena_strndup(arena, dir, n);
}

static bool exists(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0;
}

/* What the manifest says: the stale files; its own new text into *self, NULL for none. */
static void plan_manifest(struct commit *c, struct lop_outputs *outs, struct lop_output **self)
{
	struct lop_manifest manifest = { .arena = c->arena, .dir = c->dir };
	const char *path = lop_arena_printf(c->arena, "%s/%s", c->dir, LOP_MANIFEST);

	for (struct lop_output *o = outs->first; o; o = o->next)
		if (!o->unlisted)
			lop_manifest_add(&manifest, o->path);
	lop_manifest_sort(&manifest);
	outs->n_stale = lop_manifest_stale(&manifest, &outs->stale);
	if (manifest.count || exists(path)) {
		*self = lop_arena_zalloc(c->arena, sizeof(**self));
		(*self)->path = path;
		lop_manifest_print(&manifest, &(*self)->data);
	}
	lop_manifest_free(&manifest);
}

static void add_step(struct commit *c, struct lop_output *output, const char *path)
{
	c->steps[c->n_steps++] = (struct step){ .output = output, .path = path };
}

static void plan(struct commit *c, struct lop_outputs *outs)
{
	struct lop_output *manifest = NULL;
	size_t n = 1;

	outs->n_stale = 0;
	if (c->dir)
		plan_manifest(c, outs, &manifest);
	n += outs->n_stale;
	for (struct lop_output *o = outs->first; o; o = o->next)
		n++;
	c->steps = lop_arena_alloc(c->arena, n * sizeof(*c->steps));
	for (struct lop_output *o = outs->first; o; o = o->next)
		add_step(c, o, o->path);
	if (manifest)
		add_step(c, manifest, manifest->path);
	for (size_t i = 0; i < outs->n_stale; i++)
		add_step(c, NULL, outs->stale[i]);
}

static int compare_steps(const void *a, const void *b)
{
	return strcmp(((const struct step *)a)->path, ((const struct step *)b)->path);
}

/* Two outputs of one name would overwrite each other. */
static int check_twice(struct commit *c)
{
	if (c->n_steps == 0)
		return 0;
	qsort(c->steps, c->n_steps, sizeof(*c->steps), compare_steps);
	for (size_t i = 1; i < c->n_steps; i++) {
		c->failed = c->steps[i].path;
		if (strcmp(c->steps[i].path, "-") &&
		    compare_steps(&c->steps[i - 1], &c->steps[i]) == 0)
			return refuse(c, -EEXIST, "two outputs have this name");
	}
	return 0;
}

static int prepare(struct commit *c, bool dry_run)
{
	int err = check_twice(c);

	for (size_t i = 0; i < c->n_steps && err == 0; i++) {
		c->failed = c->steps[i].path;
		if (c->steps[i].output)
			err = look_at(c, &c->steps[i]);
	}
	for (size_t i = 0; i < c->n_steps && err == 0 && !dry_run; i++) {
		struct step *step = &c->steps[i];

		c->failed = step->path;
		if (step->output && step->output->changed && !step->stream)
			err = write_temporary(c, step, i);
	}
	return err;
}

static int carry_out(struct commit *c)
{
	int err = 0;

	for (size_t i = 0; i < c->n_steps && err == 0; i++) {
		c->failed = c->steps[i].path;
		err = perform(c, &c->steps[i], i);
	}
	for (size_t i = 0; i < c->n_steps && err == 0; i++) {
		c->failed = c->steps[i].path;
		if (c->steps[i].stream)
			err = write_stream(&c->steps[i]);
	}
	return err;
}

static void free_data(const struct commit *c, const struct lop_outputs *outs)
{
	for (size_t i = 0; i < c->n_steps; i++)
		if (c->steps[i].output)
			lop_buf_free(&c->steps[i].output->data);
	for (struct lop_output *o = outs->first; o; o = o->next)
		lop_buf_free(&o->data);
}

int lop_outputs_commit(struct lop_outputs *outs, bool dry_run)
{
	struct commit c = { .arena = outs->arena };
	int err = 0;

	outs->failed = outs->why = NULL;
	if (outs->dir) {
		c.dir = trim_slashes(outs->arena, outs->dir);
		c.failed = outs->dir;
		err = check_dir(&c);
	}
	if (err == 0) {
		plan(&c, outs);
		err = prepare(&c, dry_run);
	}
	if (err == 0 && !dry_run)
		err = carry_out(&c);
	if (err) {
		undo(&c);
		outs->failed = c.failed;
		outs->why = c.why ? c.why : strerror(-err);
	} else if (!dry_run) {
		finish(&c);
	}
	free_data(&c, outs);
	return err;
}
