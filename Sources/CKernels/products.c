#include "products.h"

// Products of matrices so small that a library's preparations cost as much as the product: oneDNN packs
// a transposed b anew for each call. Everything stays in the first cache, so that b is read where it
// stands, and only a transposed b is brought into row order, 16 × 16 values at a time.

#if defined(__x86_64__)
#include <immintrin.h>

#define WIDE __attribute__((target("avx512f")))
#define INLINE static inline __attribute__((always_inline, target("avx512f")))
#define UNROLL _Pragma("clang loop unroll(full)")

// A tile of c has up to ROWS rows, or WIDE_ROWS where it is PANEL vectors wide: as many sums as fit into
// the 32 registers beside a row of b and a factor. A single row is up to ROW_PANEL vectors wide, since each
// sum waits for its last addition. DEPTH rows of b are summed up in one go.
enum { LANES = 16, PANEL = 4, ROW_PANEL = 8, ROWS = 8, WIDE_ROWS = 6, DEPTH = 256 };

int tg_product_available(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx512f") != 0;
}

// The first count lanes.
INLINE __mmask16 lanes(size_t count) { return (__mmask16)((1u << count) - 1); }

// c[R, V vectors] ← or += a[R, k]·b[k, V vectors]; of the last vector only the lanes in `last` exist.
INLINE void tile(int R, int V, int adding, float *c, size_t cRow, const float *a, size_t aRow,
                 size_t aColumn, const float *b, size_t bRow, size_t k, __mmask16 last) {
  __m512 sum[ROWS][ROW_PANEL];
  UNROLL for (int i = 0; i < R; i++) {
    UNROLL for (int v = 0; v < V; v++) {
      __mmask16 mask = v == V - 1 ? last : 0xffff;
      sum[i][v] = adding ? _mm512_maskz_loadu_ps(mask, c + i * cRow + LANES * v) : _mm512_setzero_ps();
    }
  }
  for (size_t p = 0; p < k; p++) {
    __m512 row[ROW_PANEL];
    UNROLL for (int v = 0; v < V; v++)
      row[v] = _mm512_maskz_loadu_ps(v == V - 1 ? last : 0xffff, b + p * bRow + LANES * v);
    UNROLL for (int i = 0; i < R; i++) {
      __m512 factor = _mm512_set1_ps(a[i * aRow + p * aColumn]);
      UNROLL for (int v = 0; v < V; v++) sum[i][v] = _mm512_fmadd_ps(factor, row[v], sum[i][v]);
    }
  }
  UNROLL for (int i = 0; i < R; i++) {
    UNROLL for (int v = 0; v < V; v++)
      _mm512_mask_storeu_ps(c + i * cRow + LANES * v, v == V - 1 ? last : 0xffff, sum[i][v]);
  }
}

typedef void tile_function(float *c, size_t cRow, const float *a, size_t aRow, size_t aColumn,
                           const float *b, size_t bRow, size_t k, __mmask16 last, int adding);

#define TILE(R, V)                                                                                  \
  WIDE static void tile_##R##_##V(float *c, size_t cRow, const float *a, size_t aRow,               \
                                  size_t aColumn, const float *b, size_t bRow, size_t k,            \
                                  __mmask16 last, int adding) {                                     \
    if (adding)                                                                                     \
      tile(R, V, 1, c, cRow, a, aRow, aColumn, b, bRow, k, last);                                   \
    else                                                                                            \
      tile(R, V, 0, c, cRow, a, aRow, aColumn, b, bRow, k, last);                                   \
  }
#define TILES(V) TILE(1, V) TILE(2, V) TILE(3, V) TILE(4, V) TILE(5, V) TILE(6, V)
TILES(1) TILES(2) TILES(3) TILES(4)
TILE(7, 1) TILE(8, 1) TILE(7, 2) TILE(8, 2) TILE(7, 3) TILE(8, 3)
TILE(1, 5) TILE(1, 6) TILE(1, 7) TILE(1, 8)

static tile_function *const tiles[ROW_PANEL + 1][ROWS + 1] = {
    {0},
    {0, tile_1_1, tile_2_1, tile_3_1, tile_4_1, tile_5_1, tile_6_1, tile_7_1, tile_8_1},
    {0, tile_1_2, tile_2_2, tile_3_2, tile_4_2, tile_5_2, tile_6_2, tile_7_2, tile_8_2},
    {0, tile_1_3, tile_2_3, tile_3_3, tile_4_3, tile_5_3, tile_6_3, tile_7_3, tile_8_3},
    {0, tile_1_4, tile_2_4, tile_3_4, tile_4_4, tile_5_4, tile_6_4},
    {0, tile_1_5},
    {0, tile_1_6},
    {0, tile_1_7},
    {0, tile_1_8},
};

