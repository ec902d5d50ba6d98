// Draws the OpenAPI document in place of the plain list of operations, which stays where that cannot be done.

const root = new URL(".", document.currentScript.src);

/** The viewer has a landmark of its own; below its first page it has no title. */
function makePlace() {
  const place = document.createElement("div");
  place.id = "content";
  place.tabIndex = -1;
  const title = document.createElement("h1");
  title.className = "unseen";
  title.textContent = "API reference";
  document.querySelector(".top").append(title);
  document.querySelector("main").replaceWith(place);
  return place;
}

async function start() {
  const [{ init }, answer] = await Promise.all([
    import(new URL("redoc.js", root).href),
    fetch(new URL("openapi.json", root)),
  ]);
  const description = await answer.json();
  const options = {
    // It would have nowhere to go.
    disableTelemetry: true,
    sortRequiredPropsFirst: true,
    jsonSamplesExpandLevel: "all",
  };
  init(description, options, makePlace());
}

start().catch((error) => {
  console.warn("The viewer could not be started; the list of operations stays.", error);
});
