#include "maps.h"

#include "clones.h"

#include <string.h>

// MARK: - Pooling

static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

// Where what a window covers begins in the map, before which there may be padding.
static size_t inside(size_t at, size_t padding) { return at > padding ? at - padding : 0; }

INLINE float greater(float a, float b) { return a > b || a != a ? a : b; }

// Calls with the places of each window's result and of each of its values, both counted in maps' positions.
#define EACH_WINDOW                                                                         \
  for (size_t example = 0; example < n; example++)                                         \
    for (size_t row = 0; row < w.rows; row++)                                              \
      for (size_t column = 0; column < w.columns; column++)

#define BOTTOM smaller(row * w.stride + w.kernel - w.padding, w.height)
#define RIGHT smaller(column * w.stride + w.kernel - w.padding, w.width)

#define EACH_VALUE                                                                                   \
  for (size_t i = inside(row * w.stride, w.padding), bottom = BOTTOM; i < bottom; i++)               \
    for (size_t j = inside(column * w.stride, w.padding), right = RIGHT; j < right; j++)

#define RESULT (((example * w.rows + row) * w.columns + column) * d)
#define VALUE (((example * w.height + i) * w.width + j) * d)

CLONES void tg_max_pool(const float *x, float *y, size_t n, size_t d, const struct tg_windows *windows) {
  const struct tg_windows w = *windows;
  EACH_WINDOW {
    float *restrict out = y + RESULT;
    int isFirst = 1;
    EACH_VALUE {
      const float *restrict in = x + VALUE;
      if (isFirst) memcpy(out, in, d * sizeof(float));
      else
        for (size_t c = 0; c < d; c++) out[c] = greater(in[c], out[c]);
      isFirst = 0;
    }
  }
}

CLONES void tg_max_pool_backward(const float *x, const float *y, const float *gradient, float *inputGradient, size_t n,
                                 size_t d, const struct tg_windows *windows) {
  const struct tg_windows w = *windows;
  memset(inputGradient, 0, n * w.height * w.width * d * sizeof(float));
  // Some channels at a time, so that what is left of their gradient stays in registers.
  enum { WIDTH = 32 };
  EACH_WINDOW for (size_t start = 0; start < d; start += WIDTH) {
    size_t count = smaller(WIDTH, d - start);
    const float *top = y + RESULT + start;
    float left[WIDTH];
    memcpy(left, gradient + RESULT + start, count * sizeof(float));
    EACH_VALUE {
      const float *restrict in = x + VALUE + start;
      float *restrict to = inputGradient + VALUE + start;
      for (size_t c = 0; c < count; c++) {
        float taken = in[c] == top[c] ? left[c] : 0.0f;
        to[c] += taken;
        left[c] = in[c] == top[c] ? 0.0f : left[c];
      }
    }
  }
}

CLONES void tg_average_pool(const float *x, float *y, size_t n, size_t d, const struct tg_windows *windows) {
  const struct tg_windows w = *windows;
  EACH_WINDOW {
    float *restrict out = y + RESULT;
    memset(out, 0, d * sizeof(float));
    size_t count = 0;
    EACH_VALUE {
      const float *restrict in = x + VALUE;
      for (size_t c = 0; c < d; c++) out[c] += in[c];
      count++;
    }
    for (size_t c = 0; c < d; c++) out[c] /= (float)count;
  }
}

CLONES void tg_average_pool_backward(const float *gradient, float *inputGradient, size_t n, size_t d,
                                     const struct tg_windows *windows) {
  const struct tg_windows w = *windows;
  memset(inputGradient, 0, n * w.height * w.width * d * sizeof(float));
  EACH_WINDOW {
    const float *restrict from = gradient + RESULT;
    size_t high = BOTTOM - inside(row * w.stride, w.padding);
    size_t wide = RIGHT - inside(column * w.stride, w.padding);
    float share = 1.0f / (float)(high * wide);
    EACH_VALUE {
      float *restrict to = inputGradient + VALUE;
      for (size_t c = 0; c < d; c++) to[c] += from[c] * share;
    }
  }
}

// MARK: - Flattening

void tg_transpose(const float *from, float *to, size_t n, size_t rows, size_t columns) {
  for (size_t example = 0; example < n; example++, from += rows * columns, to += rows * columns)
    for (size_t row = 0; row < rows; row++)
      for (size_t column = 0; column < columns; column++) to[column * rows + row] = from[row * columns + column];
}

// MARK: - Dropout

INLINE uint64_t mixed(uint64_t v) {
  v = (v ^ (v >> 30)) * 0xbf58476d1ce4e5b9;
  v = (v ^ (v >> 27)) * 0x94d049bb133111eb;
  return v ^ (v >> 31);
}

CLONES void tg_dropout(const float *from, float *to, size_t n, size_t count, uint64_t key, size_t first,
                       uint32_t threshold, float scale) {
  for (size_t example = 0; example < n; example++) {
    uint64_t own = mixed(key + (first + example + 1) * 0x9e3779b97f4a7c15);
    uint32_t start = (uint32_t)own, salt = (uint32_t)(own >> 32) | 1;
    const float *in = from + example * count;
    float *out = to + example * count;
    for (size_t i = 0; i < count; i++) {
      uint32_t v = (uint32_t)i * 0x9e3779b9 + start;
      v = (v ^ (v >> 16)) * 0x85ebca6b;
      v = (v ^ (v >> 13)) * salt;
      v = (v ^ (v >> 16)) * 0xc2b2ae35;
      v ^= v >> 15;
      out[i] = v >= threshold ? in[i] * scale : 0.0f;
    }
  }
}

// MARK: - Pixels

void tg_crop_image(float *values, const uint8_t *pixels, size_t channels, size_t height, size_t width,
                   const float *scale, const float *shift, const float *means,
                   const struct tg_crop *crop) {
  for (size_t row = 0; row < height; row++) {
    long from = (long)row + crop->row;
    float *out = values + row * width * channels;
    if (from < 0 || from >= (long)height) {
      memset(out, 0, width * channels * sizeof(float));
      continue;
    }
    for (size_t c = 0; c < channels; c++) {
      const uint8_t *in = pixels + (c * height + (size_t)from) * width;
      const float *mean = means ? means + (c * height + (size_t)from) * width : NULL;
      float s = scale[c], t = shift[c];
      for (size_t column = 0; column < width; column++) {
        size_t seen = crop->mirrored ? width - 1 - column : column;
        long at = (long)seen + crop->column;
        int inside = at >= 0 && at < (long)width;
        out[column * channels + c] = inside ? (float)in[at] * s + t - (mean ? mean[at] : 0.0f) : 0.0f;
      }
    }
  }
}
