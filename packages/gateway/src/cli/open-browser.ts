// Opens a page in the browser of whoever sits at this machine.

import { spawn } from "node:child_process";

type Program = readonly [name: string, ...args: string[]];

/** None of them is a shell, so nothing in an address is read as a command. */
const programs: Readonly<Partial<Record<NodeJS.Platform, Program>>> = {
  darwin: ["open"],
  win32: ["rundll32", "url.dll,FileProtocolHandler"],
};
const elsewhere: Program = ["xdg-open"];

/** Whether something took it; false where there is no browser, or no desktop. */
export function openInBrowser(url: string): Promise<boolean> {
  const [name, ...args] = programs[process.platform] ?? elsewhere;
  return new Promise((resolve) => {
    const child = spawn(name, [...args, url], { stdio: "ignore" });
    child.once("error", () => resolve(false));
    child.once("exit", (code) => resolve(code === 0));
  });
}
