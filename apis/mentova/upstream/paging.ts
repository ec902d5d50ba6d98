// How long a page of a list may be.

export const defaultPageSize = 50;

/** A longer page is not refused: it is silently cut to this. */
export const maxPageSize = 200;
