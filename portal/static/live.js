// Keeps the open pages of a meeting fresh, and says who is writing. It asks the server every few
// seconds; what somebody is typing is never touched. Without script, “Show the latest” does it.
const EVERY = 4000;
const SIGN_OF_LIFE = 30000;
const live = document.getElementById("live");
const lost = document.getElementById("live-lost");

const tell = (sentence) => {
  if (lost.textContent !== sentence) lost.textContent = sentence;
  lost.hidden = !sentence;
};

// Takes over each part that is new; the focus stays on what has the same id, or the same value.
const show = (html) => {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  Object.assign(live.dataset, fresh.getElementById("live").dataset);
  for (const part of fresh.querySelectorAll("[id^='live-']")) {
    const old = document.getElementById(part.id);
    if (!old || old.innerHTML === part.innerHTML) continue;
    const held = old.contains(document.activeElement) ? document.activeElement : null;
    old.replaceWith(part);
    if (held) again(part, held)?.focus({ preventScroll: true });
  }
  document.getElementById("live-said").textContent = fresh.getElementById("live-as-of").textContent;
};

const again = (part, held) =>
  held.id ? part.querySelector(`#${CSS.escape(held.id)}`) : part.querySelector(`[value="${CSS.escape(held.value ?? "")}"]`);

const look = async () => {
  const { latest, seen, since, on } = live.dataset;
  const asked = new URLSearchParams({ seen, since, ...(on && { on }) });
  try {
    const answer = await fetch(`${latest}?${asked}`, { redirect: "manual", cache: "no-store" });
    if (answer.type === "opaqueredirect") return tell("You are signed out. What you typed is still here.");
    if (answer.status === 404) return location.reload(); // no longer theirs to see
    if (answer.status === 403) return tell("This page is no longer open. What you typed is still here.");
    if (!answer.ok) throw new Error(answer.status);
    if (answer.headers.get("Portal-Stayed")) document.dispatchEvent(new Event("stayed"));
    if (answer.status === 200) show(await answer.text());
    tell("");
  } catch {
    tell("No connection. What you typed is still here.");
  }
  setTimeout(look, EVERY);
};

const writing = document.querySelector("[data-writing]");
let isWriting = false;

const sign = (more = {}) => {
  const body = new FormData();
  body.set("csrf_token", writing.closest("form").elements.csrf_token.value);
  body.set("thing", writing.dataset.writing);
  for (const [name, value] of Object.entries(more)) body.set(name, value);
  navigator.sendBeacon(writing.dataset.address, body);
};

const begin = () => {
  if (isWriting) return;
  isWriting = true;
  sign();
  setInterval(sign, SIGN_OF_LIFE);
};

if (live) setTimeout(look, EVERY);
if (writing) {
  writing.addEventListener("input", begin);
  addEventListener("pagehide", () => isWriting && sign({ left: "yes" }));
  if (!live) begin(); // a page that was opened to write in
}
