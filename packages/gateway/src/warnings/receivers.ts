// Where a warning may go. Its address is the customer's choice, so it must not lead into our own network: looked at as it is
// written, and again at what its name stands for, when the connection is made.

import { type LookupAddress, type LookupOptions, lookup as systemLookup } from "node:dns";
import { BlockList, isIP, isIPv6 } from "node:net";

/** Networks that are not the public internet (RFC 6890 and the registries that it made). */
const NOT_PUBLIC_IPV4 = [
  ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"],
  ...["172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16"],
  ...["198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"],
];
/** All that is assigned to the public; loopback, private, link-local and mapped addresses are outside of it. */
const PUBLIC_IPV6 = "2000::/3";
/** Within it: tunnels that lead to any IPv4 address, and what is for documents and protocols. */
const NOT_PUBLIC_IPV6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"];

const notPublic = new BlockList();
for (const network of NOT_PUBLIC_IPV4) addTo(notPublic, network, "ipv4");
for (const network of NOT_PUBLIC_IPV6) addTo(notPublic, network, "ipv6");
const publicIpv6 = new BlockList();
addTo(publicIpv6, PUBLIC_IPV6, "ipv6");

function addTo(list: BlockList, network: string, family: "ipv4" | "ipv6"): void {
  const [address = "", bits = ""] = network.split("/");
  list.addSubnet(address, Number(bits), family);
}

/** Whether an address is of the public internet. */
export function isPublicAddress(address: string): boolean {
  if (isIPv6(address))
    return publicIpv6.check(address, "ipv6") && !notPublic.check(address, "ipv6");
  return isIP(address) === 4 && !notPublic.check(address, "ipv4");
}

const URL_LENGTH_MAX = 2_048;

/**
 * What is wrong with the address of a receiver, in words for whoever wrote it; undefined for a good one.
 * @param allowPrivate for tests and for receivers in one's own network: http, and any address
 */
export function receiverComplaint(url: string, allowPrivate: boolean): string | undefined {
  if (url.length > URL_LENGTH_MAX) return `it is longer than ${URL_LENGTH_MAX} characters`;
  const parsed = URL.parse(url);
  if (parsed === null) return "it is no absolute address";
  const isHttp = parsed.protocol === "http:" && allowPrivate;
  if (parsed.protocol !== "https:" && !isHttp) return "it does not begin with https://";
  if (parsed.username !== "" || parsed.password !== "") return "it holds a user or a password";
  const host = parsed.hostname.replace(/^\[|\]$/g, "");
  const isWritten = isIP(host) !== 0;
  if (!allowPrivate && isWritten && !isPublicAddress(host)) {
    return "it is not an address of the public internet";
  }
  return undefined;
}

/** A name that stands for none but addresses of our own network, or of none at all. */
export class NotPublicError extends Error {
  override readonly name = "NotPublicError";
  readonly code = "ERECEIVERNOTPUBLIC";
}

type Answered = (error: Error | null, addresses: LookupAddress[]) => void;

/** A look-up of a name, as `node:net` takes one. */
export type Lookup = (
  hostname: string,
  options: LookupOptions,
  callback: (
    error: NodeJS.ErrnoException | null,
    address: string | LookupAddress[],
    family?: number,
  ) => void,
) => void;

export type Resolve = (
  hostname: string,
  options: LookupOptions & { readonly all: true },
  callback: Answered,
) => void;

/** Answers addresses of the public internet only: the connection goes to what was looked at, and to nothing else. */
export function publicLookup(resolve: Resolve = systemLookup): Lookup {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, []);
      const allowed = addresses.filter(({ address }) => isPublicAddress(address));
      const [first] = allowed;
      if (first === undefined) {
        return callback(new NotPublicError("no address of the public internet"), []);
      }
      return options.all === true
        ? callback(null, allowed)
        : callback(null, first.address, first.family);
    });
  };
}
