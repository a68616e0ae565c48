// What is added up about gates and outputs. Matrices are row-major; n is the number of examples (rows) and
// d the number of units.

#ifndef TOLLGATE_STATISTICS_H
#define TOLLGATE_STATISTICS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// What is accumulated about one layer's gates; every array but the last three is [d].
struct tg_gate_sums {
  const float *shift;       // what is taken from T before it is summed, so that squares stay small
  float *sum;               // Σ (T − shift)
  float *sumOfSquares;      // Σ (T − shift)²
  float *carrySum;          // Σ C, unless c is NULL
  float *minimum;
  float *maximum;
  uint32_t *histogram;      // [bins, d]
  float *classSum;          // [classes, d]: Σ (T − shift) over each class
  uint32_t *classCells;     // [classes, 4]: cells carried, mixed, transformed, open
};

// Adds n rows of T to the sums, tStride apart; labels[n] are below classes, and there are at most 64
// bins. c is NULL or points to as many rows of C, cStride apart.
void tg_gate_sums_add(const struct tg_gate_sums *sums, const float *t, size_t tStride,
                      const float *c, size_t cStride, const uint8_t *labels, size_t n, size_t d,
                      size_t classes, size_t bins, float low, float high);

// Σ |a − b| over count values.
double tg_sum_of_distances(const float *a, const float *b, size_t count);

// *sum ← Σ (a − b), *squares ← Σ (a − b)² over count values.
void tg_sums_of_difference(const float *a, const float *b, size_t count, double *sum,
                           double *squares);

#ifdef __cplusplus
}
#endif

#endif
