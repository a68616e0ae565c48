#ifndef TOLLGATE_PRODUCTS_H
#define TOLLGATE_PRODUCTS_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

// Whether this processor can run tg_product.
int tg_product_available(void);

// c[m, n] ← a·b, or c ← c + a·b where adding; k > 0 and every row of c is n long.
// a[i, p] stands at a[i·aRow + p·aColumn], where one of the two is 1.
// b[p, j] stands at b[p·bRow + j] or, where transposed, at b[j·bRow + p].
void tg_product(float *c, const float *a, size_t aRow, size_t aColumn, const float *b, size_t bRow,
                int bTransposed, size_t m, size_t n, size_t k, int adding);

// The length of the rows of a matrix that tg_prepare_transposed wrote: n rounded up to whole vectors.
size_t tg_transposed_stride(size_t n);

// transposed[k, stride] ← the transpose of b[n, k], 0 behind its n columns; it stands on a cache line.
void tg_prepare_transposed(float *transposed, const float *b, size_t n, size_t k);

// c[m, n] ← a[m, k]·b, where b was transposed; k > 0. Each sum is taken as in tg_product with m > 1 and b
// transposed, to the same bits.
void tg_product_transposed(float *c, const float *a, const float *transposed, size_t m, size_t n, size_t k);

#ifdef __cplusplus
}
#endif

#endif
