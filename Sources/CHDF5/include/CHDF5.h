#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// libhdf5, for what reading a file of strangers takes. It is looked for when the first such file is opened: linked,
// it and the libraries that it brings would be loaded at every start. It works in a process of its own, with limits on
// memory and time and unable to open a further file, so that whatever a damaged file does to it stays there.

/// What a record that the other process writes begins with. Numbers are little-endian; a text is its length in 32 bits
/// and its bytes.
enum {
  /// A data set: name, kind (8 bits), size of an element in bits (32), big-endian (8), rank (32), extents (64 each),
  /// where its bytes begin or UINT64_MAX where only the library can read them, how many they are, how many they are
  /// in the file.
  TG_HDF5_DATASET = 'D',
  /// Something that is not read: name, reason (8 bits), number (64).
  TG_HDF5_REFUSED = 'R',
  /// Texts of an attribute: name of the group, name, how many (32), texts.
  TG_HDF5_TEXTS = 'A',
  /// The list is whole.
  TG_HDF5_END = 'Z',
};

/// What an element is.
enum {
  TG_HDF5_OTHER = 0,
  TG_HDF5_SIGNED = 1,
  TG_HDF5_UNSIGNED = 2,
  TG_HDF5_FLOAT = 3,
  TG_HDF5_BRAIN_FLOAT = 4,
};

/// Why something is not read.
enum {
  TG_HDF5_EXTERNAL_LINK = 1,
  TG_HDF5_SOFT_LINK = 2,
  TG_HDF5_EXTERNAL_DATA = 3,
  TG_HDF5_VIRTUAL = 4,
  TG_HDF5_FILTER = 5,
  TG_HDF5_NO_DATA = 6,
  TG_HDF5_UNREADABLE = 7,
};

/// How the other process ended, where it was not by a signal.
enum {
  TG_HDF5_DONE = 0,
  TG_HDF5_NOT_HDF5 = 1,
  TG_HDF5_TOO_DEEP = 2,
  TG_HDF5_TOO_MANY = 3,
  TG_HDF5_DAMAGED = 4,
  /// The library is of another version than the one that was compiled for.
  TG_HDF5_VERSION = 5,
};

/// Limits of the list.
enum {
  TG_HDF5_MAXIMUM_DEPTH = 24,
  TG_HDF5_MAXIMUM_OBJECTS = 20000,
  TG_HDF5_MAXIMUM_RANK = 32,
  TG_HDF5_MAXIMUM_TEXT = 1 << 20,
};

/// Loads the library, if it is not loaded yet.
bool tg_load_hdf5(void);

/// Starts a process that lists a file, or an image of one in memory where `image` is not NULL, or that writes the bytes
/// of a data set where `dataset` is not NULL; returns where to read what it writes, or -1. The library is loaded.
int tg_start_hdf5(
    const char *path, const uint8_t *image, size_t size, const char *dataset, size_t count, pid_t *process);

/// Waits for the process: how it ended, or the number of the signal, negative.
int tg_finish_hdf5(pid_t process);
