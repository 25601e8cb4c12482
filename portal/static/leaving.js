// A link leaves what is typed on a page behind: the browser asks first. Buttons send all of it.
let isSent = false;

const typed = (field) => field.value !== field.defaultValue;

addEventListener("submit", (event) => { if (!event.target.target) isSent = true; });

addEventListener("beforeunload", (event) => {
  if (isSent) return;
  const fields = document.querySelectorAll("main form[method='post'] textarea, main form[method='post'] input[type='text']");
  if ([...fields].some(typed)) event.preventDefault();
});
