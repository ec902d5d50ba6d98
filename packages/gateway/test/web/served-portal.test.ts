// The portal as a gateway serves it: files and nothing beside them, cookies, who may ask, and that no key is left anywhere.

import { get } from "node:http";
import { describe, expect, it } from "vitest";
import { buildConsole } from "../../../../tools/build-console.ts";
import { StartError } from "../../src/index.ts";
import {
  apiAt,
  bureau,
  type Running,
  running,
  settingsFor,
  startPlain,
} from "../fixtures/bureau.ts";

buildConsole();

async function served(more: Parameters<typeof settingsFor>[1] = {}): Promise<Running> {
  const plain = await startPlain();
  return running(settingsFor([apiAt(plain.url)], { portal: { path: "/portal" }, ...more }));
}

const own = { "sec-fetch-site": "same-origin" };

function signIn({ url, key }: Running, headers: Record<string, string> = own, secret = key) {
  const body = JSON.stringify({ key: secret });
  return fetch(`${url}/portal/session`, { method: "POST", body, headers });
}

describe("the portal's files", () => {
  it("are a page at every depth, never kept, with a policy that takes no script but ours", async () => {
    const { url } = await served();
    for (const path of ["/portal", "/portal/", "/portal/requests/x?y=z"]) {
      const answer = await fetch(url + path);
      expect([path, answer.status]).toEqual([path, 200]);
      expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
      expect(answer.headers.get("cache-control")).toBe("no-cache");
      const policy = answer.headers.get("content-security-policy") ?? "";
      expect(policy).toContain("default-src 'none'; script-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain("unsafe");
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
      expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
      expect(answer.headers.get("strict-transport-security")).toBeNull();
      expect(await answer.text()).toContain('<meta name="sluice-title" content="Bureau">');
    }
    expect((await fetch(`${url}/portal`, { method: "POST" })).status).toBe(405);
    const head = await fetch(`${url}/portal/`, { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
  });

  it("have names that change with them, are kept for ever, compressed, and known by their tags", async () => {
    const { url } = await served();
    const page = await (await fetch(`${url}/portal/`)).text();
    const [, name = ""] = /src="(\/portal\/assets\/[^"]+\.js)"/.exec(page) ?? [];
    const plain = await fetch(url + name, { headers: { "accept-encoding": "identity" } });
    expect(plain.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(plain.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    const gzipped = await fetch(url + name, { headers: { "accept-encoding": "gzip" } });
    expect(gzipped.headers.get("content-encoding")).toBe("gzip");
    expect(await gzipped.text()).toBe(await plain.text());
    const tags = [plain.headers.get("etag"), gzipped.headers.get("etag")];
    expect(new Set(tags).size).toBe(2);
    const known = { "if-none-match": tags[0] ?? "", "accept-encoding": "identity" };
    expect((await fetch(url + name, { headers: known })).status).toBe(304);
  });

  it("are those of the build, whatever the path says", async () => {
    const running = await served();
    const inAssets = [
      "../portal.html",
      "..%2fportal.html",
      "%2e%2e/package.json",
      "x",
      "",
      "/etc/passwd",
    ];
    for (const name of inAssets) {
      expect([name, await statusOf(running, `/portal/assets/${name}`)]).toEqual([name, 404]);
    }
    // Not a file's place: the page says that there is nothing.
    expect(await statusOf(running, "/portal/../package.json")).toBe(200);
  });

  it("leave all other paths to the API", async () => {
    const { url, ask } = await served();
    expect((await ask("/portals")).status).toBe(200);
    expect((await ask("/x/portal")).status).toBe(200);
    expect((await fetch(`${url}/portals`)).status).toBe(401);
  });
});

describe("the portal's session", () => {
  it("is a cookie that scripts, other sites and other paths do not get", async () => {
    const answer = await signIn(await served());
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("set-cookie")).toMatch(
      /^sluice_portal=[\w.-]+; Path=\/portal; Max-Age=43200; HttpOnly; SameSite=Strict$/,
    );
  });

  it("is Secure where the page came by HTTPS, which a proxy that ends TLS need not tell", async () => {
    const running = await served();
    const origin = `https://${new URL(running.url).host}`;
    const answer = await signIn(running, { ...own, origin });
    expect(answer.headers.get("set-cookie")).toMatch(/; Secure$/);
  });

  it("is neither opened, used nor ended by another page", async () => {
    const running = await served();
    const cookie = (await signIn(running)).headers.get("set-cookie")?.split(";")[0] ?? "";
    const foreign = { "sec-fetch-site": "same-site", cookie };
    expect((await signIn(running, { "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await signIn(running, {})).status).toBe(403);
    const api = `${running.url}/portal/api/v1/whoami`;
    expect((await fetch(api, { headers: foreign })).status).toBe(403);
    const end = { method: "DELETE", headers: foreign };
    expect((await fetch(`${running.url}/portal/session`, end)).status).toBe(403);
    expect((await fetch(api, { headers: { ...own, cookie } })).status).toBe(200);
    // Nor does a cookie open the API that is sold, nor a key the portal's.
    expect((await fetch(`${running.url}/x`, { headers: { cookie } })).status).toBe(401);
    const bearer = { ...own, authorization: `Bearer ${running.key}` };
    expect((await fetch(api, { headers: bearer })).status).toBe(401);
  });

  it("takes short bodies of the right form only", async () => {
    const { url } = await served();
    const send = async (body: string) =>
      (await fetch(`${url}/portal/session`, { method: "POST", body, headers: own })).status;
    const wrong = [
      "",
      "{",
      "[]",
      "null",
      '{"key":1}',
      '{"key":"a b"}',
      '{"key":"a\\r\\nb"}',
      '{"code":1}',
    ];
    for (const body of wrong) expect([body, await send(body)]).toEqual([body, 400]);
    expect(await send(JSON.stringify({ key: "x".repeat(5_000) }))).toBe(413);
    // There are no links into a portal.
    expect(await send('{"code":"x"}')).toBe(401);
    const put = await fetch(`${url}/portal/session`, { method: "PUT", headers: own });
    expect([put.status, put.headers.get("allow")]).toEqual([405, "POST, DELETE"]);
  });

  it("goes on over a reload, and stays ended over one", async () => {
    const plain = await startPlain();
    const settings = settingsFor([apiAt(plain.url)], { portal: { path: "/portal" } });
    const running_ = await running(settings);
    const cookieOf = async () =>
      (await signIn(running_)).headers.get("set-cookie")?.split(";")[0] ?? "";
    const [stays, leaves] = [await cookieOf(), await cookieOf()];
    const whoAmI = async (cookie: string) =>
      (await fetch(`${running_.url}/portal/api/v1/whoami`, { headers: { ...own, cookie } })).status;
    const end = { method: "DELETE", headers: { ...own, cookie: leaves } };
    await fetch(`${running_.url}/portal/session`, end);
    running_.gateway.reload(settings);
    expect([await whoAmI(stays), await whoAmI(leaves)]).toEqual([200, 401]);
    running_.gateway.reload({ ...settings, portal: undefined });
    expect((await fetch(`${running_.url}/portal/`)).status).toBe(401);
  });

  it("leaves no key behind: not in cookies, answers, rows, changes or metrics", async () => {
    const running = await served();
    const answer = await signIn(running);
    const cookie = answer.headers.get("set-cookie") ?? "";
    const headers = { ...own, cookie: cookie.split(";")[0] ?? "" };
    const texts = [cookie, await answer.text(), Buffer.from(cookie, "base64url").toString()];
    for (const path of ["whoami", "keys", "requests", "plan", "nothing"]) {
      texts.push(await (await fetch(`${running.url}/portal/api/v1/${path}`, { headers })).text());
    }
    texts.push(await (await signIn(running, own, `${running.key}x`)).text());
    const { log, directory } = running.gateway.stores;
    texts.push(JSON.stringify(await log.find({ limit: 100 })));
    texts.push(JSON.stringify(await directory.changes({ limit: 100 })));
    texts.push(await (await fetch(`${running.internalUrl}/metrics`)).text());
    expect(texts.join()).toContain(running.key.slice(-4));
    for (const text of texts) expect(text).not.toContain(running.key.slice(12));
  });
});

it("there is no portal beside an API whose keys could be taken for its sessions' secrets", async () => {
  const plain = await startPlain();
  const api = bureau();
  const key = { ...api.wire.key, prefixes: { live: "sluice_" } };
  const taken = { ...api, wire: { ...api.wire, key } } as typeof api;
  const settings = settingsFor([{ ...apiAt(plain.url), api: taken }], {
    admin: false,
    console: false,
    portal: { path: "/portal" },
  });
  await expect(running(settings)).rejects.toThrow(StartError);
});

/** Of a path as it is: `fetch` takes dots out of it. */
function statusOf({ url }: Running, path: string): Promise<number | undefined> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    get({ hostname, port, path }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    }).on("error", reject);
  });
}
