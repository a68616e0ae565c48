#include "small_products_set.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define WIDE __attribute__((target("avx512f")))
#define INLINE static inline __attribute__((always_inline, target("avx512f")))

// 32 registers hold the sums of a tile beside a row of b and a factor. A single row is up to eight vectors
// wide, since each sum waits for its last addition.
enum { LANES = 16, PANEL = 4, ROW_PANEL = 8, ROWS = 8, WIDE_ROWS = 6, DOWNWARDS = 7 };
#define ROWS_TO_6(M, V) M(1, V) M(2, V) M(3, V) M(4, V) M(5, V) M(6, V)
#define ROWS_TO_8(M, V) ROWS_TO_6(M, V) M(7, V) M(8, V)
#define EACH_TILE(M)                                                                                \
  ROWS_TO_8(M, 1) ROWS_TO_8(M, 2) ROWS_TO_8(M, 3) ROWS_TO_6(M, 4) M(1, 5) M(1, 6) M(1, 7) M(1, 8)

typedef __m512 vector;
typedef __mmask16 mask;
#define ALL ((mask)0xffff)

INLINE mask first(size_t count) { return (mask)((1u << count) - 1); }
INLINE vector zero(void) { return _mm512_setzero_ps(); }
INLINE vector broadcast(float value) { return _mm512_set1_ps(value); }
INLINE vector load(const float *from) { return _mm512_loadu_ps(from); }
INLINE vector load_first(mask some, const float *from) { return _mm512_maskz_loadu_ps(some, from); }
INLINE void store(float *to, vector values) { _mm512_storeu_ps(to, values); }
INLINE void store_first(mask some, float *to, vector values) { _mm512_mask_storeu_ps(to, some, values); }
INLINE vector add(vector a, vector b) { return _mm512_add_ps(a, b); }
INLINE vector multiply_add(vector a, vector b, vector c) { return _mm512_fmadd_ps(a, b, c); }
INLINE float sum_of(vector values) { return _mm512_reduce_add_ps(values); }

// r[p][j] ← r[j][p].
INLINE void transpose_lanes(vector r[LANES]) {
  vector t[LANES];
  // Pairs of rows, then of pairs, within each quarter of a vector …
  for (int j = 0; j < LANES; j += 2) {
    t[j] = _mm512_unpacklo_ps(r[j], r[j + 1]);
    t[j + 1] = _mm512_unpackhi_ps(r[j], r[j + 1]);
  }
  for (int j = 0; j < LANES; j += 4) {
    for (int h = 0; h < 2; h++) {
      __m512d low = _mm512_castps_pd(t[j + h]), high = _mm512_castps_pd(t[j + h + 2]);
      r[j + 2 * h] = _mm512_castpd_ps(_mm512_unpacklo_pd(low, high));
      r[j + 2 * h + 1] = _mm512_castpd_ps(_mm512_unpackhi_pd(low, high));
    }
  }
  // … then quarters of pairs of vectors, and of pairs of those.
  for (int q = 0; q < 4; q++) {
    for (int h = 0; h < 2; h++) {
      t[q + 8 * h] = _mm512_shuffle_f32x4(r[q + 8 * h], r[q + 8 * h + 4], 0x88);
      t[q + 8 * h + 4] = _mm512_shuffle_f32x4(r[q + 8 * h], r[q + 8 * h + 4], 0xdd);
    }
  }
  for (int q = 0; q < 8; q++) {
    r[q] = _mm512_shuffle_f32x4(t[q], t[q + 8], 0x88);
    r[q + 8] = _mm512_shuffle_f32x4(t[q], t[q + 8], 0xdd);
  }
}

// The sums of quarters of a vector side by side: those of a, then those of b.
INLINE vector fold(vector a, vector b) {
  return _mm512_add_ps(_mm512_shuffle_f32x4(a, b, 0x88), _mm512_shuffle_f32x4(a, b, 0xdd));
}

// Lane r is the sum of s[r]; each step halves the number of vectors.
INLINE vector sums_of(vector s[LANES]) {
  for (int r = 0; r < 8; r++)
    s[r] = _mm512_add_ps(_mm512_unpacklo_ps(s[2 * r], s[2 * r + 1]),
                         _mm512_unpackhi_ps(s[2 * r], s[2 * r + 1]));
  for (int r = 0; r < 4; r++) {
    __m512d even = _mm512_castps_pd(s[2 * r]), odd = _mm512_castps_pd(s[2 * r + 1]);
    s[r] = _mm512_add_ps(_mm512_castpd_ps(_mm512_unpacklo_pd(even, odd)),
                         _mm512_castpd_ps(_mm512_unpackhi_pd(even, odd)));
  }
  return fold(fold(s[0], s[1]), fold(s[2], s[3]));
}

#include "small_products.h"

const small_products products_avx512 = {LANES, product, prepare_transposed, product_transposed};
#endif
