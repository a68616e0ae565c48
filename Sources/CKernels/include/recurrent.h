// What stands between the products of a recurrent layer, a time step at a time. Rows are examples after each
// other, each with its steps: the row of example b at step t is b·steps + t.

#ifndef TOLLGATE_RECURRENT_H
#define TOLLGATE_RECURRENT_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// The cells of an LSTM (Hochreiter and Schmidhuber; peepholes as in Zhang et al. 2015), d of them in each of n
// examples of some steps; what may be NULL says so.
struct tg_lstm {
  size_t examples, steps, units;
  const int32_t *lengths;  // [examples]: the steps that count; those behind them are 0 everywhere
  const float *bias;       // [4·units]
  const float *peepholes[3];  // [units] of i, f and o, or NULL
  const float *held;       // [units]: what i is held at where this is no NaN, or NULL
  const float *start;      // [examples, units]: c before the first step, or NULL for 0
  const float *lower;      // [rows, units]: the cells of the layer below, or NULL without a depth gate
  const float *depthBias, *depthCell, *depthLower;  // [units] of d
  float *gates;            // [rows, 4·units]: x·W_ih, becomes i f g o
  float *depth;            // [rows, units]: x·W_d, becomes d
  float *cells;            // [rows, units]
};

// One step forward. recurrent[examples, 4·units] is h·W_hh, or NULL where h is 0; state[examples, units] is
// c before the step and after it. output[rows, units] and next[examples, units] ← o·tanh(c).
void tg_lstm_forward(const struct tg_lstm *lstm, size_t step, const float *recurrent, float *state,
                     float *output, float *next);

// The gradients that a step backward adds to; each is [units] but bias, and peepholes may be NULL.
struct tg_lstm_gradient {
  float *bias;          // [4·units]
  float *peepholes[3];
  float *depthBias, *depthCell, *depthLower;
};

// One step backward. output[examples, units] is ∂loss/∂(o·tanh(c)); state[examples, units] is what comes of c from
// the step behind, and becomes that of the step before; above[rows, units] is what the layer above asks of c, or
// NULL. lower[rows, units] receives ∂loss/∂(cells below) where there is a depth gate. Gates, and d, become the
// gradients of their pre-activations; those of the gates stand in next[examples, 4·units] too.
void tg_lstm_backward(const struct tg_lstm *lstm, size_t step, const float *output, float *state,
                      const float *above, float *lower, float *next,
                      const struct tg_lstm_gradient *gradient);

// The cells of a GRU (Cho et al. 2014) whose reset gate acts behind the product with h, as PyTorch's and cuDNN's:
// h ← (1 − z)·n + z·h with n = tanh(x·W_in + b_in + r·(h·W_hn + b_hn)).
struct tg_gru {
  size_t examples, steps, units;
  const int32_t *lengths;        // [examples]: the steps that count; those behind them are 0 everywhere
  const float *inputBias, *recurrentBias;  // [3·units]
  const float *held;             // [units]: what 1 − z is held at where this is no NaN, or NULL
  const float *start;            // [examples, units]: h before the first step, or NULL for 0
  float *gates;                  // [rows, 3·units]: x·W_ih, becomes r z n
  float *transform;              // [rows, units]: becomes 1 − z
  float *inner;                  // [rows, units]: becomes h·W_hn + b_hn
  float *output;                 // [rows, units]: becomes h
};

// One step forward. recurrent[examples, 3·units] is h·W_hh, or NULL where h is 0; state[examples, units] is h before
// the step and after it.
void tg_gru_forward(const struct tg_gru *gru, size_t step, const float *recurrent, float *state);

// One step backward. state[examples, units] is ∂loss/∂h, and becomes the part of the step before that does not pass
// through W_hh; next[examples, 3·units] ← ∂loss/∂(h·W_hh), whose last third stands in inner too. Gates become the
// gradients of their pre-activations; both biases[3·units] gain theirs.
void tg_gru_backward(const struct tg_gru *gru, size_t step, float *state, float *next, float *inputBias,
                     float *recurrentBias);

// hidden[examples, width] at one step goes to its place in rows[rows, width].
void tg_step_scatter(const float *hidden, float *rows, size_t examples, size_t steps, size_t step,
                     size_t width);

// hidden[examples, width] += rows at one step, or 0 behind an example's end; rows ← hidden.
void tg_step_gather(float *rows, float *hidden, const int32_t *lengths, size_t examples, size_t steps,
                    size_t step, size_t width);

#ifdef __cplusplus
}
#endif

#endif
