#include "CCairo.h"

#include <cairo/cairo-pdf.h>
#include <cairo/cairo.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

// Each is called through a pointer of the type that Cairo's header gives it.
#define FUNCTIONS(F)                                                                               \
  F(create) F(destroy) F(status) F(identity_matrix) F(scale) F(translate) F(set_source_rgb)        \
  F(rectangle) F(fill) F(set_font_face) F(set_font_matrix) F(set_font_options)                     \
  F(get_scaled_font) F(text_extents) F(move_to) F(show_text)                                       \
  F(scaled_font_get_type) F(toy_font_face_create) F(font_face_destroy)                             \
  F(font_options_create) F(font_options_destroy) F(font_options_set_hint_metrics)                  \
  F(font_options_set_hint_style) F(font_options_set_antialias)                                     \
  F(image_surface_create) F(image_surface_get_data) F(image_surface_get_stride)                    \
  F(surface_flush) F(surface_finish) F(surface_status) F(surface_destroy)                          \
  F(pdf_surface_create_for_stream) F(pdf_surface_restrict_to_version) F(pdf_surface_set_metadata)

#define DECLARE(name) static __typeof__(&cairo_##name) call_##name;
FUNCTIONS(DECLARE)

struct tg_surface {
  cairo_surface_t *surface;
  cairo_t *context;
  cairo_font_face_t *faces[2];
  uint8_t *bytes;
  size_t count;
  size_t capacity;
};

static pthread_mutex_t loading = PTHREAD_MUTEX_INITIALIZER;

tg_outcome tg_load_cairo(const char *library) {
  static bool is_loaded;
  void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
  if (handle == NULL) return TG_NO_LIBRARY;
  pthread_mutex_lock(&loading);
  bool is_whole = true;
  if (!is_loaded) {
#define FIND(name)                                                                                 \
  call_##name = (__typeof__(&cairo_##name))dlsym(handle, "cairo_" #name);                          \
  is_whole = is_whole && call_##name != NULL;
    FUNCTIONS(FIND)
    is_loaded = is_whole;
  }
  pthread_mutex_unlock(&loading);
  return is_whole ? TG_DRAWN : TG_NO_LIBRARY;
}

// Takes over the surface and finds the font.
static tg_surface *begin(tg_surface *self, cairo_surface_t *surface, tg_outcome *outcome) {
  self->surface = surface;
  self->context = call_create(surface);
  self->faces[0] =
      call_toy_font_face_create("monospace", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
  self->faces[1] =
      call_toy_font_face_create("monospace", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_BOLD);
  cairo_font_options_t *options = call_font_options_create();
  call_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  call_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  call_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
  call_set_font_options(self->context, options);
  call_font_options_destroy(options);
  call_set_font_face(self->context, self->faces[0]);
  // Where no font is installed, Cairo takes strokes of its own, which belong to no font file.
  cairo_scaled_font_t *font = call_get_scaled_font(self->context);
  bool has_font = call_scaled_font_get_type(font) != CAIRO_FONT_TYPE_USER;
  *outcome = call_status(self->context) != CAIRO_STATUS_SUCCESS ? TG_NO_MEMORY
             : has_font                                         ? TG_DRAWN
                                                                : TG_NO_FONT;
  if (*outcome == TG_DRAWN) return self;
  tg_free(self);
  return NULL;
}

tg_surface *tg_make_image(int width, int height, tg_outcome *outcome) {
  *outcome = TG_NO_MEMORY;
  tg_surface *self = calloc(1, sizeof *self);
  if (self == NULL) return NULL;
  return begin(self, call_image_surface_create(CAIRO_FORMAT_RGB24, width, height), outcome);
}

static cairo_status_t append(void *closure, const unsigned char *data, unsigned int length) {
  tg_surface *self = closure;
  if (self->count + length > self->capacity) {
    size_t capacity = 2 * (self->count + length);
    uint8_t *bytes = realloc(self->bytes, capacity);
    if (bytes == NULL) return CAIRO_STATUS_NO_MEMORY;
    self->bytes = bytes;
    self->capacity = capacity;
  }
  memcpy(self->bytes + self->count, data, length);
  self->count += length;
  return CAIRO_STATUS_SUCCESS;
}

tg_surface *tg_make_pdf(double width, double height, const char *title, tg_outcome *outcome) {
  *outcome = TG_NO_MEMORY;
  tg_surface *self = calloc(1, sizeof *self);
  if (self == NULL) return NULL;
  cairo_surface_t *surface = call_pdf_surface_create_for_stream(append, self, width, height);
  call_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_4);
  call_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title);
  return begin(self, surface, outcome);
}

void tg_set_units(tg_surface *self, double scale, double top) {
  call_identity_matrix(self->context);
  call_scale(self->context, scale, scale);
  call_translate(self->context, 0, -top);
}

void tg_set_color(tg_surface *self, double red, double green, double blue) {
  call_set_source_rgb(self->context, red, green, blue);
}

void tg_add_rectangle(tg_surface *self, double x, double y, double width, double height) {
  call_rectangle(self->context, x, y, width, height);
}

void tg_fill(tg_surface *self) { call_fill(self->context); }

void tg_write(
    tg_surface *self, const char *text, bool bold, double size, double x, double baseline,
    double width) {
  cairo_matrix_t matrix = {.xx = size, .yy = size};
  call_set_font_face(self->context, self->faces[bold ? 1 : 0]);
  call_set_font_matrix(self->context, &matrix);
  cairo_text_extents_t extents;
  call_text_extents(self->context, text, &extents);
  double advance = extents.x_advance > 0 ? extents.x_advance : width;
  // Letters are stretched by a little only: a single one over two columns stands in their middle.
  double factor = width / advance < 1.2 ? width / advance : 1;
  matrix.xx = size * factor;
  call_set_font_matrix(self->context, &matrix);
  call_move_to(self->context, x + (width - advance * factor) / 2, baseline);
  call_show_text(self->context, text);
}

const uint8_t *tg_pixels(tg_surface *self, size_t *stride) {
  call_surface_flush(self->surface);
  *stride = (size_t)call_image_surface_get_stride(self->surface);
  return call_image_surface_get_data(self->surface);
}

tg_outcome tg_finish(tg_surface *self) {
  bool is_drawn = call_status(self->context) == CAIRO_STATUS_SUCCESS;
  call_surface_finish(self->surface);
  is_drawn = is_drawn && call_surface_status(self->surface) == CAIRO_STATUS_SUCCESS;
  return is_drawn ? TG_DRAWN : TG_NO_MEMORY;
}

const uint8_t *tg_bytes(const tg_surface *self, size_t *count) {
  *count = self->count;
  return self->bytes;
}

void tg_free(tg_surface *self) {
  if (self == NULL) return;
  call_destroy(self->context);
  call_font_face_destroy(self->faces[0]);
  call_font_face_destroy(self->faces[1]);
  call_surface_destroy(self->surface);
  free(self->bytes);
  free(self);
}
