#include "recurrent.h"

#include "functions.h"

#include <string.h>

#pragma clang fp contract(fast)

INLINE int counts(const struct tg_lstm *lstm, size_t example, size_t step) {
  return lstm->lengths[example] > 0 && step < (size_t)lstm->lengths[example];
}

INLINE void forward_row(const struct tg_lstm *lstm, size_t row, const float *restrict recurrent,
                        float *restrict state, float *restrict output, float *restrict next) {
  size_t d = lstm->units;
  float *restrict z = lstm->gates + row * 4 * d;
  const float *restrict bias = lstm->bias;
  VECTORIZE
  for (size_t k = 0; k < 4 * d; k++) z[k] += bias[k];
  if (recurrent) {
    VECTORIZE
    for (size_t k = 0; k < 4 * d; k++) z[k] += recurrent[k];
  }
  if (lstm->peepholes[0]) {
    const float *restrict ofInput = lstm->peepholes[0];
    const float *restrict ofForget = lstm->peepholes[1];
    VECTORIZE
    for (size_t i = 0; i < d; i++) {
      z[i] += ofInput[i] * state[i];
      z[d + i] += ofForget[i] * state[i];
    }
  }
  VECTORIZE
  for (size_t i = 0; i < 2 * d; i++) z[i] = sigmoid(z[i]);
  VECTORIZE
  for (size_t i = 2 * d; i < 3 * d; i++) z[i] = hyperbolic_tangent(z[i]);
  if (lstm->held) {
    const float *restrict held = lstm->held;
    for (size_t i = 0; i < d; i++) z[i] = held[i] == held[i] ? held[i] : z[i];
  }
  float *restrict cells = lstm->cells + row * d;
  if (lstm->lower) {
    float *restrict depth = lstm->depth + row * d;
    const float *restrict lower = lstm->lower + row * d;
    const float *restrict depthBias = lstm->depthBias;
    const float *restrict ofCell = lstm->depthCell;
    const float *restrict ofLower = lstm->depthLower;
    VECTORIZE
    for (size_t i = 0; i < d; i++) {
      depth[i] = sigmoid(depth[i] + depthBias[i] + ofCell[i] * state[i] + ofLower[i] * lower[i]);
      cells[i] = z[d + i] * state[i] + z[i] * z[2 * d + i] + depth[i] * lower[i];
    }
  } else {
    VECTORIZE
    for (size_t i = 0; i < d; i++) cells[i] = z[d + i] * state[i] + z[i] * z[2 * d + i];
  }
  if (lstm->peepholes[2]) {
    const float *restrict ofOutput = lstm->peepholes[2];
    VECTORIZE
    for (size_t i = 0; i < d; i++) z[3 * d + i] += ofOutput[i] * cells[i];
  }
  VECTORIZE
  for (size_t i = 0; i < d; i++) {
    float o = sigmoid(z[3 * d + i]);
    float h = o * hyperbolic_tangent(cells[i]);
    z[3 * d + i] = o;
    state[i] = cells[i];
    output[i] = h;
    next[i] = h;
  }
}

CLONES void tg_lstm_forward(const struct tg_lstm *lstm, size_t step, const float *recurrent,
                            float *state, float *output, float *next) {
  size_t d = lstm->units;
  for (size_t example = 0; example < lstm->examples; example++) {
    size_t row = example * lstm->steps + step;
    if (counts(lstm, example, step)) {
      forward_row(lstm, row, recurrent ? recurrent + example * 4 * d : NULL, state + example * d,
                  output + row * d, next + example * d);
    } else {
      memset(lstm->gates + row * 4 * d, 0, 4 * d * sizeof(float));
      if (lstm->lower) memset(lstm->depth + row * d, 0, d * sizeof(float));
      memset(lstm->cells + row * d, 0, d * sizeof(float));
      memset(output + row * d, 0, d * sizeof(float));
      memset(next + example * d, 0, d * sizeof(float));
    }
  }
}

