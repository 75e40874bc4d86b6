/** How long the pages of long lists are. */

/** Lines of a page with a line for each voter: ballots, names, invitations. */
export const VOTERS_ON_PAGE = 100
