#include "characters.h"

#include "functions.h"

#include <string.h>

// So many features of a word are summed at once.
#define PIECE 64

size_t tg_distinct_words(const float *words, size_t n, size_t length, size_t characters, int32_t *ids,
                         int32_t *which, int32_t *slots, size_t slotCount) {
  size_t count = 0;
  for (size_t slot = 0; slot < slotCount; slot++) slots[slot] = -1;
  for (size_t row = 0; row < n; row++) {
    int32_t *own = ids + count * length;
    uint64_t hash = 1469598103934665603u;
    for (size_t i = 0; i < length; i++) {
      float v = words[row * length + i];
      own[i] = v >= 0.0f && v < (float)characters ? (int32_t)v : 0;
      hash = (hash ^ (uint64_t)own[i]) * 1099511628211u;
    }
    size_t slot = (size_t)(hash ^ hash >> 32) & (slotCount - 1);
    while (slots[slot] >= 0 &&
           memcmp(ids + (size_t)slots[slot] * length, own, length * sizeof(int32_t)) != 0)
      slot = (slot + 1) & (slotCount - 1);
    if (slots[slot] < 0) slots[slot] = (int32_t)count++;
    which[row] = slots[slot];
  }
  return count;
}

void tg_character_table(float *table, const float *products, size_t characters, size_t features,
                        size_t width) {
  for (size_t c = 0; c < characters; c++)
    for (size_t o = 0; o < features; o++)
      for (size_t j = 0; j < width; j++)
        table[(j * characters + c) * features + o] = products[(c * features + o) * width + j];
}

void tg_character_products(float *products, const float *table, size_t characters,
                           size_t features, size_t width) {
  for (size_t c = 0; c < characters; c++)
    for (size_t o = 0; o < features; o++)
      for (size_t j = 0; j < width; j++)
        products[(c * features + o) * width + j] = table[(j * characters + c) * features + o];
}

CLONES void tg_character_maxima(const float *table, const float *bias, const int32_t *ids, size_t words,
                                size_t length, size_t characters, size_t features, size_t width,
                                float *maxima, float *places, size_t stride) {
  for (size_t word = 0; word < words; word++) {
    const int32_t *own = ids + word * length;
    for (size_t first = 0; first < features; first += PIECE) {
      size_t n = features - first < PIECE ? features - first : PIECE;
      float best[PIECE], place[PIECE], sum[PIECE];
      for (size_t i = 0; i < PIECE; i++) {
        best[i] = -INFINITY;
        place[i] = 0;
      }
      for (size_t p = 0; p + width <= length; p++) {
        for (size_t i = 0; i < n; i++) sum[i] = bias[first + i];
        for (size_t j = 0; j < width; j++) {
          const float *row = table + (j * characters + (size_t)own[p + j]) * features + first;
          for (size_t i = 0; i < n; i++) sum[i] += row[i];
        }
        float position = (float)p;
        for (size_t i = 0; i < n; i++) {
          // What is not a number stays the greatest.
          int isGreater = (sum[i] > best[i]) | (sum[i] != sum[i]);
          best[i] = isGreater ? sum[i] : best[i];
          place[i] = isGreater ? position : place[i];
        }
      }
      memcpy(maxima + word * stride + first, best, n * sizeof(float));
      memcpy(places + word * stride + first, place, n * sizeof(float));
    }
  }
}

void tg_character_maxima_backward(float *table, float *bias, const int32_t *ids, size_t words,
                                  size_t length, size_t characters, size_t features, size_t width,
                                  const float *gradient, const float *places, size_t stride) {
  for (size_t word = 0; word < words; word++) {
    for (size_t i = 0; i < features; i++) {
      float own = gradient[word * stride + i];
      const int32_t *from = ids + word * length + (size_t)places[word * stride + i];
      bias[i] += own;
      for (size_t j = 0; j < width; j++)
        table[(j * characters + (size_t)from[j]) * features + i] += own;
    }
  }
}

void tg_take_rows(float *rows, const float *table, const int32_t *which, size_t n, size_t width) {
  for (size_t row = 0; row < n; row++)
    memcpy(rows + row * width, table + (size_t)which[row] * width, width * sizeof(float));
}

CLONES void tg_add_rows(float *table, const float *rows, const int32_t *which, size_t n, size_t width) {
  for (size_t row = 0; row < n; row++) {
    float *restrict to = table + (size_t)which[row] * width;
    const float *restrict from = rows + row * width;
    VECTORIZE
    for (size_t i = 0; i < width; i++) to[i] += from[i];
  }
}
