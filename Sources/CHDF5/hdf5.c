#define _GNU_SOURCE
#define H5_USE_110_API

#include "CHDF5.h"

#if __has_include(<hdf5/serial/hdf5.h>)
#include <hdf5/serial/hdf5.h>
#else
#include <hdf5.h>
#endif

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

// Each is called through a pointer of the type that the library's header gives it.
#define FUNCTIONS(F)                                                                               \
  F(open) F(get_libversion) F(Eset_auto2) F(PLset_loading_state) F(Pcreate) F(Pset_fapl_sec2)      \
  F(Pset_fapl_core) F(Pset_file_image) F(Fopen) F(Gopen2) F(Gget_info) F(Lget_name_by_idx)         \
  F(Oopen) F(Oclose) F(Iget_type) F(Dopen2) F(Dget_create_plist) F(Dget_space) F(Dget_type)        \
  F(Dget_offset) F(Dget_storage_size) F(Dread) F(Dclose) F(Pget_layout) F(Pget_external_count)     \
  F(Pget_nfilters) F(Pget_filter2) F(Pclose) F(Sget_simple_extent_ndims)                           \
  F(Sget_simple_extent_dims) F(Sget_simple_extent_npoints) F(Sclose) F(Tget_class) F(Tget_size)    \
  F(Tget_sign) F(Tget_order) F(Tget_precision) F(Tget_offset) F(Tget_fields) F(Tget_ebias)         \
  F(Tis_variable_str) F(Tclose) F(Aexists) F(Aopen) F(Aget_type) F(Aget_space) F(Aread) F(Aclose)

#define DECLARE(name) static __typeof__(&H5##name) call_##name;
FUNCTIONS(DECLARE)

// Versions since 1.12 call by another name what they do as those before.
#if H5_VERSION_GE(1, 12, 0)
#define LINK_INFO "H5Lget_info1"
static __typeof__(&H5Lget_info1) call_Lget_info;
typedef H5L_info1_t link_info;
#else
#define LINK_INFO "H5Lget_info"
static __typeof__(&H5Lget_info) call_Lget_info;
typedef H5L_info_t link_info;
#endif

// What the macro for the class of file access reads.
static hid_t *file_access;

static pthread_mutex_t loading = PTHREAD_MUTEX_INITIALIZER;

// `H5F_ACC_RDONLY` without the calls that the macro makes.
enum { read_only = 0 };

enum { seconds_to_list = 4, seconds_to_read = 60 };

static bool find_functions(const char *library) {
  void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
  if (handle == NULL) return false;
  bool is_whole = true;
#define FIND(name)                                                                                 \
  call_##name = (__typeof__(&H5##name))dlsym(handle, "H5" #name);                                  \
  is_whole = is_whole && call_##name != NULL;
  FUNCTIONS(FIND)
  call_Lget_info = (__typeof__(call_Lget_info))dlsym(handle, LINK_INFO);
  file_access = (hid_t *)dlsym(handle, "H5P_CLS_FILE_ACCESS_ID_g");
  return is_whole && call_Lget_info != NULL && file_access != NULL;
}

bool tg_load_hdf5(void) {
  // The library's names by version; what is compiled has to be what is loaded.
  static const char *const libraries[] = {
#if H5_VERSION_GE(1, 14, 0)
      "libhdf5_serial.so.310", "libhdf5.so.310", "libhdf5.310.dylib",
#elif H5_VERSION_GE(1, 12, 0)
      "libhdf5_serial.so.200", "libhdf5.so.200",
#else
      "libhdf5_serial.so.103", "libhdf5.so.103",
#endif
      "libhdf5_serial.so",     "libhdf5.so",     "libhdf5.dylib",
      "/opt/homebrew/lib/libhdf5.dylib",
  };
  static bool is_loaded;
  pthread_mutex_lock(&loading);
  for (size_t index = 0; !is_loaded && index < sizeof libraries / sizeof *libraries; index += 1)
    is_loaded = find_functions(libraries[index]);
  pthread_mutex_unlock(&loading);
  return is_loaded;
}

// MARK: - Writing, in the other process

typedef struct {
  int descriptor;
  size_t count;
  int objects;
  uint8_t bytes[1 << 16];
} output;

static output out;

static void flush(void) {
  for (size_t done = 0; done < out.count;) {
    ssize_t count = write(out.descriptor, out.bytes + done, out.count - done);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) _exit(TG_HDF5_DAMAGED);
    done += (size_t)count;
  }
  out.count = 0;
}

static void put(const void *bytes, size_t count) {
  for (size_t done = 0; done < count;) {
    if (out.count == sizeof out.bytes) flush();
    size_t part = sizeof out.bytes - out.count < count - done ? sizeof out.bytes - out.count : count - done;
    memcpy(out.bytes + out.count, (const uint8_t *)bytes + done, part);
    out.count += part;
    done += part;
  }
}

