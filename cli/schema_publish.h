/* The lines of the schemas of what deploys and versions answer; schema.c puts them together. Each
 * list ends with NULL. */
#ifndef ATTIO_CLI_SCHEMA_PUBLISH_H
#define ATTIO_CLI_SCHEMA_PUBLISH_H

extern const char *const schema_deploy_lines[],
	*const schema_create_lines[],
		*const schema_list_lines[],
			*const schema_show_lines[],
				*const schema_diff_lines[],
					*const schema_deploy_own[],
						*const schema_list_own[],
							*const schema_show_own[],
								*const schema_diff_own[],
									*const schema_tail_lines[];

#endif
