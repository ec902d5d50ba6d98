/** What a status says before anybody reads the body. */

export interface StatusWords {
  /** RFC 9110 §15, RFC 6585. */
  readonly phrase: string;
  readonly means: string;
}

const STATUSES: Readonly<Record<number, StatusWords>> = {
  200: { phrase: "OK", means: "Success." },
  201: { phrase: "Created", means: "Success: what was sent made something new." },
  202: { phrase: "Accepted", means: "Success: the work goes on after the answer." },
  204: { phrase: "No Content", means: "Success, with nothing to say." },
  400: { phrase: "Bad Request", means: "The request is malformed, or a parameter is invalid." },
  401: { phrase: "Unauthorized", means: "The API key is missing or does not work." },
  402: { phrase: "Payment Required", means: "Too few credits, or a budget is spent." },
  403: { phrase: "Forbidden", means: "The key is valid, but what it asks for is not allowed." },
  404: { phrase: "Not Found", means: "It does not exist, or belongs to another account." },
  405: { phrase: "Method Not Allowed", means: "The path exists, but not with this method." },
  408: { phrase: "Request Timeout", means: "The request did not arrive in time." },
  409: { phrase: "Conflict", means: "The request does not fit what is already there." },
  413: { phrase: "Content Too Large", means: "The body has too many bytes." },
  415: { phrase: "Unsupported Media Type", means: "The body is in a format that is not read." },
  422: {
    phrase: "Unprocessable Content",
    means: "The request can be read, but breaks a rule of the API.",
  },
  429: { phrase: "Too Many Requests", means: "A rate limit is reached: wait, then send it again." },
  431: { phrase: "Request Header Fields Too Large", means: "The headers are too large." },
  500: { phrase: "Internal Server Error", means: "Something went wrong on our side." },
  502: { phrase: "Bad Gateway", means: "A server behind this one gave no usable answer." },
  503: { phrase: "Service Unavailable", means: "A temporary outage: wait, then send it again." },
  504: { phrase: "Gateway Timeout", means: "The service did not answer in time." },
};

export function statusWords(status: number): StatusWords {
  const known = STATUSES[status];
  if (known !== undefined) return known;
  return status < 500
    ? { phrase: "Client Error", means: "The request cannot be served as it is." }
    : { phrase: "Server Error", means: "Something went wrong on our side." };
}