static void put_number(uint64_t value, int bits) {
  uint8_t bytes[8];
  for (int index = 0; index < bits / 8; index += 1) bytes[index] = (uint8_t)(value >> (8 * index));
  put(bytes, (size_t)bits / 8);
}

static void put_text(const char *text, size_t count) {
  put_number(count, 32);
  put(text, count);
}

static void refuse(const char *name, int reason, uint64_t number) {
  put_number(TG_HDF5_REFUSED, 8);
  put_text(name, strlen(name));
  put_number((uint64_t)reason, 8);
  put_number(number, 64);
}

static _Noreturn void leave(int code) {
  flush();
  _exit(code);
}

// MARK: - What a data set is

typedef struct {
  int reason;
  uint64_t number;
  bool is_contiguous;
} storage;

// How the data is kept; the reason why it is not read, or 0.
static storage storage_of(hid_t dataset) {
  storage found = {TG_HDF5_UNREADABLE, 0, false};
  hid_t list = call_Dget_create_plist(dataset);
  if (list < 0) return found;
  H5D_layout_t layout = call_Pget_layout(list);
  int externals = call_Pget_external_count(list);
  int filters = call_Pget_nfilters(list);
  if (layout < 0 || externals < 0 || filters < 0) return found;
  found.is_contiguous = layout == H5D_CONTIGUOUS;
  found.reason = layout == H5D_VIRTUAL ? TG_HDF5_VIRTUAL : externals > 0 ? TG_HDF5_EXTERNAL_DATA : 0;
  for (int index = 0; index < filters && found.reason == 0; index += 1) {
    unsigned flags = 0, config = 0;
    size_t values = 0;
    H5Z_filter_t filter =
        call_Pget_filter2(list, (unsigned)index, &flags, &values, NULL, 0, NULL, &config);
    if (filter == H5Z_FILTER_DEFLATE || filter == H5Z_FILTER_SHUFFLE || filter == H5Z_FILTER_FLETCHER32)
      continue;
    found.reason = TG_HDF5_FILTER;
    found.number = (uint64_t)filter;
  }
  call_Pclose(list);
  return found;
}

static bool is_float(hid_t type, size_t bits, size_t fraction, size_t bias) {
  size_t sign = 0, exponent = 0, exponent_size = 0, mantissa = 0, mantissa_size = 0;
  if (call_Tget_size(type) * 8 != bits || call_Tget_precision(type) != bits) return false;
  if (call_Tget_fields(type, &sign, &exponent, &exponent_size, &mantissa, &mantissa_size) < 0) return false;
  return sign == bits - 1 && exponent == fraction && exponent_size == bits - 1 - fraction && mantissa == 0 &&
         mantissa_size == fraction && call_Tget_ebias(type) == bias;
}

static int kind_of(hid_t type) {
  H5T_class_t class = call_Tget_class(type);
  if (class != H5T_INTEGER && class != H5T_FLOAT) return TG_HDF5_OTHER;
  H5T_order_t order = call_Tget_order(type);
  if (order != H5T_ORDER_LE && order != H5T_ORDER_BE) return TG_HDF5_OTHER;
  if (class == H5T_FLOAT)
    return is_float(type, 16, 10, 15) || is_float(type, 32, 23, 127) || is_float(type, 64, 52, 1023)
               ? TG_HDF5_FLOAT
           : is_float(type, 16, 7, 127) ? TG_HDF5_BRAIN_FLOAT
                                        : TG_HDF5_OTHER;
  size_t size = call_Tget_size(type);
  if (call_Tget_precision(type) != 8 * size || call_Tget_offset(type) != 0) return TG_HDF5_OTHER;
  if (size != 1 && size != 2 && size != 4 && size != 8) return TG_HDF5_OTHER;
  return call_Tget_sign(type) == H5T_SGN_2 ? TG_HDF5_SIGNED : TG_HDF5_UNSIGNED;
}

