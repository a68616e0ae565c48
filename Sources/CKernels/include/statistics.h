// What is added up about gates and outputs. Matrices are row-major; n is the number of rows (examples ×
// positions) and d the number of units.

#ifndef TOLLGATE_STATISTICS_H
#define TOLLGATE_STATISTICS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// What is accumulated about one layer's gates; every array but the last four is [d].
// A row belongs to a group, such as a class.
struct tg_gate_sums {
  const float *shift;       // what is taken from T before it is summed, so that squares stay small
  float *sum;               // Σ (T − shift)
  float *sumOfSquares;      // Σ (T − shift)²
  float *minimum;
  float *maximum;
  uint32_t *histogram;      // [bins, d]
  uint32_t *unitCells;      // [2, d]: rows with T < low, rows with T > high
  float *groupSum;          // [groups, d]: Σ (T − shift) over each group
  uint32_t *groupCells;     // [groups, 4]: cells carried, mixed, transformed, open
};

// Adds n rows of a gate T to the sums, stride apart; a stride of 0 reads one row again and again. Every
// rowsPerGroup rows have the same entry of groupOf, which is at least 0 and below groups; there are at most 64
// bins.
void tg_gate_sums_add(const struct tg_gate_sums *sums, const float *t, size_t stride,
                      const int32_t *groupOf, size_t rowsPerGroup, size_t n, size_t d,
                      size_t groups, size_t bins, float low, float high);

// Σ |a − b| over count values.
double tg_sum_of_distances(const float *a, const float *b, size_t count);

// *sum ← Σ (a − b), *squares ← Σ (a − b)² over count values.
void tg_sums_of_difference(const float *a, const float *b, size_t count, double *sum,
                           double *squares);

// sums[features], squares[features] += Σ h and Σ h² over the rows of h[rows, features], which are stride apart;
// *inputSquares += Σ x², *products += Σ h·x for x[rows, features], unless x is NULL.
void tg_add_responses(const float *h, size_t stride, const float *x, size_t rows, size_t features,
                      double *sums, double *squares, double *inputSquares, double *products);

#ifdef __cplusplus
}
#endif

#endif
