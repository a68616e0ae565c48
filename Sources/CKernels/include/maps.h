// Kernels on feature maps whose channels stand last: pooling, flattening, dropout, pixels to maps.

#ifndef TOLLGATE_MAPS_H
#define TOLLGATE_MAPS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// What windows go over: maps [n, height, width, d] become [n, rows, columns, d]. A window that reaches over the
// edge takes what is there; the first begins `padding`, less than the kernel, before the map, and each reaches inside.
struct tg_windows {
  size_t height, width, rows, columns, kernel, stride, padding;
};

// y ← the greatest value of each window; a NaN is greater than every number.
void tg_max_pool(const float *x, float *y, size_t n, size_t d, const struct tg_windows *windows);

// inputGradient ← gradient at the first value of each window that is y.
void tg_max_pool_backward(const float *x, const float *y, const float *gradient, float *inputGradient, size_t n,
                          size_t d, const struct tg_windows *windows);

// y ← the mean of what each window has.
void tg_average_pool(const float *x, float *y, size_t n, size_t d, const struct tg_windows *windows);

void tg_average_pool_backward(const float *gradient, float *inputGradient, size_t n, size_t d,
                              const struct tg_windows *windows);

// to[n, columns, rows] ← from[n, rows, columns] transposed.
void tg_transpose(const float *from, float *to, size_t n, size_t rows, size_t columns);

// to ← from · scale where a number drawn for the value is at least threshold, 0 elsewhere. The numbers depend on
// the key, the example's number and the value's index within it alone; examples are `first`, `first` + 1 …
void tg_dropout(const float *from, float *to, size_t n, size_t count, uint64_t key, size_t first, uint32_t threshold,
                float scale);

// A part of an image for one example: row and column at which it begins, which may lie outside, and whether left
// and right are exchanged.
struct tg_crop {
  long row, column;
  int mirrored;
};

// values[height, width, channels] ← pixels[channels, height, width] · scale + shift of each channel − means[channels,
// height, width], unless means is NULL, cropped; what lies outside the image is 0.
void tg_crop_image(float *values, const uint8_t *pixels, size_t channels, size_t height, size_t width,
                   const float *scale, const float *shift, const float *means,
                   const struct tg_crop *crop);

#ifdef __cplusplus
}
#endif

#endif
