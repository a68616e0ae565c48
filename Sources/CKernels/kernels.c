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

// MARK: - Softmax

// So many classes and more are gone through with vectors, a block of them after the other.
#define WIDE 256

// values[n] ← e^(value − highest); returns their sum. What is not a number stays that.
CLONES static double exponentials(float *values, size_t n, float highest) {
  double sum = 0;
  for (size_t start = 0; start < n; start += WIDE) {
    size_t count = n - start < WIDE ? n - start : WIDE;
    float *restrict v = values + start;
    float parts[16] = {0};
    for (size_t i = 0; i < count; i++) {
      float below = v[i] - highest;
      float e = exponential(clamp(below, -87.0f, 0.0f));
      v[i] = below == below ? e : below;
    }
    size_t i = 0;
    for (; i + 16 <= count; i += 16)
      for (size_t j = 0; j < 16; j++) parts[j] += v[i + j];
    for (; i < count; i++) parts[0] += v[i];
    for (size_t j = 0; j < 16; j++) sum += parts[j];
  }
  return sum;
}

// The first place of the greatest value.
CLONES static size_t greatest(const float *values, size_t n) {
  float best[16];
  for (size_t j = 0; j < 16; j++) best[j] = values[0];
  for (size_t i = 0; i + 16 <= n; i += 16)
    for (size_t j = 0; j < 16; j++) best[j] = values[i + j] > best[j] ? values[i + j] : best[j];
  float highest = best[0];
  for (size_t j = 1; j < 16; j++) highest = best[j] > highest ? best[j] : highest;
  for (size_t i = n - n % 16; i < n; i++) highest = values[i] > highest ? values[i] : highest;
  for (size_t i = 0; i < n; i++)
    if (values[i] == highest) return i;
  return 0;
}

static size_t wide_softmax(float *logits, const int32_t *labels, float *losses, uint8_t *right,
                           size_t n, size_t classes) {
  size_t count = 0;
  for (size_t row = 0; row < n; row++) {
    float *v = logits + row * classes;
    size_t top = greatest(v, classes);
    int has = labels && labels[row] >= 0;
    float highest = v[top], ofLabel = has ? v[labels[row]] : 0;
    double sum = exponentials(v, classes, highest);
    float scale = (float)(1 / sum);
    for (size_t i = 0; i < classes; i++) v[i] *= scale;
    if (!labels) continue;
    losses[row] = has ? (float)(log(sum) - (ofLabel - highest)) : 0;
    right[row] = has && top == (size_t)labels[row] && sum == sum;
    count += right[row];
  }
  return count;
}

size_t tg_softmax(float *logits, const int32_t *labels, float *losses, uint8_t *right, size_t n,
                  size_t classes) {
  if (classes > WIDE) return wide_softmax(logits, labels, losses, right, n, classes);
  size_t count = 0;
  for (size_t row = 0; row < n; row++) {
    float *v = logits + row * classes;
    size_t top = 0;
    for (size_t i = 1; i < classes; i++) {
      if (v[i] > v[top]) top = i;
    }
    int has = labels && labels[row] >= 0;
    float highest = v[top], ofLabel = has ? v[labels[row]] : 0;
    double sum = 0;
    for (size_t i = 0; i < classes; i++) {
      v[i] = expf(v[i] - highest);
      sum += v[i];
    }
    for (size_t i = 0; i < classes; i++) v[i] = (float)(v[i] / sum);
    if (!labels) continue;
    losses[row] = has ? (float)(log(sum) - (ofLabel - highest)) : 0;
    right[row] = has && top == (size_t)labels[row] && sum == sum;
    count += right[row];
  }
  return count;
}

void tg_softmax_backward(float *probabilities, const int32_t *labels, size_t n, size_t classes,
                         float scale) {
  for (size_t row = 0; row < n; row++) {
    float *p = probabilities + row * classes;
    if (labels[row] < 0) {
      for (size_t i = 0; i < classes; i++) p[i] = 0;
      continue;
    }
    p[labels[row]] -= 1.0f;
    for (size_t i = 0; i < classes; i++) p[i] *= scale;
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
    float m = momentum * moments[i] + g;
    moments[i] = m;
    parameters[i] -= rate * (nesterov ? g + momentum * m : m);
  }
}

CLONES void tg_sgd(float *parameters, float *moments, float *const *gradients, size_t shards,
                   size_t begin, size_t end, float scale, float rate, float momentum, int nesterov,
                   float weightDecay) {
#define SGD(s)                                                                                  \
  if (nesterov)                                                                                 \
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

double tg_squared_norm(float *const *gradients, size_t shards, size_t begin, size_t end) {
  double sum = 0;
  for (size_t i = begin; i < end; i++) {
    double g = summed(gradients, shards > 4 ? 4 : shards, i);
    sum += g * g;
  }
  return sum;
}
