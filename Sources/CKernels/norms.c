#include "norms.h"

#include "functions.h"

#pragma clang fp contract(fast)

// Places may be the same, but each value depends on its own alone.
#define EACH_ALONE _Pragma("clang loop vectorize(assume_safety) interleave(disable)")

// MARK: - Sums over rows

// Rows are added up some features and some rows at a time: floats within a block, doubles beyond it.
enum { WIDTH = 64, BLOCK = 64 };

static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

CLONES void tg_add(float *restrict to, const float *restrict from, size_t count) {
  for (size_t i = 0; i < count; i++) to[i] += from[i];
}

CLONES void tg_norm_statistics(const float *x, size_t n, size_t d, float *mean, float *variance) {
  for (size_t start = 0; start < d; start += WIDTH) {
    size_t width = smaller(WIDTH, d - start);
    // About the first row: the variance of values far from 0 would drown in rounding.
    float shift[WIDTH];
    memcpy(shift, x + start, width * sizeof(float));
    double sum[WIDTH] = {0}, squares[WIDTH] = {0};
    for (size_t begin = 0; begin < n; begin += BLOCK) {
      float s[WIDTH] = {0}, q[WIDTH] = {0};
      for (size_t row = begin; row < smaller(begin + BLOCK, n); row++) {
        const float *in = x + row * d + start;
        VECTORIZE
        for (size_t i = 0; i < width; i++) {
          float v = in[i] - shift[i];
          s[i] += v;
          q[i] += v * v;
        }
      }
      for (size_t i = 0; i < width; i++) sum[i] += s[i];
      for (size_t i = 0; i < width; i++) squares[i] += q[i];
    }
    for (size_t i = 0; i < width; i++) {
      double m = sum[i] / (double)n, v = squares[i] / (double)n - m * m;
      mean[start + i] = (float)(m + shift[i]);
      variance[start + i] = v < 0 ? 0 : (float)v;
    }
  }
}

INLINE void norm_sums(float *gradient, const float *y, const float *x, const float *mean, size_t n, size_t d,
                      int activation, float *sum, float *product) {
  for (size_t start = 0; start < d; start += WIDTH) {
    size_t width = smaller(WIDTH, d - start);
    const float *restrict m = mean + start;
    double total[WIDTH] = {0}, products[WIDTH] = {0};
    for (size_t begin = 0; begin < n; begin += BLOCK) {
      float s[WIDTH] = {0}, p[WIDTH] = {0};
      for (size_t row = begin; row < smaller(begin + BLOCK, n); row++) {
        float *restrict g = gradient + row * d + start;
        const float *restrict out = y + row * d + start;
        const float *restrict in = x + row * d + start;
        VECTORIZE
        for (size_t i = 0; i < width; i++) {
          float own = activation == TG_LINEAR ? g[i] : g[i] * derivative(out[i], activation);
          if (activation != TG_LINEAR) g[i] = own;
          s[i] += own;
          p[i] += own * (in[i] - m[i]);
        }
      }
      for (size_t i = 0; i < width; i++) total[i] += s[i];
      for (size_t i = 0; i < width; i++) products[i] += p[i];
    }
    for (size_t i = 0; i < width; i++) sum[start + i] = (float)total[i];
    for (size_t i = 0; i < width; i++) product[start + i] = (float)products[i];
  }
}

CLONES void tg_norm_sums(float *gradient, const float *y, const float *x, const float *mean, size_t n, size_t d,
                         int activation, float *sum, float *product) {
#define CALL(a) norm_sums(gradient, y, x, mean, n, d, a, sum, product)
  EACH_ACTIVATION(CALL)
#undef CALL
}

// MARK: - Row by row

INLINE void norm_apply(const float *x, const float *restrict scale, const float *restrict shift, float *y, size_t n,
                       size_t d, int activation) {
  for (size_t row = 0; row < n; row++) {
    const float *restrict in = x + row * d;
    float *restrict out = y + row * d;
    VECTORIZE
    for (size_t i = 0; i < d; i++) out[i] = activate(in[i] * scale[i] + shift[i], activation);
  }
}

