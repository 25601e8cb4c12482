// Typed text goes along: what stands unsaved in a form marked data-along is saved before another
// form of the page leaves it. Text of other forms is not lost without a question by the browser.
const MARKED = "form[data-along]";
let leaving = null;

const typed = (form) =>
  [...form.querySelectorAll("textarea, input[type='text']")].some((field) => field.value !== field.defaultValue);

const save = async (form) => {
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
  if (answer.type !== "opaqueredirect") throw new Error(answer.status);
  for (const field of form.querySelectorAll("textarea")) field.defaultValue = field.value;
};

addEventListener("submit", (event) => {
  const form = event.target;
  const waiting = [...document.querySelectorAll(MARKED)].filter((other) => other !== form && typed(other));
  leaving = form;
  if (!waiting.length) return;
  event.preventDefault();
  const { submitter } = event;
  Promise.all(waiting.map(save))
    .then(() => form.requestSubmit(submitter))
    .catch(() => {
      // Somebody else was faster, or the line is down: its own page says so, and keeps the text.
      leaving = waiting[0];
      waiting[0].requestSubmit();
    });
});

addEventListener("beforeunload", (event) => {
  const forms = [...document.querySelectorAll("main form[method='post']")];
  if (forms.some((form) => form !== leaving && typed(form))) event.preventDefault();
});
