// Numbers too small for a full exponent (below 1.2e-38) cost processors a hundred times as much as others,
// and a saturated network is full of them: its gradients, and moments that fade away.

#ifndef TOLLGATE_SUBNORMALS_H
#define TOLLGATE_SUBNORMALS_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Makes the calling thread read and write such numbers as 0; returns what to restore.
uint64_t tg_flush_subnormals(void);

// Gives the calling thread back the mode that tg_flush_subnormals returned.
void tg_restore_subnormals(uint64_t mode);

#ifdef __cplusplus
}
#endif

#endif
