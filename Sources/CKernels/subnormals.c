#include "subnormals.h"

#if defined(__x86_64__)
#include <immintrin.h>

// Bit 15 flushes results to zero, bit 6 takes operands as zero.
uint64_t tg_flush_subnormals(void) {
  unsigned mode = _mm_getcsr();
  _mm_setcsr(mode | 0x8040);
  return mode;
}

void tg_restore_subnormals(uint64_t mode) { _mm_setcsr((unsigned)mode); }

#elif defined(__aarch64__)

// Bit 24 of FPCR does both.
uint64_t tg_flush_subnormals(void) {
  uint64_t mode;
  __asm__ volatile("mrs %0, fpcr" : "=r"(mode));
  __asm__ volatile("msr fpcr, %0" : : "r"(mode | 1u << 24));
  return mode;
}

void tg_restore_subnormals(uint64_t mode) { __asm__ volatile("msr fpcr, %0" : : "r"(mode)); }

#else

uint64_t tg_flush_subnormals(void) { return 0; }

void tg_restore_subnormals(uint64_t mode) {}

#endif
