// Light, dark, or as the system has it; remembered on this machine.

import { type ReactNode, useState } from "react";

const NAME = "sluice-theme";
const themes = ["system", "light", "dark"] as const;
type Theme = (typeof themes)[number];

function stored(): Theme {
  return themes.find((theme) => theme === localStorage.getItem(NAME)) ?? "system";
}

function apply(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
}

/** Before anything is drawn. */
export function applyTheme(): void {
  apply(stored());
}

export function ThemeSwitch(): ReactNode {
  const [theme, setTheme] = useState(stored);
  const choose = (chosen: Theme) => {
    localStorage.setItem(NAME, chosen);
    apply(chosen);
    setTheme(chosen);
  };
  return (
    <label>
      <span className="only-read">Theme</span>
      <select value={theme} onChange={({ target }) => choose(target.value as Theme)}>
        <option value="system">System</option>
        <option value="light">Light</option>
        <option value="dark">Dark</option>
      </select>
    </label>
  );
}
