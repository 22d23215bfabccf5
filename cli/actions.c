/* See actions.h. Facts: the documentation of GitHub Actions on workflow commands and on its default
 * environment variables. */
#include "cli/actions.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/str.h"
#include "cli/cli.h"
#include "diag/report.h"

/* The file belongs to the step, other programs may have written to it. Returns 0 or an errno
 * value. */
static int append(const char *path, const struct buf *text)
{
	int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
	int failure = 0;
	size_t done = 0;

	if (fd < 0)
		return errno;
	while (done < text->len && failure == 0) {
		ssize_t count = write(fd, text->ptr + done, text->len - done);
		if (count >= 0)
			done += (size_t)count;
		else if (errno != EINTR)
			failure = errno;
	}
	if (close(fd) != 0 && failure == 0)
		failure = errno;
	return failure;
}

void actions_show(struct cli *cli, const struct report_input *input)
{
	const char *summary = cli_env(cli, "GITHUB_STEP_SUMMARY");
	struct buf out = {0};

	if (!str_equal(cli_env(cli, "GITHUB_ACTIONS"), "true") || cli->globals.format_chosen)
		return;
	report_github(&out, input);
	fflush(cli->out); /* the answer comes first in the log */
	fwrite(buf_cstr(&out), 1, out.len, cli->err);
	fflush(cli->err);
	if (summary != NULL) {
		buf_clear(&out);
		report_markdown(&out, input);
		int failure = append(summary, &out);
		if (failure != 0)
			cli_warn(cli, "cannot add to the step summary `%s`: %s", summary,
				 strerror(failure));
	}
	buf_dispose(&out);
}
