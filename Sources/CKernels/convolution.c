#include "convolution.h"

#include "clones.h"

#include <oneapi/dnnl/dnnl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct tg_convolution {
  struct tg_convolution_shape shape;
  enum tg_convolution_pass pass;
  // Whether an input gradient is computed as a convolution of ∂loss/∂output with turned weights, which can add
  // to what is there; the library's own pass cannot.
  int isTurned;
  // Whether an input gradient is computed beside what is there and added afterwards.
  int isAddedAfterwards;
  dnnl_stream_t stream;
  dnnl_primitive_desc_t descriptor;
  dnnl_primitive_t primitive;
  dnnl_primitive_t reorder;  // weights into the library's order, or gradients of weights out of it
  dnnl_memory_t from, weights, to, plain, arranged, scratch;
  dnnl_memory_desc_t order;  // of arranged weights
  size_t weightCount, toCount;
  float *turned;       // weights with rows and columns reversed, channels and outputs exchanged
  float *kept;         // arranged weights of one's own, or the gradient of weights of one run
  float *sum;          // the gradient of weights of several runs
  float *beside;       // an input gradient that is added afterwards, or weights' gradient in plain order
  void *scratchSpace;
};

static size_t extent(size_t extent, const struct tg_convolution_shape *s) {
  return (extent + 2 * s->padding - s->kernel) / s->stride + 1;
}

static dnnl_engine_t shared;

static void makeEngine(void) {
  if (dnnl_engine_create(&shared, dnnl_cpu, 0) != dnnl_success) shared = NULL;
}

// The processor, for all convolutions.
static dnnl_engine_t engine(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, makeEngine);
  return shared;
}

static float *floats(size_t count) {
  return aligned_alloc(64, (count * sizeof(float) + 63) / 64 * 64);
}

static int maps(dnnl_memory_desc_t *d, size_t n, size_t c, size_t h, size_t w, dnnl_format_tag_t tag) {
  dnnl_dims_t dims = {(dnnl_dim_t)n, (dnnl_dim_t)c, (dnnl_dim_t)h, (dnnl_dim_t)w};
  return dnnl_memory_desc_init_by_tag(d, 4, dims, dnnl_f32, tag) == dnnl_success;
}

