#pragma once

// What Linux has as one system call and other systems do not have. Linux is tested, nothing else.

// Opens a pipe that does not block and that no child inherits. Returns 0, or -1 with errno set.
int tg_open_pipe(int ends[2]);

// Opens a file that has no name and that no child inherits. Returns its descriptor, or -1.
int tg_open_memory(void);
