// A bash that runs our script and nothing else. bash takes a standard input that is a socket, which
// Node's pipes are, for a remote shell, and then reads ~/.bashrc first (bash(1), INVOCATION: "being
// run with its standard input connected to a network connection"), where SHLVL is below 2: under
// systemd, say. Whatever stands in that file would take part in the card's bytes.

export const bareBash = ['env', '--unset=BASH_ENV', 'bash', '--norc'] as const;
