// What is pleasant and never needed: a button that copies an example.

for (const figure of document.querySelectorAll("figure.code")) {
  const text = figure.querySelector("code")?.textContent ?? "";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    } catch {
      // Not every page may write there: what is selected can be copied by hand.
      getSelection()?.selectAllChildren(figure.querySelector("code") ?? figure);
      button.textContent = "Selected";
    }
    setTimeout(() => {
      button.textContent = "Copy";
    }, 2000);
  });
  figure.append(button);
}