// to[p·toRow + j] ← from[j·fromRow + p] for p < k ≤ 16 and j < n ≤ 16; 0 for n ≤ j < 16.
INLINE void transpose(float *to, size_t toRow, const float *from, size_t fromRow, size_t k, size_t n) {
  __m512 r[LANES], t[LANES];
  UNROLL for (int j = 0; j < LANES; j++)
    r[j] = (size_t)j < n ? _mm512_maskz_loadu_ps(lanes(k), from + j * fromRow) : _mm512_setzero_ps();
  // Pairs of rows, then of pairs, within each quarter of a vector …
  UNROLL for (int j = 0; j < LANES; j += 2) {
    t[j] = _mm512_unpacklo_ps(r[j], r[j + 1]);
    t[j + 1] = _mm512_unpackhi_ps(r[j], r[j + 1]);
  }
  UNROLL for (int j = 0; j < LANES; j += 4) {
    UNROLL for (int h = 0; h < 2; h++) {
      __m512d low = _mm512_castps_pd(t[j + h]), high = _mm512_castps_pd(t[j + h + 2]);
      r[j + 2 * h] = _mm512_castpd_ps(_mm512_unpacklo_pd(low, high));
      r[j + 2 * h + 1] = _mm512_castpd_ps(_mm512_unpackhi_pd(low, high));
    }
  }
  // … then quarters of pairs of vectors, and of pairs of those.
  UNROLL for (int q = 0; q < 4; q++) {
    UNROLL for (int h = 0; h < 2; h++) {
      t[q + 8 * h] = _mm512_shuffle_f32x4(r[q + 8 * h], r[q + 8 * h + 4], 0x88);
      t[q + 8 * h + 4] = _mm512_shuffle_f32x4(r[q + 8 * h], r[q + 8 * h + 4], 0xdd);
    }
  }
  UNROLL for (int q = 0; q < 8; q++) {
    r[q] = _mm512_shuffle_f32x4(t[q], t[q + 8], 0x88);
    r[q + 8] = _mm512_shuffle_f32x4(t[q], t[q + 8], 0xdd);
  }
  UNROLL for (int p = 0; p < LANES; p++)
    if ((size_t)p < k) _mm512_store_ps(to + p * toRow, r[p]);
}

// One or two columns of c would waste a vector in every row of b: here vectors run down the columns of
// a, which stands in columns (aRow is 1).
INLINE void columns_downwards(int T, int adding, float *c, size_t cRow, const float *a,
                              size_t aColumn, const float *b, size_t bRow, size_t m, size_t k) {
  enum { MOST = 7 };
  for (size_t i = 0; i < m; i += MOST * LANES) {
    size_t rows = m - i < MOST * LANES ? m - i : MOST * LANES;
    __m512 sum[2][MOST];
    __mmask16 mask[MOST];
    UNROLL for (int v = 0; v < MOST; v++) {
      size_t left = rows > (size_t)v * LANES ? rows - (size_t)v * LANES : 0;
      mask[v] = left >= LANES ? 0xffff : lanes(left);
      UNROLL for (int t = 0; t < T; t++) sum[t][v] = _mm512_setzero_ps();
    }
    for (size_t p = 0; p < k; p++) {
      UNROLL for (int v = 0; v < MOST; v++) {
        __m512 column = _mm512_maskz_loadu_ps(mask[v], a + i + p * aColumn + v * LANES);
        UNROLL for (int t = 0; t < T; t++)
          sum[t][v] = _mm512_fmadd_ps(column, _mm512_set1_ps(b[p * bRow + t]), sum[t][v]);
      }
    }
    float sums[2][MOST * LANES];
    UNROLL for (int t = 0; t < T; t++)
      UNROLL for (int v = 0; v < MOST; v++) _mm512_storeu_ps(sums[t] + v * LANES, sum[t][v]);
    for (size_t row = 0; row < rows; row++) {
      for (int t = 0; t < T; t++) {
        float *to = c + (i + row) * cRow + t;
        *to = adding ? *to + sums[t][row] : sums[t][row];
      }
    }
  }
}

