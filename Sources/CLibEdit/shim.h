#ifndef BULLETINS_CLIBEDIT_SHIM_H
#define BULLETINS_CLIBEDIT_SHIM_H

#include <stdio.h>
#include <stdlib.h>
#include <editline/readline.h>

// The library is told by global variables what to do, which Swift's concurrency checking does not let pass.

/// Makes Ctrl-C a key like others while a line is edited: it gives the line up. The library forgets it before each line.
static inline int bulletins_edit_keys(void) {
    rl_parse_and_bind("setty -d -isig");
    rl_parse_and_bind("bind -s ^C ^U^J");
    return 0;
}

/// Prepares completion: what to call, and what ends a word.
static inline void bulletins_edit_prepare(rl_completion_func_t *complete) {
    rl_readline_name = "bulletins";
    rl_pre_input_hook = bulletins_edit_keys;
    rl_attempted_completion_function = complete;
    rl_completer_word_break_characters = (char *)" \t\n\"'";
}

/// The line as it stands.
static inline const char *bulletins_edit_line(void) { return rl_line_buffer; }

/// Whether names of files are offered where the function has nothing.
static inline void bulletins_edit_offer_files(int offer) { rl_attempted_completion_over = !offer; }

#endif