static void list_dataset(hid_t dataset, const char *name) {
  storage kept = storage_of(dataset);
  if (kept.reason != 0) return refuse(name, kept.reason, kept.number);
  hid_t type = call_Dget_type(dataset);
  hid_t space = call_Dget_space(dataset);
  int rank = space < 0 ? -1 : call_Sget_simple_extent_ndims(space);
  hsize_t extents[TG_HDF5_MAXIMUM_RANK] = {0};
  size_t size = type < 0 ? 0 : call_Tget_size(type);
  if (rank < 0 || rank > TG_HDF5_MAXIMUM_RANK || size == 0 || size > 1 << 20 ||
      call_Sget_simple_extent_dims(space, extents, NULL) < 0)
    return refuse(name, TG_HDF5_UNREADABLE, 0);
  if (rank == 0 && call_Sget_simple_extent_npoints(space) == 0) return refuse(name, TG_HDF5_NO_DATA, 0);
  // A space without points holds nothing, and a product that does not fit is larger than any file.
  uint64_t count = call_Sget_simple_extent_npoints(space) == 0 ? 0 : size;
  for (int index = 0; index < rank; index += 1)
    if (__builtin_mul_overflow(count, extents[index], &count)) count = UINT64_MAX >> 1;
  uint64_t stored = call_Dget_storage_size(dataset);
  uint64_t offset = kept.is_contiguous ? call_Dget_offset(dataset) : UINT64_MAX;
  if (count > 0 && (stored == 0 || (kept.is_contiguous && offset == UINT64_MAX)))
    return refuse(name, TG_HDF5_NO_DATA, 0);
  put_number(TG_HDF5_DATASET, 8);
  put_text(name, strlen(name));
  put_number((uint64_t)kind_of(type), 8);
  put_number(size * 8, 32);
  put_number(call_Tget_order(type) == H5T_ORDER_BE, 8);
  put_number((uint64_t)rank, 32);
  for (int index = 0; index < rank; index += 1) put_number(extents[index], 64);
  put_number(offset, 64);
  put_number(count, 64);
  put_number(stored, 64);
  call_Tclose(type);
  call_Sclose(space);
}

// MARK: - Walking

static void list_texts(hid_t group, const char *group_name, const char *name) {
  if (call_Aexists(group, name) <= 0) return;
  hid_t attribute = call_Aopen(group, name, H5P_DEFAULT);
  if (attribute < 0) return;
  hid_t type = call_Aget_type(attribute);
  hid_t space = call_Aget_space(attribute);
  hssize_t count = space < 0 ? -1 : call_Sget_simple_extent_npoints(space);
  size_t size = type < 0 ? 0 : call_Tget_size(type);
  if (count < 1 || count > TG_HDF5_MAXIMUM_OBJECTS || call_Tget_class(type) != H5T_STRING || size == 0 ||
      size > TG_HDF5_MAXIMUM_TEXT / (size_t)count)
    return;
  bool is_variable = call_Tis_variable_str(type) > 0;
  char *values = calloc((size_t)count, size);
  if (values == NULL || call_Aread(attribute, type, values) < 0) return;
  put_number(TG_HDF5_TEXTS, 8);
  put_text(group_name, strlen(group_name));
  put_text(name, strlen(name));
  put_number((uint64_t)count, 32);
  for (hssize_t index = 0; index < count; index += 1) {
    const char *text = is_variable ? ((char **)values)[index] : values + (size_t)index * size;
    size_t limit = is_variable ? TG_HDF5_MAXIMUM_TEXT : size;
    put_text(text, text == NULL ? 0 : strnlen(text, limit));
  }
  call_Aclose(attribute);
}

static const char *const texts[] = {
    "layer_names", "weight_names", "keras_version", "backend", "model_config",
};

static void list_group(hid_t group, char *path, size_t used, int depth) {
  if (depth > TG_HDF5_MAXIMUM_DEPTH) leave(TG_HDF5_TOO_DEEP);
  path[used] = 0;
  for (size_t index = 0; index < sizeof texts / sizeof *texts; index += 1)
    list_texts(group, path, texts[index]);
  H5G_info_t info;
  if (call_Gget_info(group, &info) < 0) leave(TG_HDF5_DAMAGED);
  for (hsize_t index = 0; index < info.nlinks; index += 1) {
    if (++out.objects > TG_HDF5_MAXIMUM_OBJECTS) leave(TG_HDF5_TOO_MANY);
    char name[1024];
    ssize_t count = call_Lget_name_by_idx(
        group, ".", H5_INDEX_NAME, H5_ITER_INC, index, name, sizeof name, H5P_DEFAULT);
    size_t start = used + (used > 0);
    if (count <= 0 || (size_t)count >= sizeof name || start + (size_t)count >= 8192) leave(TG_HDF5_DAMAGED);
    if (used > 0) path[used] = '/';
    memcpy(path + start, name, (size_t)count + 1);
    link_info link;
    if (call_Lget_info(group, name, &link, H5P_DEFAULT) < 0) leave(TG_HDF5_DAMAGED);
    if (link.type != H5L_TYPE_HARD) {
      refuse(path, link.type == H5L_TYPE_SOFT ? TG_HDF5_SOFT_LINK : TG_HDF5_EXTERNAL_LINK, 0);
      continue;
    }
    hid_t object = call_Oopen(group, name, H5P_DEFAULT);
    if (object < 0) {
      refuse(path, TG_HDF5_UNREADABLE, 0);
      continue;
    }
    H5I_type_t type = call_Iget_type(object);
    if (type == H5I_GROUP) list_group(object, path, start + (size_t)count, depth + 1);
    if (type == H5I_DATASET) list_dataset(object, path);
    call_Oclose(object);
    path[used] = 0;
  }
}