// The same where a stands in rows (aColumn is 1): vectors run along the rows of a; k ≤ DEPTH.
INLINE void columns_across(int T, int adding, float *c, size_t cRow, const float *a, size_t aRow,
                           const float *b, size_t bRow, size_t m, size_t k) {
  _Alignas(64) float column[2][DEPTH];
  size_t vectors = (k + LANES - 1) / LANES;
  __mmask16 last = lanes(k - (vectors - 1) * LANES);
  for (int t = 0; t < T; t++) {
    for (size_t p = 0; p < vectors * LANES; p++) column[t][p] = p < k ? b[p * bRow + t] : 0;
  }
  for (size_t i = 0; i < m; i++) {
    __m512 sum[2];
    UNROLL for (int t = 0; t < T; t++) sum[t] = _mm512_setzero_ps();
    for (size_t v = 0; v < vectors; v++) {
      __mmask16 mask = v + 1 < vectors ? 0xffff : last;
      __m512 row = _mm512_maskz_loadu_ps(mask, a + i * aRow + v * LANES);
      UNROLL for (int t = 0; t < T; t++)
        sum[t] = _mm512_fmadd_ps(row, _mm512_load_ps(column[t] + v * LANES), sum[t]);
    }
    UNROLL for (int t = 0; t < T; t++) {
      float *to = c + i * cRow + t;
      *to = (adding ? *to : 0) + _mm512_reduce_add_ps(sum[t]);
    }
  }
}

// Computes the last one or two columns, where they would waste a vector; returns how many it did.
WIDE static size_t narrow_columns(float *c, const float *a, size_t aRow, size_t aColumn,
                                  const float *b, size_t bRow, size_t m, size_t n, size_t k,
                                  int adding) {
  size_t count = n % LANES, first = n - count;
  if (n < LANES || m < LANES || count == 0 || count > 2) return 0;
  if (aRow != 1 && k > DEPTH) return 0;
#define NARROW(T, ADDING)                                                                           \
  if (aRow == 1)                                                                                    \
    columns_downwards(T, ADDING, c + first, n, a, aColumn, b + first, bRow, m, k);                  \
  else                                                                                              \
    columns_across(T, ADDING, c + first, n, a, aRow, b + first, bRow, m, k)
  if (count == 1 && adding) { NARROW(1, 1); }
  if (count == 1 && !adding) { NARROW(1, 0); }
  if (count == 2 && adding) { NARROW(2, 1); }
  if (count == 2 && !adding) { NARROW(2, 0); }
#undef NARROW
  return count;
}

// The sums of quarters of a vector side by side: those of a, then those of b.
INLINE __m512 fold(__m512 a, __m512 b) {
  return _mm512_add_ps(_mm512_shuffle_f32x4(a, b, 0x88), _mm512_shuffle_f32x4(a, b, 0xdd));
}

// A single row of c where b is transposed, which is not worth turning b around: each value is the sum of a
// product of two rows, and sixteen of them are summed at once.
INLINE void single_row(float *c, const float *a, const float *b, size_t bRow, size_t n, size_t k,
                       int adding) {
  for (size_t j = 0; j < n; j += LANES) {
    size_t count = n - j < LANES ? n - j : LANES;
    __m512 s[LANES];
    UNROLL for (int r = 0; r < LANES; r++) s[r] = _mm512_setzero_ps();
    for (size_t p = 0; p < k; p += LANES) {
      __mmask16 mask = lanes(k - p < LANES ? k - p : LANES);
      __m512 row = _mm512_maskz_loadu_ps(mask, a + p);
      UNROLL for (int r = 0; r < LANES; r++) {
        if ((size_t)r < count)
          s[r] = _mm512_fmadd_ps(row, _mm512_maskz_loadu_ps(mask, b + (j + r) * bRow + p), s[r]);
      }
    }
    // Each step halves the number of vectors, until lane r is the sum of s[r].
    UNROLL for (int r = 0; r < 8; r++)
      s[r] = _mm512_add_ps(_mm512_unpacklo_ps(s[2 * r], s[2 * r + 1]),
                           _mm512_unpackhi_ps(s[2 * r], s[2 * r + 1]));
    UNROLL for (int r = 0; r < 4; r++) {
      __m512d even = _mm512_castps_pd(s[2 * r]), odd = _mm512_castps_pd(s[2 * r + 1]);
      s[r] = _mm512_add_ps(_mm512_castpd_ps(_mm512_unpacklo_pd(even, odd)),
                           _mm512_castpd_ps(_mm512_unpackhi_pd(even, odd)));
    }
    __m512 sums = fold(fold(s[0], s[1]), fold(s[2], s[3]));
    if (adding) sums = _mm512_add_ps(sums, _mm512_maskz_loadu_ps(lanes(count), c + j));
    _mm512_mask_storeu_ps(c + j, lanes(count), sums);
  }
}

