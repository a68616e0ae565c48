#include "kernels.h"

#include "functions.h"

#include <math.h>
#include <string.h>

#pragma clang fp contract(fast)

// MARK: - Plain layers

INLINE void activate_rows(float *values, const float *bias, size_t n, size_t d, int activation) {
  for (size_t row = 0; row < n; row++) {
    float *v = values + row * d;
    if (bias) {
      VECTORIZE
      for (size_t i = 0; i < d; i++) v[i] = activate(v[i] + bias[i], activation);
    } else {
      for (size_t i = 0; i < d; i++) v[i] = activate(v[i], activation);
    }
  }
}

CLONES void tg_activate(float *values, const float *bias, size_t n, size_t d, int activation) {
#define CALL(a) activate_rows(values, bias, n, d, a)
  EACH_ACTIVATION(CALL)
#undef CALL
}

INLINE void activate_rows_backward(float *gradient, const float *outputs, float *biasGradient,
                                   size_t n, size_t d, int activation) {
  for (size_t row = 0; row < n; row++) {
    float *g = gradient + row * d;
    const float *y = outputs + row * d;
    if (biasGradient) {
      VECTORIZE
      for (size_t i = 0; i < d; i++) {
        g[i] *= derivative(y[i], activation);
        biasGradient[i] += g[i];
      }
    } else {
      for (size_t i = 0; i < d; i++) g[i] *= derivative(y[i], activation);
    }
  }
}

CLONES void tg_activate_backward(float *gradient, const float *outputs, float *biasGradient,
                                 size_t n, size_t d, int activation) {
#define CALL(a) activate_rows_backward(gradient, outputs, biasGradient, n, d, a)
  EACH_ACTIVATION(CALL)
#undef CALL
}

// MARK: - Highway layers

INLINE size_t parts(int gating) {
  return gating == TG_FULL ? 3 : gating == TG_CONSTANT ? 1 : 2;
}

// A row is taken in blocks of 16 units; what is left over is taken with a last block of 8 or 16 that reaches back
// into them, from values that were kept before, so that no unit is computed on its own.
enum { BLOCK = 16 };

// How many units the last block has; 0 where there is none, and the row is one loop.
INLINE size_t last_block(size_t d) {
  size_t left = d % BLOCK;
  return left == 0 || d < BLOCK ? 0 : left <= BLOCK / 2 ? BLOCK / 2 : BLOCK;
}

INLINE void highway_units(float *restrict h, float *restrict second, float *restrict third,
                          const float *restrict bias, size_t d, const float *restrict in,
                          float *restrict out, size_t count, int activation, int gating, float t,
                          float c) {
  VECTORIZE
  for (size_t i = 0; i < count; i++) {
    float H = activate(h[i] + bias[i], activation);
    h[i] = H;
    if (gating == TG_CONSTANT) {
      out[i] = constant_gates(H, in[i], t, c);
    } else {
      float gate = sigmoid(second[i] + bias[d + i]);
      second[i] = gate;
      if (gating == TG_COUPLED) out[i] = in[i] + gate * (H - in[i]);
      if (gating == TG_TRANSFORM_ONLY) out[i] = H * gate + in[i];
      if (gating == TG_CARRY_ONLY) out[i] = H + in[i] * gate;
      if (gating == TG_FULL) {
        float carry = sigmoid(third[i] + bias[2 * d + i]);
        third[i] = carry;
        out[i] = H * gate + in[i] * carry;
      }
    }
  }
}

INLINE void highway_rows(float *restrict gates, const float *restrict bias,
                         const float *restrict x, float *restrict y, size_t n, size_t d, size_t last,
                         int activation, int gating, float t, float c) {
  size_t count = parts(gating), whole = last ? d - d % BLOCK : d, from = d - last;
  for (size_t row = 0; row < n; row++) {
    float *restrict g = gates + row * count * d;
    const float *restrict in = x + row * d;
    float *restrict out = y + row * d;
    float kept[3][BLOCK];
    for (size_t part = 0; last && part < count; part++)
      memcpy(kept[part], g + part * d + from, last * sizeof(float));
    highway_units(g, g + d, g + 2 * d, bias, d, in, out, whole, activation, gating, t, c);
    if (!last) continue;
    highway_units(kept[0], kept[1], kept[2], bias + from, d, in + from, out + from, last, activation,
                  gating, t, c);
    for (size_t part = 0; part < count; part++)
      memcpy(g + part * d + from, kept[part], last * sizeof(float));
  }
}

