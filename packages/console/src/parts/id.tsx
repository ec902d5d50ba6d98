// Ids and other texts that people copy.

import { type ReactNode, useState } from "react";

export function Id({
  id,
  label = "id",
}: {
  readonly id: string;
  readonly label?: string;
}): ReactNode {
  return (
    <span className="id">
      <code>{id}</code>
      <Copy text={id} label={label} />
    </span>
  );
}

const SHOWN_MS = 1_500;

export function Copy({
  text,
  label,
  shown = "copy",
}: {
  readonly text: string;
  readonly label: string;
  readonly shown?: string;
}): ReactNode {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), SHOWN_MS);
  };
  return (
    <button type="button" className="copy" aria-label={`Copy ${label}`} onClick={() => void copy()}>
      <span aria-live="polite">{isCopied ? "copied" : shown}</span>
    </button>
  );
}
