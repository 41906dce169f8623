/* SPDX-License-Identifier: BSD-3-Clause */
/* Bounded reading of whole files. Writing is outputs.c. Knows nothing of formats. */
#include "lopper-c/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define READ_STEP ((size_t)64 << 10)

static int read_all(int fd, struct lop_buf *out)
{
	size_t start = out->len;

	for (;;) {
		ssize_t n;

		lop_buf_reserve(out, READ_STEP);
		n = read(fd, out->data + out->len, out->cap - out->len);
		if (n == 0)
			return 0;
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		out->len += (size_t)n;
		if (out->len - start > LOP_FILE_MAX)
			return -EFBIG;
	}
}

/* A regular file's size is known: one read into a buffer that fits. */
static int prepare(int fd, struct lop_buf *out)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return -errno;
	if (S_ISDIR(st.st_mode))
		return -EISDIR;
	if (!S_ISREG(st.st_mode))
		return 0;
	if (st.st_size > (off_t)LOP_FILE_MAX)
		return -EFBIG;
	lop_buf_reserve(out, (size_t)st.st_size + READ_STEP);
	return 0;
}

int lop_file_read(const char *path, struct lop_buf *out)
{
	bool is_stdin = strcmp(path, "-") == 0;
	int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	size_t start = out->len;
	int err;

	if (fd < 0)
		return -errno;
	err = prepare(fd, out);
	if (err == 0)
		err = read_all(fd, out);
	if (!is_stdin)
		close(fd);
	if (err)
		out->len = start;
	return err;
}

int lop_file_write(int fd, const char *data, size_t len)
{
	while (len) {
		ssize_t n = write(fd, data, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		data += n;
		len -= (size_t)n;
	}
	return 0;
}
