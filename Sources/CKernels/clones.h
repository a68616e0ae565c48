// How one source serves several instruction sets.

#ifndef TOLLGATE_CLONES_H
#define TOLLGATE_CLONES_H

// Compiles a function for each of them; the loader picks the best for the processor.
#if defined(__x86_64__) && defined(__linux__)
#define CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CLONES
#endif

// What a function with clones calls has to become part of each of them.
#define INLINE static inline __attribute__((always_inline))

#endif