CLONES void tg_highway(float *gates, const float *bias, const float *x, float *y, size_t n,
                       size_t d, int activation, int gating, float t, float c) {
#define FORWARD_LAST(last, a, g) highway_rows(gates, bias, x, y, n, d, last, a, g, t, c)
#define FORWARD(a, g)                                         \
  switch (last_block(d)) {                                    \
  case 0: FORWARD_LAST(0, a, g); break;                       \
  case BLOCK / 2: FORWARD_LAST(BLOCK / 2, a, g); break;       \
  default: FORWARD_LAST(BLOCK, a, g);                         \
  }
#define FORWARD_COUPLED(a) FORWARD(a, TG_COUPLED)
#define FORWARD_FULL(a) FORWARD(a, TG_FULL)
#define FORWARD_TRANSFORM_ONLY(a) FORWARD(a, TG_TRANSFORM_ONLY)
#define FORWARD_CARRY_ONLY(a) FORWARD(a, TG_CARRY_ONLY)
#define FORWARD_CONSTANT(a) FORWARD(a, TG_CONSTANT)
  EACH_GATING(FORWARD)
}

INLINE void highway_rows_backward(float *restrict gates, const float *restrict x,
                                  const float *restrict gradient, float *restrict inputGradient,
                                  float *restrict biasGradient, size_t n, size_t d, int activation,
                                  int gating, float t, float c) {
  size_t stride = parts(gating) * d;
  for (size_t row = 0; row < n; row++) {
    float *restrict h = gates + row * stride;
    float *restrict second = h + d;
    float *restrict third = h + 2 * d;
    const float *restrict in = x + row * d;
    const float *restrict dy = gradient + row * d;
    float *restrict dx = inputGradient + row * d;
    VECTORIZE
    for (size_t i = 0; i < d; i++) {
      float H = h[i], g = dy[i];
      if (gating == TG_CONSTANT) {
        h[i] = g * t * derivative(H, activation);
        dx[i] = g * c;
      } else {
        float gate = second[i], slope = gate * (1.0f - gate);
        if (gating == TG_CARRY_ONLY) {
          h[i] = g * derivative(H, activation);
          second[i] = g * in[i] * slope;
          dx[i] = g * gate;
        } else {
          h[i] = g * gate * derivative(H, activation);
          second[i] = g * (gating == TG_COUPLED ? H - in[i] : H) * slope;
          if (gating == TG_COUPLED) dx[i] = g - g * gate;
          if (gating == TG_TRANSFORM_ONLY) dx[i] = g;
          if (gating == TG_FULL) {
            float carry = third[i];
            third[i] = g * in[i] * carry * (1.0f - carry);
            biasGradient[2 * d + i] += third[i];
            dx[i] = g * carry;
          }
        }
        biasGradient[d + i] += second[i];
      }
      biasGradient[i] += h[i];
    }
  }
}

CLONES void tg_highway_backward(float *gates, const float *x, const float *gradient,
                                float *inputGradient, float *biasGradient, size_t n, size_t d,
                                int activation, int gating, float t, float c) {
#define BACKWARD(a, g) \
  highway_rows_backward(gates, x, gradient, inputGradient, biasGradient, n, d, a, g, t, c)
#define BACKWARD_COUPLED(a) BACKWARD(a, TG_COUPLED)
#define BACKWARD_FULL(a) BACKWARD(a, TG_FULL)
#define BACKWARD_TRANSFORM_ONLY(a) BACKWARD(a, TG_TRANSFORM_ONLY)
#define BACKWARD_CARRY_ONLY(a) BACKWARD(a, TG_CARRY_ONLY)
#define BACKWARD_CONSTANT(a) BACKWARD(a, TG_CONSTANT)
  EACH_GATING(BACKWARD)
}

void tg_hold(float *gates, const float *x, float *y, const float *held, size_t n, size_t d,
             int gating, float c, int coupled) {
  size_t stride = parts(gating) * d;
  int learnsT = gating == TG_COUPLED || gating == TG_FULL || gating == TG_TRANSFORM_ONLY;
  int learnsC = gating == TG_FULL || gating == TG_CARRY_ONLY;
  for (size_t row = 0; row < n; row++) {
    float *h = gates + row * stride;
    const float *in = x + row * d;
    float *out = y + row * d;
    for (size_t i = 0; i < d; i++) {
      float t = held[i];
      if (t != t) continue;
      if (learnsT) h[d + i] = t;
      float carry = coupled ? 1.0f - t : learnsC ? h[stride - d + i] : c;
      // Not even a block state that is infinite reaches the output of a closed gate.
      out[i] = (t == 0.0f ? 0.0f : h[i] * t)
               + (carry == 0.0f ? 0.0f : carry == 1.0f ? in[i] : in[i] * carry);
      if (t == 0.0f && carry == 1.0f) out[i] = in[i];
    }
  }
}

// MARK: - Input and optimizer

