#include "products.h"
#include "small_products_set.h"

// Products of matrices so small that a library's preparations cost as much as the product: oneDNN packs
// a transposed b anew for each call. Everything stays in the first cache, so that b is read where it
// stands, and only a transposed b is brought into row order, a square of values at a time.

#if defined(__x86_64__)
static const small_products *best(void) {
  if (__builtin_cpu_supports("avx512f")) return &products_avx512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return &products_avx2;
  return NULL;
}
#else
static const small_products *best(void) { return NULL; }
#endif

int tg_product_available(void) { return best() != NULL; }

void tg_product(float *c, const float *a, size_t aRow, size_t aColumn, const float *b, size_t bRow,
                int bTransposed, size_t m, size_t n, size_t k, int adding) {
  best()->product(c, a, aRow, aColumn, b, bRow, bTransposed, m, n, k, adding);
}

size_t tg_transposed_stride(size_t n) {
  size_t lanes = best()->lanes;
  return (n + lanes - 1) / lanes * lanes;
}

void tg_prepare_transposed(float *transposed, const float *b, size_t n, size_t k) {
  best()->prepare_transposed(transposed, b, n, k);
}

void tg_product_transposed(float *c, const float *a, const float *transposed, size_t m, size_t n, size_t k) {
  best()->product_transposed(c, a, transposed, m, n, k);
}