// Makes the primitive of a pass; the weights' order is the library's choice.
static int makePrimitive(tg_convolution *c, int adding) {
  const struct tg_convolution_shape *s = &c->shape;
  size_t rows = extent(s->height, s), columns = extent(s->width, s);
  dnnl_memory_desc_t input, output, weights;
  int made = maps(&input, s->examples, s->channels, s->height, s->width, dnnl_nhwc)
             && maps(&output, s->examples, s->outputs, rows, columns, dnnl_nhwc);
  if (c->isTurned)
    made = made && maps(&weights, s->channels, s->outputs, s->kernel, s->kernel, dnnl_format_tag_any);
  else
    made = made && maps(&weights, s->outputs, s->channels, s->kernel, s->kernel, dnnl_format_tag_any);
  if (!made) return 0;
  dnnl_dim_t before = (dnnl_dim_t)(c->isTurned ? s->kernel - 1 - s->padding : s->padding);
  // Rows below the last window need no padding: what stands behind them may be less.
  dnnl_dims_t strides = {(dnnl_dim_t)s->stride, (dnnl_dim_t)s->stride};
  dnnl_dims_t left = {before, before};
  dnnl_dim_t below = (dnnl_dim_t)((rows - 1) * s->stride + s->kernel) - (dnnl_dim_t)(s->height + s->padding);
  dnnl_dim_t beside = (dnnl_dim_t)((columns - 1) * s->stride + s->kernel) - (dnnl_dim_t)(s->width + s->padding);
  dnnl_dims_t right = {c->isTurned ? before : below, c->isTurned ? before : beside};

  dnnl_primitive_attr_t attributes;
  if (dnnl_primitive_attr_create(&attributes) != dnnl_success) return 0;
  dnnl_primitive_attr_set_scratchpad_mode(attributes, dnnl_scratchpad_mode_user);
  dnnl_post_ops_t after = NULL;
  if (adding && c->isTurned && dnnl_post_ops_create(&after) == dnnl_success) {
    dnnl_post_ops_append_sum(after, 1.0f);
    dnnl_primitive_attr_set_post_ops(attributes, after);
  }
  dnnl_convolution_desc_t descriptor;
  dnnl_primitive_desc_t hint = NULL;
  dnnl_status_t status;
  if (c->pass == TG_FORWARD || c->isTurned) {
    const dnnl_memory_desc_t *from = c->isTurned ? &output : &input, *to = c->isTurned ? &input : &output;
    status = dnnl_convolution_forward_desc_init(&descriptor, dnnl_forward_training, dnnl_convolution_direct, from,
                                                &weights, NULL, to, strides, left, right);
  } else {
    status = dnnl_convolution_forward_desc_init(&descriptor, dnnl_forward_training, dnnl_convolution_direct, &input,
                                                &weights, NULL, &output, strides, left, right);
    if (status == dnnl_success)
      status = dnnl_primitive_desc_create(&hint, &descriptor, NULL, engine(), NULL);
    if (status == dnnl_success && c->pass == TG_INPUT_GRADIENT)
      status = dnnl_convolution_backward_data_desc_init(&descriptor, dnnl_convolution_direct, &input, &weights,
                                                        &output, strides, left, right);
    else if (status == dnnl_success)
      status = dnnl_convolution_backward_weights_desc_init(&descriptor, dnnl_convolution_direct, &input, &weights,
                                                           NULL, &output, strides, left, right);
  }
  if (status == dnnl_success)
    status = dnnl_primitive_desc_create(&c->descriptor, &descriptor, attributes, engine(), hint);
  if (status == dnnl_success) status = dnnl_primitive_create(&c->primitive, c->descriptor);
  if (hint) dnnl_primitive_desc_destroy(hint);
  if (after) dnnl_post_ops_destroy(after);
  dnnl_primitive_attr_destroy(attributes);
  return status == dnnl_success;
}

static int makeMemory(dnnl_memory_t *memory, const dnnl_memory_desc_t *d, void *at) {
  return dnnl_memory_create(memory, d, engine(), at) == dnnl_success;
}

