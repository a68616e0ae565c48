// Functions of one value, for kernels to include: they become part of each of a kernel's clones.

#ifndef TOLLGATE_FUNCTIONS_H
#define TOLLGATE_FUNCTIONS_H

#include "clones.h"
#include "kernels.h"

#include <math.h>
#include <string.h>

// A row is short: what several interleaved vectors would leave over is left to slower loops.
#define VECTORIZE _Pragma("clang loop vectorize(enable) interleave(disable)")

#pragma clang fp contract(fast)

INLINE float clamp(float v, float low, float high) { return fminf(fmaxf(v, low), high); }

// eᵛ for v in [−87, 87], relative error below 2e-7: v = n·ln 2 + r with |r| ≤ ln 2 / 2, then a minimax
// polynomial of degree 6 for eʳ and n added to the exponent. Adding 1.5·2²³ rounds to the integer n and
// leaves it in the low bits.
INLINE float exponential(float v) {
  const float magic = 12582912.0f;
  float shifted = v * 1.44269504f + magic;
  float n = shifted - magic;
  float r = v - n * 0.693145752f;
  r = r - n * 1.42860677e-6f;
  float p = 0.0013814602f;
  p = p * r + 0.0083687175f;
  p = p * r + 0.04166839f;
  p = p * r + 0.16666521f;
  p = p * r + 0.49999994f;
  p = p * r + 1.0f;
  p = p * r + 1.0f;
  uint32_t bits, power;
  memcpy(&bits, &p, 4);
  memcpy(&power, &shifted, 4);
  bits += power << 23;
  memcpy(&p, &bits, 4);
  return p;
}

// A NaN stays a NaN: fminf and fmaxf would turn it into the bound.
INLINE float sigmoid(float v) {
  float s = 1.0f / (1.0f + exponential(clamp(-v, -87.0f, 87.0f)));
  return v == v ? s : v;
}

// x·P(x²)/Q(x²), minimax in relative error over [0, 8.2], where tanh rounds to 1: below 4e-7.
INLINE float hyperbolic_tangent(float v) {
  float x = clamp(v, -8.2f, 8.2f);
  float z = x * x;
  float p = 1.4840668e-08f;
  p = p * z + 2.1637357e-05f;
  p = p * z + 0.0035566916f;
  p = p * z + 0.13432127f;
  p = p * z + 1.0f;
  float q = 8.37065e-07f;
  q = q * z + 0.00033864495f;
  q = q * z + 0.026108319f;
  q = q * z + 0.46765453f;
  q = q * z + 1.0f;
  return v == v ? x * p / q : v;
}

INLINE float activate(float v, int activation) {
  switch (activation) {
  case TG_RELU: return v < 0.0f ? 0.0f : v;
  case TG_TANH: return hyperbolic_tangent(v);
  case TG_SIGMOID: return sigmoid(v);
  default: return v;
  }
}

// The derivative of the activation, from its output.
INLINE float derivative(float output, int activation) {
  switch (activation) {
  case TG_RELU: return output > 0.0f ? 1.0f : 0.0f;
  case TG_TANH: return 1.0f - output * output;
  case TG_SIGMOID: return output * (1.0f - output);
  default: return 1.0f;
  }
}

// H·t + x·c, where a gate of 0 keeps what it multiplies out and T = 1, C = 0 is H exactly.
INLINE float constant_gates(float H, float x, float t, float c) {
  if (c == 0.0f) return t == 1.0f ? H : t == 0.0f ? 0.0f : H * t;
  if (t == 0.0f) return c == 1.0f ? x : x * c;
  return t + c == 1.0f ? x + t * (H - x) : H * t + x * c;
}

// Calls a kernel with its activation as a constant, so that each becomes a loop of its own.
#define EACH_ACTIVATION(call)              \
  switch (activation) {                    \
  case TG_RELU: call(TG_RELU); break;      \
  case TG_TANH: call(TG_TANH); break;      \
  case TG_SIGMOID: call(TG_SIGMOID); break; \
  default: call(TG_LINEAR); break;         \
  }

// The same for its gating too.
#define EACH_GATING(call)                                                  \
  switch (gating) {                                                        \
  case TG_COUPLED: EACH_ACTIVATION(call##_COUPLED) break;                  \
  case TG_FULL: EACH_ACTIVATION(call##_FULL) break;                        \
  case TG_TRANSFORM_ONLY: EACH_ACTIVATION(call##_TRANSFORM_ONLY) break;    \
  case TG_CARRY_ONLY: EACH_ACTIVATION(call##_CARRY_ONLY) break;            \
  default: EACH_ACTIVATION(call##_CONSTANT) break;                         \
  }

#endif
