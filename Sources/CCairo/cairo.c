#include "CCairo.h"

#include <cairo/cairo-pdf.h>
#include <cairo/cairo.h>
#include <dlfcn.h>
#include <fontconfig/fontconfig.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

// Each is called through a pointer of the type that Cairo's header gives it.
#define FUNCTIONS(F)                                                                               \
  F(create) F(destroy) F(status) F(identity_matrix) F(scale) F(translate) F(set_source_rgb)        \
  F(rectangle) F(fill) F(line_to) F(stroke) F(set_line_width) F(set_line_cap) F(set_line_join)     \
  F(scaled_font_text_to_glyphs) F(glyph_free) F(set_font_face) F(set_font_matrix)                  \
  F(set_font_options)                                                                              \
  F(get_scaled_font) F(text_extents) F(move_to) F(show_text)                                       \
  F(scaled_font_get_type) F(toy_font_face_create) F(font_face_destroy)                             \
  F(font_options_create) F(font_options_destroy) F(font_options_set_hint_metrics)                  \
  F(font_options_set_hint_style) F(font_options_set_antialias)                                     \
  F(image_surface_create) F(image_surface_get_data) F(image_surface_get_stride)                    \
  F(surface_flush) F(surface_finish) F(surface_status) F(surface_destroy)                          \
  F(pdf_surface_create_for_stream) F(pdf_surface_restrict_to_version) F(pdf_surface_set_metadata)

#define DECLARE(name) static __typeof__(&cairo_##name) call_##name;
FUNCTIONS(DECLARE)

// Fontconfig finds fonts for characters that the usual one lacks.
#define FINDERS(F)                                                                                 \
  F(PatternCreate) F(PatternAddString) F(PatternAddInteger) F(PatternAddCharSet)                   \
  F(PatternGetCharSet) F(PatternDestroy) F(CharSetCreate) F(CharSetAddChar) F(CharSetHasChar)      \
  F(CharSetDestroy) F(ConfigSubstitute) F(DefaultSubstitute) F(FontMatch)

#define DECLARE_FINDER(name) static __typeof__(&Fc##name) find_##name;
FINDERS(DECLARE_FINDER)

// Declared here: its header asks for those of FreeType.
static cairo_font_face_t *(*face_for_pattern)(FcPattern *pattern);

static bool finds_fonts;

// A character that the usual font lacks and the face that has it, if any has.
typedef struct {
  uint32_t character;
  bool bold;
  cairo_font_face_t *face;
} substitute;

enum { most_substitutes = 256 };

struct tg_surface {
  cairo_surface_t *surface;
  cairo_t *context;
  cairo_font_face_t *faces[2];
  substitute substitutes[most_substitutes];
  size_t substitute_count;
  uint8_t *bytes;
  size_t count;
  size_t capacity;
};

static pthread_mutex_t loading = PTHREAD_MUTEX_INITIALIZER;

// Finds Fontconfig, which Cairo has brought along; without it the usual font is taken for everything.
static void load_finders(void *cairo) {
  void *handle = dlopen("libfontconfig.so.1", RTLD_NOW | RTLD_LOCAL);
  if (handle == NULL) return;
  bool is_whole = true;
#define FIND_FINDER(name)                                                                          \
  find_##name = (__typeof__(&Fc##name))dlsym(handle, "Fc" #name);                                  \
  is_whole = is_whole && find_##name != NULL;
  FINDERS(FIND_FINDER)
  face_for_pattern =
      (cairo_font_face_t * (*)(FcPattern *)) dlsym(cairo, "cairo_ft_font_face_create_for_pattern");
  finds_fonts = is_whole && face_for_pattern != NULL;
}

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
    if (is_whole) load_finders(handle);
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

void tg_add_point(tg_surface *self, double x, double y) { call_line_to(self->context, x, y); }

void tg_stroke(tg_surface *self, double thickness) {
  call_set_line_width(self->context, thickness);
  call_set_line_cap(self->context, CAIRO_LINE_CAP_ROUND);
  call_set_line_join(self->context, CAIRO_LINE_JOIN_ROUND);
  call_stroke(self->context);
}

// The bytes of the character that a text begins with, which is UTF-8.
static size_t character_length(const char *text) {
  size_t length = 1;
  while ((text[length] & 0xC0) == 0x80) length += 1;
  return length;
}

static uint32_t code_point(const char *text, size_t length) {
  const unsigned char *bytes = (const unsigned char *)text;
  if (length == 1) return bytes[0];
  uint32_t value = bytes[0] & (0x7F >> length);
  for (size_t index = 1; index < length; index += 1) value = value << 6 | (bytes[index] & 0x3F);
  return value;
}