// Makes what the primitive works on, and what brings weights into its order or out of it.
static int makeMemories(tg_convolution *c) {
  const struct tg_convolution_shape *s = &c->shape;
  int isGradient = c->pass == TG_WEIGHT_GRADIENT;
  dnnl_query_t from = isGradient || c->pass == TG_FORWARD || c->isTurned ? dnnl_query_src_md : dnnl_query_diff_dst_md;
  dnnl_query_t to = isGradient ? dnnl_query_diff_dst_md
                    : c->pass == TG_FORWARD || c->isTurned ? dnnl_query_dst_md : dnnl_query_diff_src_md;
  dnnl_query_t weights = isGradient ? dnnl_query_diff_weights_md : dnnl_query_weights_md;
  const dnnl_memory_desc_t *fromOrder = dnnl_primitive_desc_query_md(c->descriptor, from, 0);
  const dnnl_memory_desc_t *toOrder = dnnl_primitive_desc_query_md(c->descriptor, to, 0);
  const dnnl_memory_desc_t *scratch = dnnl_primitive_desc_query_md(c->descriptor, dnnl_query_scratchpad_md, 0);
  c->order = *dnnl_primitive_desc_query_md(c->descriptor, weights, 0);
  c->weightCount = dnnl_memory_desc_get_size(&c->order) / sizeof(float);
  c->toCount = dnnl_memory_desc_get_size(toOrder) / sizeof(float);
  size_t plainCount = s->outputs * s->channels * s->kernel * s->kernel;

  c->kept = floats(c->weightCount);
  if (c->isTurned) c->turned = floats(plainCount);
  if (isGradient) c->sum = floats(c->weightCount);
  if (isGradient) c->beside = floats(plainCount);
  if (c->isAddedAfterwards) c->beside = floats(c->toCount);
  size_t scratchSize = dnnl_memory_desc_get_size(scratch);
  // Where channels are not whole vectors, 1×1 passes with a stride write up to a vector behind what they ask for
  // (seen with oneDNN 2.6.3).
  c->scratchSpace = aligned_alloc(64, (scratchSize + 1024) / 64 * 64);
  if (!c->kept || !c->scratchSpace || (c->isTurned && !c->turned) || (isGradient && !c->sum)
      || ((isGradient || c->isAddedAfterwards) && !c->beside))
    return 0;
  memset(c->kept, 0, c->weightCount * sizeof(float));

  dnnl_memory_desc_t plain;
  size_t outputs = c->isTurned ? s->channels : s->outputs, channels = c->isTurned ? s->outputs : s->channels;
  if (!maps(&plain, outputs, channels, s->kernel, s->kernel, dnnl_ohwi)) return 0;
  if (!makeMemory(&c->from, fromOrder, DNNL_MEMORY_NONE) || !makeMemory(&c->to, toOrder, DNNL_MEMORY_NONE)
      || !makeMemory(&c->weights, &c->order, DNNL_MEMORY_NONE) || !makeMemory(&c->plain, &plain, DNNL_MEMORY_NONE)
      || !makeMemory(&c->arranged, &c->order, DNNL_MEMORY_NONE) || !makeMemory(&c->scratch, scratch, c->scratchSpace))
    return 0;
  dnnl_primitive_desc_t reorder;
  dnnl_status_t status = isGradient
    ? dnnl_reorder_primitive_desc_create(&reorder, &c->order, engine(), &plain, engine(), NULL)
    : dnnl_reorder_primitive_desc_create(&reorder, &plain, engine(), &c->order, engine(), NULL);
  if (status != dnnl_success) return 0;
  status = dnnl_primitive_create(&c->reorder, reorder);
  dnnl_primitive_desc_destroy(reorder);
  return status == dnnl_success;
}

tg_convolution *tg_convolution_create(const struct tg_convolution_shape *shape, enum tg_convolution_pass pass,
                                      int adding) {
  tg_convolution *c = calloc(1, sizeof *c);
  if (!c) return NULL;
  c->shape = *shape;
  c->pass = pass;
  c->isTurned = pass == TG_INPUT_GRADIENT && shape->stride == 1 && shape->padding < shape->kernel;
  c->isAddedAfterwards = pass == TG_INPUT_GRADIENT && adding && !c->isTurned;
  if (engine() && dnnl_stream_create(&c->stream, engine(), dnnl_stream_default_flags) == dnnl_success
      && makePrimitive(c, adding) && makeMemories(c)) return c;
  tg_convolution_destroy(c);
  return NULL;
}

void tg_convolution_destroy(tg_convolution *c) {
  if (!c) return;
  dnnl_memory_t memories[] = {c->from, c->weights, c->to, c->plain, c->arranged, c->scratch};
  for (size_t i = 0; i < sizeof memories / sizeof *memories; i++)
    if (memories[i]) dnnl_memory_destroy(memories[i]);
  if (c->reorder) dnnl_primitive_destroy(c->reorder);
  if (c->primitive) dnnl_primitive_destroy(c->primitive);
  if (c->descriptor) dnnl_primitive_desc_destroy(c->descriptor);
  if (c->stream) dnnl_stream_destroy(c->stream);
  free(c->turned);
  free(c->kept);
  free(c->sum);
  free(c->beside);
  free(c->scratchSpace);
  free(c);
}

size_t tg_convolution_arranged_count(const tg_convolution *c) { return c->weightCount; }

