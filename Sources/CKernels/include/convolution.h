// Convolutions by oneDNN on feature maps whose channels stand last.
//
// Maps are [examples, height, width, channels], weights [outputs, kernel, kernel, channels], both row-major. The library
// keeps weights in an order of its own; whoever uses the same weights again arranges them once.

#ifndef TOLLGATE_CONVOLUTION_H
#define TOLLGATE_CONVOLUTION_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

// What a convolution goes over. The output has (extent + 2·padding − kernel) / stride + 1 rows and columns.
struct tg_convolution_shape {
  size_t examples, height, width, channels, outputs, kernel, stride, padding;
};

enum tg_convolution_pass {
  TG_FORWARD = 0,          // output ← convolution(input)
  TG_INPUT_GRADIENT = 1,   // inputGradient ← ∂loss/∂input, from ∂loss/∂output
  TG_WEIGHT_GRADIENT = 2,  // weightGradient ← ∂loss/∂weights, from the input and ∂loss/∂output
};

// One of the passes, ready to be run by one thread at a time.
typedef struct tg_convolution tg_convolution;

// Makes a pass ready, to run on the calling thread's number of OpenMP threads. `adding` adds to an input
// gradient what is there. Returns NULL where there is no memory.
tg_convolution *tg_convolution_create(const struct tg_convolution_shape *shape,
                                      enum tg_convolution_pass pass, int adding);

void tg_convolution_destroy(tg_convolution *convolution);

// The number of values of arranged weights.
size_t tg_convolution_arranged_count(const tg_convolution *convolution);

// Whether two passes keep weights in the same order.
int tg_convolution_arranges_alike(const tg_convolution *a, const tg_convolution *b);

// arranged ← weights, in the order in which a forward or input gradient pass reads them.
int tg_convolution_arrange(tg_convolution *convolution, const float *weights, float *arranged);

// Runs a forward or input gradient pass: from is the input, or ∂loss/∂output; to is the output, or the input
// gradient. Without arranged weights it takes those that were arranged last with arranged = NULL.
int tg_convolution_run(tg_convolution *convolution, const float *from, const float *arranged, float *to);

// Adds ∂loss/∂weights of some examples to what is kept, or begins with it where `first`.
int tg_convolution_accumulate(tg_convolution *convolution, const float *input, const float *gradient,
                              int first);

// weightGradient ← what was accumulated, or += it where `adding`.
int tg_convolution_collect(tg_convolution *convolution, float *weightGradient, int adding);

#ifdef __cplusplus
}
#endif

#endif