// Whether the font that is chosen has a character.
static bool has_character(tg_surface *self, const char *text, size_t length) {
  cairo_glyph_t *glyphs = NULL;
  int count = 0;
  cairo_status_t status = call_scaled_font_text_to_glyphs(
      call_get_scaled_font(self->context), 0, 0, text, (int)length, &glyphs, &count, NULL, NULL, NULL);
  bool is_there = status == CAIRO_STATUS_SUCCESS && count == 1 && glyphs[0].index != 0;
  call_glyph_free(glyphs);
  return is_there;
}

// A face of any font that has a character; NULL where there is none.
static cairo_font_face_t *find_face(uint32_t character, bool bold) {
  FcPattern *wanted = find_PatternCreate();
  FcCharSet *set = find_CharSetCreate();
  cairo_font_face_t *face = NULL;
  if (wanted != NULL && set != NULL && find_CharSetAddChar(set, character)) {
    find_PatternAddString(wanted, FC_FAMILY, (const FcChar8 *)"monospace");
    find_PatternAddInteger(wanted, FC_WEIGHT, bold ? FC_WEIGHT_BOLD : FC_WEIGHT_REGULAR);
    find_PatternAddCharSet(wanted, FC_CHARSET, set);
    find_ConfigSubstitute(NULL, wanted, FcMatchPattern);
    find_DefaultSubstitute(wanted);
    FcResult result = FcResultNoMatch;
    FcPattern *found = find_FontMatch(NULL, wanted, &result);
    FcCharSet *has = NULL;
    if (found != NULL && find_PatternGetCharSet(found, FC_CHARSET, 0, &has) == FcResultMatch &&
        find_CharSetHasChar(has, character))
      face = face_for_pattern(found);
    if (found != NULL) find_PatternDestroy(found);
  }
  if (set != NULL) find_CharSetDestroy(set);
  if (wanted != NULL) find_PatternDestroy(wanted);
  return face;
}

// The face that a character is written with.
static cairo_font_face_t *face_of(tg_surface *self, const char *text, size_t length, bool bold) {
  cairo_font_face_t *usual = self->faces[bold ? 1 : 0];
  if (!finds_fonts || length == 1) return usual;
  uint32_t character = code_point(text, length);
  for (size_t index = 0; index < self->substitute_count; index += 1) {
    substitute known = self->substitutes[index];
    if (known.character == character && known.bold == bold) return known.face ? known.face : usual;
  }
  call_set_font_face(self->context, usual);
  if (self->substitute_count == most_substitutes) return usual;
  cairo_font_face_t *face =
      has_character(self, text, length) ? NULL : find_face(character, bold);
  self->substitutes[self->substitute_count] = (substitute){character, bold, face};
  self->substitute_count += 1;
  return face ? face : usual;
}

// Writes characters of one face.
static void write_part(
    tg_surface *self, const char *text, cairo_font_face_t *face, double size, double x,
    double baseline, double width) {
  cairo_matrix_t matrix = {.xx = size, .yy = size};
  call_set_font_face(self->context, face);
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

void tg_write(
    tg_surface *self, const char *text, bool bold, double size, double x, double baseline,
    double width) {
  size_t bytes = strlen(text);
  char *part = malloc(bytes + 1);
  if (part == NULL || bytes == 0) {
    free(part);
    return;
  }
  size_t characters = 0;
  for (size_t at = 0; at < bytes; at += character_length(text + at)) characters += 1;
  double column = width / (double)characters;
  for (size_t at = 0; at < bytes;) {
    size_t end = at;
    size_t count = 0;
    cairo_font_face_t *face = face_of(self, text + at, character_length(text + at), bold);
    while (end < bytes && face_of(self, text + end, character_length(text + end), bold) == face) {
      end += character_length(text + end);
      count += 1;
    }
    memcpy(part, text + at, end - at);
    part[end - at] = 0;
    write_part(self, part, face, size, x, baseline, column * (double)count);
    x += column * (double)count;
    at = end;
  }
  free(part);
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
  for (size_t index = 0; index < self->substitute_count; index += 1)
    if (self->substitutes[index].face != NULL) call_font_face_destroy(self->substitutes[index].face);
  call_font_face_destroy(self->faces[0]);
  call_font_face_destroy(self->faces[1]);
  call_surface_destroy(self->surface);
  free(self->bytes);
  free(self);
}