INLINE void backward_row(const struct tg_lstm *lstm, size_t row, const float *restrict before,
                         const float *restrict output, float *restrict state,
                         const float *restrict above, float *restrict lowerGradient,
                         float *restrict next, const struct tg_lstm_gradient *gradient) {
  size_t d = lstm->units;
  float *restrict z = lstm->gates + row * 4 * d;
  const float *restrict cells = lstm->cells + row * d;
  int isFirst = before == NULL;
  if (isFirst) before = cells;
  // state ← ∂loss/∂c without what passes through the gates of this step; z of o ← its gradient.
  VECTORIZE
  for (size_t i = 0; i < d; i++) {
    float o = z[3 * d + i], t = hyperbolic_tangent(cells[i]);
    state[i] += output[i] * o * (1.0f - t * t);
    z[3 * d + i] = output[i] * t * o * (1.0f - o);
  }
  if (above) {
    VECTORIZE
    for (size_t i = 0; i < d; i++) state[i] += above[i];
  }
  if (lstm->peepholes[2]) {
    const float *restrict ofOutput = lstm->peepholes[2];
    float *restrict sum = gradient->peepholes[2];
    VECTORIZE
    for (size_t i = 0; i < d; i++) {
      state[i] += ofOutput[i] * z[3 * d + i];
      sum[i] += z[3 * d + i] * cells[i];
    }
  }
  if (lstm->lower) {
    float *restrict depth = lstm->depth + row * d;
    const float *restrict lower = lstm->lower + row * d;
    const float *restrict ofLower = lstm->depthLower;
    float *restrict biasSum = gradient->depthBias;
    float *restrict lowerSum = gradient->depthLower;
    VECTORIZE
    for (size_t i = 0; i < d; i++) {
      float gate = depth[i];
      float own = state[i] * lower[i] * gate * (1.0f - gate);
      lowerGradient[i] = state[i] * gate + ofLower[i] * own;
      depth[i] = own;
      biasSum[i] += own;
      lowerSum[i] += own * lower[i];
    }
  }
  VECTORIZE
  for (size_t i = 0; i < d; i++) {
    float dc = state[i], in = z[i], forget = z[d + i], g = z[2 * d + i];
    float c = isFirst ? 0.0f : before[i];
    z[i] = dc * g * in * (1.0f - in);
    z[d + i] = dc * c * forget * (1.0f - forget);
    z[2 * d + i] = dc * in * (1.0f - g * g);
    state[i] = dc * forget;
  }
  if (lstm->peepholes[0]) {
    const float *restrict ofInput = lstm->peepholes[0];
    const float *restrict ofForget = lstm->peepholes[1];
    VECTORIZE
    for (size_t i = 0; i < d; i++) state[i] += ofInput[i] * z[i] + ofForget[i] * z[d + i];
  }
  if (lstm->peepholes[0] && !isFirst) {
    float *restrict inputSum = gradient->peepholes[0];
    float *restrict forgetSum = gradient->peepholes[1];
    VECTORIZE
    for (size_t i = 0; i < d; i++) {
      inputSum[i] += z[i] * before[i];
      forgetSum[i] += z[d + i] * before[i];
    }
  }
  if (lstm->lower) {
    const float *restrict depth = lstm->depth + row * d;
    const float *restrict ofCell = lstm->depthCell;
    float *restrict cellSum = gradient->depthCell;
    VECTORIZE
    for (size_t i = 0; i < d; i++) {
      state[i] += ofCell[i] * depth[i];
      cellSum[i] += isFirst ? 0.0f : depth[i] * before[i];
    }
  }
  float *restrict biasSum = gradient->bias;
  VECTORIZE
  for (size_t k = 0; k < 4 * d; k++) {
    biasSum[k] += z[k];
    next[k] = z[k];
  }
}

CLONES void tg_lstm_backward(const struct tg_lstm *lstm, size_t step, const float *output,
                             float *state, const float *above, float *lower, float *next,
                             const struct tg_lstm_gradient *gradient) {
  size_t d = lstm->units;
  for (size_t example = 0; example < lstm->examples; example++) {
    size_t row = example * lstm->steps + step;
    if (counts(lstm, example, step)) {
      const float *before = step > 0      ? lstm->cells + (row - 1) * d
                            : lstm->start ? lstm->start + example * d
                                          : NULL;
      backward_row(lstm, row, before, output + example * d, state + example * d,
                   above ? above + row * d : NULL, lower ? lower + row * d : NULL,
                   next + example * 4 * d, gradient);
    } else {
      // Gates and d are 0 there, and so are their gradients.
      if (lower) memset(lower + row * d, 0, d * sizeof(float));
      memset(next + example * 4 * d, 0, 4 * d * sizeof(float));
    }
  }
}