CLONES void tg_norm_apply(const float *x, const float *scale, const float *shift, float *y, size_t n, size_t d,
                          int activation) {
#define CALL(a) norm_apply(x, scale, shift, y, n, d, a)
  EACH_ACTIVATION(CALL)
#undef CALL
}

INLINE void norm_add(const float *x, const float *restrict scale, const float *restrict shift, const float *s, float *h,
                     float *y, size_t n, size_t d, int activation, int keeps) {
  for (size_t row = 0; row < n; row++) {
    const float *restrict in = x + row * d;
    const float *restrict other = s + row * d;
    float *restrict own = h + (keeps ? row * d : 0);
    float *restrict out = y + row * d;
    VECTORIZE
    for (size_t i = 0; i < d; i++) {
      float v = in[i] * scale[i] + shift[i];
      if (keeps) own[i] = v;
      out[i] = activate(v + other[i], activation);
    }
  }
}

CLONES void tg_norm_add(const float *x, const float *scale, const float *shift, const float *s, float *h, float *y,
                        size_t n, size_t d, int activation) {
#define CALL(a)                                                    \
  if (h) norm_add(x, scale, shift, s, h, y, n, d, a, 1);           \
  else norm_add(x, scale, shift, s, y, y, n, d, a, 0)
  EACH_ACTIVATION(CALL)
#undef CALL
}

CLONES void tg_norm_backward(const float *gradient, const float *x, const float *a, const float *b, const float *c,
                             float *to, size_t n, size_t d, int adding) {
  for (size_t row = 0; row < n; row++) {
    const float *g = gradient + row * d;
    const float *in = x + row * d;
    float *out = to + row * d;
    if (adding) {
      EACH_ALONE
      for (size_t i = 0; i < d; i++) out[i] += g[i] * a[i] + in[i] * b[i] + c[i];
    } else {
      EACH_ALONE
      for (size_t i = 0; i < d; i++) out[i] = g[i] * a[i] + in[i] * b[i] + c[i];
    }
  }
}

// MARK: - Gates of residual blocks

INLINE size_t learned(int gating) { return gating == TG_FULL ? 2 : gating == TG_CONSTANT ? 0 : 1; }

INLINE void gated_sum(const float *h, float *gates, const float *bias, const float *s, float *y, size_t n, size_t d,
                      int activation, int gating, float t, float c) {
  for (size_t row = 0; row < n; row++) {
    const float *restrict own = h + row * d;
    const float *restrict other = s + row * d;
    float *restrict first = gates + row * learned(gating) * d;
    float *restrict second = first + (gating == TG_FULL ? d : 0);
    float *restrict out = y + row * d;
    VECTORIZE
    for (size_t i = 0; i < d; i++) {
      float H = own[i], S = other[i], v;
      if (gating == TG_CONSTANT) {
        v = constant_gates(H, S, t, c);
      } else {
        float gate = sigmoid(first[i] + bias[i]);
        first[i] = gate;
        v = S + gate * (H - S);
        if (gating == TG_TRANSFORM_ONLY) v = H * gate + S;
        if (gating == TG_CARRY_ONLY) v = H + S * gate;
        if (gating == TG_FULL) {
          float carry = sigmoid(second[i] + bias[d + i]);
          second[i] = carry;
          v = H * gate + S * carry;
        }
      }
      out[i] = activate(v, activation);
    }
  }
}

