#include "ceilings.h"

#include "clones.h"

#include <string.h>

#pragma clang fp contract(fast)

// Twelve chains cover the latency of two pipes (4 cycles each on recent cores, 5 on some older ones) and
// leave four of the sixteen registers of AVX2 for the constants.
#define CHAINS 12

typedef float vector512 __attribute__((vector_size(64)));
typedef float vector256 __attribute__((vector_size(32)));
typedef float vector128 __attribute__((vector_size(16)));

// The chains converge to 1, far from overflow and from denormal numbers. What they come to has to be
// seen by someone, and what they are made of hidden, or the compiler leaves them out.
#define MULTIPLY_ADDS(vector)                                                               \
  do {                                                                                      \
    vector chain[CHAINS];                                                                   \
    vector factor = {0}, term = {0};                                                        \
    factor += half;                                                                         \
    term += half;                                                                           \
    for (int i = 0; i < CHAINS; i++) chain[i] = term * (float)i;                            \
    for (size_t round = 0; round < rounds; round++) {                                       \
      for (int i = 0; i < CHAINS; i++) chain[i] = chain[i] * factor + term;                 \
    }                                                                                       \
    for (int i = 1; i < CHAINS; i++) chain[0] += chain[i];                                  \
    seen = chain[0][0];                                                                     \
    operations = 2.0 * CHAINS * (double)(sizeof(vector) / sizeof(float)) * (double)rounds;  \
  } while (0)

CLONES double tg_ceiling_multiply_add(size_t rounds) {
  volatile float seen, half = 0.5f;
  double operations;
  // The widest vector that the processor has registers for: wider ones are split and no longer fit.
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f")) {
    MULTIPLY_ADDS(vector512);
  } else if (__builtin_cpu_supports("avx2")) {
    MULTIPLY_ADDS(vector256);
  } else {
    MULTIPLY_ADDS(vector128);
  }
#else
  MULTIPLY_ADDS(vector128);
#endif
  (void)seen;
  return operations;
}

void tg_ceiling_copy(void *destination, const void *source, size_t count, size_t rounds) {
  for (size_t round = 0; round < rounds; round++) {
    memcpy(destination, source, count);
    // Without this, the copies could be made into one.
    __asm__ volatile("" : : "r"(destination) : "memory");
  }
}
