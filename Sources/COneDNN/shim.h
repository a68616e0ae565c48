#ifndef TOLLGATE_ONEDNN_SHIM_H
#define TOLLGATE_ONEDNN_SHIM_H

#include <oneapi/dnnl/dnnl.h>

// oneDNN starts OpenMP threads of its own inside each product. This library divides the work itself, so
// each of its threads asks for one. The function comes with whichever OpenMP oneDNN was built with, and
// is absent where it was built with another run-time.
extern void omp_set_num_threads(int) __attribute__((weak));

static inline void tollgate_use_one_openmp_thread(void) {
  if (omp_set_num_threads) omp_set_num_threads(1);
}

#endif