static void write_dataset(hid_t file, const char *name, size_t count) {
  hid_t dataset = call_Dopen2(file, name, H5P_DEFAULT);
  if (dataset < 0 || storage_of(dataset).reason != 0) leave(TG_HDF5_DAMAGED);
  hid_t type = call_Dget_type(dataset);
  hid_t space = call_Dget_space(dataset);
  hssize_t points = space < 0 ? -1 : call_Sget_simple_extent_npoints(space);
  if (type < 0 || points < 1 || count % (size_t)points != 0 || call_Tget_size(type) != count / (size_t)points)
    leave(TG_HDF5_DAMAGED);
  uint8_t *bytes = calloc(1, count);
  if (bytes == NULL || call_Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, bytes) < 0)
    leave(TG_HDF5_DAMAGED);
  put(bytes, count);
}

// MARK: - The process

static void limit(int resource, rlim_t most) {
  struct rlimit old;
  if (getrlimit(resource, &old) != 0) return;
  if (old.rlim_max != RLIM_INFINITY && old.rlim_max < most) most = old.rlim_max;
  struct rlimit new = {most, most};
  (void)setrlimit(resource, &new);
}

// How many bytes of addresses the process has now; 0 where the system does not tell.
static size_t address_space(void) {
  FILE *file = fopen("/proc/self/statm", "r");
  if (file == NULL) return 0;
  unsigned long pages = 0;
  int found = fscanf(file, "%lu", &pages);
  fclose(file);
  return found == 1 ? (size_t)pages * (size_t)sysconf(_SC_PAGESIZE) : 0;
}

static _Noreturn void work(const char *path, const uint8_t *image, size_t size, const char *dataset, size_t count) {
  // What the program does when it crashes is not to be done here.
  for (int number = 1; number < NSIG; number += 1) signal(number, SIG_DFL);
  sigset_t all;
  sigemptyset(&all);
  sigprocmask(SIG_SETMASK, &all, NULL);
  int null = open("/dev/null", O_RDWR);
  for (int index = 0; null >= 0 && index < 3; index += 1) dup2(null, index);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_CPU, dataset ? seconds_to_read : seconds_to_list);
  size_t now = address_space();
  if (now > 0) limit(RLIMIT_AS, now + ((size_t)512 << 20) + (image ? 2 * size : 0) + 2 * count);
  if (call_open() < 0) leave(TG_HDF5_DAMAGED);
  unsigned major = 0, minor = 0, release = 0;
  call_get_libversion(&major, &minor, &release);
  if (major != H5_VERS_MAJOR || minor != H5_VERS_MINOR) leave(TG_HDF5_VERSION);
  call_Eset_auto2(H5E_DEFAULT, NULL, NULL);
  call_PLset_loading_state(0);
  hid_t access = call_Pcreate(*file_access);
  if (image) {
    call_Pset_fapl_core(access, 1 << 16, false);
    if (call_Pset_file_image(access, (void *)(uintptr_t)image, size) < 0) leave(TG_HDF5_DAMAGED);
  } else {
    call_Pset_fapl_sec2(access);
  }
  hid_t file = call_Fopen(path, read_only, access);
  if (file < 0) leave(TG_HDF5_NOT_HDF5);
  // Nothing else is to be opened, whatever the file asks for.
  limit(RLIMIT_NOFILE, 0);
  if (dataset) {
    write_dataset(file, dataset, count);
  } else {
    static char name[8192 + 1024];
    hid_t root = call_Gopen2(file, "/", H5P_DEFAULT);
    if (root < 0) leave(TG_HDF5_DAMAGED);
    list_group(root, name, 0, 0);
    put_number(TG_HDF5_END, 8);
  }
  leave(TG_HDF5_DONE);
}

int tg_start_hdf5(
    const char *path, const uint8_t *image, size_t size, const char *dataset, size_t count, pid_t *process) {
  int ends[2];
#ifdef __linux__
  if (pipe2(ends, O_CLOEXEC) != 0) return -1;
#else
  if (pipe(ends) != 0) return -1;
#endif
  *process = fork();
  if (*process == 0) {
    // The library locks files unless told otherwise, which some file systems do not allow.
    setenv("HDF5_USE_FILE_LOCKING", "FALSE", 1);
    out.descriptor = fcntl(ends[1], F_DUPFD_CLOEXEC, 3);
    if (out.descriptor < 0) _exit(TG_HDF5_DAMAGED);
    work(path, image, size, dataset, count);
  }
  close(ends[1]);
  if (*process > 0) return ends[0];
  close(ends[0]);
  return -1;
}

int tg_finish_hdf5(pid_t process) {
  int status = 0;
  while (waitpid(process, &status, 0) < 0)
    if (errno != EINTR) return TG_HDF5_DAMAGED;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}
