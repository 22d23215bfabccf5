/* A page that shows what the bundles are made of: a treemap and a table for each. One HTML file
 * without scripts or anything from elsewhere, so that it can be kept as an artifact of CI. Pure. */
#ifndef ATTIO_BUNDLE_TREEMAP_H
#define ATTIO_BUNDLE_TREEMAP_H

#include <stddef.h>

struct buf;
struct sizes;

struct rect {
	double x, y, width, height;
};

/* Divides the area among `count` sizes (the largest first, none zero) in rectangles that are near
 * to squares and in proportion. */
void treemap_layout(const size_t *sizes, size_t count, struct rect area, struct rect *rects);

/* Appends the page. `title` is the app's name. The same bytes for the same data. */
void treemap_page(struct buf *out, const struct sizes *sizes, const char *title);

#endif
