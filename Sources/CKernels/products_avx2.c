#include "small_products_set.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define WIDE __attribute__((target("avx2,fma")))
#define INLINE static inline __attribute__((always_inline, target("avx2,fma")))

// 16 registers hold the sums of a tile beside a row of b and two factors; tiles of 4 rows by 3 vectors leave room
// for one, and reached half as many operations.
enum { LANES = 8, PANEL = 2, ROW_PANEL = 8, ROWS = 6, WIDE_ROWS = 6, DOWNWARDS = 6 };
#define ROWS_TO_6(M, V) M(1, V) M(2, V) M(3, V) M(4, V) M(5, V) M(6, V)
#define EACH_TILE(M)                                                                                \
  ROWS_TO_6(M, 1) ROWS_TO_6(M, 2) M(1, 3) M(1, 4) M(1, 5) M(1, 6) M(1, 7) M(1, 8)

typedef __m256 vector;
typedef __m256i mask;
#define ALL _mm256_set1_epi32(-1)

static const int32_t lane_masks[2 * LANES] = {-1, -1, -1, -1, -1, -1, -1, -1};

INLINE mask first(size_t count) {
  return _mm256_loadu_si256((const __m256i *)(lane_masks + LANES - count));
}
INLINE vector zero(void) { return _mm256_setzero_ps(); }
INLINE vector broadcast(float value) { return _mm256_set1_ps(value); }
INLINE vector load(const float *from) { return _mm256_loadu_ps(from); }
INLINE vector load_first(mask some, const float *from) { return _mm256_maskload_ps(from, some); }
INLINE void store(float *to, vector values) { _mm256_storeu_ps(to, values); }
// Storing some of the lanes takes many times as long on some processors.
INLINE void store_first(mask some, float *to, vector values) {
  if (_mm256_movemask_ps(_mm256_castsi256_ps(some)) == 0xff) {
    _mm256_storeu_ps(to, values);
  } else {
    _mm256_maskstore_ps(to, some, values);
  }
}
INLINE vector add(vector a, vector b) { return _mm256_add_ps(a, b); }
INLINE vector multiply_add(vector a, vector b, vector c) { return _mm256_fmadd_ps(a, b, c); }

// r[p][j] ← r[j][p].
INLINE void transpose_lanes(vector r[LANES]) {
  vector t[LANES];
  // Pairs of rows, then of pairs, within each half of a vector, then halves of pairs of vectors.
  for (int j = 0; j < LANES; j += 2) {
    t[j] = _mm256_unpacklo_ps(r[j], r[j + 1]);
    t[j + 1] = _mm256_unpackhi_ps(r[j], r[j + 1]);
  }
  for (int j = 0; j < LANES; j += 4) {
    for (int h = 0; h < 2; h++) {
      r[j + 2 * h] = _mm256_shuffle_ps(t[j + h], t[j + h + 2], 0x44);
      r[j + 2 * h + 1] = _mm256_shuffle_ps(t[j + h], t[j + h + 2], 0xee);
    }
  }
  for (int q = 0; q < 4; q++) {
    vector low = r[q], high = r[q + 4];
    r[q] = _mm256_permute2f128_ps(low, high, 0x20);
    r[q + 4] = _mm256_permute2f128_ps(low, high, 0x31);
  }
}

// Lane r is the sum of s[r]; each step halves the number of vectors.
INLINE vector sums_of(vector s[LANES]) {
  for (int r = 0; r < 4; r++) s[r] = _mm256_hadd_ps(s[2 * r], s[2 * r + 1]);
  for (int r = 0; r < 2; r++) s[r] = _mm256_hadd_ps(s[2 * r], s[2 * r + 1]);
  return _mm256_add_ps(_mm256_permute2f128_ps(s[0], s[1], 0x20),
                       _mm256_permute2f128_ps(s[0], s[1], 0x31));
}

INLINE float sum_of(vector values) {
  __m128 halves = _mm_add_ps(_mm256_castps256_ps128(values), _mm256_extractf128_ps(values, 1));
  halves = _mm_hadd_ps(halves, halves);
  return _mm_cvtss_f32(_mm_hadd_ps(halves, halves));
}

#include "small_products.h"

const small_products products_avx2 = {LANES, product, prepare_transposed, product_transposed};
#endif
