// The products of products.h, once for each instruction set that has them.

#ifndef TOLLGATE_SMALL_PRODUCTS_SET_H
#define TOLLGATE_SMALL_PRODUCTS_SET_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
  size_t lanes;
  void (*product)(float *c, const float *a, size_t aRow, size_t aColumn, const float *b, size_t bRow,
                  int bTransposed, size_t m, size_t n, size_t k, int adding);
  void (*prepare_transposed)(float *transposed, const float *b, size_t n, size_t k);
  void (*product_transposed)(float *c, const float *a, const float *transposed, size_t m, size_t n,
                             size_t k);
} small_products;

extern const small_products products_avx2, products_avx512;

#endif