CLONES void tg_gru_forward(const struct tg_gru *gru, size_t step, const float *recurrent,
                           float *state) {
  size_t d = gru->units;
  const float *restrict ofInput = gru->inputBias;
  const float *restrict ofState = gru->recurrentBias;
  for (size_t example = 0; example < gru->examples; example++) {
    size_t row = example * gru->steps + step;
    float *restrict z = gru->gates + row * 3 * d;
    float *restrict transform = gru->transform + row * d;
    float *restrict inner = gru->inner + row * d;
    float *restrict output = gru->output + row * d;
    float *restrict h = state + example * d;
    if (gru->lengths[example] <= 0 || step >= (size_t)gru->lengths[example]) {
      memset(z, 0, 3 * d * sizeof(float));
      memset(transform, 0, d * sizeof(float));
      memset(inner, 0, d * sizeof(float));
      memset(output, 0, d * sizeof(float));
      continue;
    }
    VECTORIZE
    for (size_t i = 0; i < d; i++) inner[i] = ofState[2 * d + i];
    VECTORIZE
    for (size_t k = 0; k < 2 * d; k++) z[k] += ofInput[k] + ofState[k];
    if (recurrent) {
      const float *restrict product = recurrent + example * 3 * d;
      VECTORIZE
      for (size_t k = 0; k < 2 * d; k++) z[k] += product[k];
      VECTORIZE
      for (size_t i = 0; i < d; i++) inner[i] += product[2 * d + i];
    }
    VECTORIZE
    for (size_t k = 0; k < 2 * d; k++) z[k] = sigmoid(z[k]);
    VECTORIZE
    for (size_t i = 0; i < d; i++) {
      z[2 * d + i] = hyperbolic_tangent(z[2 * d + i] + ofInput[2 * d + i] + z[i] * inner[i]);
      transform[i] = 1.0f - z[d + i];
    }
    if (gru->held) {
      const float *restrict held = gru->held;
      for (size_t i = 0; i < d; i++) {
        transform[i] = held[i] == held[i] ? held[i] : transform[i];
        z[d + i] = 1.0f - transform[i];
      }
    }
    VECTORIZE
    for (size_t i = 0; i < d; i++) {
      float next = transform[i] * z[2 * d + i] + z[d + i] * h[i];
      h[i] = next;
      output[i] = next;
    }
  }
}

CLONES void tg_gru_backward(const struct tg_gru *gru, size_t step, float *state, float *next,
                            float *inputBias, float *recurrentBias) {
  size_t d = gru->units;
  for (size_t example = 0; example < gru->examples; example++) {
    size_t row = example * gru->steps + step;
    float *restrict product = next + example * 3 * d;
    if (gru->lengths[example] <= 0 || step >= (size_t)gru->lengths[example]) {
      // Gates are 0 there, and so are their gradients.
      memset(product, 0, 3 * d * sizeof(float));
      continue;
    }
    float *restrict z = gru->gates + row * 3 * d;
    float *restrict inner = gru->inner + row * d;
    float *restrict own = state + example * d;
    const float *restrict before = step > 0     ? gru->output + (row - 1) * d
                                   : gru->start ? gru->start + example * d
                                                : gru->output + row * d;
    float keep = step > 0 || gru->start ? 1.0f : 0.0f;
    VECTORIZE
    for (size_t i = 0; i < d; i++) {
      float reset = z[i], update = z[d + i], n = z[2 * d + i], dh = own[i];
      float block = dh * (1.0f - update) * (1.0f - n * n);
      z[i] = block * inner[i] * reset * (1.0f - reset);
      z[d + i] = dh * (keep * before[i] - n) * update * (1.0f - update);
      z[2 * d + i] = block;
      inner[i] = block * reset;
      own[i] = dh * update;
    }
    VECTORIZE
    for (size_t k = 0; k < 2 * d; k++) {
      product[k] = z[k];
      inputBias[k] += z[k];
      recurrentBias[k] += z[k];
    }
    VECTORIZE
    for (size_t i = 0; i < d; i++) {
      product[2 * d + i] = inner[i];
      inputBias[2 * d + i] += z[2 * d + i];
      recurrentBias[2 * d + i] += inner[i];
    }
  }
}

void tg_step_scatter(const float *hidden, float *rows, size_t examples, size_t steps, size_t step,
                     size_t width) {
  for (size_t example = 0; example < examples; example++)
    memcpy(rows + (example * steps + step) * width, hidden + example * width, width * sizeof(float));
}

void tg_step_gather(float *rows, float *hidden, const int32_t *lengths, size_t examples, size_t steps,
                    size_t step, size_t width) {
  for (size_t example = 0; example < examples; example++) {
    float *restrict row = rows + (example * steps + step) * width;
    float *restrict own = hidden + example * width;
    int has = lengths[example] > 0 && step < (size_t)lengths[example];
    for (size_t i = 0; i < width; i++) {
      own[i] = has ? own[i] + row[i] : 0.0f;
      row[i] = own[i];
    }
  }
}
