#include "CPNG.h"

#include <dlfcn.h>
#include <png.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

// Each is called through a pointer of the type that the library's header gives it.
#define FUNCTIONS(F)                                                                               \
  F(create_read_struct) F(create_info_struct) F(destroy_read_struct) F(get_error_ptr)              \
  F(get_io_ptr) F(set_read_fn) F(set_user_limits) F(set_chunk_malloc_max)                          \
  F(set_keep_unknown_chunks) F(read_info) F(get_IHDR) F(get_valid) F(set_palette_to_rgb)           \
  F(set_expand_gray_1_2_4_to_8) F(set_gray_to_rgb) F(set_interlace_handling) F(read_update_info)   \
  F(get_rowbytes) F(read_row) F(read_end)

#define DECLARE(name) static __typeof__(&png_##name) call_##name;
FUNCTIONS(DECLARE)

static pthread_mutex_t loading = PTHREAD_MUTEX_INITIALIZER;

// The bytes of a chunk that is not one of the pixels, such as a palette.
enum { most_chunk_bytes = 1 << 16 };

static bool find_functions(const char *library) {
  void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
  if (handle == NULL) return false;
  bool is_whole = true;
#define FIND(name)                                                                                 \
  call_##name = (__typeof__(&png_##name))dlsym(handle, "png_" #name);                              \
  is_whole = is_whole && call_##name != NULL;
  FUNCTIONS(FIND)
  return is_whole;
}

bool tg_load_png(void) {
  static const char *const libraries[] = {
      "libpng16.so.16", "libpng16.so", "libpng16.16.dylib", "libpng16.dylib",
      "/opt/homebrew/lib/libpng16.dylib",
  };
  static bool is_loaded;
  pthread_mutex_lock(&loading);
  for (size_t index = 0; !is_loaded && index < sizeof libraries / sizeof *libraries; index += 1)
    is_loaded = find_functions(libraries[index]);
  pthread_mutex_unlock(&loading);
  return is_loaded;
}

typedef struct {
  const uint8_t *bytes;
  size_t left;
  char *message;
  size_t room;
  jmp_buf failed;
} source;

static _Noreturn void fail(png_structp png, const char *text) {
  source *self = call_get_error_ptr(png);
  snprintf(self->message, self->room, "%s", text);
  longjmp(self->failed, 1);
}

static void pass_over(png_structp png, const char *text) {
  (void)png;
  (void)text;
}

static void take(png_structp png, png_bytep bytes, size_t count) {
  source *self = call_get_io_ptr(png);
  if (count > self->left) fail(png, "the file ends too early");
  memcpy(bytes, self->bytes, count);
  self->bytes += count;
  self->left -= count;
}

static void read_picture(png_structp png, png_infop info, source *self, const tg_png *picture) {
  call_set_user_limits(png, picture->width, picture->height);
  call_set_chunk_malloc_max(png, most_chunk_bytes);
  // A negative number stands for all but those of the pixels.
  call_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
  call_set_read_fn(png, self, take);
  call_read_info(png, info);
  png_uint_32 width, height;
  int depth, color, interlace, compression, filter;
  if (!call_get_IHDR(png, info, &width, &height, &depth, &color, &interlace, &compression, &filter))
    fail(png, "the header cannot be read");
  if (width != picture->width || height != picture->height || depth != picture->depth)
    fail(png, "the header says two things");
  if (call_get_valid(png, info, PNG_INFO_tRNS)) fail(png, "some of it is transparent");
  if (color == PNG_COLOR_TYPE_PALETTE) call_set_palette_to_rgb(png);
  if (color == PNG_COLOR_TYPE_GRAY && depth < 8) call_set_expand_gray_1_2_4_to_8(png);
  if (color == PNG_COLOR_TYPE_GRAY && picture->channels == 3) call_set_gray_to_rgb(png);
  int passes = call_set_interlace_handling(png);
  call_read_update_info(png, info);
  size_t row = (size_t)width * (size_t)picture->channels;
  if (call_get_rowbytes(png, info) != row) fail(png, "the channels are others");
  for (int pass = 0; pass < passes; pass += 1)
    for (size_t y = 0; y < height; y += 1) call_read_row(png, picture->pixels + y * row, NULL);
  call_read_end(png, NULL);
}

bool tg_read_png(const uint8_t *bytes, size_t count, const tg_png *picture, char *message, size_t room) {
  source self = {.bytes = bytes, .left = count, .message = message, .room = room};
  png_structp png = call_create_read_struct(PNG_LIBPNG_VER_STRING, &self, fail, pass_over);
  png_infop info = png == NULL ? NULL : call_create_info_struct(png);
  if (info == NULL) {
    snprintf(message, room, "libpng cannot start");
    if (png != NULL) call_destroy_read_struct(&png, NULL, NULL);
    return false;
  }
  // Nothing that is needed behind it changes after this.
  bool is_whole = setjmp(self.failed) == 0;
  if (is_whole) read_picture(png, info, &self, picture);
  call_destroy_read_struct(&png, &info, NULL);
  return is_whole;
}
