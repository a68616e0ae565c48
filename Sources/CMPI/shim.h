#ifndef TOLLGATE_CMPI_SHIM_H
#define TOLLGATE_CMPI_SHIM_H

#include <mpi.h>

// Communicators, types and null handles are macros with casts, which are not imported; what a request is differs
// from one MPI to another, so it stands in a structure of its own.
typedef struct {
  MPI_Request request;
} tm_request;

// Calls come from one thread. An error is returned, not fatal.
static inline int tm_start(void) {
  int provided = 0;
  int code = MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &provided);
  return code != MPI_SUCCESS ? code : MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
}

static inline int tm_end(void) { return MPI_Finalize(); }

static inline int tm_rank(void) {
  int rank = 0;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  return rank;
}

static inline int tm_count(void) {
  int count = 1;
  MPI_Comm_size(MPI_COMM_WORLD, &count);
  return count;
}

static inline int tm_send(const void *bytes, int count, int rank, tm_request *to) {
  return MPI_Isend(bytes, count, MPI_BYTE, rank, 0, MPI_COMM_WORLD, &to->request);
}

static inline int tm_receive(void *bytes, int count, int rank, tm_request *to) {
  return MPI_Irecv(bytes, count, MPI_BYTE, rank, 0, MPI_COMM_WORLD, &to->request);
}

// Whether all requests are done.
static inline int tm_test(int count, tm_request *requests, int *done) {
  return MPI_Testall(count, (MPI_Request *)requests, done, MPI_STATUSES_IGNORE);
}

// What an error is called; `text` has room for MPI_MAX_ERROR_STRING characters.
static inline void tm_describe(int code, char *text) {
  int length = 0;
  text[0] = 0;
  MPI_Error_string(code, text, &length);
}

static inline int tm_longest_text(void) { return MPI_MAX_ERROR_STRING; }

#endif
