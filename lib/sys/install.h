/* Where the program's own parts are: in the source tree when run as build/attio, below PREFIX
 * when installed. Found from the executable's own path, never from a compiled-in one. */
#ifndef ATTIO_SYS_INSTALL_H
#define ATTIO_SYS_INSTALL_H

struct arena;
struct error;

/* Folder of templates: PREFIX/share/attio/templates or templates/ of the source tree. */
int install_templates(struct arena *arena, char **path, struct error *error);
/* The esbuild executable: $ESBUILD_BINARY_PATH (given as `override`, NULL = unset), then
 * PREFIX/libexec/attio/esbuild, then lib/deps/node_modules of the source tree. */
int install_esbuild(struct arena *arena, const char *override, char **path, struct error *error);
/* The TypeScript compiler, a native executable with its lib.*.d.ts beside it: $ATTIO_TSC (given as
 * `override`, NULL = unset), then PREFIX/libexec/attio/typescript/tsc, then lib/deps/node_modules
 * of the source tree. */
int install_typescript(struct arena *arena, const char *override, char **path, struct error *error);
/* Folder of the host of app code (main.cjs and what it reads): host/ beside the program, then
 * PREFIX/share/attio/host, then build/host of the source tree. */
int install_host(struct arena *arena, char **path, struct error *error);
/* Folder of the client package of tests: PREFIX/share/attio/testing or lib/testing of the source
 * tree. */
int install_testing(struct arena *arena, char **path, struct error *error);
/* Folder of the page's files (index.html, page.js ...): page/ beside the program, then
 * PREFIX/share/attio/page, then build/page of the source tree. */
int install_page(struct arena *arena, char **path, struct error *error);
/* The Node that came with us for machines without one: $ATTIO_NODE (given as `override`, NULL =
 * unset), then PREFIX/libexec/attio/node, then lib/deps/node of the source tree. Which one to use
 * decides sys/node.h. */
int install_node(struct arena *arena, const char *override, char **path, struct error *error);
/* The platform in npm's words: "linux-x64". Static. */
const char *install_platform(void);
/* The program with the commands that need git, the network or the local store: attio-net. */
int install_net_program(struct arena *arena, char **path, struct error *error);
/* The program that speaks with the system's keychain: attio-keychain. */
int install_keychain_program(struct arena *arena, char **path, struct error *error);

#endif
