// Markdown as elements. Nothing of it becomes HTML: what is no known kind of text is shown as it was written.

import { lexer, type Token, type Tokens } from "marked";
import { Fragment, type ReactNode } from "react";
import { CodeBlock } from "./code-block.tsx";

export function Markdown({ text }: { readonly text: string }): ReactNode {
  return <div className="stack">{all(lexer(text))}</div>;
}

/** Their order is all that tells them apart, and it never changes. */
function all(tokens: readonly Token[] = []): ReactNode {
  return tokens.map((token, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text stand where they stand
    <Fragment key={index}>{one(token)}</Fragment>
  ));
}

function one(token: Token): ReactNode {
  switch (token.type) {
    case "space":
      return undefined;
    case "paragraph":
      return <p>{all(token.tokens)}</p>;
    case "list":
      return listOf(token as Tokens.List);
    case "strong":
      return <strong>{all(token.tokens)}</strong>;
    case "em":
      return <em>{all(token.tokens)}</em>;
    case "codespan":
      return <code>{(token as Tokens.Codespan).text}</code>;
    case "code":
      return <CodeBlock text={(token as Tokens.Code).text} />;
    case "link":
      return linkOf(token as Tokens.Link);
    case "escape":
      return (token as Tokens.Escape).text;
    case "text":
      return token.tokens === undefined ? (token as Tokens.Text).text : all(token.tokens);
    default:
      return token.raw;
  }
}

function listOf({ ordered, items }: Tokens.List): ReactNode {
  const shown = items.map((item, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the items of a text stand where they stand
    <li key={index}>{all(item.tokens)}</li>
  ));
  return ordered ? <ol>{shown}</ol> : <ul>{shown}</ul>;
}

/** Where other pages of the documents are, is not known here. */
function linkOf({ href, tokens }: Tokens.Link): ReactNode {
  if (!/^https?:\/\//.test(href)) return all(tokens);
  return (
    <a href={href} rel="noreferrer">
      {all(tokens)}
    </a>
  );
}