void tg_prefetch(const uint8_t *pixels, size_t count) {
  for (size_t i = 0; i < count; i += 64) __builtin_prefetch(pixels + i, 0, 0);
}

CLONES void tg_normalize(float *values, const uint8_t *pixels, size_t count, float scale,
                         float shift) {
  for (size_t i = 0; i < count; i++) values[i] = (float)pixels[i] * scale + shift;
}

// The sum of what the shards have at i, in their order; s is a constant of 1 to 4.
INLINE float summed(float *const *gradients, size_t s, size_t i) {
  float g = gradients[0][i];
  if (s > 1) g += gradients[1][i];
  if (s > 2) g += gradients[2][i];
  if (s > 3) g += gradients[3][i];
  return g;
}

#define EACH_SHARDS(call)        \
  switch (shards) {              \
  case 1: call(1); break;        \
  case 2: call(2); break;        \
  case 3: call(3); break;        \
  default: call(4); break;       \
  }

INLINE void sgd(float *restrict parameters, float *restrict moments, float *const *gradients,
                size_t shards, size_t begin, size_t end, float scale, float rate, float momentum,
                int nesterov, float weightDecay) {
  const float *restrict first = gradients[0];
  const float *restrict second = shards > 1 ? gradients[1] : gradients[0];
  const float *restrict third = shards > 2 ? gradients[2] : gradients[0];
  const float *restrict fourth = shards > 3 ? gradients[3] : gradients[0];
  for (size_t i = begin; i < end; i++) {
    float g = first[i];
    if (shards > 1) g += second[i];
    if (shards > 2) g += third[i];
    if (shards > 3) g += fourth[i];
    g = scale == 1.0f ? g : g * scale;  // no rounding where nothing is scaled
    g += weightDecay * parameters[i];
    float m = g;
    if (momentum != 0.0f) {
      m += momentum * moments[i];
      moments[i] = m;
    }
    parameters[i] -= rate * (nesterov ? g + momentum * m : m);
  }
}

CLONES void tg_sgd(float *parameters, float *moments, float *const *gradients, size_t shards,
                   size_t begin, size_t end, float scale, float rate, float momentum, int nesterov,
                   float weightDecay) {
#define SGD(s)                                                                                  \
  if (momentum == 0.0f)                                                                         \
    sgd(parameters, moments, gradients, s, begin, end, scale, rate, 0, 0, weightDecay);         \
  else if (nesterov)                                                                            \
    sgd(parameters, moments, gradients, s, begin, end, scale, rate, momentum, 1, weightDecay);  \
  else                                                                                          \
    sgd(parameters, moments, gradients, s, begin, end, scale, rate, momentum, 0, weightDecay)
  EACH_SHARDS(SGD)
}

INLINE void adam(float *restrict parameters, float *restrict means, float *restrict squares,
                 float *const *gradients, size_t shards, size_t begin, size_t end, float scale,
                 const struct tg_adam_settings *settings) {
  struct tg_adam_settings of = *settings;
  for (size_t i = begin; i < end; i++) {
    float g = summed(gradients, shards, i) * scale + of.weightDecay * parameters[i];
    float m = of.beta1 * means[i] + (1.0f - of.beta1) * g;
    float v = of.beta2 * squares[i] + (1.0f - of.beta2) * g * g;
    means[i] = m;
    squares[i] = v;
    parameters[i] -= of.rate * (m / of.correction1) / (sqrtf(v / of.correction2) + of.epsilon);
  }
}

CLONES void tg_adam(float *parameters, float *means, float *squares, float *const *gradients,
                    size_t shards, size_t begin, size_t end, float scale,
                    const struct tg_adam_settings *settings) {
#define ADAM(s) adam(parameters, means, squares, gradients, s, begin, end, scale, settings)
  EACH_SHARDS(ADAM)
}

// Eight sums side by side, so that none waits for the one before.
INLINE double squared_norm(float *const *gradients, size_t shards, size_t begin, size_t end) {
  double parts[8] = {0};
  size_t i = begin;
  for (; i + 8 <= end; i += 8) {
    for (size_t j = 0; j < 8; j++) {
      double g = summed(gradients, shards, i + j);
      parts[j] += g * g;
    }
  }
  for (; i < end; i++) {
    double g = summed(gradients, shards, i);
    parts[0] += g * g;
  }
  double sum = 0;
  for (size_t j = 0; j < 8; j++) sum += parts[j];
  return sum;
}

CLONES double tg_squared_norm(float *const *gradients, size_t shards, size_t begin, size_t end) {
  double sum = 0;
#define NORM(s) sum = squared_norm(gradients, s, begin, end)
  EACH_SHARDS(NORM)
  return sum;
}
