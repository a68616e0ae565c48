#ifndef TOLLGATE_CNCURSES_SHIM_H
#define TOLLGATE_CNCURSES_SHIM_H

// Swift's importer defines no feature macros; without these curses.h hides its wide-character half.
#define NCURSES_WIDECHAR 1
#define _XOPEN_SOURCE_EXTENDED 1

#include <langinfo.h>
#include <locale.h>
#include <ncursesw/curses.h>
#include <ncursesw/term.h>

// wchar.h declares it only under _XOPEN_SOURCE, which other modules may have left out.
extern int wcwidth(wchar_t character);

// Global variables are not safe under strict concurrency: read them through functions.
static inline WINDOW *nc_standard_screen(void) { return stdscr; }
static inline WINDOW *nc_current_screen(void) { return curscr; }
static inline int nc_color_pairs(void) { return COLOR_PAIRS; }
static inline int nc_colors(void) { return COLORS; }

// Macros with casts and shifts are not imported.
static inline attr_t nc_bold(void) { return A_BOLD; }
static inline attr_t nc_dim(void) { return A_DIM; }
static inline attr_t nc_reverse(void) { return A_REVERSE; }
static inline attr_t nc_underline(void) { return A_UNDERLINE; }

// The pair stands in `ext_color`; the attribute word has room for 8 bits of it only, and wants
// something other than 0 there for ncurses to look at the pair at all.
static inline cchar_t nc_cell(wchar_t character, attr_t attributes, int pair) {
  cchar_t cell = {0};
  cell.attr = attributes | COLOR_PAIR(pair < 255 ? pair : 255);
  cell.chars[0] = character;
  cell.ext_color = pair;
  return cell;
}

// tigetstr takes a pointer to non-const and answers −1 for a name that is not a string capability.
static inline const char *nc_string_capability(const char *name) {
  const char *value = tigetstr((char *)name);
  return value == (const char *)-1 ? NULL : value;
}

static inline int nc_number_capability(const char *name) { return tigetnum((char *)name); }

static inline int nc_has_flag(const char *name) { return tigetflag((char *)name) > 0; }

// Extended flags such as RGB may be a flag, a number or a string in an entry.
static inline int nc_has_direct_color(void) {
  return tigetflag((char *)"RGB") > 0 || tigetnum((char *)"RGB") > 0 ||
         nc_string_capability("RGB") != NULL;
}

#endif
