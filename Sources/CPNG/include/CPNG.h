#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// libpng, for reading a file of strangers into memory of a size that was checked before. It is looked for when the first
// picture is opened: linked, it would be loaded at every start. Of a file nothing is looked at but what makes its pixels.

/// What a picture should be, and where its pixels go.
typedef struct {
  /// The size and the bits of a channel, which the file has to have.
  uint32_t width;
  uint32_t height;
  int depth;
  /// 1 for gray, 3 for colours, red first; gray becomes colours where they are asked for.
  int channels;
  /// Room for `height * width * channels` bytes.
  uint8_t *pixels;
} tg_png;

/// Loads the library, if it is not loaded yet.
bool tg_load_png(void);

/// Reads a picture of bytes; false where it is damaged or another picture, with the reason in `message`. The library is
/// loaded.
bool tg_read_png(const uint8_t *bytes, size_t count, const tg_png *picture, char *message, size_t room);
