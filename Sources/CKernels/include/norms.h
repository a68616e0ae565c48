// Kernels of batch normalization and of residual blocks.
//
// Matrices are row-major; n is the number of rows (examples × positions), d the number of features.

#ifndef TOLLGATE_NORMS_H
#define TOLLGATE_NORMS_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

// mean[d] and biased variance[d] of the rows of x[n, d].
void tg_norm_statistics(const float *x, size_t n, size_t d, float *mean, float *variance);

// y ← act(x·scale[d] + shift[d])
void tg_norm_apply(const float *x, const float *scale, const float *shift, float *y, size_t n, size_t d,
                   int activation);

// y ← act(x·scale[d] + shift[d] + s); h receives the sum without s, unless it is NULL.
void tg_norm_add(const float *x, const float *scale, const float *shift, const float *s, float *h, float *y, size_t n,
                 size_t d, int activation);

// gradient ← gradient·act′, taken from y; sum[d] ← its sum over rows, product[d] ← that of gradient·(x − mean[d]).
void tg_norm_sums(float *gradient, const float *y, const float *x, const float *mean, size_t n, size_t d,
                  int activation, float *sum, float *product);

// to ← gradient·a[d] + x·b[d] + c[d], or += where `adding`. `to` may be x.
void tg_norm_backward(const float *gradient, const float *x, const float *a, const float *b, const float *c, float *to,
                      size_t n, size_t d, int adding);

// gates[n, k·d] holds pre-activations without bias of T and C as far as they are learned, and receives the gates.
// y ← act(h·T + s·C), gating as in kernels.h, t and c the gates' values where TG_CONSTANT.
void tg_gated_sum(const float *h, float *gates, const float *bias, const float *s, float *y, size_t n, size_t d,
                  int activation, int gating, float t, float c);

// gradient[n, d] is ∂loss/∂(h·T + s·C). h ← its own gradient, gates ← those of the pre-activations,
// shortcutGradient ← that of s, which it may be; biasGradient[k·d] += the gates' rows.
void tg_gated_sum_backward(const float *gradient, float *h, float *gates, const float *s, float *shortcutGradient,
                           float *biasGradient, size_t n, size_t d, int gating, float t, float c);

// After tg_gated_sum: holds T of those units whose held[d] is not NaN, in gates and in y. c is a constant C;
// `coupled` says whether C is 1 − T.
void tg_gated_sum_hold(const float *h, float *gates, const float *s, float *y, const float *held, size_t n, size_t d,
                       int activation, int gating, float c, int coupled);

// to[n, rows, columns, d] ← every stride-th row and column of from[n, height, width, channels], its channels behind
// `before` channels of zeros; the other way round, `from` += what `to` has.
struct tg_padding {
  size_t height, width, channels, rows, columns, d, stride, before;
};
void tg_pad_channels(const float *from, float *to, size_t n, const struct tg_padding *padding);
void tg_pad_channels_backward(float *from, const float *to, size_t n, const struct tg_padding *padding);

// to ← to + from
void tg_add(float *to, const float *from, size_t count);

#ifdef __cplusplus
}
#endif

#endif
