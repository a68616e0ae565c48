#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Cairo, for the few calls that a picture takes. It is looked for when the first picture is drawn: linked, it and
// the libraries that it brings would be loaded at every start.

/// How an attempt ended.
typedef enum {
  TG_DRAWN = 0,
  /// Cairo is not installed.
  TG_NO_LIBRARY,
  /// No font is installed.
  TG_NO_FONT,
  /// Cairo reports an error, which is want of memory.
  TG_NO_MEMORY,
} tg_outcome;

/// An image, or a page of a PDF file.
typedef struct tg_surface tg_surface;

/// Loads Cairo, if it is not loaded yet.
tg_outcome tg_load_cairo(const char *library);

/// Makes an image of 32 bits a pixel, or sets the outcome and returns NULL; Cairo is loaded.
tg_surface *tg_make_image(int width, int height, tg_outcome *outcome);

/// Makes a PDF file of one page, sizes in points, or sets the outcome and returns NULL; Cairo is loaded.
tg_surface *tg_make_pdf(double width, double height, const char *title, tg_outcome *outcome);

/// Lets what follows be drawn in other units, a unit being `scale` pixels or points and `top` the first row.
void tg_set_units(tg_surface *surface, double scale, double top);

/// Chooses the colour, each channel from 0 to 1.
void tg_set_color(tg_surface *surface, double red, double green, double blue);

/// Adds an area to those that the next fill fills.
void tg_add_rectangle(tg_surface *surface, double x, double y, double width, double height);

/// Fills the areas that were added.
void tg_fill(tg_surface *surface);

/// Adds a point to the line that the next stroke draws.
void tg_add_point(tg_surface *surface, double x, double y);

/// Draws a line with round ends through the points that were added; two at one place are a dot.
void tg_stroke(tg_surface *surface, double thickness);

/// Writes a text from `x` on, `size` high and as wide as `width` where the font allows, else in the middle of it.
/// Characters have equal parts of the width; those that the font lacks are of another one that has them.
void tg_write(
    tg_surface *surface, const char *text, bool bold, double size, double x, double baseline, double width);

/// The rows of an image, `stride` bytes each: blue, green, red and a byte without meaning on these machines.
const uint8_t *tg_pixels(tg_surface *surface, size_t *stride);

/// Ends a PDF file.
tg_outcome tg_finish(tg_surface *surface);

/// The bytes of a PDF file that has ended.
const uint8_t *tg_bytes(const tg_surface *surface, size_t *count);

/// Frees everything.
void tg_free(tg_surface *surface);
