// The C library of the system, for every target: whoever imports Libc need not know which one it is.
#if canImport(Glibc)
@_exported public import Glibc
#elseif canImport(Darwin)
@_exported public import Darwin
#endif
