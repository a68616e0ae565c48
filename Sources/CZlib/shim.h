#pragma once

#include <zlib.h>

/// Starts a stream of gzip members; `inflateInit2` is a macro, which Swift cannot import.
///
/// 31 = the largest window (15) + 16, which accepts the gzip wrapper only and checks its CRC.
static inline int tollgate_inflate_gzip(z_stream *stream) { return inflateInit2(stream, 31); }
