#include "kernels.h"

#include "functions.h"

#include <math.h>
#include <string.h>

#pragma clang fp contract(fast)

// So many classes and more are gone through with vectors, a block of them after the other.
enum { MANY = 32, WIDE = 256 };

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

// values[n] ← values · first, or values · first · second.
CLONES static void scale_twice(float *restrict values, size_t n, float first, float second) {
  if (second == 1.0f)
    for (size_t i = 0; i < n; i++) values[i] *= first;
  else
    for (size_t i = 0; i < n; i++) values[i] = values[i] * first * second;
}

// Says how well the label of a row does, from the sum of e^(logit − highest); see tg_softmax.
INLINE size_t finish_row(double sum, size_t top, float highest, float ofLabel, int32_t label,
                         float *loss, uint8_t *right) {
  *loss = label >= 0 ? (float)(log(sum) - (ofLabel - highest)) : 0;
  *right = label >= 0 && top == (size_t)label && sum == sum;
  return *right;
}

static size_t wide_softmax(float *logits, const int32_t *labels, float *losses, uint8_t *right,
                           size_t n, size_t classes, float gradientScale) {
  size_t count = 0;
  for (size_t row = 0; row < n; row++) {
    float *v = logits + row * classes;
    int32_t label = labels ? labels[row] : -1;
    if (labels && label < 0 && gradientScale != 0) {
      memset(v, 0, classes * sizeof(float));
      losses[row] = 0;
      right[row] = 0;
      continue;
    }
    size_t top = greatest(v, classes);
    float highest = v[top], ofLabel = label >= 0 ? v[label] : 0;
    double sum = exponentials(v, classes, highest);
    float scale = (float)(1 / sum);
    int isGradient = label >= 0 && gradientScale != 0;
    float own = isGradient ? (v[label] * scale - 1.0f) * gradientScale : 0;
    scale_twice(v, classes, scale, isGradient ? gradientScale : 1.0f);
    if (isGradient) v[label] = own;
    if (labels) count += finish_row(sum, top, highest, ofLabel, label, losses + row, right + row);
  }
  return count;
}

size_t tg_softmax(float *logits, const int32_t *labels, float *losses, uint8_t *right, size_t n,
                  size_t classes, float scale) {
  if (classes >= MANY) return wide_softmax(logits, labels, losses, right, n, classes, scale);
  size_t count = 0;
  for (size_t row = 0; row < n; row++) {
    float *v = logits + row * classes;
    size_t top = 0;
    for (size_t i = 1; i < classes; i++) {
      if (v[i] > v[top]) top = i;
    }
    int32_t label = labels ? labels[row] : -1;
    float highest = v[top], ofLabel = label >= 0 ? v[label] : 0;
    double sum = 0;
    for (size_t i = 0; i < classes; i++) {
      v[i] = expf(v[i] - highest);
      sum += v[i];
    }
    for (size_t i = 0; i < classes; i++) v[i] = (float)(v[i] / sum);
    if (labels) count += finish_row(sum, top, highest, ofLabel, label, losses + row, right + row);
  }
  if (labels && scale != 0) tg_softmax_backward(logits, labels, n, classes, scale);
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