int tg_convolution_arranges_alike(const tg_convolution *a, const tg_convolution *b) {
  return dnnl_memory_desc_equal(&a->order, &b->order);
}

static int reorder(tg_convolution *c, dnnl_memory_t from, dnnl_memory_t to) {
  dnnl_exec_arg_t arguments[] = {{DNNL_ARG_FROM, from}, {DNNL_ARG_TO, to}};
  return dnnl_primitive_execute(c->reorder, c->stream, 2, arguments) == dnnl_success;
}

int tg_convolution_arrange(tg_convolution *c, const float *weights, float *arranged) {
  if (c->isTurned) {
    size_t taps = c->shape.kernel * c->shape.kernel;
    for (size_t output = 0; output < c->shape.outputs; output++)
      for (size_t tap = 0; tap < taps; tap++) {
        const float *row = weights + (output * taps + tap) * c->shape.channels;
        float *turned = c->turned + (taps - 1 - tap) * c->shape.outputs + output;
        for (size_t i = 0; i < c->shape.channels; i++) turned[i * taps * c->shape.outputs] = row[i];
      }
    weights = c->turned;
  }
  dnnl_memory_set_data_handle(c->plain, (void *)weights);
  dnnl_memory_set_data_handle(c->arranged, arranged ? arranged : c->kept);
  return reorder(c, c->plain, c->arranged);
}

CLONES static void add(float *restrict to, const float *restrict from, size_t count) {
  for (size_t i = 0; i < count; i++) to[i] += from[i];
}

int tg_convolution_run(tg_convolution *c, const float *from, const float *arranged, float *to) {
  dnnl_memory_set_data_handle(c->from, (void *)from);
  dnnl_memory_set_data_handle(c->weights, arranged ? (void *)arranged : c->kept);
  dnnl_memory_set_data_handle(c->to, c->isAddedAfterwards ? c->beside : to);
  int isForward = c->pass == TG_FORWARD || c->isTurned;
  dnnl_exec_arg_t arguments[] = {
    {isForward ? DNNL_ARG_SRC : DNNL_ARG_DIFF_DST, c->from},
    {DNNL_ARG_WEIGHTS, c->weights},
    {isForward ? DNNL_ARG_DST : DNNL_ARG_DIFF_SRC, c->to},
    {DNNL_ARG_SCRATCHPAD, c->scratch},
  };
  if (dnnl_primitive_execute(c->primitive, c->stream, 4, arguments) != dnnl_success) return 0;
  if (c->isAddedAfterwards) add(to, c->beside, c->toCount);
  return 1;
}

int tg_convolution_accumulate(tg_convolution *c, const float *input, const float *gradient, int first) {
  dnnl_memory_set_data_handle(c->from, (void *)input);
  dnnl_memory_set_data_handle(c->to, (void *)gradient);
  dnnl_memory_set_data_handle(c->weights, first ? c->sum : c->kept);
  dnnl_exec_arg_t arguments[] = {
    {DNNL_ARG_SRC, c->from},
    {DNNL_ARG_DIFF_DST, c->to},
    {DNNL_ARG_DIFF_WEIGHTS, c->weights},
    {DNNL_ARG_SCRATCHPAD, c->scratch},
  };
  if (dnnl_primitive_execute(c->primitive, c->stream, 4, arguments) != dnnl_success) return 0;
  if (!first) add(c->sum, c->kept, c->weightCount);
  return 1;
}

int tg_convolution_collect(tg_convolution *c, float *weightGradient, int adding) {
  dnnl_memory_set_data_handle(c->arranged, c->sum);
  dnnl_memory_set_data_handle(c->plain, adding ? c->beside : weightGradient);
  if (!reorder(c, c->arranged, c->plain)) return 0;
  if (adding)
    add(weightGradient, c->beside, c->shape.outputs * c->shape.channels * c->shape.kernel * c->shape.kernel);
  return 1;
}
