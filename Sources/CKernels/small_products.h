// The products of products.h for one instruction set. The file that includes this one has defined:
//
// WIDE, INLINE            attributes of functions that use the instruction set
// vector, LANES           a vector and how many values it has
// mask, first(n), ALL     some of its lanes: the first n, and all of them
// PANEL, ROW_PANEL        how many vectors wide a tile of c is at most, and one with a single row
// ROWS, WIDE_ROWS         how many rows it has at most, and where it is PANEL vectors wide
// EACH_TILE(M)            M(rows, width) for every tile that there is
// DOWNWARDS               how many vectors columns_downwards sums at once
// zero, broadcast, load, load_first, store, store_first, multiply_add, transpose_lanes, sums_of, sum_of

#define UNROLL _Pragma("clang loop unroll(full)")

// DEPTH rows of b are summed up in one go.
enum { DEPTH = 256 };

// sum[R, V] += a[R, p]·b[p, V vectors]; of the last vector only the lanes in `last` are read.
INLINE void add_products(int R, int V, vector sum[ROWS][ROW_PANEL], const float *a, size_t aRow,
                         const float *b, mask last) {
  vector row[ROW_PANEL];
  UNROLL for (int v = 0; v < V; v++)
    row[v] = v < V - 1 ? load(b + LANES * v) : load_first(last, b + LANES * v);
  UNROLL for (int i = 0; i < R; i++) {
    vector factor = broadcast(a[i * aRow]);
    UNROLL for (int v = 0; v < V; v++) sum[i][v] = multiply_add(factor, row[v], sum[i][v]);
  }
}

// c[R, V vectors] ← or += a[R, k]·b[k, V vectors]; of the last vector only the lanes in `last` exist.
INLINE void tile(int R, int V, int adding, float *c, size_t cRow, const float *a, size_t aRow,
                 size_t aColumn, const float *b, size_t bRow, size_t k, mask last) {
  vector sum[ROWS][ROW_PANEL];
  UNROLL for (int i = 0; i < R; i++) {
    UNROLL for (int v = 0; v < V; v++) {
      const float *from = c + i * cRow + LANES * v;
      sum[i][v] = !adding ? zero() : v < V - 1 ? load(from) : load_first(last, from);
    }
  }
  // What is read behind the end of a row is the beginning of the next and goes into lanes that are not
  // stored; nothing may be read behind the last.
  for (size_t p = 0; p + 1 < k; p++) add_products(R, V, sum, a + p * aColumn, aRow, b + p * bRow, ALL);
  add_products(R, V, sum, a + (k - 1) * aColumn, aRow, b + (k - 1) * bRow, last);
  UNROLL for (int i = 0; i < R; i++) {
    UNROLL for (int v = 0; v < V; v++) {
      float *to = c + i * cRow + LANES * v;
      if (v < V - 1) store(to, sum[i][v]);
      else store_first(last, to, sum[i][v]);
    }
  }
}

typedef void tile_function(float *c, size_t cRow, const float *a, size_t aRow, size_t aColumn,
                           const float *b, size_t bRow, size_t k, mask last, int adding);

#define TILE(R, V)                                                                                  \
  WIDE static void tile_##R##_##V(float *c, size_t cRow, const float *a, size_t aRow,               \
                                  size_t aColumn, const float *b, size_t bRow, size_t k,            \
                                  mask last, int adding) {                                          \
    if (adding)                                                                                     \
      tile(R, V, 1, c, cRow, a, aRow, aColumn, b, bRow, k, last);                                   \
    else                                                                                            \
      tile(R, V, 0, c, cRow, a, aRow, aColumn, b, bRow, k, last);                                   \
  }
EACH_TILE(TILE)

#define ENTRY(R, V) [V][R] = tile_##R##_##V,
static tile_function *const tiles[ROW_PANEL + 1][ROWS + 1] = {EACH_TILE(ENTRY)};

// to[p·toRow + j] ← from[j·fromRow + p] for p < k ≤ LANES and j < n ≤ LANES; 0 for n ≤ j < LANES.
INLINE void transpose(float *to, size_t toRow, const float *from, size_t fromRow, size_t k, size_t n) {
  vector r[LANES];
  if (k == LANES && n == LANES) {
    UNROLL for (int j = 0; j < LANES; j++) r[j] = load(from + j * fromRow);
    transpose_lanes(r);
    UNROLL for (int p = 0; p < LANES; p++) store(to + p * toRow, r[p]);
    return;
  }
  UNROLL for (int j = 0; j < LANES; j++)
    r[j] = (size_t)j < n ? load_first(first(k), from + j * fromRow) : zero();
  transpose_lanes(r);
  UNROLL for (int p = 0; p < LANES; p++)
    if ((size_t)p < k) store(to + p * toRow, r[p]);
}

