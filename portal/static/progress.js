// Asks how far the work has got, and shows it where the reader is. Without script, the link “Show
// the latest” does the same. Asking is no view of the page and keeps nobody signed in.
const LONGEST_PAUSE = 5000;
let pause = 1000;
let seen = "";

const ask = async (address) => {
  const answer = await fetch(address, { redirect: "manual", cache: "no-store" });
  if (!answer.ok) throw new Error(answer.status);
  return answer;
};

const showEnd = async (shown) => {
  const answer = await ask(location.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("progress");
  document.title = page.title;
  const hadFocus = shown.contains(document.activeElement) || document.activeElement === document.body;
  shown.replaceWith(fresh);
  if (hadFocus) fresh.focus({ preventScroll: true });
};

const show = async (shown, now) => {
  if (now.step !== shown.dataset.step) return showEnd(shown);
  // Only what has changed, so that the link keeps the focus and the line is read out once.
  shown.querySelector("[role=status]").textContent = now.said;
  const bar = shown.querySelector("progress");
  if (bar) bar.value = now.done;
};

const look = async () => {
  const shown = document.getElementById("progress");
  if (!shown || !("working" in shown.dataset)) return;
  try {
    const answer = await ask(`${shown.dataset.working}?seen=${seen}`);
    if (answer.status === 200) {
      const now = await answer.json();
      seen = now.seen;
      await show(shown, now);
    }
  } catch {
    return; // signed out, or away: the link leads on
  }
  pause = Math.min(pause * 1.5, LONGEST_PAUSE);
  setTimeout(look, pause);
};

setTimeout(look, pause);
