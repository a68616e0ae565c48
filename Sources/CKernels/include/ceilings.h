// What the processor and the memory can do at best: loops that do nothing else, for benchmarks to be
// measured against.

#ifndef TOLLGATE_CEILINGS_H
#define TOLLGATE_CEILINGS_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

// Runs independent chains of fused multiply-adds for a number of rounds, and returns the number of
// floating-point operations: two for each multiply-add of each lane.
double tg_ceiling_multiply_add(size_t rounds);

// Copies count bytes, rounds times; both places are count bytes long and do not overlap.
void tg_ceiling_copy(void *destination, const void *source, size_t count, size_t rounds);

#ifdef __cplusplus
}
#endif

#endif
