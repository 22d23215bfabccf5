/* Which certificate authorities are trusted. */
#ifndef ATTIO_CLI_NET_TRUST_H
#define ATTIO_CLI_NET_TRUST_H

struct cli;
struct error;

/* The PEM file named by `option` (what follows --cacert, or NULL), else by CURL_CA_BUNDLE, else by
 * SSL_CERT_FILE, as curl's own command has it. *file is NULL where none is named: the system's
 * store. -1 with ERROR_USAGE when it cannot be read. */
int trust_file(struct cli *cli, const char *option, const char **file, struct error *error);

#endif
