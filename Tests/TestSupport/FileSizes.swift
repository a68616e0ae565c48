package import Synchronization

/// Held by a test that limits the size of files, which holds for the whole process, and by those that make
/// large files.
package let fileSizes = Mutex(())
