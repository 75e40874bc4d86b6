/** The environment of the programs that this one runs. */

/**
 * This process's environment. Its PATH has the folders of servers, which a user's PATH may lack.
 */
export const environment: Record<string, string | undefined> = {
  ...process.env,
  PATH: `${process.env.PATH}:/usr/sbin:/sbin`
}