CLONES void tg_gated_sum(const float *h, float *gates, const float *bias, const float *s, float *y, size_t n, size_t d,
                         int activation, int gating, float t, float c) {
#define SUM(a, g) gated_sum(h, gates, bias, s, y, n, d, a, g, t, c)
#define SUM_COUPLED(a) SUM(a, TG_COUPLED)
#define SUM_FULL(a) SUM(a, TG_FULL)
#define SUM_TRANSFORM_ONLY(a) SUM(a, TG_TRANSFORM_ONLY)
#define SUM_CARRY_ONLY(a) SUM(a, TG_CARRY_ONLY)
#define SUM_CONSTANT(a) SUM(a, TG_CONSTANT)
  EACH_GATING(SUM)
}

CLONES void tg_gated_sum_backward(const float *gradient, float *h, float *gates, const float *s,
                                  float *shortcutGradient, float *biasGradient, size_t n, size_t d, int gating,
                                  float t, float c) {
  for (size_t row = 0; row < n; row++) {
    const float *g = gradient + row * d;
    float *own = h + row * d;
    const float *other = s + row * d;
    float *first = gates + row * learned(gating) * d;
    float *second = first + (gating == TG_FULL ? d : 0);
    float *to = shortcutGradient + row * d;
    EACH_ALONE
    for (size_t i = 0; i < d; i++) {
      float dy = g[i], H = own[i], S = other[i];
      if (gating == TG_CONSTANT) {
        own[i] = dy * t;
        to[i] = dy * c;
        continue;
      }
      float gate = first[i], slope = gate * (1.0f - gate);
      if (gating == TG_CARRY_ONLY) {
        own[i] = dy;
        first[i] = dy * S * slope;
        to[i] = dy * gate;
      } else {
        own[i] = dy * gate;
        first[i] = dy * (gating == TG_COUPLED ? H - S : H) * slope;
        to[i] = gating == TG_COUPLED ? dy - dy * gate : dy;
        if (gating == TG_FULL) {
          float carry = second[i];
          second[i] = dy * S * carry * (1.0f - carry);
          biasGradient[d + i] += second[i];
          to[i] = dy * carry;
        }
      }
      biasGradient[i] += first[i];
    }
  }
}

void tg_gated_sum_hold(const float *h, float *gates, const float *s, float *y, const float *held, size_t n, size_t d,
                       int activation, int gating, float c, int coupled) {
  size_t stride = learned(gating) * d;
  int learnsT = gating == TG_COUPLED || gating == TG_FULL || gating == TG_TRANSFORM_ONLY;
  int learnsC = gating == TG_FULL || gating == TG_CARRY_ONLY;
  for (size_t row = 0; row < n; row++) {
    for (size_t i = 0; i < d; i++) {
      float t = held[i];
      if (t != t) continue;
      if (learnsT) gates[row * stride + i] = t;
      float carry = coupled ? 1.0f - t : learnsC ? gates[row * stride + stride - d + i] : c;
      y[row * d + i] = activate(constant_gates(h[row * d + i], s[row * d + i], t, carry), activation);
    }
  }
}

// MARK: - Shortcuts

void tg_pad_channels(const float *from, float *to, size_t n, const struct tg_padding *padding) {
  const struct tg_padding p = *padding;
  memset(to, 0, n * p.rows * p.columns * p.d * sizeof(float));
  for (size_t example = 0; example < n; example++)
    for (size_t row = 0; row < p.rows; row++)
      for (size_t column = 0; column < p.columns; column++)
        memcpy(to + ((example * p.rows + row) * p.columns + column) * p.d + p.before,
               from + ((example * p.height + row * p.stride) * p.width + column * p.stride) * p.channels,
               p.channels * sizeof(float));
}

void tg_pad_channels_backward(float *from, const float *to, size_t n, const struct tg_padding *padding) {
  const struct tg_padding p = *padding;
  for (size_t example = 0; example < n; example++)
    for (size_t row = 0; row < p.rows; row++)
      for (size_t column = 0; column < p.columns; column++)
        tg_add(from + ((example * p.height + row * p.stride) * p.width + column * p.stride) * p.channels,
               to + ((example * p.rows + row) * p.columns + column) * p.d + p.before, p.channels);
}