// One or two columns of c would waste a vector in every row of b: here vectors run down the columns of
// a, which stands in columns (aRow is 1).
INLINE void columns_downwards(int T, int adding, float *c, size_t cRow, const float *a,
                              size_t aColumn, const float *b, size_t bRow, size_t m, size_t k) {
  for (size_t i = 0; i < m; i += DOWNWARDS * LANES) {
    size_t rows = m - i < DOWNWARDS * LANES ? m - i : DOWNWARDS * LANES;
    vector sum[2][DOWNWARDS];
    mask some[DOWNWARDS];
    UNROLL for (int v = 0; v < DOWNWARDS; v++) {
      size_t left = rows > (size_t)v * LANES ? rows - (size_t)v * LANES : 0;
      some[v] = left >= LANES ? ALL : first(left);
      UNROLL for (int t = 0; t < T; t++) sum[t][v] = zero();
    }
    for (size_t p = 0; p < k; p++) {
      UNROLL for (int v = 0; v < DOWNWARDS; v++) {
        vector column = load_first(some[v], a + i + p * aColumn + v * LANES);
        UNROLL for (int t = 0; t < T; t++)
          sum[t][v] = multiply_add(column, broadcast(b[p * bRow + t]), sum[t][v]);
      }
    }
    float sums[2][DOWNWARDS * LANES];
    UNROLL for (int t = 0; t < T; t++)
      UNROLL for (int v = 0; v < DOWNWARDS; v++) store(sums[t] + v * LANES, sum[t][v]);
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
  float column[2][DEPTH];
  size_t vectors = (k + LANES - 1) / LANES;
  mask last = first(k - (vectors - 1) * LANES);
  for (int t = 0; t < T; t++) {
    for (size_t p = 0; p < vectors * LANES; p++) column[t][p] = p < k ? b[p * bRow + t] : 0;
  }
  for (size_t i = 0; i < m; i++) {
    vector sum[2];
    UNROLL for (int t = 0; t < T; t++) sum[t] = zero();
    for (size_t v = 0; v < vectors; v++) {
      vector row = load_first(v + 1 < vectors ? ALL : last, a + i * aRow + v * LANES);
      UNROLL for (int t = 0; t < T; t++)
        sum[t] = multiply_add(row, load(column[t] + v * LANES), sum[t]);
    }
    UNROLL for (int t = 0; t < T; t++) {
      float *to = c + i * cRow + t;
      *to = (adding ? *to : 0) + sum_of(sum[t]);
    }
  }
}

// Computes the last one or two columns, where they would waste a vector; returns how many it did.
WIDE static size_t narrow_columns(float *c, const float *a, size_t aRow, size_t aColumn,
                                  const float *b, size_t bRow, size_t m, size_t n, size_t k,
                                  int adding) {
  size_t count = n % LANES, from = n - count;
  if (n < LANES || m < LANES || count == 0 || count > 2) return 0;
  if (aRow != 1 && k > DEPTH) return 0;
#define NARROW(T, ADDING)                                                                           \
  if (aRow == 1)                                                                                    \
    columns_downwards(T, ADDING, c + from, n, a, aColumn, b + from, bRow, m, k);                    \
  else                                                                                              \
    columns_across(T, ADDING, c + from, n, a, aRow, b + from, bRow, m, k)
  if (count == 1 && adding) { NARROW(1, 1); }
  if (count == 1 && !adding) { NARROW(1, 0); }
  if (count == 2 && adding) { NARROW(2, 1); }
  if (count == 2 && !adding) { NARROW(2, 0); }
#undef NARROW
  return count;
}

// A single row of c where b is transposed, which is not worth turning b around: each value is the sum of a
// product of two rows, and LANES of them are summed at once.
INLINE void single_row(float *c, const float *a, const float *b, size_t bRow, size_t n, size_t k,
                       int adding) {
  for (size_t j = 0; j < n; j += LANES) {
    size_t count = n - j < LANES ? n - j : LANES;
    vector s[LANES];
    UNROLL for (int r = 0; r < LANES; r++) s[r] = zero();
    for (size_t p = 0; p < k; p += LANES) {
      mask some = first(k - p < LANES ? k - p : LANES);
      vector row = load_first(some, a + p);
      UNROLL for (int r = 0; r < LANES; r++) {
        if ((size_t)r < count)
          s[r] = multiply_add(row, load_first(some, b + (j + r) * bRow + p), s[r]);
      }
    }
    vector sums = sums_of(s);
    if (adding) sums = add(sums, load_first(first(count), c + j));
    store_first(first(count), c + j, sums);
  }
}

WIDE static void product(float *c, const float *a, size_t aRow, size_t aColumn, const float *b,
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
                           depth, first(tail), adding || p > 0);
        i += rows;
      }
      p += depth;
    }
    j += end;
    vectors -= width;
  }
}

WIDE static void prepare_transposed(float *transposed, const float *b, size_t n, size_t k) {
  size_t stride = (n + LANES - 1) / LANES * LANES;
  for (size_t p = 0; p < k; p += LANES) {
    for (size_t j = 0; j < n; j += LANES)
      transpose(transposed + p * stride + j, stride, b + j * k + p, k, k - p < LANES ? k - p : LANES,
                n - j < LANES ? n - j : LANES);
  }
}

WIDE static void product_transposed(float *c, const float *a, const float *transposed, size_t m,
                                    size_t n, size_t k) {
  size_t stride = (n + LANES - 1) / LANES * LANES, vectors = stride / LANES;
  size_t widest = m == 1 ? ROW_PANEL : PANEL;
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
                           depth, first(tail), p > 0);
        i += rows;
      }
      p += depth;
    }
    j += width * LANES;
    vectors -= width;
  }
}
