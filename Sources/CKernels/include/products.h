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

#ifdef __cplusplus
}
#endif

#endif
