// Which addresses are one caller's: an IPv4 address is, and of IPv6 the /64 that every household gets whole (RFC 6177).

const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** The IPv4 address, or the first four groups of an IPv6 address, as text. */
export function neighbourhoodOf(address: string): string {
  if (!address.includes(":")) return address;
  const inside = mapped.exec(address)?.[1];
  if (inside !== undefined) return inside;
  const [head = "", tail] = address.replace(/%.*/, "").split("::", 2);
  const first = head === "" ? [] : head.split(":");
  // What `::` stands for, so that the groups after it are where they belong.
  const last = tail === undefined || tail === "" ? [] : tail.split(":");
  while (tail !== undefined && first.length + last.length < 8) first.push("0");
  return `${[...first, ...last].slice(0, 4).join(":").toLowerCase()}::`;
}
