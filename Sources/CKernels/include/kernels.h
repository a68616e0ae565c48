// The element-wise kernels: everything between two matrix products.
//
// Matrices are row-major. n is the number of rows (examples × positions), d the number of features, and a
// highway layer's buffer holds, row by row, its parts side by side: H, then T and C where the gating
// learns them, so that its rows are k·d long with k = 1 to 3.
//
// Each function is compiled for several instruction sets; the loader picks the best for the processor.

#ifndef TOLLGATE_KERNELS_H
#define TOLLGATE_KERNELS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum tg_activation { TG_RELU = 0, TG_TANH = 1, TG_SIGMOID = 2, TG_LINEAR = 3 };

// Which gates are learned; a gate that is not is a constant.
enum tg_gating {
  TG_COUPLED = 0,         // T learned, C = 1 − T
  TG_FULL = 1,            // T and C learned
  TG_TRANSFORM_ONLY = 2,  // T learned, C = 1
  TG_CARRY_ONLY = 3,      // T = 1, C learned
  TG_CONSTANT = 4,        // T = t, C = c
};

// values[n, d] ← act(values + bias[d]), or act(values) where bias is NULL
void tg_activate(float *values, const float *bias, size_t n, size_t d, int activation);

// gradient[n, d] ← gradient · act′, with act′ taken from outputs[n, d] = act(v);
// biasGradient[d] += the sum over rows, unless it is NULL.
void tg_activate_backward(float *gradient, const float *outputs, float *biasGradient, size_t n,
                          size_t d, int activation);

// gates[n, k·d] holds pre-activations without bias; becomes H, T, C.
// y[n, d] ← H·T + x·C; t and c are the gates' values where TG_CONSTANT. A constant gate of 0 keeps what it
// multiplies out of y, also where that is infinite or NaN; T = 1, C = 0 returns H exactly.
void tg_highway(float *gates, const float *bias, const float *x, float *y, size_t n, size_t d,
                int activation, int gating, float t, float c);

// gradient[n, d] is ∂loss/∂y; inputGradient[n, d] ← gradient · C, the share of ∂loss/∂x that does not pass
// through a product.
// gates[n, k·d] holds H, T, C; becomes ∂loss/∂(pre-activations).
// biasGradient[k·d] += the sum of those over rows.
void tg_highway_backward(float *gates, const float *x, const float *gradient, float *inputGradient,
                         float *biasGradient, size_t n, size_t d, int activation, int gating,
                         float t, float c);

// After tg_highway: holds T of those units whose held[d] is not NaN at that value. T in gates (where it is
// learned) and y[n, d] change; C follows where it is 1 − T. Where T is held at 0 and C = 1 − T, y is x bit
// for bit. `coupled` says whether a constant C is 1 − T.
void tg_hold(float *gates, const float *x, float *y, const float *held, size_t n, size_t d,
             int gating, float c, int coupled);

// logits[n, classes] becomes probabilities. Where labels is NULL, that is all; otherwise losses[n] ← −log
// p(label), in nats, and right[n] ← whether the label
// is on top: it has the greatest logit, is the first of several that have, and no logit is a NaN. Returns how
// many rows are right. Unless scale is 0, logits with labels become what tg_softmax_backward makes of the
// probabilities, to the same bits.
size_t tg_softmax(float *logits, const int32_t *labels, float *losses, uint8_t *right, size_t n,
                  size_t classes, float scale);

// probabilities[n, classes] becomes (p − 1{label}) · scale, the gradient of scale · Σ losses; 0 in a row without a
// label.
void tg_softmax_backward(float *probabilities, const int32_t *labels, size_t n, size_t classes,
                         float scale);

// Asks for count pixels that will be read soon.
void tg_prefetch(const uint8_t *pixels, size_t count);

// values[n, d] of one channel: ← pixels · scale + shift.
void tg_normalize(float *values, const uint8_t *pixels, size_t count, float scale, float shift);

// One step of stochastic gradient descent on parameters[begin..<end), whose gradient is the sum of
// gradients[0..<shards], in that order:
//   g ← scale·Σ gradients + weightDecay·p;  m ← momentum·m + g;  p ← p − rate·(nesterov ? g + momentum·m : m)
// Where momentum is 0, moments are neither read nor written.
void tg_sgd(float *parameters, float *moments, float *const *gradients, size_t shards, size_t begin,
            size_t end, float scale, float rate, float momentum, int nesterov, float weightDecay);

// What Adam does to parameters (Kingma and Ba 2015), with L2 decay as tg_sgd has it.
struct tg_adam_settings {
  float rate, beta1, beta2, epsilon, weightDecay;
  float correction1, correction2;  // 1 − beta^step
};

// One step of Adam on parameters[begin..<end), gradients as for tg_sgd, each gradient times `scale` first:
//   g ← scale·Σ gradients + weightDecay·p;  m ← β₁m + (1 − β₁)g;  v ← β₂v + (1 − β₂)g²
//   p ← p − rate · (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)
void tg_adam(float *parameters, float *means, float *squares, float *const *gradients,
             size_t shards, size_t begin, size_t end, float scale,
             const struct tg_adam_settings *settings);

// Σ g² over [begin..<end), where g is the sum of gradients[0..<shards].
double tg_squared_norm(float *const *gradients, size_t shards, size_t begin, size_t end);

#ifdef __cplusplus
}
#endif

#endif
