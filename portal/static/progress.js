// Looks again how far the work has got, and shows it where the reader is. Without script, the link
// “Show the latest” does the same. Ends after ten minutes: looking must not keep a sign-in alive.
const LONGEST_PAUSE = 5000;
const GIVE_UP_AFTER = 10 * 60 * 1000;
const started = Date.now();
let pause = 1000;

const fetchPart = async () => {
  const answer = await fetch(location.href, { redirect: "manual", cache: "no-store" });
  if (!answer.ok) throw new Error(answer.status);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.title = page.title;
  return page.getElementById("progress");
};

const show = (shown, fresh) => {
  if ("working" in fresh.dataset) {
    // Only what has changed, so that the link keeps the focus and the line is read out once.
    const line = shown.querySelector("[role=status]");
    const text = fresh.querySelector("[role=status]").textContent;
    if (line.textContent !== text) line.textContent = text;
    const bar = shown.querySelector("progress");
    const now = fresh.querySelector("progress");
    if (bar && now) [bar.max, bar.value] = [now.max, now.value];
    return;
  }
  const hadFocus = shown.contains(document.activeElement) || document.activeElement === document.body;
  shown.replaceWith(fresh);
  if (hadFocus) fresh.focus({ preventScroll: true });
};

const look = async () => {
  const shown = document.getElementById("progress");
  if (!shown || !("working" in shown.dataset) || Date.now() - started > GIVE_UP_AFTER) return;
  try {
    const fresh = await fetchPart();
    if (!fresh) return;
    show(shown, fresh);
  } catch {
    return; // signed out, or away: the link leads on
  }
  pause = Math.min(pause * 1.5, LONGEST_PAUSE);
  setTimeout(look, pause);
};

setTimeout(look, pause);
