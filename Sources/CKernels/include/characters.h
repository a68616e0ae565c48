// What a convolution over the characters of words comes to where each character is one of a few: a sum of table
// rows. Words are rows of ids, all of one length, filled up with padding.

#ifndef TOLLGATE_CHARACTERS_H
#define TOLLGATE_CHARACTERS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Finds the distinct rows of n words, in the order in which they are met. ids[distinct, length] receives them, each
// id from 0 to below characters (what is none counts as 0), and which[n] the number of each word among them.
// slots[slotCount] is room to look them up, more than n and a power of two. Returns their number.
size_t tg_distinct_words(const float *words, size_t n, size_t length, size_t characters, int32_t *ids,
                         int32_t *which, int32_t *slots, size_t slotCount);

// table[width, characters, features] ← products[characters, features · width], the kernels' products with the
// vector of each character; or the other way back.
void tg_character_table(float *table, const float *products, size_t characters, size_t features,
                        size_t width);
void tg_character_products(float *products, const float *table, size_t characters,
                           size_t features, size_t width);

// maxima[words, stride] ← the greatest of bias + Σ_j table[j, id at p + j] over all positions p, and places the
// first p where it stands; features of each row are written.
void tg_character_maxima(const float *table, const float *bias, const int32_t *ids, size_t words,
                         size_t length, size_t characters, size_t features, size_t width,
                         float *maxima, float *places, size_t stride);

// table[width, characters, features] += gradient[words, stride] where the maxima stood; bias[features] += its rows.
void tg_character_maxima_backward(float *table, float *bias, const int32_t *ids, size_t words,
                                  size_t length, size_t characters, size_t features, size_t width,
                                  const float *gradient, const float *places, size_t stride);

// rows[n, width] ← table[which[row]] of rows `width` long.
void tg_take_rows(float *rows, const float *table, const int32_t *which, size_t n, size_t width);

// table[which[row]] += rows[n, width], one row after the other.
void tg_add_rows(float *table, const float *rows, const int32_t *which, size_t n, size_t width);

#ifdef __cplusplus
}
#endif

#endif
