#pragma once

#include <zlib.h>

// `inflateInit2` is a macro, which Swift cannot import.

/// Starts a stream of gzip members.
///
/// 31 = the largest window (15) + 16, which accepts the gzip wrapper only and checks its CRC.
static inline int tollgate_inflate_gzip(z_stream *stream) { return inflateInit2(stream, 31); }

/// Starts a stream without a wrapper, as zip archives hold them; a negative window says so.
static inline int tollgate_inflate_raw(z_stream *stream) { return inflateInit2(stream, -15); }

// So is `deflateInit`.

/// Starts compressing with zlib's own header and check, as PNG has it.
static inline int tollgate_deflate_start(z_stream *stream) {
  return deflateInit(stream, Z_DEFAULT_COMPRESSION);
}