WIDE void tg_product(float *c, const float *a, size_t aRow, size_t aColumn, const float *b,
                     size_t bRow, int bTransposed, size_t m, size_t n, size_t k, int adding) {
  if (m == 1 && bTransposed && aColumn == 1) {
    single_row(c, a, b, bRow, n, k, adding);
    return;
  }
  size_t columns = n;
  if (!bTransposed) columns -= narrow_columns(c, a, aRow, aColumn, b, bRow, m, n, k, adding);
  _Alignas(64) float transposed[DEPTH * PANEL * LANES];
  size_t vectors = (columns + LANES - 1) / LANES;
  for (size_t j = 0; j < columns;) {
    // Panels, blocks and tiles are of as equal a size as can be.
    size_t panels = (vectors + PANEL - 1) / PANEL;
    size_t width = (vectors + panels - 1) / panels;
    size_t end = columns - j < width * LANES ? columns - j : width * LANES;
    size_t tail = end - (width - 1) * LANES;
    size_t most = width == PANEL ? WIDE_ROWS : ROWS;
    size_t blocks = (k + DEPTH - 1) / DEPTH;
    for (size_t p = 0; p < k; blocks--) {
      size_t depth = (k - p + blocks - 1) / blocks;
      const float *from = b + p * bRow + j;
      size_t stride = bRow;
      if (bTransposed) {
        stride = width * LANES;
        from = transposed;
        for (size_t q = 0; q < depth; q += LANES) {
          for (size_t v = 0; v < width; v++)
            transpose(transposed + q * stride + v * LANES, stride, b + (j + v * LANES) * bRow + p + q, bRow,
                      depth - q < LANES ? depth - q : LANES, v + 1 < width ? LANES : tail);
        }
      }
      size_t parts = (m + most - 1) / most;
      for (size_t i = 0; i < m; parts--) {
        size_t rows = (m - i + parts - 1) / parts;
        tiles[width][rows](c + i * n + j, n, a + i * aRow + p * aColumn, aRow, aColumn, from, stride,
                           depth, lanes(tail), adding || p > 0);
        i += rows;
      }
      p += depth;
    }
    j += end;
    vectors -= width;
  }
}

size_t tg_transposed_stride(size_t n) { return (n + LANES - 1) / LANES * LANES; }

WIDE void tg_prepare_transposed(float *transposed, const float *b, size_t n, size_t k) {
  size_t stride = tg_transposed_stride(n);
  for (size_t p = 0; p < k; p += LANES) {
    for (size_t j = 0; j < n; j += LANES)
      transpose(transposed + p * stride + j, stride, b + j * k + p, k, k - p < LANES ? k - p : LANES,
                n - j < LANES ? n - j : LANES);
  }
}

WIDE void tg_product_transposed(float *c, const float *a, const float *transposed, size_t m, size_t n,
                            size_t k) {
  size_t stride = tg_transposed_stride(n), vectors = stride / LANES, widest = m == 1 ? ROW_PANEL : PANEL;
  for (size_t j = 0; j < n;) {
    size_t panels = (vectors + widest - 1) / widest;
    size_t width = (vectors + panels - 1) / panels;
    size_t tail = vectors == width ? n - j - (width - 1) * LANES : LANES;
    size_t most = m == 1 || width < PANEL ? ROWS : WIDE_ROWS;
    size_t blocks = (k + DEPTH - 1) / DEPTH;
    for (size_t p = 0; p < k; blocks--) {
      size_t depth = (k - p + blocks - 1) / blocks;
      size_t parts = (m + most - 1) / most;
      for (size_t i = 0; i < m; parts--) {
        size_t rows = (m - i + parts - 1) / parts;
        tiles[width][rows](c + i * n + j, n, a + i * k + p, k, 1, transposed + p * stride + j, stride,
                           depth, lanes(tail), p > 0);
        i += rows;
      }
      p += depth;
    }
    j += width * LANES;
    vectors -= width;
  }
}

#else

int tg_product_available(void) { return 0; }

void tg_product(float *c, const float *a, size_t aRow, size_t aColumn, const float *b, size_t bRow,
                int bTransposed, size_t m, size_t n, size_t k, int adding) {
  __builtin_trap();
}

size_t tg_transposed_stride(size_t n) { return n; }

void tg_prepare_transposed(float *transposed, const float *b, size_t n, size_t k) { __builtin_trap(); }

void tg_product_transposed(float *c, const float *a, const float *transposed, size_t m, size_t n, size_t k) {
  __builtin_trap();
}

#endif
